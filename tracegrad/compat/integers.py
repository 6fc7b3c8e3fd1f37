"""NumPy's types of integers, called with traced values: `np.int64(x)`, which has no derivative."""

from __future__ import annotations

import copyreg
from typing import Any

import numpy

from ..core.box import getval
from ..core.tree import map_leaves

__all__ = ["INTEGERS", "wrap_intdtype"]


class _OfValues(type):
    """The type of types that are NumPy's in all but that traced values may be converted."""

    plain: type

    def __call__(cls, *args: Any) -> Any:
        return cls.plain(*map_leaves(getval, args))

    def __instancecheck__(cls, x: Any) -> bool:
        return isinstance(x, cls.plain)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, cls.plain)

    def __eq__(cls, other: object) -> Any:
        return True if other is cls.plain else super().__eq__(other)

    def __hash__(cls) -> int:
        return hash(cls.plain)


def wrap_intdtype(plain: Any) -> Any:
    """An integer type that takes the values of traced arrays."""
    return _OfValues(plain.__name__, (plain,), {"plain": plain, "__doc__": plain.__doc__})


copyreg.pickle(_OfValues, lambda kind: (wrap_intdtype, (kind.plain,)))

INTEGERS = {
    kind.__name__: wrap_intdtype(kind)
    for kind in (numpy.int8, numpy.int16, numpy.int32, numpy.int64)
}
