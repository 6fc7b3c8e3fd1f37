"""Derivatives of incomplete gamma and beta functions, and in other parameters, to 1e-8 or better.

The references are series of terms of one sign, differentiated term by term, with as many digits as
the smaller tail needs (DLMF 8.7.1 and 8.17.8 after Kummer's and Euler's transformations).
"""

from __future__ import annotations

import mpmath as mp
import numpy
import pytest
from scipy import special as plain

from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback
from tracegrad.scipy import special

TOLERANCE = 1e-8
LEAST, LARGEST = 1e-280, 1e280  # near the ends of the range numbers have fewer digits


def summed(ratio, moves, front, leads):
    """The slopes of exp(front) Σ tₙ: tₙ₊₁ = ratio(n) tₙ, and log tₙ₊₁ - log tₙ has slopes moves(n).

    `leads` are the slopes of the front.
    """
    term, whole, n = mp.mpf(1), mp.mpf(0), 0
    logs, sums = [mp.mpf(0)] * len(leads), [mp.mpf(0)] * len(leads)
    while True:
        whole = whole + term
        sums = [s + term * log for s, log in zip(sums, logs)]
        r = ratio(n)
        logs = [log + move for log, move in zip(logs, moves(n))]
        term, n = term * r, n + 1
        size = 1 + sum(map(abs, logs)) + sum(map(abs, leads))
        if r < 1 and term / (1 - r) * size < mp.eps * whole:
            return [mp.exp(front) * (whole * lead + s) for lead, s in zip(leads, sums)]


def gamma_slopes(a, x):
    """Of P(a, x) in a and x; None where they are beyond the range."""
    size = a * numpy.log(x) - x - plain.gammaln(a)
    if size < -640:
        return None
    with mp.workdps(25 + int(max(0.0, -size / 2.3))):
        a, x = mp.mpf(float(a)), mp.mpf(float(x))
        front = a * mp.log(x) - x - mp.loggamma(a + 1)
        [by_a] = summed(
            lambda n: x / (a + n + 1), lambda n: [-1 / (a + n + 1)],
            front, [mp.log(x) - mp.psi(0, a + 1)],
        )  # fmt: skip
        return by_a, mp.exp(front) * a / x


def beta_slopes(a, b, x):
    """Of I(a, b, x) in a, b and x."""
    size = a * numpy.log(x) + b * numpy.log1p(-x) - plain.betaln(a, b)
    if size < -640:
        return None
    with mp.workdps(25 + int(max(0.0, -size / 2.3))):
        a, b, x = [mp.mpf(float(v)) for v in (a, b, x)]
        front = a * mp.log(x) + b * mp.log(1 - x)
        front = front + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b)
        whole = mp.psi(0, a + b)
        by_a, by_b = summed(
            lambda n: (a + b + n) / (a + 1 + n) * x,
            lambda n: [1 / (a + b + n) - 1 / (a + 1 + n), 1 / (a + b + n)],
            front, [mp.log(x) - mp.psi(0, a + 1) + whole, mp.log(1 - x) - mp.psi(0, b) + whole],
        )  # fmt: skip
        return by_a, by_b, mp.exp(front) * a / (x * (1 - x))


def gamma_points():
    for a in (1e-8, 1e-3, 0.5, 2.5, 30.0, 1e3):
        root = a**0.5
        near = [a, a * (1 + 1e-6), a + 1 / 3, a + root, a - 5 * root, a + 5 * root, a - 20 * root]
        for x in (1e-250, 1e-20, 1e-5, 0.3, 3.0, 100.0, 2 * a, a / 2, *near):
            if x > 0.0:
                yield a, x


def beta_points():
    for b in (1e-7, 1e-11):
        yield 1e3, b, 0.89
    for a in (1e-3, 1.0, 1e3):
        for b in (1e-3, 0.5, 1e3):
            mean = a / (a + b)
            spread = (mean * (1 - mean) / (a + b + 1)) ** 0.5
            for x in (1e-250, 0.3, mean, mean - 6 * spread, mean + 6 * spread):
                if 0.0 < x < 0.9:
                    yield a, b, x


def check(fun, points, wanted, tolerance=TOLERANCE, at=None):
    """Slopes in both modes, argument by argument; `wanted` has a row for each point."""
    args = [numpy.array(column) for column in zip(*points)]
    pull = pullback(fun, *args)[1](numpy.ones(len(points)))
    for i in range(len(args)) if at is None else [at]:
        ts = [numpy.full(len(points), float(i == k)) for k in range(len(args))]
        push = pushforward(fun, args, ts)[1]
        for point, want, *got in zip(points, wanted, pull[i], push):
            if LEAST < abs(want[i]) < LARGEST:
                for slope in got:
                    assert abs(slope - want[i]) <= tolerance * abs(want[i]), (point, i, slope, want)


def with_slopes(points, slopes):
    """The points that have slopes within range, and these."""
    pairs = [(point, slopes(*point)) for point in points]
    return zip(*[(point, found) for point, found in pairs if found is not None])


def test_incomplete_gamma():
    points, slopes = with_slopes(gamma_points(), gamma_slopes)
    check(special.gammainc, points, slopes)
    check(special.gammaincc, points, [[-s for s in row] for row in slopes])


def test_incomplete_beta():
    points, slopes = with_slopes(beta_points(), beta_slopes)
    check(special.betainc, points, slopes)
    if hasattr(plain, "betaincc"):
        check(special.betaincc, points, [[-s for s in row] for row in slopes])


QUANTILES = [1e-250, 1e-20, 1e-5, 0.3, 0.5, 0.99, 1 - 1e-12]


