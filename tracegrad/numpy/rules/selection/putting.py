"""Functions that write into an array: each is assignments to parts of it."""

from __future__ import annotations

import numpy as np

from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import as_array


def _repeated(values, size):
    """The first `size` of the values, over and over."""
    values = np.ravel(as_array(values))
    return values if values.size == size else values[np.arange(size) % values.size]


def _put(a, ind, v, mode="raise"):
    ind = np.ravel(ind).astype(int)
    if mode == "wrap":
        ind = ind % a.size
    elif mode == "clip":
        ind = np.clip(ind, 0, a.size - 1)
    elif mode != "raise":
        raise ValueError(f"mode must be 'raise', 'wrap' or 'clip', not {mode!r}")
    elif ind.size and not (-a.size <= ind.min() and ind.max() < a.size):
        raise IndexError(f"an index of {ind.tolist()} is out of bounds for size {a.size}")
    if ind.size and np.size(v):
        v = _repeated(v, ind.size)
        if a.ndim:
            a[np.unravel_index(ind % a.size, a.shape)] = v
        else:
            a[...] = v[-1]


def _place(arr, mask, vals):
    mask = np.reshape(np.asarray(mask, dtype=bool), arr.shape)
    if mask.any():
        if not np.size(vals):
            raise ValueError("Cannot insert from an empty array!")
        arr[mask] = _repeated(vals, int(mask.sum()))


def _putmask(a, mask, values):
    mask = np.reshape(np.asarray(mask, dtype=bool), a.shape)
    if np.size(values):
        a[mask] = np.reshape(_repeated(values, a.size), a.shape)[mask]


def _copyto(dst, src, casting="same_kind", where=True):
    src = as_array(src)
    if not np.can_cast(src.dtype, dst.dtype, casting):
        raise TypeError(
            f"Cannot cast array data from {src.dtype!r} to {dst.dtype!r} according to the rule "
            f"{casting!r}"
        )
    if where is True:
        dst[...] = src
    else:
        where = np.broadcast_to(where, dst.shape)
        dst[where] = np.broadcast_to(src, dst.shape)[where]


def _fill_diagonal(a, val, wrap=False):
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    if a.ndim > 2 and len(set(a.shape)) > 1:
        raise ValueError("All dimensions of input must be of equal length")
    step = a.shape[1] + 1 if a.ndim == 2 else 1 + int(np.cumprod(a.shape[:-1]).sum())
    end = a.size if wrap or a.ndim > 2 else min(a.size, a.shape[1] ** 2)
    places = np.unravel_index(np.arange(0, end, step), a.shape)
    a[places] = _repeated(val, len(places[0]))


def _put_along_axis(arr, indices, values, axis):
    if axis is None:
        arr[np.unravel_index(np.ravel(indices) % arr.size, arr.shape)] = values
        return
    index = list(np.ogrid[tuple([slice(n) for n in arr.shape])])
    index[axis] = indices
    arr[tuple(index)] = values


for _fun, _composition in (
    (np.put, _put),
    (np.place, _place),
    (np.putmask, _putmask),
    (np.copyto, _copyto),
    (np.fill_diagonal, _fill_diagonal),
    (np.put_along_axis, _put_along_axis),
):
    composed(of(_fun), _composition).writes = True
