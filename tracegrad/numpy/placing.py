"""`out=`, and the `where=` of ufuncs: they say where in memory a result goes."""

from __future__ import annotations

from typing import Any

import numpy

from ..core.box import getval
from ..core.primitive import Primitive
from .rules.arrays import as_array
from .rules.selection.assigning import assigned
from .writing import store

__all__ = ["place"]


def place(primitive: Primitive, args: tuple, kwargs: dict) -> Any:
    """A call with `out=` or `where=`: the function without them, and its result put in place."""
    at, names = primitive.out_at, primitive.signature.names
    kwargs = dict(kwargs)
    ufunc = isinstance(primitive.__wrapped__, numpy.ufunc)
    if len(args) > at:  # passed by position
        kwargs.update({"out": args[at:]} if ufunc else zip(names[at:], args[at:]))
        args = args[:at]
    out = kwargs.pop("out", None)
    outs = out if isinstance(out, tuple) else (out,)
    where = kwargs.pop("where", True) if ufunc else True
    if where is True:
        index: Any = ...
        result = primitive(*args, **kwargs)
    else:
        index, result = _selected(primitive, args, kwargs, where, outs)
    if all(o is None for o in outs) and where is True:
        return result
    results = result if isinstance(result, tuple) else (result,)
    outs += (None,) * (len(results) - len(outs))
    for o, r in zip(outs, results):
        if o is not None:
            if index is ... and ufunc and primitive.__wrapped__.signature is None:
                r = _reaching(r, numpy.shape(o))
            store(o, r, primitive.name, index)
    given = [_filled(index, r) if o is None else o for o, r in zip(outs, results)]
    return tuple(given) if isinstance(result, tuple) else given[0]


def _selected(
    primitive: Primitive, args: tuple, kwargs: dict, where: Any, outs: tuple
) -> tuple[numpy.ndarray, Any]:
    """The mask, and the function of the elements that it selects: of no other."""
    arrays = [as_array(arg) for arg in args]
    among = [*arrays, getval(as_array(where)), *[o for o in outs if o is not None]]
    shape = numpy.broadcast_shapes(*map(numpy.shape, among))
    mask = numpy.broadcast_to(getval(where), shape)
    return mask, primitive(*[numpy.broadcast_to(a, shape)[mask] for a in arrays], **kwargs)


def _reaching(result: Any, shape: tuple) -> Any:
    """What ufuncs give is broadcast to the array that takes it."""
    alike = numpy.broadcast_shapes(numpy.shape(result), shape) == shape
    return numpy.broadcast_to(result, shape) if alike and numpy.shape(result) != shape else result


def _filled(index: Any, part: Any) -> Any:
    """What was not selected, NumPy leaves to chance: it is NaN here, and 0 among integers."""
    if index is ...:
        return part
    nothing = numpy.full(index.shape, numpy.nan if part.dtype.kind in "fc" else 0, part.dtype)
    return assigned(nothing, index, part)


Primitive.place = staticmethod(place)
