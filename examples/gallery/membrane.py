"""A membrane struck along its rim so that, much later, all of its energy meets in one place.

The wave equation is stepped on a grid, in place as one would write it for NumPy. Which pushes at
the rim, at which times, make the membrane leap at a chosen place at the last moment? The gradient
of the height there by every push is found in one walk back. The height is a linear function of the
pushes, so the best ones of a given energy are that gradient, scaled: a time-reversal mirror, which
sends back what a drop at that place would have sent out. (M. Fink, "Time-reversed acoustics",
1997.)
"""

import numpy
from _pictures import save, shades, side_by_side

import tracegrad.numpy as np
from tracegrad import value_and_grad

SIZE, STEPS = 30, 80
SPEED = 0.5  # in cells a step
TARGET = (19, 11)
RIM = numpy.zeros((SIZE, SIZE), bool)
RIM[2:-2, 2:-2] = True
RIM[3:-3, 3:-3] = False


def membrane(pushes):
    """The heights after each step; `pushes` has a row of forces at the rim for each."""
    before, now = np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE))
    seen = []
    for push in pushes:
        bend = np.zeros((SIZE, SIZE))
        bend[1:-1, 1:-1] = (
            now[2:, 1:-1] + now[:-2, 1:-1] + now[1:-1, 2:] + now[1:-1, :-2] - 4 * now[1:-1, 1:-1]
        )
        bend[RIM] += push
        after = 2 * now - before + SPEED**2 * bend
        after[[0, -1], :] = 0.0
        after[:, [0, -1]] = 0.0
        before, now = now, after
        seen.append(now)
    return seen


def height(pushes):
    return membrane(pushes)[-1][TARGET]


def main():
    none = np.zeros((STEPS, np.count_nonzero(RIM)))
    at_rest, gradient = value_and_grad(height)(none)
    assert at_rest == 0.0
    best = gradient / np.linalg.norm(gradient)
    print(f"{none.size} pushes; height reached with all energy put well: {height(best):.3f}")

    rng = np.random.default_rng(0)
    chance = rng.normal(size=(50, *none.shape))
    chance = [height(pushes / np.linalg.norm(pushes)) for pushes in chance]
    print(f"the best of 50 random ways with the same energy:       {np.max(chance):.3f}")
    assert height(best) > 5 * np.max(chance)
    # Linear in the pushes: the gradient is the same everywhere, and its size is what can be had.
    assert np.isclose(height(best), np.linalg.norm(gradient))

    times = [STEPS - 24, STEPS - 12, STEPS]
    seen = membrane(best)
    pictures = [seen[time - 1] for time in times]
    top = np.max(np.abs(seen[-1]))
    print("\n24 and 12 steps before the end, and at the end (square roots of the heights' sizes)")
    print(
        side_by_side(*[shades(np.sqrt(np.abs(part[1:-1, 1:-1]) / top), 1.0) for part in pictures])
    )
    assert np.unravel_index(np.argmax(np.abs(seen[-1])), (SIZE, SIZE)) == TARGET

    def draw(axes):
        for axis, picture, time in zip(axes, pictures, times):
            axis.imshow(picture, cmap="RdBu", vmin=-top, vmax=top)
            axis.set(xticks=[], yticks=[], title=f"step {time}")

    save("membrane", draw, ncols=3)


if __name__ == "__main__":
    main()
