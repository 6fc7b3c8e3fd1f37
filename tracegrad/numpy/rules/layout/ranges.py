"""Arrays made of a few numbers: all the same, or from one to another."""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....spaces import fit, match
from ...kinds import composed, linear
from ...namespace import primitive_of as of
from ..arrays import as_array
from ..safe import finite

_FILL = ("dtype", "order", "device", "shape")


def _unfill(g, fill_value_shape):
    return fit(g, fill_value_shape, g.dtype)


linear(of(np.full), fill_value=_unfill, inert=(*_FILL, "like"))
linear(of(np.full_like), fill_value=_unfill, inert=(*_FILL, "a", "subok"))
of(np.full_like).vjps["a"] = of(np.full_like).jvps["a"] = None  # its shape alone counts


def _weights(like, count, axis):
    """k / count for k = 0, 1, ..., in the dtype of the real part of `like`, along its axis."""
    axis = axis % like.ndim
    k = (np.arange(like.shape[axis]) / max(count, 1)).astype(like.real.dtype)
    return k.reshape((-1,) + (1,) * (like.ndim - axis - 1))


def _linspace(
    start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None
):
    """(1 - w) start + w stop."""
    options = {"dtype": dtype, "axis": axis}
    like, distance = np.linspace(getval(start), getval(stop), num, endpoint, True, **options)
    start, stop = as_array(start), as_array(stop)
    count = num - 1 if endpoint else num
    if like.dtype.kind in "fc":
        weights = _weights(like, count, axis)
        low, high = _ends(start, stop, like, axis)
        ans = low * (1 - weights) + high * weights
        ans = match(_to_end(ans, low, high, weights, like), like.dtype)
    else:
        ans = like  # rounded: constant almost everywhere
    if not retstep:
        return ans
    return ans, match((stop - start) / (count if count > 0 else np.nan), distance.dtype)


def _ends(start, stop, like, axis):
    """Both ends, to broadcast against what lies between them."""
    shape = list(like.shape)
    del shape[axis]
    return [np.expand_dims(np.broadcast_to(x, shape), axis) for x in (start, stop)]


def _to_end(ans, low, high, weights, like):
    """NumPy writes the last point down, so that it keeps clear of a NaN at the first."""
    if finite(low):
        return ans
    return np.where((weights == 1) & ~np.isnan(like), high, ans)


def _logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    like = np.logspace(*map(getval, (start, stop)), num, endpoint, getval(base), dtype, axis)
    if np.ndim(base):  # as many axes as the ends have, before the new one is put in
        rank = max(np.ndim(start), np.ndim(stop), np.ndim(base))
        start, stop, base = [
            np.reshape(x, (1,) * (rank - np.ndim(x)) + np.shape(x))
            for x in map(as_array, (start, stop, base))
        ]
        base = np.expand_dims(base, axis)
    if like.dtype.kind not in "fc":
        return like
    return match(np.power(base, _linspace(start, stop, num, endpoint, axis=axis)), like.dtype)


def _geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """start (stop / start)ʷ."""
    like = np.geomspace(getval(start), getval(stop), num, endpoint, dtype, axis)
    start, stop = as_array(start), as_array(stop)
    if like.dtype.kind not in "fc":
        return like
    weights = _weights(like, num - 1 if endpoint else num, axis)
    low, high = _ends(start, stop, like, axis)
    ans = low * (high / low) ** weights
    if like.dtype.kind == "c":  # NumPy's spiral may turn round 0 in the other direction
        ans = ans * (like / getval(ans))
    return match(_to_end(ans, low, high, weights, like), like.dtype)


def _arange(start, stop=None, step=1, dtype=None, *, device=None, like=None):
    """start + k step; how many there are is constant almost everywhere."""
    if stop is None:
        start, stop = 0.0, start
    known = np.arange(*map(getval, (start, stop, step)), dtype=dtype)
    return match(start + step * np.arange(known.size).astype(known.dtype), known.dtype)


composed(of(np.linspace), _linspace)
composed(of(np.logspace), _logspace)
composed(of(np.geomspace), _geomspace)
composed(of(np.arange), _arange)
