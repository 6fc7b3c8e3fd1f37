"""The derivative of a program with a loop whose length nobody knows beforehand.

The sine is summed from its Taylor series until a term is too small to matter. `grad` needs no
special loop for that: it follows the operations that really ran, for this x, and differentiates
those. Run it with `python examples/taylor_sine.py`.
"""

import tracegrad.numpy as np
from tracegrad import grad


def taylor_sine(x):
    """x - x³/3! + x⁵/5! - …, up to the first term of at most 0.001."""
    total = term = x
    power = 1
    while np.abs(term) > 0.001:
        term = -term * x**2 / ((power + 1) * (power + 2))
        power += 2
        total = total + term
    return total


def main():
    slope = grad(taylor_sine)
    curvature = grad(slope)

    print("   x    the slope       cos(x)    the curvature      -sin(x)")
    for x in [0.1, 1.0, np.pi / 2, np.pi]:
        found, cosine, second, sine = slope(x), np.cos(x), curvature(x), np.sin(x)
        print(f"{x:4.2f}  {found:11.8f}  {cosine:11.8f}  {second:15.8f}  {-sine:11.8f}")
        # What is left out of the series is smaller than 0.001, and so are its derivatives here.
        assert abs(found - cosine) < 2e-3

    at_pi = slope(np.pi)
    print(f"\nThe slope at π is {at_pi:.8f}, not -1: it is that of the sum, not of the sine.")
    assert abs(at_pi - -0.99989953) < 5e-9


if __name__ == "__main__":
    main()
