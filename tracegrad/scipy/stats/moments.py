"""Moments and their unbiased estimates, L-moments, and the description of a sample."""

from __future__ import annotations

from math import comb

import numpy as np

from ...core.box import getval, isbox
from ...numpy.rules.arrays import refuse
from .statistic import mean, statistic, var


def _away(x, order):
    """The mean of a power of the distances from the mean."""
    return mean((x - np.mean(x, axis=-1, keepdims=True)) ** order)


def kstat(x, n):
    """R. A. Fisher's k-statistics: the unbiased estimates of the cumulants."""
    size = float(x.shape[-1])
    if n == 1:
        return mean(x)
    if n == 2:
        return var(x)
    m3 = size * size * _away(x, 3) / ((size - 1.0) * (size - 2.0))
    if n == 3:
        return m3
    fourth = (size + 1.0) * _away(x, 4) - 3.0 * (size - 1.0) * _away(x, 2) ** 2
    return size * size * fourth / ((size - 1.0) * (size - 2.0) * (size - 3.0))


@statistic("kstat", "data", flat=True)
def _kstat(data, n):
    return kstat(data, n)


@statistic("kstatvar", "data", flat=True)
def _kstatvar(data, n):
    size = data.shape[-1]
    if n == 1:
        return kstat(data, 2) / size
    k2, k4 = kstat(data, 2), kstat(data, 4)
    return (2.0 * size * k2**2 + (size - 1.0) * k4) / (size * (size + 1.0))


@statistic("moment", "a")
def _moment(a, center, **order):
    (order,) = order.values()  # SciPy's name for it was `moment`
    centre = np.mean(a, axis=-1, keepdims=True) if center is None else center
    powers = [mean((a - centre) ** int(k)) for k in np.ravel(order)]
    return np.stack(powers) if np.ndim(order) else powers[0]


@statistic("lmoment", "sample")
def _lmoment(sample, order, sorted, standardize):
    """Sums of probability-weighted moments.

    J. R. M. Hosking, "L-moments", Journal of the Royal Statistical Society B 52 (1990) 105.
    """
    x = sample if sorted else np.sort(sample, axis=-1)
    n, orders = x.shape[-1], np.atleast_1d([1, 2, 3, 4] if order is None else order)

    def l_moment(r):
        if r > n:
            return np.full(x.shape[:-1], np.nan)
        weights = np.array([
            sum((-1.0) ** (r - 1 - k) * comb(r - 1, k) * comb(r - 1 + k, k)
                * comb(i, k) / comb(n - 1, k) for k in range(r))
            for i in range(n)
        ])  # fmt: skip
        return mean(x * weights)

    found = [l_moment(int(r)) / (l_moment(2) if standardize and r > 2 else 1.0) for r in orders]
    return found[0] if order is not None and np.ndim(order) == 0 else np.stack(found)


def skewness(x, bias=True):
    n = float(x.shape[-1])
    skew = _away(x, 3) / _away(x, 2) ** 1.5
    return skew if bias or n <= 2 else skew * (((n - 1.0) * n) ** 0.5 / (n - 2.0))


def excess(x, bias=True):
    n = float(x.shape[-1])
    kurtosis = _away(x, 4) / _away(x, 2) ** 2
    if bias or n <= 3:
        return kurtosis - 3.0
    return ((n * n - 1.0) * kurtosis - 3.0 * (n - 1.0) ** 2) / ((n - 2.0) * (n - 3.0))


@statistic("describe", "a")
def _describe(a, ddof, bias):
    return {
        "minmax": (np.min(a, axis=-1), np.max(a, axis=-1)),
        "mean": mean(a),
        "variance": var(a, ddof),
        "skewness": skewness(a, bias),
        "kurtosis": excess(a, bias),
    }


# -- other means -----------------------------------------------------------------------------------


@statistic("pmean", "a", "weights", paired=True)
def _pmean(a, weights, p, dtype):
    weights = np.ones(a.shape[-1]) if weights is None else weights
    total = np.sum(weights * np.ones(a.shape), axis=-1)
    if getval(p) == 0:
        if isbox(p):  # where the formula is a limit
            refuse("pmean", p=p)
        return np.exp(np.sum(weights * np.log(a), axis=-1) / total)
    return (np.sum(weights * a**p, axis=-1) / total) ** (1.0 / p)


@statistic("expectile", "a", "weights", paired=True, flat=True, rows=True)
def _expectile(a, weights, alpha):
    """The mean with weight alpha for what lies above it and 1 - alpha for what lies below."""
    weights = np.ones(a.shape) if weights is None else weights
    tau = _balance(getval(a), getval(weights), getval(alpha))
    above = getval(a) > tau
    weights = weights * np.where(above, alpha, 1.0 - alpha)
    return np.sum(weights * a) / np.sum(weights)


def _balance(a, weights, alpha):
    """The expectile of plain numbers: steps to the mean with the weights so far reach it."""
    tau = last = np.average(a, weights=weights)
    for _ in range(len(a) + 1):
        tau = np.average(a, weights=weights * np.where(a > tau, alpha, 1.0 - alpha))
        if tau == last:
            break
        last = tau
    return tau
