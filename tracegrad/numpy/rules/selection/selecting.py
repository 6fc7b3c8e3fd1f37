"""Functions that choose, element by element, among several arrays or rules."""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....core.tree import map_leaves
from ....spaces import match
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import NUMPY_2, as_array, refuse

_NoValue = np._NoValue


def _clip(a, a_min=_NoValue, a_max=_NoValue, out=None, *, min=_NoValue, max=_NoValue, **options):
    """The smaller of a_max and the larger of a_min and a; ties share."""
    refuse("clip", **options)
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

# -- among several arrays ----------------------------------------------------------------------


def _plain(arrays):
    """The values without boxes; Python numbers stay, as they weigh less in finding a dtype."""
    return [map_leaves(getval, a) for a in arrays]


def _choose(a, choices, out=None, mode="raise"):
    """Element by element, the choice that the integers in `a` name."""
    which, choices = getval(a), list(choices)
    known = np.choose(which, _plain(choices), mode=mode)
    if mode == "wrap":
        which = which % len(choices)
    elif mode == "clip":
        which = np.clip(which, 0, len(choices) - 1)
    stacked = np.stack([np.broadcast_to(as_array(c), known.shape) for c in choices])
    which = np.broadcast_to(which, known.shape).astype(np.intp)
    return match(stacked[(which, *np.indices(known.shape, sparse=True))], known.dtype)


def _select(condlist, choicelist, default=0):
    """Element by element, the choice whose condition is the first to hold."""
    choices = list(choicelist)
    known = np.select(_plain(condlist), _plain(choices), map_leaves(getval, default))
    ans = match(as_array(default), known.dtype)
    for condition, choice in zip(reversed(_plain(condlist)), reversed(choices)):
        ans = np.where(condition, match(as_array(choice), known.dtype), ans)
    return np.copy(np.broadcast_to(ans, known.shape))


composed(of(np.choose), _choose)
composed(of(np.select), _select)
