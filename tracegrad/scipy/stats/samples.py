"""Statistics of samples: means of other kinds, moments in units of the spread, scores, entropy."""

from __future__ import annotations

import numpy as np
from scipy import stats
from scipy.special import entr, rel_entr

from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse


def _plainly(name, nan_policy):
    if nan_policy != "propagate":
        refuse(name, nan_policy=nan_policy)


def _real(a):
    a = as_array(a)
    return a if a.dtype.kind in "fc" else a.astype(np.float64)


def _cast(a, dtype):
    return _real(a) if dtype is None else _real(a).astype(dtype)


def _average(a, axis, weights, keepdims):
    weights = None if weights is None else as_array(weights)
    return np.average(a, axis=axis, weights=weights, keepdims=keepdims)


def _gmean(a, axis=0, dtype=None, weights=None, *, nan_policy="propagate", keepdims=False):
    _plainly("gmean", nan_policy)
    return np.exp(_average(np.log(_cast(a, dtype)), axis, weights, keepdims))


def _hmean(a, axis=0, dtype=None, *, weights=None, nan_policy="propagate", keepdims=False):
    _plainly("hmean", nan_policy)
    return 1.0 / _average(1.0 / _cast(a, dtype), axis, weights, keepdims)


def _sem(a, axis=0, ddof=1, nan_policy="propagate", *, keepdims=False):
    _plainly("sem", nan_policy)
    a = _real(a)
    n = a.size if axis is None else a.shape[axis]
    return np.std(a, axis=axis, ddof=ddof, keepdims=keepdims) / n**0.5


def _variation(a, axis=0, nan_policy="propagate", ddof=0, *, keepdims=False):
    _plainly("variation", nan_policy)
    a, options = _real(a), {"axis": axis, "keepdims": keepdims}
    return np.std(a, ddof=ddof, **options) / np.mean(a, **options)


def _standard_moment(a, order, axis, keepdims):
    """The mean of a power of the distances from the mean, in units of their spread."""
    away = a - np.mean(a, axis=axis, keepdims=True)
    options = {"axis": axis, "keepdims": keepdims}
    return np.mean(away**order, **options) / np.mean(away * away, **options) ** (0.5 * order)


def _skew(a, axis=0, bias=True, nan_policy="propagate", *, keepdims=False):
    _plainly("skew", nan_policy)
    a = _real(a)
    n = a.size if axis is None else a.shape[axis]
    skew = _standard_moment(a, 3, axis, keepdims)
    return skew if bias or n <= 2 else skew * (((n - 1.0) * n) ** 0.5 / (n - 2.0))


def _kurtosis(a, axis=0, fisher=True, bias=True, nan_policy="propagate", *, keepdims=False):
    _plainly("kurtosis", nan_policy)
    a = _real(a)
    n = a.size if axis is None else a.shape[axis]
    kurtosis = _standard_moment(a, 4, axis, keepdims)
    if not bias and n > 3:
        excess = (n * n - 1.0) * kurtosis - 3.0 * (n - 1.0) ** 2
        kurtosis = excess / ((n - 2.0) * (n - 3.0)) + 3.0
    return kurtosis - 3.0 if fisher else kurtosis


def _zmap(scores, compare, axis=0, ddof=0, nan_policy="propagate"):
    _plainly("zmap", nan_policy)
    scores, compare = _real(scores), _real(compare)
    options = {"axis": axis, "keepdims": True}
    return (scores - np.mean(compare, **options)) / np.std(compare, ddof=ddof, **options)


def _zscore(a, axis=0, ddof=0, nan_policy="propagate"):
    return _zmap(a, a, axis, ddof, nan_policy)


def _gzscore(a, *, axis=0, ddof=0, nan_policy="propagate"):
    log = np.log(_real(a))
    return _zmap(log, log, axis, ddof, nan_policy)


def _entropy(pk, qk=None, base=None, axis=0, *, nan_policy="propagate", keepdims=False):
    _plainly("entropy", nan_policy)
    pk = _real(pk)
    pk = pk / np.sum(pk, axis=axis, keepdims=True)
    if qk is None:
        terms = entr(pk)
    else:
        qk = _real(qk)
        terms = rel_entr(pk, qk / np.sum(qk, axis=axis, keepdims=True))
    total = np.sum(terms, axis=axis, keepdims=keepdims)
    return total if base is None else total / np.log(base)


for _fun in (
    _gmean, _hmean, _sem, _variation, _skew, _kurtosis, _zmap, _zscore, _gzscore, _entropy,
):  # fmt: skip
    composed(of(getattr(stats, _fun.__name__[1:])), _fun)
