"""`order=` of reshape and ravel: which of the elements comes next.

"A" and "K" go by the layout of the value in memory: they are "C" or "F" where that is contiguous,
and for "K" else the order that the numbers 0, 1, 2, … have in the same layout.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....core.primitive import Primitive
from ...kinds import linear
from ...namespace import primitive_of as of
from ..arrays import as_array


def _ordered(a, shape, order, **options):
    return np.reshape(a, shape, order=order, **options)


def _unordered(g, a_shape, order):
    return np.reshape(g, a_shape, order=order)


_reshape = Primitive(_ordered, name="reshape", signature="a, shape, order, *, copy=None")
linear(_reshape, a=_unordered, inert=("shape", "copy"))


def _letter(value, order):
    """The order as "C" or "F", or "K" where it is neither."""
    order = "C" if order is None else order.upper()
    flags = value.flags
    if order == "A" or (order == "K" and flags.forc):
        return "F" if flags.fnc else "C"
    return order


def _in_memory(a, value):
    """The elements as they are in memory."""
    if any(stride == 0 and n > 1 for stride, n in zip(value.strides, value.shape)):
        raise NotImplementedError(
            "ravel: order='K' of an array that repeats elements by strides of 0 has no derivative; "
            "pass 'C' or 'F'"
        )
    numbers = np.empty_like(value, dtype=np.intp, subok=False)
    numbers[...] = np.arange(value.size).reshape(value.shape)
    return np.ravel(a)[numbers.ravel("K")]


def _by_order(primitive, args, kwargs):
    kwargs = dict(zip(primitive.signature.names, args)) | kwargs
    order = kwargs.pop("order")
    a = as_array(kwargs.pop("a"))
    value = np.asarray(getval(a))
    order = _letter(value, order)
    if primitive is of(np.ravel):
        if order == "K":
            return _in_memory(a, value, **kwargs)
        return np.ravel(np.transpose(a) if order == "F" else a)  # contiguous, as reshape is not
    shapes = [kwargs.pop(name) for name in ("shape", "newshape") if name in kwargs]
    return _reshape(a, *shapes, order, **kwargs)


for _fun in (np.reshape, np.ravel):
    of(_fun).placing = frozenset({"order"})
    of(_fun).out_at = of(_fun).signature.names.index("order")
    of(_fun).place = _by_order
