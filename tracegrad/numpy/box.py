"""`ArrayBox`: an array or number as a trace sees it, with NumPy's operators and methods."""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import Box, box_types, getval
from .inplace import IN_PLACE
from .methods import METHODS
from .namespace import primitive_of
from .refusing import MEMORY, REFUSED
from .rules.reductions.ufunc_methods import called, scatter
from .rules.selection.indexing import getitem
from .rules.selection.iterating import flatiter
from .writing import become, write

__all__ = ["ArrayBox"]

_of = primitive_of
_plain = frozenset({float, int, complex, numpy.ndarray, numpy.float64, numpy.float32, bool})

_BITWISE = {
    numpy.bitwise_and, numpy.bitwise_or, numpy.bitwise_xor, numpy.invert, numpy.left_shift,
    numpy.right_shift,
}  # fmt: skip
_AXES_OF_INPLACE_MATMUL = ([(-2, -1)] * 3, [(-1,), (-2, -1), (-1,)])  # which are the usual ones


def _answers(other: Any) -> bool:
    """Whether an operator with `other` is ours to answer; other array types are asked first."""
    if type(other) in _plain or isinstance(other, (Box, numpy.generic, list, tuple)):
        return True
    if isinstance(other, numpy.ndarray):
        return True
    return not hasattr(other, "__array_ufunc__") and not hasattr(other, "__array_priority__")


def _operators(fun: numpy.ufunc) -> tuple[Any, Any]:
    primitive = _of(fun)

    def direct(self: Any, other: Any) -> Any:
        kind = type(other)
        if kind in _plain:
            return self._trace.binary(primitive, self, other, True, False)
        if kind is ArrayBox and self._trace is other._trace:
            return self._trace.binary(primitive, self, other, True, True)
        return primitive(self, other) if _answers(other) else NotImplemented

    def reflected(self: Any, other: Any) -> Any:
        if type(other) in _plain:
            return self._trace.binary(primitive, other, self, False, True)
        return primitive(other, self) if _answers(other) else NotImplemented

    return direct, reflected


class ArrayBox(Box):
    """A traced array or number.

    It answers NumPy's operators, methods, attributes and protocols. Writing to it (`x[0] = y`,
    `x += y`) has NumPy's meaning; the array that the caller passed in is never changed. What would
    silently lose the derivative (`float(x)`, `numpy.asarray(x)`) is refused with the way out.
    """

    __slots__ = ()
    __array_priority__ = 100.0

    # -- what the value tells ------------------------------------------------------------------
    @property
    def shape(self) -> tuple[int, ...]:
        return self._value.shape

    @property
    def ndim(self) -> int:
        return self._value.ndim

    @property
    def size(self) -> int:
        return self._value.size

    @property
    def dtype(self) -> Any:
        return self._value.dtype

    @property
    def itemsize(self) -> int:
        return self._value.itemsize

    @property
    def nbytes(self) -> int:
        return self._value.nbytes

    @property
    def strides(self) -> tuple[int, ...]:
        return self._value.strides

    @property
    def flags(self) -> Any:
        return self._value.flags

    @property
    def device(self) -> str:
        return "cpu"

    def __dlpack_device__(self) -> tuple[int, int]:
        return getval(self).__dlpack_device__()

    def __len__(self) -> int:
        return len(self._value)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return repr(getval(self))

    def __str__(self) -> str:
        return str(getval(self))

    def __format__(self, spec: str) -> str:
        return format(getval(self), spec)

    # -- rounding to Python's integers, whose slope is 0 -----------------------------------------
    def __round__(self, *digits: Any) -> Any:
        return round(getval(self), *digits)

    def __floor__(self) -> int:
        return math.floor(getval(self))

    def __ceil__(self) -> int:
        return math.ceil(getval(self))

    def __trunc__(self) -> int:
        return math.trunc(getval(self))

    def is_integer(self) -> bool:
        return getval(self).is_integer()

    # -- parts ---------------------------------------------------------------------------------
    def __getitem__(self, index: Any) -> Any:
        if type(index) is tuple:
            return getitem(self, index)  # where a box may be in it
        return self._trace.single(getitem, (self, index), 0, {})

    def __iter__(self) -> Any:
        if self.ndim == 0:
            raise TypeError("iteration over a 0-d array")
        return (getitem(self, i) for i in range(len(self._value)))

    @property
    def T(self) -> Any:
        return _of(numpy.transpose)(self)

    @property
    def mT(self) -> Any:
        return _of(numpy.swapaxes)(self, -1, -2)

    @property
    def real(self) -> Any:
        return _of(numpy.real)(self)

    @property
    def imag(self) -> Any:
        return _of(numpy.imag)(self)

    @property
    def flat(self) -> flatiter:
        return flatiter(self)

    @flat.setter
    def flat(self, value: Any) -> None:
        flatiter(self)[:] = value

    @real.setter
    def real(self, value: Any) -> None:
        real = _of(numpy.real)(value)  # NumPy drops the rest
        write(self, ..., real + 1j * self.imag if self.dtype.kind == "c" else value)

    @imag.setter
    def imag(self, value: Any) -> None:
        if self.dtype.kind != "c":
            raise TypeError("array does not have imaginary part to set")
        write(self, ..., self.real + 1j * _of(numpy.real)(value))

    @shape.setter
    def shape(self, shape: Any) -> None:
        view = self.reshape(shape)
        link = getattr(view, "_link", None)
        if link is None and view.size:
            raise AttributeError("incompatible shape for in-place modification; use x.reshape")
        become(self, view)
        if link is not None:
            self._link = link

    def __contains__(self, item: Any) -> bool:
        return bool((self == item).any())

    def __copy__(self) -> Any:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.copy()

    # -- NumPy's protocols -----------------------------------------------------------------------
    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if ufunc in _BITWISE:
            return NotImplemented  # not of floats: a TypeError
        primitive = _of(ufunc)
        if method == "__call__":
            for other in inputs:
                if type(other) not in _plain and not _answers(other):
                    return NotImplemented
            if kwargs.get("axes") in _AXES_OF_INPLACE_MATMUL:
                del kwargs["axes"]
            return primitive(*inputs, **kwargs)
        if method == "at":
            return write(inputs[0], ..., scatter(ufunc, *inputs))
        return called(ufunc, method, inputs, kwargs)

    def __array_function__(self, fun: Any, kinds: Any, args: tuple, kwargs: dict) -> Any:
        if not all(issubclass(kind, (ArrayBox, numpy.ndarray)) for kind in kinds):
            return NotImplemented
        return _of(fun)(*args, **kwargs)

    if hasattr(numpy.ndarray, "__array_namespace__"):  # since NumPy 2: libraries go by it

        def __array_namespace__(self, *, api_version: str | None = None) -> Any:
            return sys.modules[__package__]


