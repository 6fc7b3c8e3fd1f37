"""np.pad, axis after axis as NumPy does it: corners repeat what the first axes put there."""

from __future__ import annotations

import numpy as np

from ....core.box import isbox
from ....core.primitive import Primitive
from ....modes.constant import writable
from ....spaces import match
from ...kinds import composed, linear
from ...namespace import primitive_of as of
from ..arrays import as_array, at

_OPTIONS = {
    "constant": {"constant_values"}, "edge": set(), "wrap": set(), "linear_ramp": {"end_values"},
    "maximum": {"stat_length"}, "minimum": {"stat_length"}, "mean": {"stat_length"},
    "median": {"stat_length"}, "reflect": {"reflect_type"}, "symmetric": {"reflect_type"},
}  # fmt: skip
_STATISTICS = {"maximum": np.max, "minimum": np.min, "mean": np.mean, "median": np.median}


def _surround(a, widths):
    return np.pad(a, widths)


def _inner(g, a_shape, widths):
    return g[tuple([slice(b, b + n) for (b, _), n in zip(widths, a_shape)])]


_with_zeros = Primitive(_surround, name="pad")
linear(_with_zeros, a=_inner, inert=("widths",))


def _pairs(x, rank):
    """(before, after) for each axis, in any of NumPy's spellings."""
    return np.broadcast_to(as_array(x), (rank, 2))


def _widths(pad_width, rank):
    if isinstance(pad_width, dict):
        every = [(0, 0)] * rank
        for axis, width in pad_width.items():
            every[axis] = width if np.ndim(width) else (width, width)
        pad_width = every
    widths = np.asarray(pad_width)
    if widths.dtype.kind != "i":
        raise TypeError("`pad_width` must be of integral type.")
    if (widths < 0).any():
        raise ValueError("index can't contain negative values")
    return _pairs(widths, rank).tolist()


def _filled(edge, axis, width, value):
    """`width` times one value along an axis."""
    shape = list(edge.shape)
    shape[axis] = width
    return match(np.broadcast_to(value, shape), edge.dtype)


def _ramp(edge, axis, width, end, turned):
    """From `end` towards the edge value, which is not reached."""
    k = (np.arange(width) / width).astype(edge.real.dtype)
    k = (k[::-1] if turned else k).reshape((-1,) + (1,) * (edge.ndim - axis - 1))
    return match(end + (edge - end) * k, edge.dtype)


def _continued(a, axis, width, mode, reflect_type="even"):
    """Each new element is one that is there: edge, wrap, reflect, symmetric."""
    n = a.shape[axis]
    if reflect_type == "odd":  # twice the edge less the mirror image, and so on further out
        matrix = np.pad(np.eye(n), (width, (0, 0)), mode, reflect_type="odd").astype(a.dtype)
        return np.moveaxis(np.tensordot(matrix, a, (1, axis)), 0, axis)
    return np.take(a, np.pad(np.arange(n), width, mode), axis)


def _sides(a, axis, width, mode, option):
    """What stands before and after along one axis."""
    n = a.shape[axis]
    edges = at(a, axis, slice(0, 1)), at(a, axis, slice(n - 1, n))
    if mode == "constant":
        return [_filled(edges[i], axis, width[i], option[i]) for i in (0, 1)]
    if mode == "linear_ramp":
        return [_ramp(edges[i], axis, width[i], option[i], i == 1) for i in (0, 1)]
    sides = []
    for i in (0, 1):
        m = n if option is None else min(int(option[i]), n)
        chunk = at(a, axis, slice(n - m, n) if i else slice(0, m))
        statistic = _STATISTICS[mode](chunk, axis=axis, keepdims=True)
        sides.append(_filled(chunk, axis, width[i], statistic))
    return sides


def _by_user(a, widths, fun, options):
    """`fun` writes into each line along each axis, between zeros."""
    padded = writable(_with_zeros(a, widths))
    for axis, width in enumerate(widths):
        lines = np.moveaxis(padded, axis, -1)
        for i in np.ndindex(lines.shape[:-1]):
            fun(lines[i], tuple(width), axis, options)
    return padded


def _pad(array, pad_width, mode="constant", **options):
    if mode == "empty":  # what NumPy leaves to chance is 0 here
        mode = "constant"
    if not callable(mode):
        if mode not in _OPTIONS:
            raise ValueError(f"mode '{mode}' is not supported")
        unknown = options.keys() - _OPTIONS[mode]
        if unknown:
            raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unknown}")
    a = as_array(array)
    if a.ndim == 0:
        return a
    widths = _widths(pad_width, a.ndim)
    if callable(mode):
        return _by_user(a, widths, mode, options)
    option = next(iter(options.values()), None)
    if mode == "constant":
        option = 0 if option is None else as_array(option)
        if not isbox(option) and not np.any(option):
            return _with_zeros(a, widths)
    if mode in ("edge", "wrap", "reflect", "symmetric") or (
        option is None and mode != "linear_ramp"
    ):
        each = [None] * a.ndim
    else:
        each = _pairs(0 if option is None else option, a.ndim)
    for axis, width in enumerate(widths):
        if width == [0, 0]:
            continue
        if mode != "constant" and a.shape[axis] == 0:
            raise ValueError(
                f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'"
            )
        if mode in ("edge", "wrap", "reflect", "symmetric"):
            a = _continued(a, axis, width, mode, **options)
        else:
            before, after = _sides(a, axis, width, mode, each[axis])
            a = np.concatenate([before, a, after], axis)
    return a


composed(of(np.pad), _pad)
