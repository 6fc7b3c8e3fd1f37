"""Arrays assembled of pieces, and with some of them put in or left out."""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....spaces import match
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import as_array, as_axis

__all__ = ["lifted"]


def _depth(arrays):
    """How deep lists are nested, the same everywhere."""
    if isinstance(arrays, tuple):
        raise TypeError("block: a tuple; only lists can be used to arrange blocks")
    if not isinstance(arrays, list):
        return 0
    if not arrays:
        raise ValueError("block: lists cannot be empty")
    depths = {_depth(item) for item in arrays}
    if len(depths) > 1:
        raise ValueError(f"block: list depths are mismatched: {sorted(depths)}")
    return 1 + depths.pop()


def _rank(arrays):
    return max(map(_rank, arrays)) if isinstance(arrays, list) else np.ndim(arrays)


def lifted(a, rank):
    """With axes of length 1 in front, up to a rank."""
    a = as_array(a)
    return np.reshape(a, (1,) * (rank - a.ndim) + a.shape)


def _assembled(arrays, depth, rank):
    """Innermost lists are joined along the last axis, those around them along the one before."""
    if not depth:
        return lifted(arrays, rank)
    return np.concatenate([_assembled(item, depth - 1, rank) for item in arrays], axis=-depth)


def _block(arrays):
    depth = _depth(arrays)
    block = _assembled(arrays, depth, max(depth, _rank(arrays)))
    return block if depth else np.copy(block)


composed(of(np.block), _block)

# -- elements put in or left out, by NumPy's own treatment of their positions ---------------------


def _insert(arr, obj, values, axis=None):
    values = match(as_array(values), arr.dtype)
    pieces = np.concatenate([np.ravel(arr), np.ravel(values)])
    positions = np.arange(pieces.size)
    old, new = positions[: arr.size].reshape(arr.shape), positions[arr.size :].reshape(values.shape)
    return pieces[np.insert(old, obj, new, axis)]


def _delete(arr, obj, axis=None):
    if axis is None:
        arr, axis = np.ravel(arr), 0
    axis = as_axis(axis, arr.ndim)
    return np.take(arr, np.delete(np.arange(arr.shape[axis]), obj), axis)


def _trim_zeros(filt, trim="fb", axis=None):
    value = getval(as_array(filt))
    trim = trim.lower()
    if trim not in ("fb", "bf", "f", "b"):
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    axes = range(value.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    axes = [as_axis(a, value.ndim) for a in axes]
    if not axes:
        return filt
    index = [slice(None)] * value.ndim
    places = np.nonzero(value)
    for axis in axes:
        here = places[axis]
        start = 0 if not here.size else here.min() if "f" in trim else None
        end = 0 if not here.size else here.max() + 1 if "b" in trim else None
        index[axis] = slice(start, end)
    return filt[index[0] if len(index) == 1 else tuple(index)]  # a list gives a list


composed(of(np.insert), _insert)
composed(of(np.delete), _delete)
composed(of(np.trim_zeros), _trim_zeros)