for _name, _method in (METHODS | IN_PLACE | REFUSED | MEMORY).items():
    setattr(ArrayBox, _name, _method)
for _name, _fun in {
    "add": numpy.add, "sub": numpy.subtract, "mul": numpy.multiply, "truediv": numpy.divide,
    "pow": numpy.power, "matmul": numpy.matmul, "mod": numpy.remainder,
    "floordiv": numpy.floor_divide,
}.items():  # fmt: skip
    _operator, _reflected = _operators(_fun)
    setattr(ArrayBox, f"__{_name}__", _operator)
    setattr(ArrayBox, f"__r{_name}__", _reflected)
for _name, _fun in {
    "lt": numpy.less, "le": numpy.less_equal, "gt": numpy.greater, "ge": numpy.greater_equal,
}.items():  # fmt: skip
    setattr(ArrayBox, f"__{_name}__", _operators(_fun)[0])


def _equality(fun: numpy.ufunc, plain: Callable) -> Any:
    direct, _ = _operators(fun)

    def compare(self: Any, other: Any) -> Any:
        try:
            return direct(self, other)
        except TypeError:  # there is no loop for strings and the like, but an answer
            return plain(getval(self), other)

    return compare


ArrayBox.__eq__ = _equality(numpy.equal, operator.eq)  # type: ignore[assignment]
ArrayBox.__ne__ = _equality(numpy.not_equal, operator.ne)  # type: ignore[assignment]


def _unary(fun: numpy.ufunc) -> Any:
    primitive = _of(fun)
    return lambda self: self._trace.unary(primitive, self)


ArrayBox.__neg__ = _unary(numpy.negative)  # type: ignore[attr-defined]
ArrayBox.__pos__ = _unary(numpy.positive)  # type: ignore[attr-defined]
ArrayBox.__abs__ = _unary(numpy.absolute)  # type: ignore[attr-defined]


def _divmod(self: Any, other: Any) -> Any:
    return self // other, self % other


def _rdivmod(self: Any, other: Any) -> Any:
    return other // self, other % self


ArrayBox.__divmod__ = _divmod  # type: ignore[attr-defined]
ArrayBox.__rdivmod__ = _rdivmod  # type: ignore[attr-defined]

ArrayBox.register(numpy.ndarray)
for _type in (
    numpy.float16, numpy.float32, numpy.float64, numpy.longdouble, numpy.complex64,
    numpy.complex128, numpy.clongdouble,
):  # fmt: skip
    ArrayBox.register(_type)
for _type, _as in (
    (float, numpy.float64), (complex, numpy.complex128), (int, numpy.float64),
    (numpy.integer, numpy.float64),
):  # fmt: skip
    box_types[_type] = lambda value, trace, node, _as=_as: ArrayBox(_as(value), trace, node)
box_types[bool] = None
