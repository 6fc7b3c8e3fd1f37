"""Assignment to parts of an array, as a function: a new array with other elements in places."""

from __future__ import annotations

import numpy as np

from ...core.primitive import Primitive
from ...spaces import fit
from ..kinds import custom

__all__ = ["assigned"]


def _assigned(a, index, value):
    a = np.array(a)
    a[index] = value
    return a


assigned = Primitive(_assigned, name="assign")


def _winners(index, shape):
    """Where an index names an element more than once, NumPy keeps what is written last."""
    parts = index if type(index) is tuple else (index,)
    if not any(np.asarray(part).dtype.kind in "iu" and np.ndim(part) for part in parts):
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
    extra = max(len(value_shape) - g.ndim, 0)  # NumPy drops axes of length 1 in front
    return fit(g, value_shape[extra:], g.dtype).reshape(value_shape)


custom(
    assigned,
    a=lambda g, index: assigned(g, index, 0.0),
    value=_assigned_part,
    jvps={
        "a": lambda t, index: assigned(t, index, 0.0),
        "value": lambda t, a_shape, index: assigned(np.zeros(a_shape, t.dtype), index, t),
    },
    inert=("index",),
)
