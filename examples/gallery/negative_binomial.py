"""Counts that vary more than chance: a negative binomial regression by maximum likelihood.

The number of a family's visits to a doctor depends on age, and families differ. Poisson's law,
whose variance is its mean, is too sure of itself. The negative binomial law has one parameter more,
the dispersion a: variance = mean + a · mean². Newton's method needs the gradient and the Hessian of
the likelihood, logarithms of Γ at every count among it; the inverse of the same Hessian at the end
gives the errors of the estimates.
"""

import tracegrad.numpy as np
from tracegrad import grad, hessian
from tracegrad.scipy.special import gammaln
from tracegrad.scipy.stats import poisson

TRUTH = np.array([0.5, 0.8, np.log(0.7)])  # log mean at the mean age, its slope, log a
NAMES = ["intercept", "slope", "log dispersion"]


def surprise(parameters, age, counts):
    """-log p(counts), for a mean of exp(intercept + slope · age) and 1 / a = size."""
    mean = np.exp(parameters[0] + parameters[1] * age)
    size = np.exp(-parameters[2])
    ways = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
    chances = size * np.log(size / (size + mean)) + counts * np.log(mean / (size + mean))
    return -np.sum(ways + chances)


def poisson_surprise(parameters, age, counts):
    return -np.sum(poisson.logpmf(counts, np.exp(parameters[0] + parameters[1] * age)))


def newton(f, x, *data):
    """Newton's method, with steps halved until they go down."""
    print("iteration   surprise    gradient")
    for iteration in range(50):
        value, slope = f(x, *data), grad(f)(x, *data)
        print(f"{iteration:9} {value:10.3f} {np.max(np.abs(slope)):11.1e}")
        if np.max(np.abs(slope)) < 1e-8:
            break
        curvature, directions = np.linalg.eigh(hessian(f)(x, *data))
        step = -directions @ ((directions.T @ slope) / np.maximum(np.abs(curvature), 1e-3))
        while f(x + step, *data) > value + 1e-9 * abs(value):
            step = step / 2
        x = x + step
    return x


def errors(f, x, *data):
    return np.sqrt(np.diag(np.linalg.inv(hessian(f)(x, *data))))


def main():
    rng = np.random.default_rng(0)
    age = rng.normal(size=1000)
    mean = np.exp(TRUTH[0] + TRUTH[1] * age)
    families = rng.gamma(1 / np.exp(TRUTH[2]), np.exp(TRUTH[2]), size=1000)
    counts = rng.poisson(mean * families)

    found = newton(surprise, np.zeros(3), age, counts)
    error = errors(surprise, found, age, counts)
    print(f"\n{'':14}   truth   found     ±")
    for name, true, value, e in zip(NAMES, TRUTH, found, error):
        print(f"{name:14} {true:7.3f} {value:7.3f} {e:6.3f}")
    assert np.all(np.abs(found - TRUTH) < 3 * error)

    print("\nand by Poisson's law:")
    simple = newton(poisson_surprise, np.zeros(2), age, counts)
    simple_error = errors(poisson_surprise, simple, age, counts)
    for name, true, value, e in zip(NAMES, TRUTH, simple, simple_error):
        print(f"{name:14} {true:7.3f} {value:7.3f} {e:6.3f}")
    # Its errors are too small, and the counts surprise it far more.
    assert np.all(simple_error < 0.8 * error[:2])
    assert poisson_surprise(simple, age, counts) > surprise(found, age, counts) + 100


if __name__ == "__main__":
    main()
