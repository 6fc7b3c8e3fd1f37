"""The methods of arrays: each is a function of NumPy with the array in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import getval
from ..core.errors import user_line
from .namespace import primitive_of as of
from .rules.layout.joining import astype

__all__ = ["METHODS"]


def _function(name: str) -> Callable:
    """A method whose arguments are the function's."""
    primitive = of(getattr(numpy, name))

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return primitive(self, *args, **kwargs)

    method.__name__ = name
    return method


def _is_number(x: Any) -> bool:
    """NumPy's scalars do not change, so they are their own copies."""
    return type(getval(x)) is not numpy.ndarray


def _astype(self: Any, dtype: Any, order: str = "K", *args: Any, **options: Any) -> Any:
    ans = astype(self, dtype, order, *args, **options)
    return self if getval(ans) is getval(self) else ans  # copy=False


def _clip(self: Any, min: Any = None, max: Any = None, *args: Any, **options: Any) -> Any:
    return of(numpy.clip)(self, min, max, *args, **options)


def _compress(self: Any, condition: Any, *args: Any, **options: Any) -> Any:
    return of(numpy.compress)(condition, self, *args, **options)


def _conjugate(self: Any, *out: Any) -> Any:
    """Of real arrays the array itself, as NumPy has it."""
    return of(numpy.conjugate)(self, *out) if out or self.dtype.kind == "c" else self


def _copy(self: Any, order: str = "C") -> Any:
    return self if _is_number(self) else of(numpy.copy)(self, order=order)


def _flatten(self: Any, order: str = "C") -> Any:
    return of(numpy.ravel)(self, order).copy()


def _reshape(self: Any, *shape: Any, **options: Any) -> Any:
    return of(numpy.reshape)(self, shape[0] if len(shape) == 1 else shape, **options)


def _transpose(self: Any, *axes: Any) -> Any:
    given: Any = axes or None
    if len(axes) == 1 and (axes[0] is None or numpy.ndim(axes[0])):
        given = axes[0]
    return of(numpy.transpose)(self, given)


def _view(self: Any, dtype: Any = None, type: Any = None) -> Any:
    if dtype is numpy.ndarray:
        dtype, type = None, dtype
    if type not in (None, numpy.ndarray) or dtype not in (None, self.dtype):
        raise TypeError(
            "the memory of a traced array cannot be read as another type (view).\n"
            f"  in {user_line()}\n  Use x.astype, x.real and x.imag."
        )
    return self if _is_number(self) else self[...]


def _to_device(self: Any, device: str, /, *, stream: Any = None) -> Any:
    if device != "cpu" or stream is not None:
        raise ValueError(f"a traced array is on the device 'cpu', without streams, not {device!r}")
    return self


METHODS: dict[str, Callable] = {
    name: _function(name)
    for name in (
        "all", "any", "argmax", "argmin", "argpartition", "argsort", "choose", "cumprod",
        "cumsum", "diagonal", "dot", "max", "mean", "min", "nonzero", "prod", "ptp",
        "ravel", "repeat", "round", "searchsorted", "squeeze", "std", "sum", "swapaxes", "take",
        "trace", "var",
    )
    if hasattr(numpy.ndarray, name)
}  # fmt: skip
METHODS |= {
    "astype": _astype, "clip": _clip, "compress": _compress, "conj": _conjugate,
    "conjugate": _conjugate, "copy": _copy, "flatten": _flatten, "reshape": _reshape,
    "to_device": _to_device, "transpose": _transpose, "view": _view,
}  # fmt: skip
