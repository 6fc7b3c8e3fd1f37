"""Functions that choose, element by element, among several arrays or rules."""

from __future__ import annotations

import numpy as np

from ..kinds import composed
from ..namespace import primitive_of as of
from .arrays import NUMPY_2, refuse

_NoValue = np._NoValue


def _clip(a, a_min=_NoValue, a_max=_NoValue, out=None, *, min=_NoValue, max=_NoValue, **options):
    """The smaller of a_max and the larger of a_min and a; ties share."""
    refuse("clip", out=out, **options)
    if (min is not _NoValue or max is not _NoValue) and (
        a_min is not _NoValue or a_max is not _NoValue
    ):
        raise ValueError(
            "Passing `min` or `max` keyword argument when `a_min` and `a_max` are "
            "provided is forbidden."
        )
    low, high = [None if x is _NoValue else x for x in (a_min, a_max)]
    low, high = (low if min is _NoValue else min), (high if max is _NoValue else max)
    if low is None and high is None:
        if not NUMPY_2:
            raise ValueError("One of max or min must be given")
        return np.positive(a)
    a = a if low is None else np.maximum(a, low)
    return a if high is None else np.minimum(a, high)


composed(of(np.clip), _clip)
