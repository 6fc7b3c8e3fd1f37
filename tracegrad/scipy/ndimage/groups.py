"""Statistics of the pixels of each label."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...spaces import match
from .output import watching


def _broadcast(input, labels):
    input, labels = as_array(input), np.asarray(getval(labels))
    shape = np.broadcast_shapes(input.shape, labels.shape)
    return np.broadcast_to(input, shape), np.broadcast_to(labels, shape)


def _one(input, labels, index):
    """The pixels of the only group: all, those with a label, those with this one."""
    if labels is None:
        return as_array(input)
    input, labels = _broadcast(input, labels)
    return input[labels > 0 if index is None else labels == index]


def _single(labels, index):
    return labels is None or index is None or np.isscalar(index)


# -- sums and what is made of them -----------------------------------------------------------------


class _Groups:
    """The labels of pixels, numbered, and where to find those of `index` among them."""

    def __init__(self, labels, index):
        index = np.asarray(getval(index))
        known, number = np.unique(labels, return_inverse=True)
        self.number, self.size = np.ravel(number), len(known)
        self.places = np.minimum(np.searchsorted(known, index), self.size - 1)
        self.found = known[self.places] == index

    def sums(self, x):
        """Of each label; `picked` takes those of the index, 0 for a label that no pixel has."""
        return np.bincount(self.number, np.ravel(x), self.size)

    def picked(self, sums):
        return np.where(self.found, sums[self.places], 0.0)

    def counts(self):
        return np.bincount(self.number, minlength=self.size)


def _sum(input, labels=None, index=None):
    if _single(labels, index):
        return np.sum(_one(input, labels, index))
    input, labels = _broadcast(input, labels)
    groups = _Groups(labels, index)
    return groups.picked(groups.sums(input))


def _mean(input, labels=None, index=None):
    if _single(labels, index):
        pixels = _one(input, labels, index)
        return np.sum(pixels) / np.float64(pixels.size)
    input, labels = _broadcast(input, labels)
    groups = _Groups(labels, index)
    with np.errstate(invalid="ignore"):
        return groups.picked(groups.sums(input)) / groups.picked(groups.counts())


def _variance(input, labels=None, index=None):
    if _single(labels, index):
        pixels = _one(input, labels, index)
        away = pixels - np.mean(pixels)
        return np.sum(away * np.conjugate(away)) / np.float64(pixels.size)
    input, labels = _broadcast(input, labels)
    groups = _Groups(labels, index)
    means = groups.sums(input) / groups.counts()
    away = np.ravel(input) - means[groups.number]
    with np.errstate(invalid="ignore"):
        return groups.picked(groups.sums(away * away)) / groups.picked(groups.counts())


def _standard_deviation(input, labels=None, index=None):
    """Where all pixels are equal it has a kink and slope 0."""
    variance = _variance(input, labels, index)
    equal = getval(variance) == 0
    return np.where(equal, 0, np.sqrt(np.where(equal, 1, variance)))[()]


composed(of(sn.sum), _sum)
composed(of(sn.sum_labels), _sum)
composed(of(sn.mean), _mean)
composed(of(sn.variance), _variance)
composed(of(sn.standard_deviation), _standard_deviation)


def _center_of_mass(input, labels=None, index=None):
    input = as_array(input)
    total = _sum(input, labels, index)
    grids = np.indices(input.shape, float, sparse=True)
    centers = [_sum(input * grid, labels, index) / total for grid in grids]
    if _single(labels, index):
        return tuple(centers)
    return [tuple([center[i] for center in centers]) for i in range(len(total))]


composed(of(sn.center_of_mass), _center_of_mass)

# -- each group by itself --------------------------------------------------------------------------


def _members(labels, index):
    """For each label of the index, the flat numbers of its pixels."""
    labels = np.ravel(labels)
    order = np.argsort(labels, kind="stable")
    labels, index = labels[order], np.ravel(getval(index))
    first, last = [np.searchsorted(labels, index, side) for side in ("left", "right")]
    return [order[i:j] for i, j in zip(first, last)]


def _middle(pixels):
    """Of no pixels SciPy gives one of another label."""
    if not pixels.size:
        raise NoDerivative(f"median: a label has no pixels.\n  in {user_line()}")
    return np.median(pixels)


def _or_zero(fold):
    return lambda pixels: fold(pixels) if pixels.size else 0.0


def _each(of_whole, of_pixels):
    """The function of the only group, or of each."""

    def statistic(input, labels=None, index=None):
        if _single(labels, index):
            return of_whole(_one(input, labels, index))
        input, labels = _broadcast(input, labels)
        flat = np.ravel(input)
        ans = [of_pixels(flat[m]) for m in _members(labels, index)]
        return np.reshape(match(as_array(ans), input.dtype), np.shape(index))

    return statistic


_minimum, _maximum = [_each(fold, _or_zero(fold)) for fold in (np.min, np.max)]
_median = _each(np.median, _middle)


def _extrema(input, labels=None, index=None):
    positions = sn.extrema(getval(as_array(input)), getval(labels), getval(index))[2:]
    return (_minimum(input, labels, index), _maximum(input, labels, index), *positions)


composed(of(sn.minimum), _minimum)
composed(of(sn.maximum), _maximum)
composed(of(sn.median), _median)
composed(of(sn.extrema), _extrema)


def _labeled_comprehension(
    input, labels, index, func, out_dtype, default, pass_positions=False
):  # fmt: skip
    input = as_array(input)
    places = np.arange(input.size).reshape(input.shape)

    def call(pixels, where):
        return func(pixels, where) if pass_positions else func(pixels)

    if labels is None:
        if index is not None:
            raise ValueError("index without defined labels")
        return call(np.ravel(input), np.ravel(places))
    input, labels = _broadcast(input, labels)
    places = np.broadcast_to(places, labels.shape)
    if index is None:
        return call(input[labels > 0], places[labels > 0])
    flat, places = np.ravel(input), np.ravel(places)
    ans = [call(flat[m], places[m]) if m.size else default for m in _members(labels, index)]
    ans = match(as_array(ans), np.dtype(out_dtype))
    return ans[0] if np.isscalar(index) else ans


watching(composed(of(sn.labeled_comprehension), _labeled_comprehension), "func")
