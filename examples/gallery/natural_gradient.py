"""Steepest descent that does not depend on the names of things: the natural gradient.

A gamma distribution can be described by its shape and rate, or by its mean and variance. Ordinary
descent goes other ways in other coordinates, and needs another step size for each. If the length of
a step is measured by how much it changes the *distribution*, the way is the same in all. That
measure is the Hessian of the Kullback-Leibler divergence, taken where the two distributions are
equal: the Fisher information. (S. Amari, "Natural gradient works efficiently in learning", 1998.)
"""

import tracegrad.numpy as np
from tracegrad import grad, hessian
from tracegrad.scipy.special import digamma, gammaln

# The coordinates: a function to (shape, rate), and where (1, 1) is in them.


def by_shape_and_rate(x):
    return np.exp(x[0]), np.exp(x[1])


def by_mean_and_variance(x):
    mean, variance = np.exp(x[0]), np.exp(x[1])
    return mean**2 / variance, mean / variance


def by_mean_and_deviation(x):
    """Without logarithms, and the deviation in units a tenth as large."""
    mean, deviation = 1 + x[0], 1 + x[1] / 10
    return (mean / deviation) ** 2, mean / deviation**2


COORDINATES = [by_shape_and_rate, by_mean_and_variance, by_mean_and_deviation]


def surprise(shape, rate, data):
    """-mean log p(data)."""
    log_p = shape * np.log(rate) - gammaln(shape) + (shape - 1) * np.log(data) - rate * data
    return -np.mean(log_p)


def divergence(one, other):
    """KL(one ‖ other), of (shape, rate) pairs: the expectation of the logarithms' difference."""
    (a, b), (c, d) = one, other
    return (a - c) * digamma(a) - gammaln(a) + gammaln(c) + c * np.log(b / d) + a * (d - b) / b


def fisher_information(coordinates, x):
    here = coordinates(x)
    return hessian(lambda new: divergence(here, coordinates(new)))(x)


def descend(coordinates, data, steps, size, natural):
    """The distributions on the way, as (shape, rate)."""

    def loss(x):
        return surprise(*coordinates(x), data)

    x = np.zeros(2)
    path = [coordinates(x)]
    for _ in range(steps):
        step = grad(loss)(x)
        if natural:
            step = np.linalg.solve(fisher_information(coordinates, x), step)
        x = x - size * step
        path.append(coordinates(x))
    return np.array(path)


def main():
    rng = np.random.default_rng(0)
    data = rng.gamma(5.0, 1 / 2.0, size=2000)
    steps, size = 40, 0.2
    print(f"(shape, rate) after {steps} steps of size {size}; the truth is (5, 2)\n")
    print("coordinates                   gradient            natural gradient")
    ends, paths = [], []
    for coordinates in COORDINATES:
        plain = descend(coordinates, data, steps, size, natural=False)
        natural = descend(coordinates, data, steps, size, natural=True)
        ends.append(plain[-1])
        paths.append(natural)
        (a, b), (c, d) = plain[-1], natural[-1]
        print(f"{coordinates.__name__:26}    {a:6.3f}, {b:6.3f}      {c:6.3f}, {d:6.3f}")

    assert np.max(np.ptp(np.array(paths)[:, -1], axis=0)) < 0.01  # the same in all coordinates,
    assert np.max(np.ptp(np.array(ends), axis=0)) > 1  # which ordinary gradients are not
    slope = grad(lambda pair: surprise(*pair, data))(paths[0][-1])
    print(f"\nsize of the gradient there: {np.max(np.abs(slope)):.1e}")

    # With ever smaller steps the ways become the same, not only their ends.
    print("\nlargest distance of the ways (shape, rate) in the three coordinates")
    distances = []
    for parts in (1, 2, 4, 8):
        ways = [descend(c, data, 5 * parts, size / parts, True)[::parts] for c in COORDINATES]
        distances.append(np.max(np.ptp(np.array(ways), axis=0)))
        print(f"  steps of size {size / parts:5.3f}: {distances[-1]:.4f}")
    assert distances[-1] < 0.2 * distances[0]


if __name__ == "__main__":
    main()
