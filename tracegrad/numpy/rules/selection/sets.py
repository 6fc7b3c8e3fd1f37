"""Arrays as sets: the elements that are distinct, or in both arrays, or in one of them.

Which elements stay is constant almost everywhere, so these functions read by index. Where several
elements are equal, the first of them is the one that stays and takes the derivative.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....spaces import match
from ...kinds import composed, constant
from ...namespace import primitive_of as of
from ..arrays import as_array


def _first(value, found, equal_nan=True):
    """Where the distinct elements `found`, in whatever order, first stand in the ravelled value."""
    index = np.unique(value, return_index=True, equal_nan=equal_nan)[1]
    places = np.empty_like(index)
    places[np.argsort(found, kind="stable")] = index
    return places


def _unique(
    ar,
    return_index=False,
    return_inverse=False,
    return_counts=False,
    axis=None,
    *,
    equal_nan=True,
    **options,
):
    ar = as_array(ar)
    value = getval(ar)
    known = np.unique(
        value, return_index, return_inverse, return_counts, axis, equal_nan=equal_nan, **options
    )
    found, *rest = known if isinstance(known, tuple) else (known,)
    if axis is None:
        values = np.ravel(ar)[_first(value, found, equal_nan)]
    else:
        index = np.unique(value, return_index=True, axis=axis, equal_nan=equal_nan)[1]
        values = np.take(ar, index, axis)
    return (values, *rest) if rest else values


composed(of(np.unique), _unique)


def _named(fun):
    """The array API's spellings give named tuples, in which each NaN is distinct."""

    def unique(x):
        x = as_array(x)
        known = fun(getval(x))
        found = getattr(known, "values", known)
        values = np.ravel(x)[_first(getval(x), found, equal_nan=False)]
        return values if found is known else known._replace(values=values)

    return unique


if hasattr(np, "unique_values"):  # NumPy 2
    for _fun in (np.unique_values, np.unique_all, np.unique_counts, np.unique_inverse):
        composed(of(_fun), _named(_fun))


def _union1d(ar1, ar2):
    return _unique(np.concatenate([np.ravel(as_array(ar1)), np.ravel(as_array(ar2))]))


def _intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """Of two equal elements, the one in `ar1`."""
    ar1, ar2 = as_array(ar1), as_array(ar2)
    known, *indices = np.intersect1d(getval(ar1), getval(ar2), assume_unique, True)
    values = match(np.ravel(ar1)[indices[0]], known.dtype)
    return (values, *indices) if return_indices else values


def _setdiff1d(ar1, ar2, assume_unique=False):
    ar1 = np.ravel(as_array(ar1)) if assume_unique else _unique(ar1)
    return ar1[np.isin(getval(ar1), getval(as_array(ar2)), assume_unique, invert=True)]


def _setxor1d(ar1, ar2, assume_unique=False):
    """Sorted, the elements that have no equal neighbour are those in one array alone."""
    ar1, ar2 = [as_array(ar) if assume_unique else _unique(ar) for ar in (ar1, ar2)]
    ordered = np.sort(np.concatenate([np.ravel(ar1), np.ravel(ar2)]))
    differs = np.ones(ordered.size + 1, bool)
    differs[1:-1] = getval(ordered)[1:] != getval(ordered)[:-1]
    return ordered[differs[1:] & differs[:-1]]


composed(of(np.union1d), _union1d)
composed(of(np.intersect1d), _intersect1d)
composed(of(np.setdiff1d), _setdiff1d)
composed(of(np.setxor1d), _setxor1d)

if hasattr(np, "in1d"):  # until NumPy 2.4
    constant(of(np.in1d))
