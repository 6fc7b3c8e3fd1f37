"""`ArrayBox`: an array or number as a trace sees it, with NumPy's operators and methods."""

from __future__ import annotations

from typing import Any

import numpy

from ..core.box import Box, box_types, getval
from ..core.errors import user_line
from .namespace import primitive_of
from .rules.indexing import getitem
from .rules.iterating import flatiter
from .rules.joining import astype

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

    def operator(self: Any, other: Any) -> Any:
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

    return operator, reflected


def _refusal(what: str) -> Any:
    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(
            f"{what} of a traced array would drop its derivative.\n  in {user_line()}\n"
            "  Use the function of tracegrad.numpy instead, or stop_gradient(x) first if x is "
            "meant as a constant."
        )

    return refuse


class ArrayBox(Box):
    """A traced array or number.

    It answers NumPy's operators, methods, attributes and protocols. What would silently lose the
    derivative (`float(x)`, `numpy.asarray(x)`) is refused with the way out.
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

    def __len__(self) -> int:
        return len(self._value)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"ArrayBox({getval(self)!r})"

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

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError(
            "a traced array cannot be assigned to in place.\n  in "
            f"{user_line()}\n  Build the new array with where, concatenate or stack."
        )

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
    def flat(self) -> Any:
        return flatiter(self)

    # -- methods whose arguments differ from the function's --------------------------------------
    def reshape(self, *shape: Any, order: str = "C", **options: Any) -> Any:
        shape = shape[0] if len(shape) == 1 else shape
        return _of(numpy.reshape)(self, shape, order=order, **options)

    def transpose(self, *axes: Any) -> Any:
        axes = axes[0] if len(axes) == 1 else axes or None  # type: ignore[assignment]
        return _of(numpy.transpose)(self, axes)

    def flatten(self, order: str = "C") -> Any:
        return _of(numpy.ravel)(self, order)

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
            if kwargs.get("out") is not None:
                return self._refuse_out(ufunc)
            for other in inputs:
                if type(other) not in _plain and not _answers(other):
                    return NotImplemented
            return primitive(*inputs, **kwargs)
        if method == "outer":
            x, y = inputs
            rank = numpy.ndim(y)
            x = _of(numpy.reshape)(x, numpy.shape(x) + (1,) * rank)
            return primitive(x, y, **kwargs)
        raise TypeError(
            f"{ufunc.__name__}.{method} of a traced array has no derivative rule.\n"
            f"  in {user_line()}"
        )

    def _refuse_out(self, ufunc: Any) -> Any:
        raise TypeError(
            f"{ufunc.__name__} cannot write a traced result into a plain array (out=, or an "
            f"in-place operator such as +=).\n  in {user_line()}\n"
            "  Write x = x + y instead of x += y, so that the result is a new, traced array."
        )

    def __array_function__(self, fun: Any, kinds: Any, args: tuple, kwargs: dict) -> Any:
        if not all(issubclass(kind, (ArrayBox, numpy.ndarray)) for kind in kinds):
            return NotImplemented
        return _of(fun)(*args, **kwargs)

    __array__ = _refusal("numpy.asarray")
    __float__ = _refusal("float()")
    __int__ = _refusal("int()")
    __complex__ = _refusal("complex()")
    __index__ = _refusal("use as an index")
    item = _refusal(".item()")
    tolist = _refusal(".tolist()")


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


def _method(name: str) -> Any:
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
    setattr(ArrayBox, _name, _method(_name))


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
