"""`r_` and `c_`: joining by the syntax of an index."""

from __future__ import annotations

import sys

import numpy as np

from ....core.box import getval, isbox
from ....spaces import match
from ...namespace import primitive_of as of
from ..arrays import as_array, refuse
from .assembling import lifted

__all__ = ["c_", "r_"]


def _points(item):
    """The points that a slice stands for, an array of a list; anything else as it is."""
    if isinstance(item, list | tuple):
        return as_array(item)
    if not isinstance(item, slice):
        return item
    start, step = [d if x is None else x for x, d in ((item.start, 0), (item.step, 1))]
    if isinstance(getval(step), complex | np.complexfloating):
        return of(np.linspace)(start, item.stop, int(abs(getval(step))))
    return of(np.arange)(start, item.stop, step)


def _oriented(a, ndmin, trans1d):
    """At least `ndmin` axes: of those put in front, `trans1d` tells how many stay there."""
    a, more = as_array(a), ndmin - np.ndim(a)
    a = lifted(a, max(ndmin, np.ndim(a)))
    if trans1d == -1 or more <= 0:
        return a
    front = trans1d + more + 1 if trans1d < 0 else trans1d
    axes = list(range(ndmin))
    return np.transpose(a, axes[:front] + axes[more:] + axes[front:more])


class _Joiner(type(np.r_).__base__):  # type: ignore[misc]
    """`r_` or `c_`, with boxes among what is joined and as the ends of slices."""

    def __init__(self, joiner):
        super().__init__(joiner.axis, joiner.matrix, joiner.ndmin, joiner.trans1d)
        self._plain = joiner

    def __getitem__(self, key):
        if isinstance(key, str):
            frame = sys._getframe(1)
            return np.bmat(key, frame.f_globals, frame.f_locals)
        key = key if isinstance(key, tuple) else (key,)
        items = [_points(item) for item in key]
        if not any(map(isbox, items)):
            return self._plain[tuple(items)]
        options = {"axis": self.axis, "ndmin": self.ndmin, "trans1d": self.trans1d}
        like = self._plain[tuple(map(getval, items))]  # NumPy checks, and chooses the dtype
        if isinstance(items[0], str):
            directive, *items = items
            refuse("r_ and c_", matrix=directive if directive in ("r", "c") else None)
            options.update(zip(options, map(int, directive.split(","))))
        arrays = [
            match(_oriented(item, options["ndmin"], options["trans1d"]), like.dtype)
            for item in items
        ]
        return np.concatenate(arrays, options["axis"])


r_, c_ = _Joiner(np.r_), _Joiner(np.c_)
