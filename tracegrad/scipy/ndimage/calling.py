"""Filters of the user's own function, which is called with what each window sees."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...modes.constant import writable
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, as_axis
from ...numpy.writing import store
from .borders import extended, padded, pick_axes
from .output import declare, sequence, watching
from .ranks import seen_by


def _generic_filter(
    input, function, size=None, footprint=None, output=None, mode="reflect", cval=0.0, origin=0,
    extra_arguments=(), extra_keywords=None, *, axes=None,
):  # fmt: skip
    seen = seen_by(input, size, footprint, None, mode, cval, origin, axes, separable=False)
    rows, keywords = np.reshape(seen, (len(seen), -1)), extra_keywords or {}
    results = [function(rows[:, i], *extra_arguments, **keywords) for i in range(rows.shape[1])]
    return np.reshape(as_array(results), input.shape) if results else np.positive(input)


def _generic_filter1d(
    input, function, filter_size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0,
    extra_arguments=(), extra_keywords=None,
):  # fmt: skip
    """The function is given a line and an array of the constant trace, which it writes to."""
    if filter_size < 1:
        raise RuntimeError("invalid filter size")
    axis, size = as_axis(axis, input.ndim), int(filter_size)
    widths = [(0, 0)] * input.ndim
    widths[axis] = (size // 2 + origin, size - 1 - size // 2 - origin)
    wide = np.moveaxis(extended(input, widths, [mode] * input.ndim, cval), axis, -1)
    results = []
    for line in np.reshape(wide, (-1, wide.shape[-1])):
        results.append(writable(np.zeros(input.shape[axis])))
        function(line, results[-1], *extra_arguments, **(extra_keywords or {}))
    if not results:
        return np.positive(input)
    return np.moveaxis(np.reshape(as_array(results), (*wide.shape[:-1], -1)), -1, axis)


watching(declare(sn.generic_filter, _generic_filter), "function")
declare(sn.generic_filter1d, _generic_filter1d)

# -- all windows at once ---------------------------------------------------------------------------

_PADS = {
    "nearest": "edge", "reflect": "symmetric", "mirror": "reflect", "grid-mirror": "reflect",
    "grid-constant": "constant", "grid-wrap": "wrap",
}  # fmt: skip


def _vectorized_filter(
    input, function, *, size=None, footprint=None, output=None, mode="reflect", cval=None,
    origin=None, axes=None, batch_memory=2**30,
):  # fmt: skip
    """The function is called once: memory for batches is not what bounds a traced call."""
    x = as_array(input)
    if (size is None) == (footprint is None):
        raise ValueError("Either `size` or `footprint` may be provided, not both.")
    axes = pick_axes(axes, x.ndim)
    last = tuple(range(-len(axes), 0))
    size = sequence(size, len(axes)) if footprint is None else np.shape(footprint)
    origins = sequence(0 if origin is None else origin, len(axes))
    moved = np.moveaxis(x, axes, last)
    if mode != "valid":
        widths = [(n // 2 + o, (n - 1) // 2 - o) for n, o in zip(size, origins)]
        mode = _PADS.get(mode, mode)
        fill = {"constant_values": 0.0 if cval is None else cval} if mode == "constant" else {}
        moved = padded(moved, [(0, 0)] * (x.ndim - len(axes)) + widths, mode=mode, **fill)
    seen = np.lib.stride_tricks.sliding_window_view(moved, tuple(size), last)
    if footprint is None:
        ans = function(seen, axis=last)
    else:
        ans = function(seen[..., np.asarray(footprint, bool)], axis=-1)
    ans = np.moveaxis(ans, last, axes)
    if output is None:
        return ans
    store(output, ans, "vectorized_filter")
    return output


if hasattr(sn, "vectorized_filter"):
    composed(of(sn.vectorized_filter), _vectorized_filter)
