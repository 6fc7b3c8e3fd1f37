"""Medians, quantiles, percentiles: numbers between two neighbours of the sorted array.

Where between them is a matter of the method, the number of elements and q alone. NumPy itself
tells: the same quantile of 0, 1, ..., n - 1 is the position in the sorted array.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval, isbox
from ....spaces import match
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import as_array, as_axis, refuse

# How fast the position grows with q: n and this. R. J. Hyndman and Y. Fan, "Sample quantiles in
# statistical packages", The American Statistician 50 (1996) 361. The other methods make steps.
_SLOPES = {
    "linear": -1.0, "interpolated_inverted_cdf": 0.0, "hazen": 0.0, "weibull": 1.0,
    "median_unbiased": 1.0 / 3.0, "normal_unbiased": 0.25,
}  # fmt: skip


def _folded_last(a, axis):
    """The array with the folded axes as its last, and the shape with them kept."""
    if axis is None:
        axes = tuple(range(a.ndim))
    else:
        axes = axis if isinstance(axis, (tuple, list)) else (axis,)
        axes = tuple([as_axis(i, a.ndim) for i in axes])
    others = [i for i in range(a.ndim) if i not in axes]
    kept = tuple([1 if i in axes else n for i, n in enumerate(a.shape)])
    moved = np.transpose(a, (*others, *axes)) if a.ndim else a
    count = int(np.prod([a.shape[i] for i in axes]))
    return moved.reshape((*[a.shape[i] for i in others], count)), kept


def _positions(q, counts, method, scale):
    """The position in n sorted elements, for each q and each count n."""
    value = getval(q)
    found = np.full((*np.shape(value), *counts.shape), np.nan)
    slopes = np.zeros_like(found)
    for n in np.unique(counts):
        if n == 0:
            continue
        position = np.asarray(np.quantile(np.arange(float(n)), value / scale, method=method))
        inner = (position > 0) & (position < n - 1) | (method == "linear")
        slope = (n + _SLOPES[method]) * inner if method in _SLOPES else np.zeros(position.shape)
        found[..., counts == n] = position[..., None]
        slopes[..., counts == n] = slope[..., None]
    if isbox(q):
        q = np.reshape(q, np.shape(value) + (1,) * counts.ndim)
        found = found + slopes * (q - getval(q)) / scale
    return found


def _between(rows, positions, counts, median):
    """Elements at positions in the sorted last axis, by lines between neighbours.

    On such lines infinite neighbours give NaN, as NumPy's quantiles do; its median does not.
    """
    order = np.argsort(getval(rows), axis=-1)
    rows = np.take_along_axis(rows, order, -1)
    at = np.floor(np.where(np.isnan(getval(positions)), 0.0, getval(positions))).astype(int)
    last = np.maximum(counts - 1, 0)
    above = np.minimum(at + 1, last)
    lead = tuple([np.arange(n).reshape((-1,) + (1,) * (counts.ndim - i - 1))
                  for i, n in enumerate(counts.shape)])  # fmt: skip
    low, high = _shared(rows, lead, at), _shared(rows, lead, above)
    weight = match(positions - at, rows.real.dtype)
    apart = high - low
    if median:
        alone = (getval(weight) == 0) | (getval(low) == getval(high))
        apart = np.where(alone & ~np.isfinite(getval(apart)), 0, apart)
    return low + weight * apart


def _shared(rows, lead, at):
    """The elements at some positions of sorted rows; equal elements share a cotangent evenly."""
    chosen, values = rows[(*lead, at)], getval(rows)
    tied = (values[..., 1:] == values[..., :-1]) & np.isfinite(values[..., 1:])
    if not tied.any():
        return chosen
    index, border = np.arange(values.shape[-1]), np.ones((*values.shape[:-1], 1), bool)
    first = np.where(np.concatenate([border, ~tied], -1), index, 0)
    first = np.maximum.accumulate(first, -1)[(*lead, at)][..., None]
    last = np.where(np.concatenate([~tied, border], -1), index, index[-1])
    last = np.minimum.accumulate(last[..., ::-1], -1)[..., ::-1][(*lead, at)][..., None]
    count = last - first + 1
    k = np.arange(count.max(initial=1))
    equal = rows[(*[i[..., None] for i in lead], first + k % count)]
    apart = np.where((k < count) & (count > 1), equal - chosen[..., None], 0)  # 0, but it moves
    return chosen + np.sum(apart, -1) / count[..., 0].astype(values.real.dtype)


def _quantile(name, a, q, axis, keepdims, method, scale, skip_nan):
    a = as_array(a)
    if skip_nan and a.size == 0:  # whatever q is
        return np.nanmean(a, axis=axis, keepdims=keepdims)
    missing = np.isnan(getval(a))
    median = name == "median"
    dtype = _result_dtype("quantile" if median else name, a, q, method)
    rows, kept = _folded_last(a, axis)
    n = rows.shape[-1]
    gaps = missing.any() and _folded_last(missing, axis)[0]
    counts = np.full(rows.shape[:-1], n)
    if missing.any() and skip_nan:
        counts = n - gaps.sum(-1)
        rows = np.where(gaps, rows.dtype.type(np.inf), rows)
    positions = _positions(as_array(q), counts, method, scale)
    ans = _between(rows, positions, counts, median)
    lost = counts == 0 if skip_nan else gaps.any(-1) if missing.any() else np.False_
    if np.any(lost):
        ans = np.where(lost, ans.dtype.type(np.nan), ans)
    ans = match(ans, dtype)
    return ans.reshape((*np.shape(q), *kept)) if keepdims is not np._NoValue and keepdims else ans


def _weighted(name, a, q, axis, keepdims, method, weights):
    """The elements at which the weights add up to q; neither moves the choice but by jumps."""
    chosen = getattr(np, name)(
        getval(a), getval(q), axis=axis, method=method, keepdims=True, weights=getval(weights)
    )
    axes = range(a.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    axes = tuple(as_axis(i, a.ndim) - a.ndim for i in axes)
    if weights.ndim < a.ndim:
        weights = weights.reshape([a.shape[i] if i in axes else 1 for i in range(-a.ndim, 0)])
    equal = (getval(a) == chosen) & (getval(weights) > 0)
    count = equal.sum(axes, keepdims=True)
    ans = np.sum(np.where(equal, a, 0), axes, keepdims=True) / np.maximum(count, 1)
    ans = np.where(count == 0, np.nan, ans)
    kept = keepdims is not np._NoValue and keepdims
    return match(ans if kept else np.squeeze(ans, axes), chosen.dtype)


def _result_dtype(name, a, q, method):
    """NumPy's choice, and its errors about q, the method and complex numbers."""
    sample = np.zeros(1, a.dtype)
    if q is None:
        return np.median(sample).dtype
    return getattr(np, name)(sample, getval(q), method=method).dtype


def _declare(name, scale, skip_nan):
    def quantile(
        a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *,
        weights=None, interpolation=None,
    ):  # fmt: skip
        if interpolation is not None:  # the old name of the method: NumPy's warning, or its error
            getattr(np, name)(np.zeros(1), 0.5, interpolation=interpolation)
            method = interpolation
        if weights is not None:
            return _weighted(name, as_array(a), q, axis, keepdims, method, as_array(weights))
        if skip_nan and np.ndim(q) > 1:  # NumPy puts the axes of such a q among the others
            refuse(name, q=q)
        return _quantile(name, a, q, axis, keepdims, method, scale, skip_nan)

    composed(of(getattr(np, name)), quantile)


_declare("quantile", 1.0, False)
_declare("percentile", 100.0, False)
_declare("nanquantile", 1.0, True)
_declare("nanpercentile", 100.0, True)


def _median(name, skip_nan):
    def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
        dtype = getattr(np, name)(np.zeros(1, a.dtype)).dtype
        ans = _quantile("median", a, 0.5, axis, keepdims, "linear", 1.0, skip_nan)
        return match(ans, dtype)

    return median


composed(of(np.median), _median("median", False))
composed(of(np.nanmedian), _median("nanmedian", True))
