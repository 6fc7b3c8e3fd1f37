"""The spaces of arrays and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy

from .vspace import VSpace

__all__ = ["ArrayVSpace", "ComplexArrayVSpace", "is_nothing"]

_nothing: dict[numpy.dtype, numpy.ndarray] = {}
"""dtype → the zero that every `nothing` of it is a view of."""


def is_nothing(g: Any) -> bool:
    """Whether an array is the `nothing` of its space, and no other zeros."""
    base = getattr(g, "base", None)
    return base is not None and base is _nothing.get(g.dtype)


class ArrayVSpace(VSpace):
    """Real arrays of one shape and dtype. Integers and Python numbers count as float64."""

    def __init__(self, value: Any) -> None:
        value = numpy.asarray(value)
        dtype = value.dtype
        self.shape = value.shape
        self.dtype = dtype if dtype.kind in "fc" else numpy.dtype(float)

    @property
    def size(self) -> int:  # type: ignore[override]
        return int(numpy.prod(self.shape))

    @property
    def ndim(self) -> int:
        return len(self.shape)

    def zeros(self) -> Any:
        return numpy.zeros(self.shape, self.dtype)[()]

    def nothing(self) -> Any:
        zero = _nothing.setdefault(self.dtype, numpy.zeros((), self.dtype))
        return numpy.broadcast_to(zero, self.shape)

    def ones(self) -> Any:
        return numpy.ones(self.shape, self.dtype)[()]

    def standard_basis(self) -> Iterator[Any]:
        for index in numpy.ndindex(*self.shape):
            for unit in (1, 1j) if self.iscomplex else (1,):
                vector = numpy.zeros(self.shape, self.dtype)
                vector[index] = unit
                yield vector[()]

    def randn(self) -> Any:
        return numpy.asarray(numpy.random.standard_normal(self.shape)).astype(self.dtype)[()]

    def inner_prod(self, x: Any, y: Any) -> Any:
        return numpy.sum(x * y)


class ComplexArrayVSpace(ArrayVSpace):
    """Complex arrays of one shape and dtype, as a space over the real numbers."""

    iscomplex = True

    @property
    def size(self) -> int:  # type: ignore[override]
        return 2 * super().size

    def ones(self) -> Any:
        return numpy.full(self.shape, 1 + 1j, self.dtype)[()]

    def randn(self) -> Any:
        return (ArrayVSpace.randn(self) + 1j * ArrayVSpace.randn(self)).astype(self.dtype)

    def inner_prod(self, x: Any, y: Any) -> Any:
        return numpy.sum(numpy.real(numpy.conj(x) * y))

    def covector(self, x: Any) -> Any:
        return numpy.conj(x)


def _space(value: Any) -> ArrayVSpace:
    kind = ComplexArrayVSpace if numpy.iscomplexobj(value) else ArrayVSpace
    return kind(value)


for _type in (numpy.ndarray, numpy.generic, float, int, complex):
    VSpace.register(_type, _space)
