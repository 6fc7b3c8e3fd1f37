"""What several families of rules ask of their arguments."""

from __future__ import annotations

import numpy as np

from ...core.errors import NoDerivative, user_line
from ..namespace import primitive_of as of

__all__ = ["NUMPY_2", "as_array", "as_axis", "at", "refuse"]

NUMPY_2 = int(np.__version__.split(".")[0]) >= 2
_array = of(np.array)


def as_array(x):
    """An array of a number or of lists, boxes in them or not; arrays and boxes as they are."""
    return x if hasattr(x, "dtype") else _array(x)


def as_axis(axis, rank):
    """An axis counted from the front; NumPy's error where there is none."""
    if not -rank <= axis < rank:
        raise np.exceptions.AxisError(axis, rank)
    return axis % rank


def at(x, axis, part):
    """x[part] along one axis, counted from the front."""
    return x[(*(slice(None),) * axis, part)]


def refuse(name, **options):
    """Refuse by name the options that are not None."""
    for option, value in options.items():
        if value is not None:
            raise NoDerivative(
                f"{name}: the derivative does not handle the option {option}=.\n  in {user_line()}"
            )
