"""Extremes under their other names, averages, covariances, and what leaves NaN out."""

from __future__ import annotations

import warnings

import numpy as np

from ....core.box import getval, isbox
from ....core.errors import frames_to_user
from ....spaces import match
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import as_array, as_axis, refuse

_NoValue = np._NoValue

if np.amax is not np.max:
    composed(of(np.amax), of(np.max))
if np.amin is not np.min:
    composed(of(np.amin), of(np.min))


def _ptp(a, axis=None, out=None, keepdims=False):
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


composed(of(np.ptp), _ptp)


def _average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    if weights is None:
        mean = np.mean(a, axis=axis, keepdims=keepdims)
        count = a.size // max(mean.size, 1)
        total = np.full_like(mean, count)
    else:
        dtype = np.result_type(a.dtype, weights.dtype, *(["f8"] if a.dtype.kind in "iub" else []))
        if weights.shape != a.shape:
            weights = _along(weights, a, axis)
        total = np.sum(weights, axis=axis, keepdims=keepdims, dtype=dtype)
        if np.any(getval(total) == 0):
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        mean = np.sum(match(a * weights, dtype), axis=axis, keepdims=keepdims) / total
        if total.shape != mean.shape:
            total = np.copy(np.broadcast_to(total, mean.shape))
    return (mean, total) if returned else mean


def _along(weights, a, axis):
    """Weights for some axes, to broadcast against the array."""
    if axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    axes = axis if isinstance(axis, tuple) else (axis,)
    axes = tuple([as_axis(i, a.ndim) for i in axes])
    if weights.shape != tuple([a.shape[i] for i in axes]):
        raise ValueError(
            "Shape of weights must be consistent with shape of a along specified axis."
        )
    weights = np.transpose(weights, np.argsort(axes).tolist())
    shape = [n if i in axes else 1 for i, n in enumerate(a.shape)]
    return np.broadcast_to(weights.reshape(shape), a.shape)


composed(of(np.average), _average)

# -- covariances -------------------------------------------------------------------------------

# NumPy 2.2 and later transpose a matrix of one row as any other
_ONE_ROW_TURNS = np.cov([[0.0, 0.0]], rowvar=False, bias=True).ndim == 2


def _variables(name, m, rowvar, dtype, one_row_turns):
    """A matrix with a variable in each row."""
    if m.ndim > 2:
        raise ValueError(f"{name} has more than 2 dimensions")
    rows = np.atleast_2d(m if m.dtype == dtype else m.astype(dtype))
    turned = m.ndim == 2 if one_row_turns else rows.shape[0] != 1
    return rows.T if turned and not rowvar else rows


def _weights(name, weights, n):
    weights = as_array(weights)
    weights = weights if weights.dtype == np.float64 else weights.astype(np.float64)
    if weights.ndim > 1:
        raise RuntimeError(f"cannot handle multidimensional {name}")
    if weights.shape != (n,):
        raise RuntimeError(f"incompatible numbers of samples and {name}")
    if np.any(getval(weights) < 0):
        raise ValueError(f"{name} cannot be negative")
    return weights


def _cov(
    m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None
):
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    m, y = as_array(m), None if y is None else as_array(y)
    if dtype is None:
        dtype = np.result_type(m.dtype, np.float64, *([] if y is None else [y.dtype]))
    x = _variables("m", m, rowvar, dtype, _ONE_ROW_TURNS)
    if not x.shape[0]:
        return np.zeros((0, 0))
    if y is not None:
        x = np.concatenate([x, _variables("y", y, rowvar, dtype, False)])
    if ddof is None:
        ddof = 0 if bias else 1
    n = x.shape[1]
    w = None
    if fweights is not None:
        if isbox(fweights):  # counts, which are whole
            refuse("cov", fweights=fweights)
        w = _weights("fweights", fweights, n)
        if np.any(w != np.around(w)):
            raise TypeError("fweights must be integer")
    if aweights is not None:
        aweights = _weights("aweights", aweights, n)
        w = aweights if w is None else w * aweights
    mean = np.average(x, axis=1, weights=w)
    total = n if w is None else np.sum(w)
    lost = ddof if aweights is None or ddof == 0 else ddof * np.sum(w * aweights) / total
    freedom = total - lost
    if getval(freedom) <= 0:
        warnings.warn(
            "Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=frames_to_user()
        )
        freedom = 0.0
    x = x - mean[:, None]
    c = np.dot(x, np.conjugate(x if w is None else x * w).T)
    return np.squeeze(match(c * np.true_divide(1, freedom), c.dtype))


