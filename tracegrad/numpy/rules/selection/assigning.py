"""Assignment to parts of an array, as a function: a new array with other elements in places.

`rewritten` is the same for an array that takes the place of `a`.
"""

from __future__ import annotations

import numpy as np

from ....core.primitive import Primitive
from ....spaces import fit
from ...kinds import custom

__all__ = ["alike", "assigned", "rewritten"]


def alike(a):
    """A copy with the strides of `a`: by them `ravel` and `reshape` give views or copies."""
    if a.flags.forc or not a.size:
        return a.copy(order="K")
    steps = [(n - 1) * stride for n, stride in zip(a.shape, a.strides)]
    before, after = -sum(s for s in steps if s < 0), sum(s for s in steps if s > 0)
    memory = np.empty(before + after + a.itemsize, np.uint8)
    copy = np.ndarray(a.shape, a.dtype, memory, before, a.strides)
    copy[...] = a
    return copy


def _assigned(a, index, value, copy=np.array):
    a = copy(a)
    a[index] = value
    return a


assigned = Primitive(_assigned, name="assign", signature="a, index, value")
rewritten = Primitive(
    lambda a, index, value: _assigned(a, index, value, alike),
    name="assign",
)


def _winners(index, shape):
    """Where an index names an element more than once, NumPy keeps what is written last."""
    parts = index if type(index) is tuple else (index,)
    parts = [np.asarray(part) for part in parts if type(part) not in (int, slice)]
    if not any(part.ndim and part.dtype.kind in "iu" for part in parts):
        return None
    seen = np.full(shape, -1)
    order = np.arange(seen[index].size).reshape(seen[index].shape)
    seen[index] = order
    last = seen[index] == order
    return None if last.all() else last


def _assigned_part(g, a_shape, index, value_shape):
    """Of an element of the value: the cotangents of the places it was written to."""
    g, last = g[index], _winners(index, a_shape)
    g = g if last is None else np.where(last, g, g.dtype.type(0))
    if g.shape == value_shape:
        return g
    extra = max(len(value_shape) - g.ndim, 0)  # NumPy drops axes of length 1 in front
    return fit(g, value_shape[extra:], g.dtype).reshape(value_shape)


for _fun in (assigned, rewritten):
    custom(
        _fun,
        a=lambda g, index: assigned(g, index, 0.0),
        value=_assigned_part,
        jvps={
            "a": lambda t, index: assigned(t, index, 0.0),
            "value": lambda t, a_shape, index: assigned(np.zeros(a_shape, t.dtype), index, t),
        },
        inert=("index",),
    )
