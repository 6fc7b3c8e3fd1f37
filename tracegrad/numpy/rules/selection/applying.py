"""Functions that call a function: on slices, on axes, on the elements of a condition.

NumPy runs the loop, so what is called on what, and the shape and dtype of the result, are its own.
It is given plain values; what the function gives for traced slices is kept beside and joined.
"""

from __future__ import annotations

import functools

import numpy as np

from ....core.box import getval, isbox
from ....core.trace import inside
from ....spaces import match
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import as_array, as_axis

__all__ = ["GaveTraced", "joined", "watched"]

# -- functions that are traced though their arguments are plain ----------------------------------


class GaveTraced(Exception):
    """A function gave a traced value, which NumPy's own loop cannot store."""


def watched(fun):
    """The function, raising `GaveTraced` where it gives a traced value."""

    @functools.wraps(fun, updated=())
    def watching(*args, **kwargs):
        ans = fun(*args, **kwargs)
        if inside([ans]):
            raise GaveTraced
        return ans

    return watching


def _calling(fun, composition, plain):
    """A composition that is also used where only what the function closes over is traced."""

    def unless_traced(*args, **kwargs):
        try:
            return plain(*args, **kwargs)
        except GaveTraced:  # the function is called again, from the first slice on
            return composition(*args, **kwargs)

    composed(of(fun), composition).fun = unless_traced


def joined(results, known, outer):
    """The results of the loop over `outer` as one array, like NumPy's of their plain values."""
    if known.dtype.kind not in "fc" or not any(map(isbox, results)):
        return known
    stacked = np.stack([np.broadcast_to(r, known.shape[len(outer) :]) for r in results])
    return match(stacked.reshape(known.shape), known.dtype)


# -- NumPy's functions -------------------------------------------------------------------------


def _apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = as_array(arr)
    axis = as_axis(axis, arr.ndim)
    rows = np.moveaxis(arr, axis, -1)
    outer = rows.shape[:-1]
    results = []

    def apply(_):
        row = rows[np.unravel_index(len(results), outer)]
        results.append(as_array(func1d(row, *args, **kwargs)))
        return getval(results[-1])

    known = np.apply_along_axis(apply, axis, getval(arr))
    places = range(axis, axis + results[0].ndim)
    ends = range(-results[0].ndim, 0)
    return np.moveaxis(joined(results, np.moveaxis(known, places, ends), outer), ends, places)


def _apply_over_axes(func, a, axes):
    rank = a.ndim
    for axis in [axes] if np.ndim(axes) == 0 else axes:
        axis = axis + rank if axis < 0 else axis
        ans = func(a, axis)
        a = ans if ans.ndim == rank else np.expand_dims(ans, axis)
        if a.ndim != rank:
            raise ValueError("function is not returning an array of the correct shape")
    return a


def _piecewise(x, condlist, funclist, *args, **kw):
    """Each function of the elements chosen for it, one after the other, and then in their places.

    An element is read from the last piece that it is in, so that no other piece can make it NaN.
    """
    x = as_array(x)
    flat = np.ravel(x)
    pieces = [np.zeros(1, x.dtype)]  # for elements that are in none

    def place(fun):
        def piece(chosen):
            ans = fun(flat[chosen], *args, **kw) if callable(fun) else fun
            start = sum([len(p) for p in pieces])
            pieces.append(np.broadcast_to(as_array(ans).astype(x.dtype), chosen.shape))
            return np.arange(start, start + chosen.size)

        return piece

    numbers = np.arange(x.size).reshape(x.shape)
    places = np.piecewise(numbers, condlist, [place(fun) for fun in funclist])
    return np.concatenate(pieces)[places]


def _plain_apply(func1d, axis, arr, *args, **kwargs):
    return np.apply_along_axis(watched(func1d), axis, arr, *args, **kwargs)


def _plain_piecewise(x, condlist, funclist, *args, **kw):
    funclist = [watched(fun) if callable(fun) else fun for fun in funclist]
    return np.piecewise(x, condlist, funclist, *args, **kw)


_calling(np.apply_along_axis, _apply_along_axis, _plain_apply)
_calling(np.piecewise, _piecewise, _plain_piecewise)
composed(of(np.apply_over_axes), _apply_over_axes)
