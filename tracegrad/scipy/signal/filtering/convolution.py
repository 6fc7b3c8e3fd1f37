"""Convolutions of arrays of any dimension; all others are parts of the whole one."""

from __future__ import annotations

import numpy as np
import scipy.fft as sf
import scipy.signal as ss

from ....core.box import isbox
from ....core.primitive import Primitive
from ....numpy.kinds import composed, multilinear
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.linear.matrices import conj
from ....spaces import match
from ... import fft as _fft
from .borders import continued

__all__ = ["along_last", "whole"]


def _flipped(x):
    return x[(slice(None, None, -1),) * x.ndim]


def _cut(x, starts, shape):
    return x[tuple([slice(start, start + n) for start, n in zip(starts, shape)])]


def _undo(g, shape, other, dtype):
    """The part of the convolution with the other array turned round that it did not fill up."""
    part = _cut(whole(g, _flipped(other)), [n - 1 for n in other.shape], shape)
    return match(part, dtype)


whole = Primitive(lambda x, y: ss.convolve(x, y), name="convolve")
multilinear(
    whole,
    x=lambda g, x, y: _undo(g, x.shape, y, x.dtype),
    y=lambda g, x, y: _undo(g, y.shape, x, y.dtype),
)


def along_last(x, taps):
    """Each series along the last axis with the taps."""
    return whole(x, taps.reshape((1,) * (x.ndim - 1) + (-1,)))


def _part(ans, first, second, mode, axes=None):
    """What the mode takes of the whole: all, as much as the first has, or what needs no padding."""
    axes = range(ans.ndim) if axes is None else axes
    shape = list(ans.shape)
    if mode not in ("full", "same", "valid"):
        raise ValueError("acceptable mode flags are 'valid', 'same', or 'full'")
    for axis in axes:
        n, m = first[axis], second[axis]
        shape[axis] = {"full": n + m - 1, "same": n, "valid": abs(n - m) + 1}[mode]
    if mode == "valid":
        longer = [first[axis] >= second[axis] for axis in axes]
        shorter = [first[axis] <= second[axis] for axis in axes]
        if not all(longer) and not all(shorter):
            raise ValueError(
                "For 'valid' mode, one must be at least as large as the other in every dimension"
            )
    return _cut(ans, [(n - m) // 2 for n, m in zip(ans.shape, shape)], shape)


def _arrays(in1, in2):
    in1, in2 = as_array(in1), as_array(in2)
    if in1.ndim != in2.ndim:
        raise ValueError("in1 and in2 should have the same dimensionality")
    return in1, in2


def _convolve(in1, in2, mode="full", method="auto"):
    in1, in2 = _arrays(in1, in2)
    if method not in ("auto", "direct", "fft"):
        raise ValueError("Acceptable method flags are 'auto', 'direct', or 'fft'.")
    if not in1.ndim:
        return in1 * in2
    return _part(whole(in1, in2), in1.shape, in2.shape, mode)


def _correlate(in1, in2, mode="full", method="auto"):
    in1, in2 = _arrays(in1, in2)
    return _convolve(in1, conj(_flipped(in2)), mode, method)


def _by_fourier(in1, in2, mode="full", axes=None):
    in1, in2 = _arrays(in1, in2)
    if not in1.ndim:
        return in1 * in2
    axes = range(in1.ndim) if axes is None else np.atleast_1d(axes)
    axes = [axis % in1.ndim for axis in axes]
    sizes = [in1.shape[axis] + in2.shape[axis] - 1 for axis in axes]
    fast = [sf.next_fast_len(n, True) for n in sizes]
    if "c" in (in1.dtype.kind, in2.dtype.kind):
        product = _fft.fftn(in1, fast, axes) * _fft.fftn(in2, fast, axes)
        ans = _fft.ifftn(product, fast, axes)
    else:
        product = _fft.rfftn(in1, fast, axes) * _fft.rfftn(in2, fast, axes)
        ans = _fft.irfftn(product, fast, axes)
    shape = list(ans.shape)
    for axis, n in zip(axes, sizes):
        shape[axis] = n
    return _part(_cut(ans, [0] * ans.ndim, shape), in1.shape, in2.shape, mode, axes)


composed(of(ss.convolve), _convolve)
composed(of(ss.correlate), _correlate)
composed(of(ss.fftconvolve), _by_fourier)
composed(of(ss.oaconvolve), _by_fourier)

# -- images, continued beyond their borders ----------------------------------------------------

_PADS = {"wrap": "wrap", "circular": "wrap", "symm": "symmetric", "symmetric": "symmetric"}


def _image(in1, in2, mode, boundary, fillvalue, late):
    """`late`: of two middles, which an even size has, the second."""
    in1, in2 = as_array(in1), as_array(in2)
    if not in1.ndim == in2.ndim == 2:
        raise ValueError("convolve2d inputs must both be 2-D arrays")
    if mode == "valid" and in1.shape[0] < in2.shape[0]:
        in1, in2 = in2, in1
    widths = [(n - 1, n - 1) for n in in2.shape]
    if boundary in ("fill", "pad"):
        padded = np.pad(in1, widths, constant_values=fillvalue)
    elif boundary in _PADS:
        padded = np.pad(in1, widths, mode=_PADS[boundary])
    else:
        raise ValueError("acceptable boundary flags are 'fill', 'circular' or 'symmetric'")
    whole_size = [n + m - 1 for n, m in zip(in1.shape, in2.shape)]
    ans = _cut(whole(padded, in2), [n - 1 for n in in2.shape], whole_size)
    if late and mode == "same":
        return _cut(ans, [n // 2 for n in in2.shape], in1.shape)
    return _part(ans, in1.shape, in2.shape, mode)


def _convolve2d(in1, in2, mode="full", boundary="fill", fillvalue=0):
    return _image(in1, in2, mode, boundary, fillvalue, late=False)


def _correlate2d(in1, in2, mode="full", boundary="fill", fillvalue=0):
    return _image(in1, conj(_flipped(as_array(in2))), mode, boundary, fillvalue, late=True)


composed(of(ss.convolve2d), _convolve2d)
composed(of(ss.correlate2d), _correlate2d)

# -- with zeros between samples ----------------------------------------------------------------


def _upfirdn(h, x, up=1, down=1, axis=-1, mode="constant", cval=0):
    h, x = as_array(h), np.moveaxis(as_array(x), axis, -1)
    if h.ndim != 1 or not h.size:
        raise ValueError("h must be 1-D with non-zero length")
    n = x.shape[-1]
    size = (n - 1) * up + h.size
    edge = (h.size - 1) // up if mode != "constant" or isbox(cval) or cval else 0
    x = continued(x, edge, mode, cval) if edge else x
    zeros = np.zeros((*x.shape, up - 1), x.dtype)
    apart = np.concatenate([x[..., None], zeros], -1).reshape(*x.shape[:-1], -1)
    ans = along_last(apart, h)[..., edge * up : edge * up + size]
    return np.moveaxis(ans[..., ::down], -1, axis)


composed(of(ss.upfirdn), _upfirdn)
