"""What would silently drop a derivative: refused with the user's line and the way out."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import Box
from ..core.errors import user_line

__all__ = ["MEMORY", "REFUSED", "constant_of", "refused"]

_REMEDY = (
    "Use the function of tracegrad.numpy instead, or stop_gradient(x) first if x is "
    "meant as a constant. If the line writes into a plain array, make that array in the "
    "function with tracegrad.numpy: y = np.array(y)."
)
_NUMBER = f"{_REMEDY} To print it, write f'{{x:.3f}}'."
_INDEX = (
    "Use x.astype(int): integers have no derivative, and a traced array always holds floats "
    "or complex numbers."
)
_SAVE = "Save stop_gradient(x), which is a plain array, or what the differentiated call returns."


def constant_of(x: Any) -> Any:
    """The plain value of a box that no running trace watches; any other box as it is."""
    value = x
    while isinstance(value, Box) and value._trace.over:
        value = value._value
    return x if isinstance(value, Box) else value


def refused(what: str, plain: Callable, remedy: str = _REMEDY) -> Any:
    """A method that would drop a derivative: `plain` of constants, refused where there is one."""

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        value = constant_of(self)
        if isinstance(value, Box):
            raise TypeError(
                f"{what} of a traced array would drop its derivative.\n  in {user_line()}\n"
                f"  {remedy}"
            )
        return plain(value, *args, **kwargs)

    return method


def _array(value: Any, dtype: Any = None, copy: Any = None) -> numpy.ndarray:
    if copy is False:
        raise ValueError("a constant of tracegrad cannot be given away without a copy")
    return numpy.array(value, dtype=dtype)


def _own(name: str, remedy: str) -> Any:
    """The value's own method."""
    return refused(
        f".{name}()",
        lambda value, *args, **kwargs: getattr(value, name)(*args, **kwargs),
        remedy,
    )


REFUSED = {
    "__array__": refused("numpy.asarray", _array),
    "__float__": refused("float()", float, _NUMBER),
    "__int__": refused("int()", int, _NUMBER),
    "__complex__": refused("complex()", complex, _NUMBER),
    "__index__": refused("use as an index", operator.index, _INDEX),
    "__reduce_ex__": refused(
        "pickle", lambda value, protocol: value.__reduce_ex__(protocol), _SAVE
    ),
    "__dlpack__": refused(
        "__dlpack__", lambda value, **options: value.copy().__dlpack__(**options)
    ),
    **{name: _own(name, _REMEDY) for name in ("item", "tolist", "as_integer_ratio", "hex")},
    **{
        name: _own(name, _SAVE)
        for name in ("tobytes", "tofile", "tostring", "dump", "dumps")
        if hasattr(numpy.ndarray, name)
    },
}


def _memory(name: str) -> property:
    def attribute(self: Any) -> Any:
        raise AttributeError(
            f"the memory of a traced array cannot be looked into or changed ({name}).\n"
            f"  in {user_line()}\n  Use x.astype, x.real, x.imag and assignment, x[i] = y; of a "
            "constant, numpy.asarray(x) is a plain copy."
        )

    return property(attribute)


MEMORY = {
    name: _memory(name)
    for name in (
        "base", "byteswap", "ctypes", "data", "getfield", "newbyteorder", "setfield", "setflags",
    )
    if hasattr(numpy.ndarray, name)
}  # fmt: skip
