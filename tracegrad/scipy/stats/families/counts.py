"""Distributions of whole numbers."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, betaln, gammaincc, gammaln, ive, xlog1py, xlogy

from ..distribution import law
from .parts import zeta


def _log_choose(n, k):
    return gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)


law(
    "poisson",
    logpmf=lambda k, mu: xlogy(k, mu) - gammaln(k + 1.0) - mu,
    cdf=lambda k, mu: gammaincc(k + 1.0, mu),
    mean=lambda mu: mu,
    var=lambda mu: mu,
)
law(
    "bernoulli",
    logpmf=lambda k, p: xlogy(k, p) + xlog1py(1.0 - k, -p),
    mean=lambda p: p,
    var=lambda p: p * (1.0 - p),
)
law(
    "binom",
    whole=("n",),
    logpmf=lambda k, n, p: _log_choose(n, k) + xlogy(k, p) + xlog1py(n - k, -p),
    sf=lambda k, n, p: betainc(k + 1.0, n - k, p),
    mean=lambda n, p: n * p,
    var=lambda n, p: n * p * (1.0 - p),
)
law(
    "nbinom",
    logpmf=lambda k, n, p: (
        gammaln(n + k) - gammaln(k + 1.0) - gammaln(n) + n * np.log(p) + xlog1py(k, -p)
    ),
    cdf=lambda k, n, p: betainc(n, k + 1.0, p),
    mean=lambda n, p: n * (1.0 - p) / p,
    var=lambda n, p: n * (1.0 - p) / p**2,
)
law(
    "geom",
    logpmf=lambda k, p: np.log(p) + xlog1py(k - 1.0, -p),
    sf=lambda k, p: np.exp(xlog1py(k, -p)),
    mean=lambda p: 1.0 / p,
    var=lambda p: (1.0 - p) / p**2,
)
law(
    "betabinom",
    whole=("n",),
    logpmf=lambda k, n, a, b: _log_choose(n, k) + betaln(k + a, n - k + b) - betaln(a, b),
    mean=lambda n, a, b: n * a / (a + b),
    var=lambda n, a, b: n * a * b * (a + b + n) / ((a + b) ** 2 * (a + b + 1.0)),
)
law(
    "betanbinom",
    whole=("n",),
    logpmf=lambda k, n, a, b: (
        betaln(a + n, b + k) - betaln(a, b) - np.log(n + k) - betaln(n, k + 1.0)
    ),
    mean=lambda n, a, b: n * b / (a - 1.0),
    var=lambda n, a, b: n * b * (n + a - 1.0) * (a + b - 1.0) / ((a - 2.0) * (a - 1.0) ** 2),
)
law(
    "logser",
    logpmf=lambda k, p: k * np.log(p) - np.log(k) - np.log(-np.log1p(-p)),
    mean=lambda p: -p / ((1.0 - p) * np.log1p(-p)),
    var=lambda p: -p * (1.0 + p / np.log1p(-p)) / ((1.0 - p) ** 2 * np.log1p(-p)),
)
law(
    "planck",
    logpmf=lambda k, lambda_: np.log(-np.expm1(-lambda_)) - lambda_ * k,
    sf=lambda k, lambda_: np.exp(-lambda_ * (k + 1.0)),
    mean=lambda lambda_: 1.0 / np.expm1(lambda_),
    var=lambda lambda_: np.exp(-lambda_) / np.expm1(-lambda_) ** 2,
)
law(
    "boltzmann",
    whole=("N",),
    logpmf=lambda k, lambda_, N: (
        np.log(-np.expm1(-lambda_)) - np.log(-np.expm1(-lambda_ * N)) - lambda_ * k
    ),
    mean=lambda lambda_, N: 1.0 / np.expm1(lambda_) - N / np.expm1(lambda_ * N),
    var=lambda lambda_, N: (
        0.25 / np.sinh(0.5 * lambda_) ** 2 - 0.25 * N**2 / np.sinh(0.5 * lambda_ * N) ** 2
    ),
)
law(
    "dlaplace",
    logpmf=lambda k, a: np.log(np.tanh(0.5 * a)) - a * abs(k),
    mean=lambda a: 0.0 * a,
    var=lambda a: 0.5 / np.sinh(0.5 * a) ** 2,
)
law(
    "skellam",
    logpmf=lambda k, mu1, mu2: (
        0.5 * k * np.log(mu1 / mu2) - (np.sqrt(mu1) - np.sqrt(mu2)) ** 2
        + np.log(ive(abs(k), 2.0 * np.sqrt(mu1 * mu2)))
    ),
    mean=lambda mu1, mu2: mu1 - mu2,
    var=lambda mu1, mu2: mu1 + mu2,
)  # fmt: skip
law(
    "yulesimon",
    logpmf=lambda k, alpha: np.log(alpha) + betaln(k, alpha + 1.0),
    sf=lambda k, alpha: np.exp(np.log(k) + betaln(k, alpha + 1.0)),
    mean=lambda alpha: alpha / (alpha - 1.0),
    var=lambda alpha: alpha**2 / ((alpha - 1.0) ** 2 * (alpha - 2.0)),
)
law(
    "zipf",
    logpmf=lambda k, a: -a * np.log(k) - np.log(zeta(a, 1.0)),
    mean=lambda a: zeta(a - 1.0, 1.0) / zeta(a, 1.0),
    var=lambda a: zeta(a - 2.0, 1.0) / zeta(a, 1.0) - (zeta(a - 1.0, 1.0) / zeta(a, 1.0)) ** 2,
)
