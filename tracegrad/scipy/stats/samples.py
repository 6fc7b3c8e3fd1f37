"""Statistics of samples: means of other kinds, moments in units of the spread, scores, entropy."""

from __future__ import annotations

import numpy as np
from scipy import stats
from scipy.special import entr, rel_entr

from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from .statistic import mean, plain, statistic, var


@statistic("gmean", "a", "weights", paired=True)
def _gmean(a, weights, dtype):
    return np.exp(np.average(np.log(a), axis=-1, weights=weights))


@statistic("hmean", "a", "weights", paired=True)
def _hmean(a, weights, dtype):
    return 1.0 / np.average(1.0 / a, axis=-1, weights=weights)


@statistic("sem", "a")
def _sem(a, ddof):
    return np.sqrt(var(a, ddof) / a.shape[-1])


@statistic("variation", "a")
def _variation(a, ddof):
    return np.std(a, axis=-1, ddof=ddof) / mean(a)


def _standard_moment(a, order):
    """The mean of a power of the distances from the mean, in units of their spread."""
    away = a - np.mean(a, axis=-1, keepdims=True)
    return mean(away**order) / mean(away * away) ** (0.5 * order)


@statistic("skew", "a")
def _skew(a, bias):
    n, skew = a.shape[-1], _standard_moment(a, 3)
    return skew if bias or n <= 2 else skew * (((n - 1.0) * n) ** 0.5 / (n - 2.0))


@statistic("kurtosis", "a")
def _kurtosis(a, fisher, bias):
    n, kurtosis = a.shape[-1], _standard_moment(a, 4)
    if bias or n <= 3:
        return kurtosis
    return ((n * n - 1.0) * kurtosis - 3.0 * (n - 1.0) ** 2) / ((n - 2.0) * (n - 3.0))


@statistic("entropy", "pk", "qk", paired=True)
def _entropy(pk, qk, base):
    pk = pk / np.sum(pk, axis=-1, keepdims=True)
    if qk is None:
        terms = entr(pk)
    else:
        terms = rel_entr(pk, qk / np.sum(qk, axis=-1, keepdims=True))
    total = np.sum(terms, axis=-1)
    return total if base is None else total / np.log(base)


# -- scores: as many as there are observations -----------------------------------------------------


def _real(a):
    a = as_array(a)
    return a if a.dtype.kind in "fc" else a.astype(np.float64)


def _score(scores, compare, axis, ddof, nan_policy):
    center, spread = (np.nanmean, np.nanstd) if nan_policy == "omit" else (np.mean, np.std)
    options = {"axis": axis, "keepdims": True}
    return (scores - center(compare, **options)) / spread(compare, ddof=ddof, **options)


def _zmap(scores, compare, axis=0, ddof=0, nan_policy="propagate"):
    stats.zmap(plain(scores), plain(compare), axis, ddof, nan_policy)  # its checks
    return _score(_real(scores), _real(compare), axis, ddof, nan_policy)


def _zscore(a, axis=0, ddof=0, nan_policy="propagate"):
    return _zmap(a, a, axis, ddof, nan_policy)


def _gzscore(a, *, axis=0, ddof=0, nan_policy="propagate"):
    return _zscore(np.log(_real(a)), axis, ddof, nan_policy)


for _fun in (_zmap, _zscore, _gzscore):
    composed(of(getattr(stats, _fun.__name__[1:])), _fun)
