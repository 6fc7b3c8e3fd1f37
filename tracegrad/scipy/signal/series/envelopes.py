"""Analytic signals of images, and the envelopes of bands."""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, as_axis
from ... import fft as _fft
from ..filtering.smoothing import one_sided, real
from .resampling import resized_band

__all__ = []

# newer versions leave out the middle frequency of an even length
_MIDDLE = bool(np.any(ss.hilbert2(np.array([[1.0, -1.0]]))))


def _hilbert2(x, N=None, axes=(-2, -1)):
    x = np.atleast_2d(real(x))
    if len(axes) != 2 or axes[0] == axes[1]:
        raise ValueError("axes must contain 2 distinct axes")
    N = (x.shape[axes[0]], x.shape[axes[1]]) if N is None else (N, N) if np.ndim(N) == 0 else N
    if len(N) != 2 or min(N) <= 0:
        raise ValueError("When given as a tuple, N must hold exactly two positive integers")
    spectrum = np.moveaxis(_fft.fft2(x, N, axes), axes, (-2, -1))
    for weights in (one_sided(N[0], x.dtype, True)[:, None], one_sided(N[1], x.dtype, True)):
        kept = weights if _MIDDLE else np.where(_middle(weights), 0, weights)
        spectrum = spectrum * kept
    return _fft.ifft2(np.moveaxis(spectrum, (-2, -1), axes), axes=axes)


def _middle(weights):
    n = weights.size
    return (2 * np.arange(n) == n).reshape(weights.shape)


def _hilbert2_of_two(x, N=None):
    x = as_array(x)
    if x.ndim > 2:
        raise ValueError("x must be 2-D.")
    return _hilbert2(x, N)


composed(of(ss.hilbert2), _hilbert2_of_two if _MIDDLE else _hilbert2)

# -- envelopes ---------------------------------------------------------------------------------


def _envelope(z, bp_in=(1, None), *, n_out=None, squared=False, residual="lowpass", axis=-1):
    """The size of a band's analytic signal; the residual is what the band leaves out, or what of
    that lies below it."""
    z = as_array(z)
    axis = as_axis(axis, z.ndim)
    z = np.moveaxis(z, axis, -1)
    n, is_real = z.shape[-1], z.dtype.kind != "c"
    if not n:
        raise ValueError(f"z.shape[axis] not > 0 for z.shape={z.shape}, axis={axis}!")
    if residual not in ("lowpass", "all", None):
        raise ValueError(f"residual={residual!r} not in ['lowpass', 'all', None]!")
    n_out = n if n_out is None else n_out
    start = -(n // 2) if bp_in[0] is None else bp_in[0]
    stop = (n + 1) // 2 if bp_in[1] is None else bp_in[1]
    if not -n // 2 <= start < stop <= (n + 1) // 2:
        raise ValueError(
            f"`-n//2 <= bp_in[0] < bp_in[1] <= (n+1)//2` does not hold for n={n} and bp_in={bp_in}!"
        )
    around = start <= 0 < stop  # negative frequencies come last
    gains, rest = np.ones((2, n), z.real.dtype)
    if is_real:
        gains[n // 2 + 1 :] = 0
        gains[max(start, 1) : max(stop, 1)] = 2
    rest[slice(stop) if around else slice(start, stop)] = 0
    if around:
        rest[start:] = 0
    if residual == "lowpass" and stop > 0:
        rest[stop : (n + 1) // 2] = 0
    elif residual == "lowpass":
        rest[start:] = rest[: (n + 1) // 2] = 0
    spectrum = _fft.fft(z) * gains
    if around:
        band = np.fft.fftshift(spectrum, -1)[..., start + n // 2 : stop + n // 2]
    else:
        band = spectrum[..., start:stop]
    signal = _fft.ifft(band, n_out) * (n_out / n)
    size = signal.real**2 + signal.imag**2 if squared else abs(signal)
    size = np.moveaxis(size, -1, axis)
    if residual is None:
        return size
    shortest = min(n, n_out)
    if is_real and n_out != n and shortest % 2 == 0:  # the middle frequency is no pair
        rest[shortest // 2] *= 2 if n_out < n else 0.5
    left = spectrum * rest
    left = _fft.irfft(left, n_out) if is_real else _fft.ifft(resized_band(left, n_out))
    return np.stack([size, np.moveaxis(left * (n_out / n), -1, axis)])


if hasattr(ss, "envelope"):
    composed(of(ss.envelope), _envelope)
