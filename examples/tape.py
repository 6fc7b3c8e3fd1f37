"""Derivatives by recording: for people who come from TensorFlow or PyTorch.

`grad` takes a function. A `Tape` takes whatever happens to the values it watches while it is open,
and then tells the gradient of one value by another. Tapes nest, which gives higher derivatives.
"""

from tracegrad import Tape


def square():
    with Tape() as tape:
        x = tape.watch(2.0)
        y = x**2
    slope = tape.gradient(y, x)
    print(f"d(x²)/dx at 2: {slope}")
    assert slope == 4.0


def third_power():
    """The second derivative: the outer tape records what the inner one does to find the first."""
    with Tape() as outer:
        x = outer.watch(2.0)
        with Tape() as inner:
            inner_x = inner.watch(x)
            y = inner_x**3
        slope = inner.gradient(y, inner_x)
    curvature = outer.gradient(slope, x)
    print(f"d²(x³)/dx² at 2: {curvature}")
    assert curvature == 12.0


def descend():
    """100 steps of gradient descent on x², from 3."""
    x = 3.0
    for step in range(100):
        with Tape() as tape:  # a new tape for each step: the old recording goes with the old tape
            watched = tape.watch(x)
            loss = watched**2
        x = x - 0.1 * tape.gradient(loss, watched)
        if step in (0, 1, 9, 99):
            print(f"after step {step + 1:3}: x = {x:.3g}")
    # Each step multiplies x by 1 - 2 · 0.1.
    assert abs(x - 3.0 * 0.8**100) < 1e-15


def main():
    square()
    third_power()
    descend()


if __name__ == "__main__":
    main()
