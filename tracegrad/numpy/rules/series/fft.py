"""Discrete Fourier transforms: linear maps, whose transposes are transforms again.

The matrix of fft, exp(-2πi jk/n) by a scale, is symmetric, and so is that of ifft. The transposes
of rfft and irfft are each other, but for conjugation and for the frequencies between the first and
the middle one, which stand for two (fftpack's half spectrum). What is cut off or filled with zeros
to the length `n` is filled or cut off in the transpose.
"""

from __future__ import annotations

import numpy as np

from ....core.primitive import Primitive
from ....spaces import match
from ...kinds import composed, linear
from ...namespace import primitive_of as of
from ..arrays import NUMPY_2

_SCALES = {None: "forward", "backward": "forward", "ortho": "ortho", "forward": "backward"}


def same_scale(norm):
    """The transpose carries the same scale, which the inverse transform has another name for."""
    if norm not in _SCALES:
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
    return _SCALES[norm]


def resized(g, n, axis):
    """g cut off or filled with zeros to n entries along the axis."""
    have = g.shape[axis]
    if n == have:
        return g
    before = (slice(None),) * (axis % g.ndim)
    if n < have:
        return g[(*before, slice(n))]
    zeros = np.zeros((*g.shape[: axis % g.ndim], n - have, *g.shape[axis % g.ndim + 1 :]), g.dtype)
    return np.concatenate([g, zeros], axis)


# -- one axis ----------------------------------------------------------------------------------
linear(
    of(np.fft.fft),
    a=lambda g, a_shape, axis, norm: resized(np.fft.fft(g, None, axis, norm), a_shape[axis], axis),
    inert=("n",),
)
linear(
    of(np.fft.ifft),
    a=lambda g, a_shape, axis, norm: resized(np.fft.ifft(g, None, axis, norm), a_shape[axis], axis),
    inert=("n",),
)


def weights(n, axis, dtype):
    """How many frequencies of n each one of the half spectrum stands for: 1, 2, 2, …, (1)."""
    counts = np.full(n // 2 + 1, 2, dtype)
    counts[0] = 1
    if n % 2 == 0:
        counts[-1] = 1
    return counts.reshape((-1,) + (1,) * (-1 - axis))


def _unrfft(g, a_shape, n, axis, norm):
    n = a_shape[axis] if n is None else n
    axis = axis % len(a_shape) - len(a_shape)
    half = np.conjugate(g) / weights(n, axis, g.real.dtype)
    return resized(np.fft.irfft(half, n, axis, same_scale(norm)), a_shape[axis], axis)


linear(of(np.fft.rfft), a=_unrfft)


def _unirfft(g, a_shape, axis, norm):
    axis = axis % len(a_shape) - len(a_shape)
    half = np.conjugate(np.fft.rfft(g, None, axis, same_scale(norm)))
    full = half * weights(g.shape[axis], axis, g.dtype)
    return resized(full, a_shape[axis], axis)


_irfft = Primitive(lambda a, n, axis, norm: np.fft.irfft(a, n, axis, norm), name="irfft")
linear(_irfft, a=_unirfft, inert=("n",))


def _irfft_of_any(a, n=None, axis=-1, norm=None, out=None):
    if a.dtype.kind == "c":
        return _irfft(a, n, axis, norm)
    ans = _irfft(a + 0j, n, axis, norm)
    return match(ans, a.dtype) if NUMPY_2 else ans  # of float16, NumPy 2 gives float16


def _hfft(a, n=None, axis=-1, norm=None, out=None):
    return np.fft.irfft(np.conjugate(a), n, axis, same_scale(norm))


def _ihfft(a, n=None, axis=-1, norm=None, out=None):
    return np.conjugate(np.fft.rfft(a, n, axis, same_scale(norm)))


composed(of(np.fft.irfft), _irfft_of_any)
composed(of(np.fft.hfft), _hfft)
composed(of(np.fft.ihfft), _ihfft)

# -- several axes: one after another, as NumPy does it -----------------------------------------


def _sizes_and_axes(a, s, axes):
    """The length (None: as it is) and the number of each axis to transform."""
    if axes is None:
        axes = range(a.ndim) if s is None else range(-len(s), 0)
    axes = list(axes)
    if s is None:
        s = [None] * len(axes)
    elif len(s) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    return [a.shape[axis] if n == -1 else n for n, axis in zip(s, axes)], axes


def _each(transform, a, s, axes, norm):
    for n, axis in zip(reversed(s), reversed(axes)):
        a = transform(a, n, axis, norm)
    return a


def _many(name, transform, last=None, last_first=False, axes=None):
    """`transform` along all axes, but `last` along the last one, before or after the others."""

    def transformed(a, s=None, axes=axes, norm=None, out=None):
        s, axes = _sizes_and_axes(a, s, axes)
        if last is None:
            return _each(transform, a, s, axes, norm)
        if last_first:
            return _each(transform, last(a, s[-1], axes[-1], norm), s[:-1], axes[:-1], norm)
        return last(_each(transform, a, s[:-1], axes[:-1], norm), s[-1], axes[-1], norm)

    composed(of(getattr(np.fft, name)), transformed)


for _name, _axes in (("fftn", None), ("fft2", (-2, -1))):
    _many(_name, np.fft.fft, axes=_axes)
    _many("i" + _name, np.fft.ifft, axes=_axes)
    _many("r" + _name, np.fft.fft, np.fft.rfft, last_first=True, axes=_axes)
    _many("ir" + _name, np.fft.ifft, np.fft.irfft, axes=_axes)

# -- shifts and frequencies --------------------------------------------------------------------
linear(of(np.fft.fftshift), x=lambda g, axes: np.fft.ifftshift(g, axes))
linear(of(np.fft.ifftshift), x=lambda g, axes: np.fft.fftshift(g, axes))
composed(of(np.fft.fftfreq), lambda n, d=1.0, **options: np.fft.fftfreq(n, **options) / d)
composed(of(np.fft.rfftfreq), lambda n, d=1.0, **options: np.fft.rfftfreq(n, **options) / d)
