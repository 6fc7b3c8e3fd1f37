"""Writing into boxes, with NumPy's meaning: `x[i] = v`, `x += v`, `out=`.

A box names a value. Writing leaves that value as it is, since rules may have kept it, and puts
another in the box: `rewritten(value, index, v)`, differentiated like any function. Boxes that share
the memory (`modes.sharing`) get the same elements.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

import numpy

from ..core.box import Box, getval
from ..core.errors import user_line
from ..core.trace import inside
from ..modes.constant import CONSTANT
from ..modes.sharing import Link, sharers
from .namespace import primitive_of
from .rules.selection.assigning import alike, rewritten
from .rules.selection.indexing import getitem

__all__ = ["become", "store", "write"]


def become(box: Box, value: Any) -> None:
    """Put another value in a box."""
    if isinstance(value, Box):
        box._value, box._trace, box._node = value._value, value._trace, value._node
    else:
        box._value, box._trace, box._node = value, CONSTANT, None


_one_at_a_time = threading.RLock()  # a write reads the box's value and puts another in its place


def write(box: Box, index: Any, value: Any) -> None:
    """`box[index] = value`."""
    with _one_at_a_time:
        _write(box, index, value)


def _write(box: Box, index: Any, value: Any) -> None:
    _check_array(box)
    while box._trace.over and isinstance(box._value, Box):
        become(box, box._value)  # what its trace leaves over
    if type(value) in (list, tuple) and inside(value):
        value = primitive_of(numpy.array)(value)
    if isinstance(value, Box):
        if _is_part(value, box, index):
            return  # y[1:] += x ends in y[1:] = y[1:]
        value = value.held()
    link: Link | None = getattr(box, "_link", None)
    if link is not None and link.source is not None and not link.positions().flags.writeable:
        raise ValueError("assignment destination is read-only")
    others = sharers(box)
    if box._trace is CONSTANT and not isinstance(value, Box) and not others:
        _write_constant(box, index, value)
        return
    new = rewritten(box.held(), index, value)
    if link is not None and others:
        _write_through(others, box, link.positions()[index], value)
    become(box, new)


def store(array: Any, result: Any, name: str, index: Any = ...) -> None:
    """`array[index] = result` for the result of the function `name`, as `out=` has it."""
    shape, dtype = numpy.shape(result), numpy.result_type(result)
    if index is ... and shape != array.shape:
        raise ValueError(
            f"{name}: non-broadcastable output operand with shape {array.shape} doesn't match the "
            f"shape {shape} of the result"
        )
    if not numpy.can_cast(dtype, array.dtype, "same_kind"):
        raise TypeError(
            f"Cannot cast the output of {name} from {dtype} to {array.dtype} with casting rule "
            "'same_kind'"
        )
    if not isinstance(array, Box):
        if isinstance(result, Box) and not result._trace.over:
            raise TypeError(
                f"{name} cannot write a traced result into a plain array (out=, or an operator "
                f"such as +=).\n  in {user_line()}\n  Make that array in the function with "
                "tracegrad.numpy, y = np.array(y), or write y = y + x instead of y += x."
            )
        array[index] = getval(result)
    elif index is ... and dtype == array.dtype and _replaceable(array, result):
        become(array, result)
    else:
        write(array, index, result)


def _replaceable(array: Any, result: Any) -> bool:
    """Whether two arrays share their memory with no other box, and are laid out alike."""
    one, other = getval(array), getval(result)
    return (
        type(one) is type(other) is numpy.ndarray
        and one.strides == other.strides
        and getattr(array, "_link", None) is getattr(result, "_link", None) is None
    )


def _check_array(box: Box) -> None:
    kind = type(getval(box))
    if kind is not numpy.ndarray:
        raise TypeError(f"{kind.__name__!r} object does not support item assignment")


def _is_part(value: Box, box: Box, index: Any) -> bool:
    """Whether a value is the very view `box[index]`."""
    link, of = getattr(value, "_link", None), getattr(box, "_link", None)
    if link is None or of is None or link.source is not of:
        return False
    fun, (_, *others), *_ = link.step
    return fun is getitem and others == [index]


# -- constants are written to in place where nothing else sees them ----------------------------


def _references(box: Box) -> int:
    return sys.getrefcount(box._value)


_ALONE = _references(Box(numpy.zeros(1), CONSTANT, None))


def _write_constant(box: Box, index: Any, value: Any) -> None:
    if _references(box) != _ALONE or box._value.base is not None:
        box._value = alike(box._value)
    box._value[index] = value


# -- other boxes with the same memory ----------------------------------------------------------


def _write_through(others: list, box: Any, written: numpy.ndarray, value: Any) -> None:
    """Write a value, which went to these positions of the memory, into other boxes with it."""
    extra = max(numpy.ndim(value) - written.ndim, 0)  # NumPy drops axes of length 1 in front
    value = numpy.reshape(value, numpy.shape(value)[extra:])
    elements = numpy.reshape(numpy.broadcast_to(value, written.shape), -1)
    order = numpy.full(written.max(initial=-1) + 2, -1)  # position → which element, or -1
    order[numpy.reshape(written, -1)] = numpy.arange(written.size)
    changes = []
    for other in others:
        which = order[numpy.minimum(other._link.positions(), len(order) - 1)]
        here = which >= 0
        if not here.any():
            continue
        if other.dtype != box.dtype:
            raise TypeError(
                "one of two arrays that share memory is the real or imaginary part of the other, "
                f"and cannot be kept up to date when that is written to.\n  in {user_line()}\n"
                "  Take a copy of the part, x.real.copy(), or write x.real = ... as a whole."
            )
        changes.append((other, rewritten(other.held(), here, elements[which[here]])))
    for other, new in changes:
        become(other, new)
