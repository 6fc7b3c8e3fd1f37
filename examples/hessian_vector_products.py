"""Newton's method in 1,000 dimensions without the Hessian.

A Newton step solves H s = -g. The Hessian H has a million entries here, and conjugate gradients
never ask for them: they ask for products H v, each of which costs about as much as a gradient.
`make_hvp` runs the gradient once at a point and then multiplies by H as often as wanted.
"""

import tracegrad.numpy as np
from tracegrad import hessian, make_hvp

SIZE = 1000


def rosenbrock(x):
    """A curved valley, long and narrow, with its lowest point at (1, 1, …, 1)."""
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def newton_step(multiply, gradient, tolerance):
    """An approximate solution of H s = -gradient by conjugate gradients, and the products taken.

    Where H curves downwards along a direction, Newton's step would lead uphill: stop before it.
    """
    step = np.zeros_like(gradient)
    residual = direction = -gradient
    for products in range(1, 2 * gradient.size):
        image = multiply(direction)
        curvature = direction @ image
        if curvature <= 0:
            return (step if products > 1 else direction), products
        length = (residual @ residual) / curvature
        step = step + length * direction
        new_residual = residual - length * image
        if np.linalg.norm(new_residual) < tolerance:
            break
        direction = new_residual + direction * (new_residual @ new_residual) / (residual @ residual)
        residual = new_residual
    return step, products


def minimise(f, x):
    """Newton by conjugate gradients, with steps halved until they go down."""
    total = 0
    for iteration in range(1000):
        multiply, gradient = make_hvp(f)(x)
        size = np.linalg.norm(gradient)
        if iteration % 10 == 0 or size < 1e-8:
            print(f"{iteration:9}  {f(x):10.3e}  {size:10.3e}  {total:8}")
        if size < 1e-8:
            break
        # Far from the solution a rough step does. Near it, ever finer ones square the error.
        step, products = newton_step(multiply, gradient, min(0.5, size**0.5) * size)
        total += products
        length, value, slope = 1.0, f(x), gradient @ step
        while f(x + length * step) > value + 1e-4 * length * slope and length > 1e-10:
            length /= 2
        x = x + length * step
    return x


def main():
    # The products are those of the Hessian: in 5 dimensions it is small enough to look at.
    point, vector = np.linspace(-1.0, 1.0, 5), np.arange(5.0)
    multiply, _ = make_hvp(rosenbrock)(point)
    assert np.allclose(multiply(vector), hessian(rosenbrock)(point) @ vector, rtol=1e-12)

    print("iteration       value    gradient  products")
    start = np.random.default_rng(0).uniform(0.0, 2.0, SIZE)
    x = minimise(rosenbrock, start)
    print(f"largest distance of a coordinate from 1: {np.max(np.abs(x - 1)):.1e}")
    assert np.max(np.abs(x - 1)) < 1e-6


if __name__ == "__main__":
    main()
