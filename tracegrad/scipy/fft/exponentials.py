"""Fourier transforms: linear maps, whose transposes are transforms again.

The matrices of fft and ifft are symmetric. A real transform is the complex one with a real
argument or result, and Hermitian ones are real ones with another sign of the angle.
"""

from __future__ import annotations

import numpy as np
import scipy.fft as sf

from ...core.primitive import Primitive
from ...numpy.kinds import composed, linear
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse
from ...numpy.rules.linear.matrices import conj
from ...numpy.rules.series.fft import resized, same_scale, weights

# -- one axis, of the array's own length -------------------------------------------------------


def _symmetric(fun, name):
    """A transform whose matrix is its own transpose."""
    primitive = Primitive(lambda x, axis, norm, workers: fun(x, None, axis, norm, False, workers),
                          name=name)  # fmt: skip
    return linear(
        primitive,
        x=lambda g, axis, norm, workers: primitive(g, axis, norm, workers),
    )


_fft, _ifft = _symmetric(sf.fft, "fft"), _symmetric(sf.ifft, "ifft")
_rfft = Primitive(
    lambda x, axis, norm, workers: sf.rfft(x, None, axis, norm, False, workers), name="rfft"
)
_irfft = Primitive(
    lambda x, n, axis, norm, workers: sf.irfft(x, n, axis, norm, False, workers), name="irfft"
)


def _unrfft(g, x_shape, axis, norm, workers):
    n = x_shape[axis]
    half = conj(g) / weights(n, axis, g.real.dtype)
    return _irfft(half, n, axis, same_scale(norm), workers)


def _unirfft(g, x_shape, n, axis, norm, workers):
    full = conj(_rfft(g, axis, same_scale(norm), workers)) * weights(n, axis, g.dtype)
    return resized(full, x_shape[axis], axis)


linear(_rfft, x=_unrfft)
linear(_irfft, x=_unirfft)


def _checked(x, plan):
    if plan is not None:
        refuse("fft", plan=plan)
    return as_array(x)


def _along(transform, x, n, axis, norm, workers):
    if n is not None and n < 1:
        raise ValueError(f"invalid number of data points ({n}) specified")
    x = x if n is None else resized(x, n, axis)
    return transform(x, axis, norm, workers)


def _real(x, name):
    if x.dtype.kind == "c":
        raise TypeError(f"{name}: x must be a real sequence")
    return x


def _forward(x, n, axis, norm, workers):
    return _along(_fft, x, n, axis, norm, workers)


def _inverse(x, n, axis, norm, workers):
    return _along(_ifft, x, n, axis, norm, workers)


def _half(x, n, axis, norm, workers):
    axis = axis % x.ndim - x.ndim
    return _along(_rfft, _real(x, "rfft"), n, axis, norm, workers)


def _from_half(x, n, axis, norm, workers):
    axis = axis % x.ndim - x.ndim
    n = 2 * (x.shape[axis] - 1) if n is None else n
    if n < 1:
        raise ValueError(f"Invalid number of data points ({n}) specified")
    x = x if x.dtype.kind == "c" else x + 0j
    return _irfft(x, n, axis, norm, workers)


def _hermitian(x, n, axis, norm, workers):
    return _from_half(conj(x), n, axis, same_scale(norm), workers)


def _from_hermitian(x, n, axis, norm, workers):
    return conj(_half(x, n, axis, same_scale(norm), workers))


def _one_axis(name, transform):
    def transformed(x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None, *, plan=None):
        return transform(_checked(x, plan), n, axis, norm, workers)

    composed(of(getattr(sf, name)), transformed)


_one_axis("fft", _forward)
_one_axis("ifft", _inverse)
_one_axis("rfft", _half)
_one_axis("irfft", _from_half)
_one_axis("hfft", _hermitian)
_one_axis("ihfft", _from_hermitian)

# -- several axes, one after another -----------------------------------------------------------


def sizes_and_axes(x, s, axes):
    """The length (None: as it is) and the number of each axis to transform."""
    s = None if s is None else [s] if np.ndim(s) == 0 else list(s)
    if axes is None:
        axes = range(x.ndim) if s is None else range(x.ndim - len(s), x.ndim)
    axes = [axes] if np.ndim(axes) == 0 and not isinstance(axes, range) else list(axes)
    if s is None:
        s = [None] * len(axes)
    if len(s) != len(axes):
        raise ValueError("when given, axes and shape arguments have to be of the same length")
    if len({axis % x.ndim for axis in axes}) != len(axes):
        raise ValueError("all axes must be unique")
    return [None if n == -1 else n for n in s], axes


def _each(transform, x, s, axes, norm, workers):
    for n, axis in zip(s, axes):
        x = transform(x, n, axis, norm, workers)
    return x


def _many(name, transform, last, last_first, axes):
    def transformed(x, s=None, axes=axes, norm=None, overwrite_x=False, workers=None, *, plan=None):
        x = _checked(x, plan)
        s, axes = sizes_and_axes(x, s, axes)
        if not axes:
            if last is transform:
                return x
            raise ValueError("at least 1 axis must be transformed")
        if last_first:
            x = last(x, s[-1], axes[-1], norm, workers)
        x = _each(transform, x, s[:-1], axes[:-1], norm, workers)
        return x if last_first else last(x, s[-1], axes[-1], norm, workers)

    composed(of(getattr(sf, name)), transformed)


for _end, _axes in (("n", None), ("2", (-2, -1))):
    _many("fft" + _end, _forward, _forward, True, _axes)
    _many("ifft" + _end, _inverse, _inverse, True, _axes)
    _many("rfft" + _end, _forward, _half, True, _axes)
    _many("irfft" + _end, _inverse, _from_half, False, _axes)
    _many("hfft" + _end, _forward, _hermitian, False, _axes)
    _many("ihfft" + _end, _inverse, _from_hermitian, True, _axes)

# -- shifts and frequencies --------------------------------------------------------------------
if sf.fftshift is not np.fft.fftshift:
    composed(of(sf.fftshift), lambda x, axes=None: np.fft.fftshift(x, axes))
    composed(of(sf.ifftshift), lambda x, axes=None: np.fft.ifftshift(x, axes))
if sf.fftfreq is not np.fft.fftfreq:
    composed(of(sf.fftfreq), lambda n, d=1.0, *, xp=None, device=None: np.fft.fftfreq(n) / d)
    composed(of(sf.rfftfreq), lambda n, d=1.0, *, xp=None, device=None: np.fft.rfftfreq(n) / d)
