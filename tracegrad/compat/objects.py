"""Lists of traced values that plain NumPy makes arrays of: arrays of objects, the values in them.

Such an array keeps its derivatives: NumPy calculates with its elements one by one.
"""

from __future__ import annotations

from typing import Any

from ..core.box import Box
from ..numpy.box import ArrayBox
from ..numpy.refusing import constant_of

__all__ = ["let_arrays_hold_boxes"]


def let_arrays_hold_boxes() -> None:
    """From now on traced values do not refuse to be put into plain arrays of objects."""
    if not isinstance(ArrayBox.__array__, property):
        _array.refusing = ArrayBox.__array__  # type: ignore[attr-defined]
        ArrayBox.__array__ = property(_array)  # type: ignore[method-assign, assignment]


def _array(self: Any) -> Any:
    """What makes an array of a constant. NumPy takes what has no such method for a sequence."""
    if isinstance(constant_of(self), Box):
        raise AttributeError("__array__")
    return _array.refusing.__get__(self)  # type: ignore[attr-defined]