def _corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """Rounding may leave values beyond 1, which are cut off; true ones have slope 0 there."""
    c = np.cov(x, y, rowvar, dtype=dtype)
    if c.ndim == 0:
        return c / c
    deviation = np.sqrt(np.diagonal(c).real)
    c = c / deviation[:, None] / deviation[None, :]
    value = getval(c)
    beyond = value.real - np.clip(value.real, -1, 1)
    if value.dtype.kind == "c":
        beyond = beyond + (value.imag - np.clip(value.imag, -1, 1)) * 1j
    return c - beyond


composed(of(np.cov), _cov)
composed(of(np.corrcoef), _corrcoef)

# -- what leaves NaN out -----------------------------------------------------------------------


def _numbers(a, where=_NoValue):
    """Which elements count."""
    here = ~np.isnan(getval(a))
    return here if where is _NoValue else here & where


def _replaced(a, value):
    return np.where(np.isnan(getval(a)), a.dtype.type(value), a)


def _without_nan(fun, value):
    """The function with a value in the place of NaN that changes nothing."""

    def without(a, axis=None, dtype=None, out=None, **options):
        return fun(_replaced(a, value), axis=axis, dtype=dtype, **options)

    return without


composed(of(np.nansum), _without_nan(np.sum, 0))
composed(of(np.nanprod), _without_nan(np.prod, 1))
composed(of(np.nancumsum), _without_nan(np.cumsum, 0))
composed(of(np.nancumprod), _without_nan(np.cumprod, 1))


def _nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=_NoValue):
    where = _numbers(a, where)
    return np.mean(_replaced(a, 0), axis=axis, dtype=dtype, keepdims=keepdims, where=where)


def _nan_spread(fun):
    def spread(
        a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=_NoValue, **options
    ):
        where = np.broadcast_to(_numbers(a, where), a.shape)
        ans = fun(
            _replaced(a, 0), axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims, where=where,
            **options,
        )  # fmt: skip
        ans = ans if dtype else match(ans, a.real.dtype)  # whatever the mean's
        freedom = where.sum(axis=axis, keepdims=keepdims) - options.get("correction", ddof)
        return ans if np.all(freedom > 0) else np.where(freedom > 0, ans, ans.dtype.type(np.nan))

    return spread


composed(of(np.nanmean), _nanmean)
composed(of(np.nanvar), _nan_spread(np.var))
composed(of(np.nanstd), _nan_spread(np.std))


def _nan_extreme(fun, least):
    """NaN only where there is nothing else."""

    def extreme(a, axis=None, out=None, keepdims=False, initial=_NoValue, where=_NoValue):
        options = {"axis": axis, "keepdims": keepdims}
        here = np.broadcast_to(_numbers(a, where), a.shape)
        lowest = least if initial is _NoValue else initial
        ans = fun(_replaced(a, least), initial=lowest, where=here, **options)
        if initial is not _NoValue or np.all(here.any(**options)):
            return ans
        return np.where(here.any(**options), ans, ans.dtype.type(np.nan))

    return extreme


composed(of(np.nanmax), _nan_extreme(np.max, -np.inf))
composed(of(np.nanmin), _nan_extreme(np.min, np.inf))
