"""Statistics of the values in each bin of a sample; which bin that is does not move."""

from __future__ import annotations

import functools
import inspect

import numpy as np
from scipy import stats

from ...core.box import getval
from ...core.trace import inside
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse
from ...numpy.rules.safe import quietly
from .results import with_fields
from .statistic import plain, real, valued

_NAMES = {
    np.mean: "mean", np.sum: "sum", np.std: "std", np.median: "median", np.min: "min",
    np.max: "max",
}  # fmt: skip
_OF_ROWS = {"median": np.median, "min": np.min, "max": np.max}


def _in_bins(values, statistic, bins, total):
    """A statistic of the values in each bin; where there are none SciPy's value stands alone."""
    if statistic in ("sum", "mean", "std"):
        count = np.bincount(bins, minlength=total)
        whole = np.bincount(bins, weights=values, minlength=total)
        if statistic == "sum":
            return whole
        middle = whole / count
        if statistic == "mean":
            return middle
        away = values - middle[bins]
        square = np.bincount(bins, weights=away * away, minlength=total) / count
        return np.sqrt(np.where(count == 1, 0.0, square))
    of_row, found = _OF_ROWS.get(statistic, statistic), [np.float64(np.nan)] * total
    for i in np.unique(bins):
        found[i] = of_row(values[bins == i])
    return np.stack([as_array(x) for x in found])


def _check(name, given):
    """The edges move with a sample, where they are made from it."""
    for key in ("x", "y", "sample"):
        fixed = given["range"] is not None or np.ndim(given["bins"])
        if key in given and inside([given[key]]) and not fixed:
            refuse(name, **{f"{key} without range": given[key]})
    for key in ("bins", "range"):
        if inside([given[key]]):
            refuse(name, **{key: given[key]})


def _plain_result(statistic):
    """SciPy knows some functions, which are fast."""
    return statistic if statistic in _NAMES else lambda row: getval(statistic(row))


def _edges(result):
    if hasattr(result, "x_edge"):
        return [result.x_edge, result.y_edge]
    edges = result.bin_edges
    return edges if isinstance(edges, (list, tuple)) else [edges]


def _binned(name):
    fun = getattr(stats, name)
    signature = inspect.signature(fun)

    @functools.wraps(fun)
    def composition(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = dict(bound.arguments)
        _check(name, given)
        statistic, values = given["statistic"], given["values"]
        plainly = {key: plain(value) for key, value in given.items()}
        if callable(statistic):
            plainly["statistic"] = _plain_result(statistic)
            statistic = _NAMES.get(statistic, statistic)
        result = fun(**plainly)
        if statistic == "count" or values is None:
            return result
        sizes = tuple([len(edge) + 1 for edge in _edges(result)])  # with what lies outside
        bins = result.binnumber
        bins = np.ravel_multi_index(bins, sizes) if bins.ndim > 1 else bins
        inner = tuple([slice(1, -1)] * len(sizes))
        rows = as_array(values)
        rows = np.reshape(real(rows), (-1, rows.shape[-1]))
        with quietly():
            total = int(np.prod(sizes))
            found = [_in_bins(row, statistic, bins, total) for row in rows]
            path = np.stack([np.reshape(x, sizes)[inner] for x in found])
        return with_fields(result, {"statistic": valued(result.statistic, path)})

    composed(of(fun), composition)


for _name in ("binned_statistic", "binned_statistic_2d", "binned_statistic_dd"):
    _binned(_name)
