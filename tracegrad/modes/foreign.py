"""Arrays that a trace does not follow: masked arrays, matrices, arrays of Python objects or text.

Their arithmetic is another than that of arrays. They are found where a result cannot be boxed or
its dtype is not that of the argument, so that the short roads need not look for them.
"""

from __future__ import annotations

from typing import Any

import numpy

from ..core.box import box_types
from ..core.errors import user_line

__all__ = ["FOREIGN", "called", "refuse", "refuse_dtype"]

FOREIGN = {numpy.ma.MaskedArray: "x.filled(...)", numpy.matrix: "numpy.asarray(x)"}
"""Subclasses of `ndarray` with a meaning of their own → what to pass instead."""


def called(kind: type) -> str:
    """What messages call such an array."""
    return "a masked array" if kind is numpy.ma.MaskedArray else "a numpy.matrix"


def refuse(value: Any, trace: Any = None, node: Any = None) -> Any:
    """Refuse to box such an array."""
    kind = next(base for base in type(value).__mro__ if base in FOREIGN)
    raise TypeError(
        f"{called(kind)} has no derivative, and beside a traced array it makes another.\n"
        f"  in {user_line()}\n  Write {FOREIGN[kind]} in its place."
    )


for _kind in FOREIGN:
    box_types[_kind] = refuse


def refuse_dtype(dtype: Any, beside: Any = ()) -> None:
    """Refuse a result of Python objects; text and records only where they are `beside` the box."""
    texts = [x for x in beside if hasattr(x, "dtype") and x.dtype.kind in "SUV"]
    if dtype.kind == "O" or (dtype.kind in "SUV" and texts):
        raise TypeError(
            f"an array of dtype {dtype} has no derivative, and beside a traced array it makes "
            f"another.\n  in {user_line()}\n  Write numbers in its place: x.astype(float), or "
            "float(x) of a number."
        )
