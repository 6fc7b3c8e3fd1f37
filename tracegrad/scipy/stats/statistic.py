"""Statistics of samples along an axis: SciPy's own values, with derivatives from formulas.

A formula is given the samples in float64 with their observations along the last axis. SciPy's
options `axis`, `keepdims` and `nan_policy` are seen to here; `raise` SciPy sees to itself.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from ...core.box import Box, getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, as_axis
from ...numpy.rules.safe import quietly
from ...operators.constants import stop_gradient
from .law import attach
from .results import with_fields

__all__ = ["along_last", "declare", "mean", "plain", "real", "statistic", "tail", "valued", "var"]


def plain(x: Any) -> Any:
    """What SciPy is called with."""
    if isinstance(x, Box):
        return getval(x)
    if callable(x) and not isinstance(x, type):  # it may close over boxes
        return lambda *args, **kwargs: getval(x(*args, **kwargs))
    return stop_gradient(x) if isinstance(x, (list, tuple)) else x


def real(x: Any) -> Any:
    """The float64 array that formulas compute with."""
    x = as_array(x)
    if x.dtype.kind == "c":
        raise TypeError("statistics are of real numbers")
    return x if x.dtype == np.float64 else x.astype(np.float64)


def along_last(x: Any, axis: Any, rank: int) -> Any:
    """An array of a rank with one axis, or several made one, as its last."""
    if axis is None:
        return np.reshape(x, (x.size,))
    x = np.reshape(x, (1,) * (rank - x.ndim) + x.shape)
    axes = axis if isinstance(axis, tuple) else (axis,)
    x = np.moveaxis(x, [as_axis(a, rank) for a in axes], range(-len(axes), 0))
    batch = x.shape[: rank - len(axes)]
    return np.reshape(x, (*batch, int(np.prod(x.shape[len(batch) :]))))


def valued(value: Any, path: Any) -> Any:
    """A value with the derivatives of a formula."""
    if isinstance(value, (tuple, list)):
        return type(value)([valued(v, p) for v, p in zip(value, path)])
    if not isinstance(path, Box):
        return value
    value = np.asarray(value)[()]
    path = path if path.dtype == value.dtype else path.astype(value.dtype)
    return attach(np.reshape(path, value.shape), value)


def declare(name: str, formula: Callable) -> None:
    """A function of SciPy's, where this SciPy has it, from `formula(value, given)`.

    `value` is what SciPy gives for plain values, `given` the arguments by their names. The formula
    gives its path or a dict of paths, one for each field of the result.
    """
    fun = getattr(stats, name, None)
    if fun is None:
        return
    signature = inspect.signature(fun)

    @functools.wraps(fun)
    def composition(*args: Any, **kwargs: Any) -> Any:
        value = fun(*map(plain, args), **{k: plain(v) for k, v in kwargs.items()})
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        with quietly():
            path = formula(value, dict(given.arguments))
        if not isinstance(path, dict):
            return valued(value, path)
        return with_fields(value, {k: valued(getattr(value, k), p) for k, p in path.items()})

    composed(of(fun), composition)


def statistic(
    name: str,
    *samples: str,
    paired: bool = False,
    flat: bool = False,
    whole: bool = False,
    rows: bool = False,
) -> Callable:
    """Declare a statistic by its formula `(*samples, **options)`.

    Args:
        name: SciPy's.
        samples: the parameters that are samples.
        paired: a NaN in one sample leaves out its partners.
        flat: without an option `axis` all of an array is one sample.
        whole: the option changes nothing: all of an array is one sample.
        rows: the formula is for single samples.
    """

    def take(formula: Callable) -> Callable:
        def path(value: Any, given: dict) -> Any:
            axis = given.pop("axis", None if flat else 0)
            axis = None if whole else axis
            given.pop("keepdims", None)
            omit = given.pop("nan_policy", None) == "omit"
            data = [x for s in samples for x in _as_tuple(given.pop(s))]
            data = [None if x is None else real(x) for x in data]
            rank = max(1, *[x.ndim for x in data if x is not None], 1)
            data = [None if x is None else along_last(x, axis, rank) for x in data]
            if rows or (omit and any(np.isnan(getval(x)).any() for x in data if x is not None)):
                return _by_rows(formula, data, omit, paired, given)
            return formula(*data, **given)

        declare(name, path)
        return formula

    return take


def _as_tuple(samples: Any) -> tuple:
    """The arguments of a `*samples`."""
    return samples if isinstance(samples, tuple) else (samples,)


def _by_rows(formula: Callable, data: list, omit: bool, paired: bool, options: dict) -> Any:
    """A formula of one row of each sample after another, NaN left out where that is asked for."""
    batch = np.broadcast_shapes(*[x.shape[:-1] for x in data if x is not None])
    found = []
    for i in np.ndindex(batch):
        row = [x if x is None else np.broadcast_to(x, batch + x.shape[-1:])[i] for x in data]
        if omit:
            seen = [None if x is None else ~np.isnan(getval(x)) for x in row]
            if paired:
                seen = [np.logical_and.reduce([s for s in seen if s is not None])] * len(row)
            row = [x if x is None else x[s] for x, s in zip(row, seen)]
        found.append(formula(*row, **options))
    return _stacked(found)


def _stacked(found: list) -> Any:
    first = found[0]
    if isinstance(first, dict):
        return {name: _stacked([row[name] for row in found]) for name in first}
    if isinstance(first, tuple):
        return tuple([_stacked(list(column)) for column in zip(*found)])
    return np.stack([as_array(x) for x in found], axis=-1)


# -- what many formulas are made of ----------------------------------------------------------------


def mean(x: Any) -> Any:
    return np.mean(x, axis=-1)


def var(x: Any, ddof: Any = 1) -> Any:
    return np.var(x, axis=-1, ddof=ddof)


def tail(law: Any, alternative: str, z: Any, *shapes: Any) -> Any:
    """The p-value of z under a law that is symmetric where the alternative has two sides."""
    if alternative == "less":
        return law.cdf(z, *shapes)
    return law.sf(z, *shapes) if alternative == "greater" else 2.0 * law.sf(np.abs(z), *shapes)
