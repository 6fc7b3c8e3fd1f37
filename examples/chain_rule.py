"""The chain rule, by hand and by `grad`.

sinⁿ((2x² + x + 1)ᵐ) is a function of a function of a function. Its derivative by hand is a product
of four factors, in which it is easy to lose one. `grad` takes the function as it is written.
"""

import tracegrad.numpy as np
from tracegrad import elementwise_grad, grad


def f(x, n, m):
    return np.sin((2 * x**2 + x + 1) ** m) ** n


def derivative_by_hand(x, n, m):
    u = 2 * x**2 + x + 1
    outer = n * np.sin(u**m) ** (n - 1)  # of sⁿ, at s = sin(uᵐ)
    sine = np.cos(u**m)
    power = m * u ** (m - 1)
    inner = 4 * x + 1
    return outer * sine * power * inner


def main():
    print("n  m      x         by hand            grad")
    for n, m in [(1, 1), (2, 1), (1, 2), (3, 2), (2, 3)]:
        for x in [-0.8, 0.5]:
            hand = derivative_by_hand(x, n, m)
            found = grad(f)(x, n, m)  # by the first argument, unless told otherwise
            print(f"{n}  {m}  {x:5.1f}  {hand:14.10f}  {found:14.10f}")
            assert np.isclose(found, hand, rtol=1e-12)

    # The function takes arrays as it stands. For the derivative at each of many points:
    points = np.linspace(-1.0, 1.0, 1001)
    difference = elementwise_grad(f)(points, 3, 2) - derivative_by_hand(points, 3, 2)
    print(f"\nAt {points.size} points at once: largest difference {np.max(np.abs(difference)):.1e}")
    assert np.max(np.abs(difference)) < 1e-11


if __name__ == "__main__":
    main()
