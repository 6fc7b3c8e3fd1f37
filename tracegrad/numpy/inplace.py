"""The operators and methods of arrays that change the array."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import getval
from .namespace import primitive_of
from .writing import become, sharers, store, write

__all__ = ["IN_PLACE"]


def _operator(fun: numpy.ufunc) -> Callable:
    primitive = primitive_of(fun)

    def operator(self: Any, other: Any) -> Any:
        if type(getval(self)) is not numpy.ndarray:
            return NotImplemented  # numbers do not change: x += 1 is x = x + 1
        store(self, primitive(self, other), fun.__name__)
        return self

    return operator


def _sort(self: Any, axis: int = -1, kind: Any = None, order: Any = None, **options: Any) -> None:
    write(self, ..., primitive_of(numpy.sort)(self, axis, kind, order, **options))


def _partition(
    self: Any, kth: Any, axis: int = -1, kind: str = "introselect", order: Any = None
) -> None:
    write(self, ..., primitive_of(numpy.partition)(self, kth, axis, kind, order))


def _fill(self: Any, value: Any) -> None:
    write(self, ..., value)


def _put(self: Any, indices: Any, values: Any, mode: str = "raise") -> None:
    primitive_of(numpy.put)(self, indices, values, mode)


def _resize(self: Any, *new_shape: Any, refcheck: bool = True) -> None:
    if new_shape in ((), (None,)) or type(getval(self)) is not numpy.ndarray:
        return
    if sharers(self):
        raise ValueError(
            "cannot resize an array that shares its memory with another; use the function resize"
        )
    shape = new_shape[0] if len(new_shape) == 1 else new_shape
    shape = (shape,) if isinstance(shape, (int, numpy.integer)) else tuple(shape)
    size = int(numpy.prod(shape))
    order = "F" if self.flags.fnc else "C"  # as the elements are in memory
    flat = numpy.ravel(self, order)[:size]
    missing = numpy.zeros(size - len(flat), self.dtype)
    become(self, numpy.concatenate([flat, missing]).reshape(shape, order=order).copy(order))


def _itemset(self: Any, *args: Any) -> None:
    *index, value = args
    if len(index) == 1 and not isinstance(index[0], tuple):
        self.flat[index[0]] = value
    else:
        write(self, index[0] if len(index) == 1 else tuple(index), value)


IN_PLACE: dict[str, Callable] = {
    **{
        f"__i{name}__": _operator(fun)
        for name, fun in {
            "add": numpy.add, "sub": numpy.subtract, "mul": numpy.multiply,
            "truediv": numpy.divide, "pow": numpy.power, "matmul": numpy.matmul,
            "mod": numpy.remainder, "floordiv": numpy.floor_divide,
        }.items()
    },
    "__setitem__": write, "sort": _sort, "partition": _partition, "fill": _fill, "put": _put,
    "resize": _resize, **({"itemset": _itemset} if hasattr(numpy.ndarray, "itemset") else {}),
}  # fmt: skip
