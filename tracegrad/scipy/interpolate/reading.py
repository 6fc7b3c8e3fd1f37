"""What the interpolants ask of their arguments, and the attributes that may hold boxes."""

from __future__ import annotations

from inspect import getattr_static
from typing import Any

import numpy as np

from ...core.box import getval, isbox
from ...core.errors import NoDerivative, user_line
from ...numpy.refusing import constant_of
from ...numpy.rules.arrays import as_array

__all__ = [
    "axis_back", "column", "double", "front", "moving", "settled", "traced", "values_only",
    "within",
]  # fmt: skip


def settled(x):
    """A list as an array, a box that no running trace watches as its value."""
    if type(x) in (list, tuple):
        x = as_array(x)
    return constant_of(x)


def traced(*args):
    """Whether a box is among settled arguments."""
    return any(map(isbox, args))


def double(x):
    """The double precision in which SciPy interpolates."""
    x = as_array(x)
    return x.astype(np.complex128 if x.dtype.kind == "c" else np.float64)


def front(y, axis):
    """In double precision, with the axis of the points in front."""
    return np.moveaxis(double(y), axis, 0)


def axis_back(out, rank, axis):
    """The points' axes, as many as `rank`, put where the axis of the data was."""
    order = list(range(out.ndim))
    return out.transpose(order[rank : rank + axis] + order[:rank] + order[rank + axis :])


def column(x, rank):
    """A vector that broadcasts along the first axis of an array of that rank."""
    return x.reshape((*x.shape, *(1,) * (rank - 1)))


def within(x, first, last):
    """Which points are not outside; NaN is."""
    low, high = sorted((float(getval(first)), float(getval(last))))
    return (getval(x) >= low) & (getval(x) <= high)


def moving(name: str, kind: type) -> Any:
    """An attribute of a class of SciPy's that may hold boxes, while SciPy's own has the values.

    SciPy's is a property, a slot or nothing but an entry of the object's dictionary, depending on
    its version.
    """
    own = getattr_static(kind, name, None)
    hidden, boxes = f"_{name}", f"_{name}_boxes"

    def read(self: Any) -> Any:
        found = self.__dict__.get(boxes)
        if found is not None:
            return found
        return getattr(self, hidden) if own is None else own.__get__(self)

    def write(self: Any, value: Any) -> None:
        several = isinstance(value, tuple)
        self.__dict__[boxes] = value if traced(*(value if several else (value,))) else None
        value = tuple(map(getval, value)) if several else getval(value)
        if own is None or (isinstance(own, property) and own.fset is None):
            setattr(self, hidden, value)
        else:
            own.__set__(self, value)

    return property(read, write)


def values_only(name, *args):
    """Refuse by name what has no derivative where a box is among the arguments."""
    if traced(*args):
        raise NoDerivative(f"{name} has no derivative rule.\n  in {user_line()}")