@pytest.mark.parametrize("name", ["gammaincinv", "gammainccinv"])
def test_inverse_incomplete_gamma(name):
    inverse, sign = getattr(plain, name), -1 if "cc" in name else 1
    points = [(a, q) for a in (0.05, 1.0, 30.0) for q in QUANTILES]
    points = [(a, q) for a, q in points if 1e-250 < inverse(a, q) < numpy.inf]
    rows = [(a, q, *gamma_slopes(a, inverse(a, q))) for a, q in points]
    check(getattr(special, name), points, [(-by_a / by_x, sign / by_x) for *_, by_a, by_x in rows])


@pytest.mark.parametrize("name", ["betaincinv", "betainccinv"])
def test_inverse_incomplete_beta(name):
    if not hasattr(plain, name):
        pytest.skip("newer than this SciPy")
    inverse, sign = getattr(plain, name), -1 if "cc" in name else 1
    points = [(a, b, q) for a in (0.05, 30.0) for b in (0.5, 30.0) for q in (1e-250, 1e-5, 0.5)]
    points = [point for point in points if 1e-250 < inverse(*point) < 0.9]
    rows = [beta_slopes(a, b, inverse(a, b, q)) for a, b, q in points]
    check(
        getattr(special, name),
        points,
        [(-by_a / by_x, -by_b / by_x, sign / by_x) for by_a, by_b, by_x in rows],
    )


# -- other parameters: the function by mpmath, the argument that moves, where --------------------


def student(df, t):
    tail = mp.betainc(df / 2, 0.5, 0, df / (df + t * t), regularized=True) / 2
    return tail if t < 0 else -tail  # the rest of 1, whose slopes are the same


def fisher(n, m, x):
    return -mp.betainc(m / 2, n / 2, 0, m / (m + n * x), regularized=True)


PARAMETERS = [
    ("stdtr", student, [0, 1], [(0.3, -1e8), (1.0, 0.2), (2.5, -3.0), (40.0, 2.0), (300.0, -25.0)]),
    ("fdtr", fisher, [0, 1, 2], [(0.4, 3.0, 0.01), (3.0, 7.0, 1.2), (50.0, 40.0, 1.1)]),
    ("chdtr", lambda v, x: mp.gammainc(v / 2, 0, x / 2, regularized=True), [0, 1],
     [(0.3, 1e-9), (3.0, 2.0), (100.0, 30.0), (7.0, 1e-3)]),
    ("chdtrc", lambda v, x: mp.gammainc(v / 2, x / 2, mp.inf, regularized=True), [0, 1],
     [(0.3, 20.0), (3.0, 200.0), (100.0, 130.0)]),
    ("gdtr", lambda a, b, x: mp.gammainc(b, 0, a * x, regularized=True), [0, 1, 2],
     [(0.7, 1.3, 1e-5), (2.0, 30.0, 3.0)]),
    ("zeta", lambda s, q: mp.zeta(s, q), [0], [(1.001, 0.7), (3.0, 1e-3), (25.0, 4.0), (2.0, 1e4)]),
    ("owens_t", lambda h, a: mp.quad(
        lambda t: mp.exp(-h * h * (1 + t * t) / 2) / (1 + t * t) / (2 * mp.pi), [0, a]), [0, 1],
     [(0.1, 3.0), (6.0, 0.4), (-2.0, 1.0)]),
    ("betaln", lambda a, b: mp.log(mp.beta(a, b)), [0, 1], [(1e-5, 3.0), (1e6, 2.0), (40.0, 50.0)]),
    ("poch", mp.rf, [0, 1], [(1e-4, 2.0), (300.0, 0.5), (5.0, 20.0)]),
    ("binom", mp.binomial, [0, 1], [(30.0, 2.5), (1e5, 1.5), (3.3, 7.4)]),
    ("ellipk", mp.ellipk, [0], [(-1e6,), (1e-9,), (0.5,), (1 - 1e-9,)]),
    ("ellipe", mp.ellipe, [0], [(-1e6,), (1e-9,), (0.5,), (1 - 1e-9,)]),
    ("ellipkinc", mp.ellipf, [0, 1], [(0.01, 0.5), (1.2, -30.0), (5.0, 0.9), (1.5, 1e-7)]),
    ("ellipeinc", mp.ellipe, [0, 1], [(0.01, 0.5), (1.2, -30.0), (5.0, 0.9), (1.5, 1e-7)]),
    ("agm", mp.agm, [0, 1], [(1e-8, 1.0), (3.0, 3.0), (1e5, 2.0)]),
    ("boxcox", lambda x, k: (x**k - 1) / k, [0, 1], [(1e-5, 1e-3), (3.0, 1e-6), (40.0, 2.0)]),
]  # fmt: skip


def slope_of(fun, point, i):
    """By central differences in 60 digits, of which a third remains."""
    with mp.workdps(60):
        at = [mp.mpf(float(x)) for x in point]
        h = abs(at[i]) * mp.mpf(10) ** -20
        up, down = [*at[:i], at[i] + h, *at[i + 1 :]], [*at[:i], at[i] - h, *at[i + 1 :]]
        return (fun(*up) - fun(*down)) / (2 * h)


@pytest.mark.parametrize("name, fun, at, points", PARAMETERS, ids=[row[0] for row in PARAMETERS])
def test_parameters(name, fun, at, points):
    for i in at:
        wanted = [[slope_of(fun, point, k) if k == i else None for k in range(len(point))]
                  for point in points]  # fmt: skip
        check(getattr(special, name), points, wanted, at=i)
