"""Views that show an element several times: what it gets back is the sum over its appearances."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from ....core.box import getval
from ....core.primitive import Primitive
from ....modes.sharing import as_view
from ...kinds import composed, linear
from ...namespace import primitive_of as of


def _overlapped(g, shape, window_shape, axis):
    """The sum of windows, each put where it was seen.

    Windows overlap, but no two elements at one place of their windows do: these are added at once.
    """
    total = np.zeros(shape, g.dtype)
    windows = sliding_window_view(total, window_shape, axis, writeable=True)
    for place in np.ndindex(windows.shape[total.ndim :]):
        windows[(..., *place)] += g[(..., *place)]
    return total[()]


_overlap = Primitive(_overlapped, name="overlap")
linear(
    _overlap,
    g=lambda h, window_shape, axis: sliding_window_view(h, window_shape, axis),
    inert=("shape",),
)
linear(
    of(sliding_window_view),
    x=lambda g, x_shape, window_shape, axis: _overlap(g, x_shape, window_shape, axis),
    inert=("subok", "writeable"),
)


def _offsets(shape, strides):
    """How far each element is from the first."""
    offsets = np.zeros(shape, np.intp)
    for axis, (n, stride) in enumerate(zip(shape, strides)):
        offsets += (np.arange(n) * stride).reshape((-1,) + (1,) * (len(shape) - axis - 1))
    return offsets


def _as_strided(x, shape=None, strides=None, subok=False, writeable=True, *, check_bounds=None):
    """Elements found by where they are in memory; no others than those of x."""
    value = np.asarray(getval(x))
    shape = value.shape if shape is None else tuple(shape)
    strides = value.strides if strides is None else tuple(strides)
    unit = np.gcd.reduce([value.itemsize, *value.strides, *strides])
    own = _offsets(value.shape, value.strides) // unit
    seen = _offsets(shape, strides) // unit
    low, high = own.min(initial=0), own.max(initial=0)
    element = np.full(high - low + 1, -1)
    element[own - low] = np.arange(value.size).reshape(value.shape)
    if seen.size and (seen.min() < low or seen.max() > high or (element[seen - low] < 0).any()):
        raise ValueError("as_strided: this shape and these strides show memory outside of x")
    places = element[seen - low]
    return as_view(np.reshape(np.ravel(x)[places], shape), x, _shown, places)


def _shown(x, places):
    """Elements may be shown twice, and a write would have to find them all: it is refused."""
    return np.broadcast_to(np.ravel(x)[places], places.shape)


composed(of(as_strided), _as_strided)
