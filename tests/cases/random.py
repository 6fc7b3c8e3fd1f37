"""Random samples as functions of their parameters, with the same noise in each call.

Distributions whose samples NumPy rejects or branches for are proved in `numpy/test_random.py`.
"""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import apart, normal, positive

N, P, Q = normal(2, 3), positive(2, 3), positive(3, seed=1)
M, K = apart(4), numpy.array([[2.0, 0.3, -0.2], [0.3, 1.1, 0.4], [-0.2, 0.4, 0.7]])
TURN = numpy.array([[0.3, 1.0, -0.2], [0.0, 0.5, 0.8], [0.7, -0.4, 0.2]])
SEEDED = (
    lambda: np.random.default_rng(3),
    lambda: np.random.Generator(np.random.MT19937(3)),
    lambda: np.random.RandomState(3),
    lambda: np.random.seed(3) or np.random,
)


def rows(name, *args, options=({}, {"size": (4, 2, 3)}), seeded=SEEDED[::2], **flags):
    flags = {"complex": False, **flags}
    for make in seeded:

        def fun(*args, make=make, **options):
            value = getattr(make(), name)(*args, **options)
            return value if hasattr(value, "shape") else numpy.float64(value)

        yield Case(f"random.{name}", args, list(options), fun=fun, **flags)


ONE = {"options": ({}, {"size": 3}, {"size": ()}), "seeded": SEEDED}  # numbers for parameters


ROWS = [
    *rows("normal", N, Q, seeded=SEEDED),
    *rows("normal", numpy.float64(0.4), numpy.float64(1.3), **ONE),
    *rows("uniform", N, N + P),
    *rows("laplace", N, Q),
    *rows("logistic", N, Q),
    *rows("gumbel", N, Q),
    *rows("lognormal", N, 0.3 * Q),
    *rows("exponential", P),
    *rows("rayleigh", P),
    *rows("pareto", 2.0 + P),
    *rows("weibull", P),
    *rows("power", P),
    *rows("triangular", -P, 0.3 * N, 3.0 + Q),
]


def covariance(method, cov_of, **flags):
    """Of a matrix that stays symmetric when the sample moves."""
    options = {} if method is None else {"method": method}
    for make in SEEDED[2:] if method is None else SEEDED[:1]:

        def fun(mean, a, make=make, **size):
            return make().multivariate_normal(mean, cov_of(a), **size, **options)

        sizes = [{}, {"size": 2}, {"size": (2, 2)}]
        flags = {"complex": False, "small": False, **flags}
        yield Case(f"random.multivariate_normal {method}", (N[0], TURN), sizes, fun=fun, **flags)


def around(a):
    return K + 0.1 * (a + np.transpose(a))


ROWS += [
    *covariance(None, around),
    *covariance("svd", around),
    *covariance("eigh", around),
    *covariance("cholesky", around),
    *rows(
        "choice", M, seeded=SEEDED, linear=True, small=False,
        options=({}, {"size": 3}, {"size": (2, 2), "replace": False, "p": [0.1, 0.2, 0.3, 0.4]}),
    ),
    *rows(
        "choice", N, seeded=SEEDED[:2], linear=True, small=False,
        options=({}, {"axis": 1}, {"size": (2, 2), "axis": -1},
                 {"size": 2, "replace": False, "shuffle": False}),
    ),
    *rows("permutation", M, options=({},), seeded=SEEDED, linear=True),
    *rows("permutation", N, options=({},), seeded=SEEDED, linear=True),
    *rows("permutation", N, options=({"axis": 1}, {"axis": -1}), seeded=SEEDED[:1], linear=True),
    *rows(
        "permuted", N, seeded=SEEDED[:1], linear=True,
        options=({}, {"axis": 0}, {"axis": 1}, {"axis": -1}),
    ),
]  # fmt: skip


def shuffles(x, make, **axis):
    """In place, as every generator does it."""
    for fresh in make:

        def fun(x, fresh=fresh):
            x = np.array(x)
            fresh().shuffle(x, **axis)
            return x

        yield Case(f"random.shuffle {axis}", (x,), fun=fun, linear=True, small=False)


ROWS += [
    *shuffles(M, SEEDED),
    *shuffles(N, SEEDED),
    *shuffles(N, SEEDED[:1], axis=1),
    *shuffles(N, SEEDED[:1], axis=-1),
]
