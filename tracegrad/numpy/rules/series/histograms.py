"""Counting in bins.

Which bin a value is in does not change under a small step, so counts have derivatives in the
weights alone. Edges that NumPy puts between the extremes of the data move with these, and with
them the densities.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval, isbox
from ....spaces import match
from ...kinds import composed, linear
from ...namespace import primitive_of as of
from ..arrays import as_array

linear(of(np.bincount), weights=lambda g, x: g[np.asarray(x)], inert=("x", "minlength"))


def _plain(x):
    """The value of what may be a list of boxes."""
    return [_plain(item) for item in x] if type(x) in (list, tuple) else getval(x)


def _several(bins):
    """Whether they are edges, or one item for each axis; and not a number or a rule's name."""
    return type(bins) in (list, tuple) or np.ndim(bins) > 0


def _edges(a, bins, range, plain):
    """The edges whose values are `plain`."""
    if _several(bins):
        return as_array(bins)
    a = as_array(a)
    if range is not None:
        first, last = range
    elif a.size:
        first, last = np.min(a), np.max(a)
    else:
        first, last = 0, 1
    if getval(first) == getval(last):
        first, last = first - 0.5, last + 0.5
    return np.linspace(first, last, len(plain), dtype=plain.dtype)


def _histogram_bin_edges(a, bins=10, range=None, weights=None):
    plain = np.histogram_bin_edges(*map(_plain, (a, bins, range, weights)))
    return _edges(a, bins, range, plain)


def _which_bin(values, edges):
    """For each value the number of its bin; -1 and the number of bins are outside."""
    which = np.searchsorted(edges, values, "right") - 1
    return which - (values == edges[-1])


def _total(weights, which, bins):
    """The sum of weights in each bin, in their dtype."""
    if weights.dtype.kind == "c":
        parts = [_total(part, which, bins) for part in (weights.real, weights.imag)]
        return match(parts[0] + parts[1] * 1j, weights.dtype)
    if weights.dtype.itemsize > 8:  # more digits than bincount takes
        order = np.argsort(which)
        ends = np.searchsorted(which[order], np.arange(bins + 1))
        return np.diff(np.concatenate([[0], np.cumsum(weights[order])])[ends])
    return np.bincount(which, weights, bins).astype(weights.dtype)


def _histogram(a, bins=10, range=None, density=None, weights=None):
    values = _plain(as_array(a))
    plain, plain_edges = np.histogram(values, *map(_plain, (bins, range, None, weights)))
    edges = _edges(a, bins, range, plain_edges)
    count = plain
    if isbox(weights):
        which = _which_bin(np.ravel(values), plain_edges)
        inside = np.flatnonzero((which >= 0) & (which < len(plain)))
        count = _total(np.ravel(weights)[inside], which[inside], len(plain))
    if density:
        count = count / np.diff(edges).astype(float) / count.sum()
    return count, edges


composed(of(np.histogram_bin_edges), _histogram_bin_edges)
composed(of(np.histogram), _histogram)

# -- in more dimensions ------------------------------------------------------------------------


def _histogramdd(sample, bins=10, range=None, density=None, weights=None):
    if not hasattr(sample, "shape") or np.ndim(sample) != 2:
        sample = np.atleast_2d(as_array(sample)).T
    dimension = sample.shape[1]
    plain = _plain(sample)
    count, plain_edges = np.histogramdd(plain, *map(_plain, (bins, range, None, weights)))
    each_bins = bins if _several(bins) else [bins] * dimension
    ranges = [None] * dimension if range is None else range
    edges = [_edges(*how) for how in zip(sample.T, each_bins, ranges, plain_edges)]
    if isbox(weights):
        which = [_which_bin(x, edge) for x, edge in zip(plain.T, plain_edges)]
        inside = np.all([(i >= 0) & (i < n) for i, n in zip(which, count.shape)], axis=0)
        inside = np.flatnonzero(inside)
        flat = np.ravel_multi_index([i[inside] for i in which], count.shape)
        count = np.bincount(flat, weights[inside], count.size).reshape(count.shape)
    if density:
        total = count.sum()
        for axis, edge in enumerate(edges):
            count = count / np.diff(edge).reshape((-1,) + (1,) * (dimension - axis - 1))
        count = count / total
    return count, edges


def _histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    if _several(bins) and len(bins) not in (1, 2):
        bins = [bins, bins]
    count, edges = _histogramdd([x, y], bins, range, density, weights)
    return count, edges[0], edges[1]


composed(of(np.histogramdd), _histogramdd)
composed(of(np.histogram2d), _histogram2d)
