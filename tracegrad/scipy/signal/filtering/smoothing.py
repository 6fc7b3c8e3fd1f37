"""Trends, analytic signals, fitted polynomials."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy.signal as ss

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, as_axis
from ... import fft as _fft
from .convolution import along_last

__all__ = ["detrended", "one_sided", "real"]


def detrended(data, axis=-1, type="linear", bp=0, overwrite_data=False):
    """Without its mean, or without the line of least squares between breaks."""
    if type not in ("linear", "l", "constant", "c"):
        raise ValueError("Trend type must be 'linear' or 'constant'.")
    data = as_array(data)
    if type in ("constant", "c"):
        return data - np.mean(data, axis, keepdims=True)
    axis = as_axis(axis, data.ndim)
    x = np.moveaxis(data, axis, -1)
    n = x.shape[-1]
    ends = np.unique(np.concatenate([[0], np.atleast_1d(bp), [n]])).astype(int)
    if (ends > n).any():
        raise ValueError("Breakpoints must be less than length of data along given axis.")
    parts = []
    for start, end in pairwise(ends):
        time = np.arange(1, end - start + 1) / (end - start)
        lines = np.linalg.qr(np.stack([np.ones(end - start), time], -1))[0].astype(x.real.dtype)
        part = x[..., start:end]
        parts.append(part - (part @ lines) @ lines.T)
    return np.moveaxis(np.concatenate(parts, -1), -1, axis)


def one_sided(n, dtype, middle):
    """Twice the positive frequencies; even lengths keep the middle one, where it is asked for."""
    weights = np.zeros(n, dtype)
    weights[: (n + 1) // 2] = 2
    weights[0] = 1
    if middle and n % 2 == 0:
        weights[n // 2] = 1
    return weights


def real(x):
    x = as_array(x)
    if x.dtype.kind == "c":
        raise ValueError("x must be real.")
    return x


def _hilbert(x, N=None, axis=-1):
    x = real(x)
    axis = as_axis(axis, x.ndim)
    spectrum = np.moveaxis(_fft.fft(x, N, axis), axis, -1)
    weights = one_sided(spectrum.shape[-1], x.dtype, True)
    return _fft.ifft(np.moveaxis(spectrum * weights, -1, axis), axis=axis)


composed(of(ss.detrend), detrended)
composed(of(ss.hilbert), _hilbert)

# -- Savitzky and Golay: the value of a polynomial through a window's points --------------------

_PADS = {"mirror": "reflect", "nearest": "edge", "wrap": "wrap"}


def _savgol_coeffs(
    window_length, polyorder, deriv=0, delta=1.0, pos=None, use="conv", *, xp=None, device=None
):
    return ss.savgol_coeffs(window_length, polyorder, deriv, 1.0, pos, use) / delta**deriv


def _savgol_filter(
    x, window_length, polyorder, deriv=0, delta=1.0, axis=-1, mode="interp", cval=0.0
):
    """Linear: what it does to windows is read from what it does to each point of one."""
    if mode not in ("mirror", "constant", "nearest", "interp", "wrap"):
        raise ValueError("mode must be 'mirror', 'constant', 'nearest' 'wrap' or 'interp'.")
    x = as_array(x)
    axis = as_axis(axis, x.ndim)
    x = np.moveaxis(x, axis, -1)
    if mode == "interp" and window_length > x.shape[-1]:
        raise ValueError("If mode is 'interp', window_length must be less than or equal to x.size")
    size, half = window_length, window_length // 2
    window = ss.savgol_filter(np.eye(size), size, polyorder, deriv, axis=0)
    window = (window / delta**deriv).astype(x.real.dtype)
    if mode == "constant":
        padded = np.pad(x, [(0, 0)] * (x.ndim - 1) + [(half, half)], constant_values=cval)
    elif mode == "interp":
        padded = x
    else:
        padded = np.pad(x, [(0, 0)] * (x.ndim - 1) + [(half, half)], mode=_PADS[mode])
    taps = _savgol_coeffs(size, polyorder, deriv, delta).astype(x.real.dtype)
    ans = along_last(padded, taps)[..., size - 1 : padded.shape[-1]]
    if mode == "interp":
        first, last = x[..., :size] @ window[:half].T, x[..., -size:] @ window[size - half :].T
        ans = np.concatenate([first, ans, last], -1)
    return np.moveaxis(ans, -1, axis)


composed(of(ss.savgol_coeffs), _savgol_coeffs)
composed(of(ss.savgol_filter), _savgol_filter)
