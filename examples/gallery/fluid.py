"""Smoke that is blown into the shape of a letter.

A disc of smoke lies in a fluid. The fluid moves itself and the smoke, and stays incompressible. The
gradient of the difference between the smoke at the end and the letter T goes through all steps of
the simulation, back to the velocity that the fluid is given at the start: 2048 numbers, which
SciPy's L-BFGS improves. (The simulation follows J. Stam, "Stable fluids", 1999.)
"""

import numpy
from _pictures import save, shades, side_by_side
from scipy.optimize import minimize

import tracegrad.numpy as np
from tracegrad import value_and_grad

SIZE, STEPS = 32, 12
ROWS, COLUMNS = numpy.indices((SIZE, SIZE))
WAVES = numpy.fft.fftfreq(SIZE) * (numpy.arange(SIZE) != SIZE // 2)  # the shortest has no slope


def incompressible(velocity):
    """The velocity without the part that is a gradient: in waves, the part along the wave."""
    wave = np.stack(np.meshgrid(WAVES, WAVES, indexing="ij"))
    square = np.sum(wave**2, axis=0)
    square[square == 0] = 1.0
    parts = np.fft.fft2(velocity)
    parts = parts - wave * (np.sum(wave * parts, axis=0) / square)
    return np.fft.ifft2(parts).real


def carried(fields, velocity):
    """The fields one step later: what is at a place comes from where the flow was a step ago."""
    rows, columns = ROWS - velocity[0], COLUMNS - velocity[1]
    top, left = np.floor(rows).astype(int), np.floor(columns).astype(int)
    down, right = rows - top, columns - left  # how far between four points of the grid
    top, left = top % SIZE, left % SIZE  # what leaves on one side comes in on the other
    bottom, beside = (top + 1) % SIZE, (left + 1) % SIZE
    upper = (1 - right) * fields[:, top, left] + right * fields[:, top, beside]
    lower = (1 - right) * fields[:, bottom, left] + right * fields[:, bottom, beside]
    return (1 - down) * upper + down * lower


def simulate(velocity, smoke):
    """The smoke after each step."""
    velocity = incompressible(velocity)
    seen = [smoke]
    for _ in range(STEPS):
        fields = carried(np.concatenate([velocity, smoke[None]]), velocity)
        velocity, smoke = incompressible(fields[:2]), fields[2]
        seen.append(smoke)
    return seen


def letter():
    goal = np.zeros((SIZE, SIZE))
    goal[7:12, 7:25] = 1.0
    goal[12:26, 13:19] = 1.0
    return goal


def main():
    goal = letter()
    square = (ROWS - 15.5) ** 2 + (COLUMNS - 15.5) ** 2
    disc = (square < np.sum(goal) / np.pi).astype(float)  # as much smoke as the letter has

    def loss(vector):
        velocity = vector.reshape(2, SIZE, SIZE)
        smoke = simulate(velocity, disc)[-1]
        return np.mean((smoke - goal) ** 2) + 1e-4 * np.mean(velocity**2)

    start = np.zeros(2 * SIZE * SIZE)
    options = {"maxiter": 60}
    found = minimize(value_and_grad(loss), start, jac=True, method="L-BFGS-B", options=options)
    velocity = found.x.reshape(2, SIZE, SIZE)
    seen = simulate(velocity, disc)
    print(f"distance from the letter: {loss(start):.4f} → {found.fun:.4f}\n")
    shown = [shades(seen[step][4:29, 4:28], 1.0) for step in (0, STEPS // 2, STEPS)]
    print(side_by_side(*shown))
    assert found.fun < 0.15 * loss(start)

    down, right = np.fft.fft2(incompressible(velocity))
    divergence = 2 * np.pi * np.abs(np.fft.ifft2(down * WAVES[:, None] + right * WAVES))
    print(f"\nlargest divergence of the flow: {np.max(divergence):.1e}")
    assert np.max(divergence) < 1e-10

    def draw(axes):
        for axis, step in zip(axes, (0, 3, 6, 9, 12)):
            axis.imshow(seen[step], cmap="Greys", vmin=0, vmax=1)
            axis.set(xticks=[], yticks=[], title=f"step {step}")

    save("fluid", draw, ncols=5, figsize=(10, 2.4))


if __name__ == "__main__":
    main()
