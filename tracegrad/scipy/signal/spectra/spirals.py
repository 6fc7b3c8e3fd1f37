"""The z-transform along spirals: chirp z-transforms, zoomed Fourier transforms.

All are convolutions with a chirp: Bluestein 1970, "A linear filtering approach to the computation
of discrete Fourier transform". n k = (n² + k² - (k - n)²) / 2.
"""

from __future__ import annotations

import numbers

import numpy as np
import scipy.fft as sf
import scipy.signal as ss

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, as_axis
from ... import fft as _fft

__all__ = []


def _sizes(n, m):
    m = n if m is None else m
    for size, what in ((n, "data"), (m, "output")):
        if size < 1 or not isinstance(size, numbers.Integral):
            raise ValueError(f"Invalid number of CZT {what} points ({size}) specified.")
    return m


def _chirped(x, m, axis, chirp, start):
    """`chirp(k)` is w to the power of k² / 2, `start(k)` is a to the power of -k."""
    x = as_array(x)
    axis = as_axis(axis, x.ndim)
    n = x.shape[axis]
    m = _sizes(n, m)
    half = chirp(np.arange(float(max(m, n))), m)
    size = sf.next_fast_len(n + m - 1)
    kernel = 1 / np.concatenate([half[n - 1 : 0 : -1], half[:m]])
    turned = np.moveaxis(x, axis, -1) * (start(np.arange(float(n))) * half[:n])
    y = _fft.ifft(_fft.fft(kernel, size) * _fft.fft(turned, size))
    return np.moveaxis(y[..., n - 1 : n + m - 1] * half[:m], -1, axis)


def _czt(x, m=None, w=None, a=1 + 0j, *, axis=-1):
    def chirp(k, m):
        if w is None:
            return np.exp(-1j * np.pi * (k**2 % (2 * m)) / m)
        return w ** (k**2 / 2)

    return _chirped(x, m, axis, chirp, lambda k: a**-k)


def _zoom_fft(x, fn, m=None, *, fs=2, endpoint=False, axis=-1):
    fn = as_array(fn)
    if fn.size not in (1, 2):
        raise ValueError("fn must be a scalar or 2-length sequence")
    start, stop = (0.0, fn.reshape(())) if fn.size == 1 else (fn[0], fn[1])

    def chirp(k, m):
        step = (stop - start) / (fs * (m - 1 if endpoint else m))
        return np.exp(k**2 * step * (-1j * np.pi))

    return _chirped(x, m, axis, chirp, lambda k: np.exp(k * (start / fs) * (-2j * np.pi)))


def _czt_points(m, w=None, a=1 + 0j):
    k = np.arange(float(_sizes(1, m)))
    return a * (np.exp(2j * np.pi * k / m) if w is None else w**-k)


composed(of(ss.czt), _czt)
composed(of(ss.zoom_fft), _zoom_fft)
composed(of(ss.czt_points), _czt_points)
