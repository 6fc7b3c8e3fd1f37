"""Correlation and convolution with weights: a window slides over the continued image."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...core.primitive import Primitive
from ...numpy.kinds import multilinear
from ...numpy.rules.arrays import as_array, as_axis
from ...numpy.rules.linear.matrices import conj
from ...spaces import match
from .borders import extended, for_all, pick_axes
from .output import declare, sequence

__all__ = ["along", "slid"]


def _inside(x, w):
    """Σⱼ w[j] x[i + j] for each i at which the whole window lies in x."""
    shape = tuple([n - m + 1 for n, m in zip(x.shape, w.shape)])
    dtype = np.result_type(x, w)
    if 0 in shape:
        return np.zeros(shape, dtype)
    if w.size > np.prod(shape):  # few places
        ans = np.empty(shape, dtype)
        for i in np.ndindex(shape):
            ans[i] = np.sum(x[tuple([slice(j, j + m) for j, m in zip(i, w.shape)])] * w)
        return ans
    x, origin = x.astype(dtype, copy=False), [-(m // 2) for m in w.shape]
    axis = int(np.argmax(w.shape))
    if w.size == w.shape[axis]:
        ans = sn.correlate1d(x, conj(w).ravel(), axis, None, "constant", 0.0, origin[axis])
    else:
        ans = sn.correlate(x, conj(w), None, "constant", 0.0, origin)
    return ans[tuple(map(slice, shape))]


def _spread_out(g, w, dtype):
    """Each element of g put back to the places that its window saw."""
    wide = np.pad(g, [(m - 1, m - 1) for m in w.shape])
    return match(_slide(wide, w[(slice(None, None, -1),) * w.ndim]), dtype)


_slide = Primitive(_inside, name="correlate")
multilinear(
    _slide,
    x=lambda g, x, w: _spread_out(g, w, x.dtype),
    w=lambda g, x, w: match(_slide(x, g), w.dtype),
)


def slid(x, w, origins, modes, cval):
    """The window of weights `w`, of as many axes as x, over the image."""
    if 0 in w.shape:
        raise RuntimeError("no filter weights given")
    kind = np.promote_types(x.dtype, "F") if w.dtype.kind == "c" else x.dtype
    x = x if x.dtype == kind else x.astype(kind)
    if not x.size:
        return x
    widths = [(m // 2 + o, m - 1 - m // 2 - o) for m, o in zip(w.shape, origins)]
    return match(_slide(extended(x, widths, modes, cval), w), kind)


def along(x, w, axis, mode, cval, origin):
    """The window of weights along one axis, counted from the front."""
    shape, origins = [1] * x.ndim, [0] * x.ndim
    shape[axis], origins[axis] = -1, origin
    return slid(x, w.reshape(shape), origins, [mode] * x.ndim, cval)


def _turned(w, origins):
    """A convolution's weights and origins, for the correlation that it is."""
    origins = [-o if m % 2 else -o - 1 for m, o in zip(w.shape, origins)]
    return w[(slice(None, None, -1),) * w.ndim], origins


def _floats(w):
    w = as_array(w)
    return w if w.dtype.kind in "fc" else w.astype(float)


def _many(turn):
    def filtered(
        input, weights, output=None, mode="reflect", cval=0.0, origin=0, *, axes=None
    ):  # fmt: skip
        if not isinstance(mode, str):
            raise RuntimeError("A sequence of modes is not supported")
        w, axes = _floats(weights), pick_axes(axes, input.ndim)
        if w.ndim != len(axes):
            raise RuntimeError(f"weights.ndim ({w.ndim}) must match len(axes) ({len(axes)})")
        origins = sequence(origin, len(axes))
        shape, origins = for_all(input.ndim, axes, w.shape, origins)
        return slid(input, *turn(w.reshape(shape), origins), [mode] * input.ndim, cval)

    return filtered


def _one(turn):
    def filtered(input, weights, axis=-1, output=None, mode="reflect", cval=0.0, origin=0):
        w = _floats(weights)
        if w.ndim != 1:
            raise RuntimeError("no filter weights given")
        w, (origin,) = turn(w, [origin])
        return along(input, w, as_axis(axis, input.ndim), mode, cval, origin)

    return filtered


def _as_is(w, origins):
    return conj(w), origins


declare(sn.correlate, _many(_as_is))
declare(sn.convolve, _many(_turned))
declare(sn.correlate1d, _one(_as_is))
declare(sn.convolve1d, _one(_turned))

# -- means ---------------------------------------------------------------------------------------


def _uniform_filter1d(input, size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0):
    if size < 1:
        raise RuntimeError("incorrect filter size")
    axis = as_axis(axis, input.ndim)
    return along(input, np.full(int(size), 1.0 / size), axis, mode, cval, origin)


def _uniform_filter(
    input, size=3, output=None, mode="reflect", cval=0.0, origin=0, *, axes=None
):  # fmt: skip
    axes = pick_axes(axes, input.ndim)
    each = [sequence(option, len(axes)) for option in (size, mode, origin)]
    for axis, n, how, o in zip(axes, *each):
        if n > 1:
            input = _uniform_filter1d(input, n, axis, None, how, cval, o)
    return np.positive(input)


declare(sn.uniform_filter1d, _uniform_filter1d)
declare(sn.uniform_filter, _uniform_filter)
