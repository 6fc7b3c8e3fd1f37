"""`ArrayBox`: an array or number as a trace sees it, with NumPy's operators and methods."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import Box, box_types, getval
from ..core.errors import user_line
from .inplace import IN_PLACE
from .namespace import primitive_of
from .rules.indexing import getitem
from .rules.iterating import flatiter
from .rules.joining import astype
from .rules.ufunc_methods import called, scatter
from .writing import become, write

__all__ = ["ArrayBox"]

_of = primitive_of
_plain = frozenset({float, int, complex, numpy.ndarray, numpy.float64, numpy.float32, bool})


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


def _refusal(what: str, plain: Callable) -> Any:
    """A method that would drop a derivative: `plain` of constants, refused where there is one."""

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        value = self
        while isinstance(value, Box) and value._trace.over:
            value = value._value
        if not isinstance(value, Box):
            return plain(value, *args, **kwargs)
        raise TypeError(
            f"{what} of a traced array would drop its derivative.\n  in {user_line()}\n"
            "  Use the function of tracegrad.numpy instead, or stop_gradient(x) first if x is "
            "meant as a constant. If the line writes into a plain array, make that array in the "
            "function with tracegrad.numpy: y = np.array(y)."
        )

    return method


def _plain_array(value: Any, dtype: Any = None, copy: Any = None) -> numpy.ndarray:
    if copy is False:
        raise ValueError("a constant of tracegrad cannot be given away without a copy")
    return numpy.array(value, dtype=dtype)


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

    # -- parts ---------------------------------------------------------------------------------
    def __getitem__(self, index: Any) -> Any:
        if type(index) is tuple:
            return getitem(self, index)  # where a box may be in it
        return self._trace.single(getitem, self, (index,), {})

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
        write(self, ..., value + 1j * self.imag if self.dtype.kind == "c" else value)

    @imag.setter
    def imag(self, value: Any) -> None:
        if self.dtype.kind != "c":
            raise TypeError("array does not have imaginary part to set")
        write(self, ..., self.real + 1j * value)

    @shape.setter
    def shape(self, shape: Any) -> None:
        view = self.reshape(shape)
        become(self, view)
        self._link = view._link

    def __contains__(self, item: Any) -> bool:
        return bool((self == item).any())

    def __copy__(self) -> Any:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.copy()

    # -- methods whose arguments differ from the function's --------------------------------------
    def reshape(self, *shape: Any, order: str = "C", **options: Any) -> Any:
        shape = shape[0] if len(shape) == 1 else shape
        return _of(numpy.reshape)(self, shape, order=order, **options)

    def transpose(self, *axes: Any) -> Any:
        axes = axes[0] if len(axes) == 1 else axes or None  # type: ignore[assignment]
        return _of(numpy.transpose)(self, axes)

    def flatten(self, order: str = "C") -> Any:
        return _of(numpy.ravel)(self, order).copy()

    def view(self, dtype: Any = None, type: Any = None) -> Any:
        if type is not None or (dtype is not None and numpy.dtype(dtype) != self.dtype):
            raise TypeError(
                "the memory of a traced array cannot be read as another type (view).\n"
                f"  in {user_line()}\n  Use x.astype, x.real and x.imag."
            )
        return self[...]

    def astype(self, dtype: Any, order: str = "K", **options: Any) -> Any:
        return astype(self, dtype, order, **options)

    def conj(self) -> Any:
        return _of(numpy.conjugate)(self)

    def conjugate(self) -> Any:
        return _of(numpy.conjugate)(self)

    # -- NumPy's protocols -----------------------------------------------------------------------
    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        primitive = _of(ufunc)
        if method == "__call__":
            for other in inputs:
                if type(other) not in _plain and not _answers(other):
                    return NotImplemented
            return primitive(*inputs, **kwargs)
        if method == "at":
            return write(inputs[0], ..., scatter(ufunc, *inputs))
        return called(ufunc, method, inputs, kwargs)

    def __array_function__(self, fun: Any, kinds: Any, args: tuple, kwargs: dict) -> Any:
        if not all(issubclass(kind, (ArrayBox, numpy.ndarray)) for kind in kinds):
            return NotImplemented
        return _of(fun)(*args, **kwargs)

    def __array_namespace__(self, *, api_version: str | None = None) -> Any:
        return sys.modules[__package__]

    __array__ = _refusal("numpy.asarray", _plain_array)
    __float__ = _refusal("float()", float)
    __int__ = _refusal("int()", int)
    __complex__ = _refusal("complex()", complex)
    __index__ = _refusal("use as an index", operator.index)
    item = _refusal(".item()", lambda value, *args: value.item(*args))
    tolist = _refusal(".tolist()", lambda value: value.tolist())
    tobytes = _refusal(".tobytes()", lambda value, *args, **kwargs: value.tobytes(*args, **kwargs))


for _name, _method in IN_PLACE.items():
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
    "eq": numpy.equal, "ne": numpy.not_equal, "lt": numpy.less, "le": numpy.less_equal,
    "gt": numpy.greater, "ge": numpy.greater_equal,
}.items():  # fmt: skip
    setattr(ArrayBox, f"__{_name}__", _operators(_fun)[0])


def _unary(fun: numpy.ufunc) -> Any:
    primitive = _of(fun)
    return lambda self: self._trace.unary(primitive, self)


ArrayBox.__neg__ = _unary(numpy.negative)  # type: ignore[attr-defined]
ArrayBox.__pos__ = _unary(numpy.positive)  # type: ignore[attr-defined]
ArrayBox.__abs__ = _unary(numpy.absolute)  # type: ignore[attr-defined]


def _function(name: str) -> Any:
    primitive = _of(getattr(numpy, name))

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return primitive(self, *args, **kwargs)

    method.__name__ = name
    return method


for _name in (
    "all", "any", "argmax", "argmin", "argpartition", "argsort", "clip", "copy", "cumprod",
    "cumsum", "diagonal", "dot", "max", "mean", "min", "nonzero", "prod", "ravel", "repeat",
    "round", "searchsorted", "squeeze", "std", "sum", "swapaxes", "take", "trace", "var",
):  # fmt: skip
    setattr(ArrayBox, _name, _function(_name))


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
