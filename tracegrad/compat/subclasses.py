"""Array subclasses of a package's own, which leave operations with boxes to the boxes.

NumPy asks an operand on the left first. The `__array_ufunc__` of a subclass that knows no boxes
answers with something of its own, often an array of `NotImplemented`. So once boxes are to hold
values of the subclass (`Box.type_mappings[Subclass] = …`, `ArrayBox.register(Subclass)`), its
method stands back where a box is among the operands.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy

from ..core.box import Box, box_types
from ..modes.foreign import FOREIGN

__all__ = ["let_subclasses_defer"]


class _BoxTypes(type(box_types)):  # type: ignore[misc]
    """The types of boxes, with an eye on what is put in."""

    def __setitem__(self, kind: type, make: Any) -> None:
        super().__setitem__(kind, make)
        if issubclass(kind, numpy.ndarray) and not issubclass(kind, tuple(FOREIGN)):
            _defer(kind)


def let_subclasses_defer() -> None:
    """From now on subclasses that are registered stand back."""
    box_types.__class__ = _BoxTypes


def _defer(kind: Any) -> None:
    own = kind.__array_ufunc__
    if own is numpy.ndarray.__array_ufunc__ or hasattr(own, "defers"):
        return

    @functools.wraps(own)
    def deferring(self: Any, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if any(isinstance(x, Box) for x in inputs):
            return NotImplemented
        return own(self, ufunc, method, *inputs, **kwargs)

    deferring.defers = True  # type: ignore[attr-defined]
    kind.__array_ufunc__ = deferring
