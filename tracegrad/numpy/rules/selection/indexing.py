"""Reading by index: linear, with a sparse cotangent."""

from __future__ import annotations

import operator
import types

import numpy as np

from ....core.box import Box, getval
from ....core.primitive import Primitive
from ....spaces import SparseObject
from ...kinds import composed, linear
from ...namespace import primitive_of as of
from ..arrays import as_axis, at

__all__ = ["getitem"]

_BASIC = (int, np.integer, slice, type(None), types.EllipsisType)


getitem = Primitive(operator.getitem, name="getitem", signature="a, index, /")


def _add_at(total, index, g):
    """total[index] += g, where an element that is indexed twice grows twice."""
    if type(index) is int:
        total[index] += g
        return
    parts = index if type(index) is tuple else (index,)
    if all(isinstance(part, _BASIC) and part is not True for part in parts):
        total[index] += g
    else:
        np.add.at(total, index, g)


def _write(parts, indices, shape, dtype):
    total = np.zeros(shape, dtype)
    for part, index in zip(parts, indices):
        if index is None:
            total += part
        else:
            _add_at(total, index[0], part)
    return total[()]


_scatter = Primitive(_write, name="scatter_add")
linear(
    _scatter,
    inert=("shape", "dtype"),
    containers=("parts",),
    parts=lambda g, indices: [g if i is None else getitem(g, i[0]) for i in indices],
)


class _Indexed(SparseObject):
    """The cotangent of one read, which takes in those of the others.

    n reads of an array cost n list entries, and one array at the end.
    """

    __slots__ = ("entries", "g", "index", "shape")

    def __init__(self, g, a_shape, index):
        self.g = g
        self.index = index
        self.shape = a_shape
        self.entries = None  # once there are several: (index in a tuple, or None for all, and g)

    def __add__(self, other):
        entries = self.entries
        if entries is None:
            entries = self.entries = [((self.index,), self.g)]
        if type(other) is not _Indexed:
            entries.append((None, other.dense() if isinstance(other, SparseObject) else other))
        elif other.entries is None:
            entries.append(((other.index,), other.g))
        else:
            entries += other.entries
        return self

    __radd__ = __add__

    def dense(self):
        indices, parts = zip(*(self.entries or [((self.index,), self.g)]))
        dtype = self.g.dtype
        if any(isinstance(part, Box) for part in parts):
            return _scatter(list(parts), indices, self.shape, dtype)
        return _write(parts, indices, self.shape, dtype)


linear(getitem, inert=("index",), a=_Indexed)


# -- NumPy's other ways to say it --------------------------------------------------------------


def _take(a, indices, axis=None, out=None, mode="raise"):
    if axis is None:
        a, axis = np.ravel(a), 0
    axis = as_axis(axis, np.ndim(a))
    n = np.shape(a)[axis]
    indices = np.asarray(indices)
    if mode == "wrap":
        indices = indices % n
    elif mode == "clip":
        indices = np.clip(indices, 0, n - 1)
    return at(a, axis, indices)


def _take_along_axis(arr, indices, axis=-1):
    if axis is None:
        arr, axis = np.ravel(arr), 0
    axis = as_axis(axis, arr.ndim)
    if np.ndim(indices) != arr.ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    index = [
        np.arange(n).reshape((-1,) + (1,) * (arr.ndim - i - 1)) for i, n in enumerate(arr.shape)
    ]
    index[axis] = indices
    return arr[tuple(index)]


def _compress(condition, a, axis=None, out=None):
    if np.ndim(condition) != 1:
        raise ValueError("condition must be a 1-d array")
    return _take(a, np.flatnonzero(condition), axis)


composed(of(np.take), _take)
composed(of(np.take_along_axis), _take_along_axis)
composed(of(np.compress), _compress)
composed(of(np.extract), lambda condition, arr: _compress(np.ravel(condition), arr))


def _sort(a, axis=-1, kind=None, order=None, **options):
    if axis is None:
        a, axis = np.ravel(a), -1
    index = np.argsort(getval(a), axis, kind, order, **options)  # stable, descending
    return _take_along_axis(a, index, axis)


def _partition(a, kth, axis=-1, kind="introselect", order=None):
    if axis is None:
        a, axis = np.ravel(a), -1
    return _take_along_axis(a, np.argpartition(getval(a), kth, axis, kind, order), axis)


def _diff(a, n=1, axis=-1, prepend=np._NoValue, append=np._NoValue):
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n!r}")
    if n == 0:
        return a
    a = np.asarray(a) if type(a) in (list, tuple) else a
    axis = as_axis(axis, np.ndim(a))
    ends = [prepend, a, append]
    for i in (0, 2):
        if ends[i] is not np._NoValue and np.ndim(ends[i]) == 0:
            one = (*a.shape[:axis], 1, *a.shape[axis + 1 :])
            ends[i] = np.broadcast_to(ends[i], one)
    ends = [end for end in ends if end is not np._NoValue]
    a = np.concatenate(ends, axis) if len(ends) > 1 else a
    before = (slice(None),) * axis
    for _ in range(n):
        a = a[(*before, slice(1, None))] - a[(*before, slice(None, -1))]
    return a


composed(of(np.sort), _sort)
composed(
    of(np.sort_complex),
    lambda a: np.sort(a).astype(np.result_type(a.dtype, "F" if a.dtype.char in "bhBHF" else "D")),
)
composed(of(np.partition), _partition)
composed(of(np.diff), _diff)
