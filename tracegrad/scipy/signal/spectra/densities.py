"""Spectral densities by averages over pieces, and what is made of them."""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.linear.matrices import conj
from .segments import Plan, empties, frequencies, is_one_sided

__all__ = []


def _bias(n):
    """Of the median of n periodograms, against their mean: Allen et al. 2012, appendix B."""
    k = 2.0 * np.arange(1, (n - 1) // 2 + 1)
    return 1 + np.sum(1 / (k + 1) - 1 / k)


def _averaged(squares, average):
    """Over the pieces, which are the last axis but one."""
    if average not in ("mean", "median"):
        raise ValueError(f"average must be 'median' or 'mean', got {average}")
    n = squares.shape[-2]
    if n == 1 or average == "mean":
        return squares.mean(-2)
    if squares.dtype.kind == "c":
        middle = np.median(squares.real, -2) + np.median(squares.imag, -2) * 1j
    else:
        middle = np.median(squares, -2)
    return middle / _bias(n)


def _longer(x, n):
    zeros = np.zeros((*x.shape[:-1], n - x.shape[-1]), x.dtype)
    return np.concatenate([x, zeros], -1)


def _csd(
    x, y, fs=1.0, window="hann", nperseg=None, noverlap=None, nfft=None, detrend="constant",
    return_onesided=True, scaling="density", axis=-1, average="mean",
):  # fmt: skip
    same = y is x
    x = as_array(x)
    y = x if same else as_array(y)
    nothing = empties(2, x, axis=axis) if same else empties(2, x, y, axis=axis)
    if nothing:
        return nothing
    one_sided = is_one_sided(return_onesided, x, y)
    x, y = np.moveaxis(x, axis, -1), np.moveaxis(y, axis, -1)
    n = max(x.shape[-1], y.shape[-1])
    plan = Plan("csd", window, n, nperseg, noverlap, nfft)
    xs = plan.spectra(_longer(x, n), detrend, one_sided)
    if same:
        squares = xs.real**2 + xs.imag**2
    else:
        squares = conj(xs) * plan.spectra(_longer(y, n), detrend, one_sided)
    density = _averaged(plan.doubled(squares, one_sided), average) * plan.scale(fs, scaling)
    density = np.moveaxis(density.astype(squares.dtype), -1, axis)
    return frequencies(plan.nfft, fs, one_sided), density


def _welch(
    x, fs=1.0, window="hann", nperseg=None, noverlap=None, nfft=None, detrend="constant",
    return_onesided=True, scaling="density", axis=-1, average="mean",
):  # fmt: skip
    x = as_array(x)
    return _csd(
        x, x, fs, window, nperseg, noverlap, nfft, detrend, return_onesided, scaling, axis, average
    )


def _periodogram(
    x, fs=1.0, window="boxcar", nfft=None, detrend="constant", return_onesided=True,
    scaling="density", axis=-1,
):  # fmt: skip
    x = as_array(x)
    window = "boxcar" if window is None else window
    size = x.shape[axis]
    if x.size and nfft is not None and nfft < size:
        x = np.moveaxis(np.moveaxis(x, axis, -1)[..., :nfft], -1, axis)
        size = nfft
    if x.size and hasattr(window, "shape") and window.shape != (size,):
        raise ValueError(
            "the size of the window must be the same size of the input on the specified axis"
        )
    return _welch(x, fs, window, size, 0, nfft, detrend, return_onesided, scaling, axis)


def _coherence(
    x, y, fs=1.0, window="hann", nperseg=None, noverlap=None, nfft=None, detrend="constant",
    axis=-1,
):  # fmt: skip
    x, y = as_array(x), as_array(y)
    options = (fs, window, nperseg, noverlap, nfft, detrend, True, "density", axis)
    f, xx = _welch(x, *options)
    yy = _welch(y, *options)[1]
    xy = _csd(x, y, *options)[1]
    return f, (xy.real**2 + xy.imag**2) / xx / yy


composed(of(ss.csd), _csd)
composed(of(ss.welch), _welch)
composed(of(ss.periodogram), _periodogram)
composed(of(ss.coherence), _coherence)
