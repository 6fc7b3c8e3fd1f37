"""Fourier transforms of windowed pieces, forwards and back, and spectrograms."""

from __future__ import annotations

import warnings

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ... import fft as _fft
from ..filtering.filters import extended
from ..windows.choosing import window_of
from .segments import Plan, empties, frequencies, is_one_sided

__all__ = []


def _with_ends(x, edge, boundary):
    if boundary is None:
        return x
    if boundary == "zeros":
        return np.pad(x, [(0, 0)] * (x.ndim - 1) + [(edge, edge)])
    if boundary not in ("even", "odd", "constant"):
        raise ValueError(
            f"Unknown boundary option '{boundary}', must be one of: "
            "['even', 'odd', 'constant', 'zeros', None]"
        )
    return extended(x, edge, boundary)


def _whole_pieces(x, size, step):
    """With zeros at the end, so that no point is left over."""
    missing = (-(x.shape[-1] - size) % step) % size
    return np.pad(x, [(0, 0)] * (x.ndim - 1) + [(0, missing)])


def _transforms(name, x, fs, window, nperseg, noverlap, nfft, detrend, return_onesided, scaling,
                axis, boundary=None, padded=False, squared=False):  # fmt: skip
    """Frequencies, times and spectra, which have the pieces along the last axis."""
    x = as_array(x)
    nothing = empties(3, x, axis=axis)
    if nothing:
        return nothing
    one_sided = is_one_sided(return_onesided, x)
    x = np.moveaxis(x, axis, -1)
    plan = Plan(name, window, x.shape[-1], nperseg, noverlap, nfft)
    x = _with_ends(x, plan.size // 2, boundary)
    x = _whole_pieces(x, plan.size, plan.step) if padded else x
    spectra = plan.spectra(x, detrend, one_sided, axis)
    dtype, scale = spectra.dtype, plan.scale(fs, scaling)
    if squared:
        squares = plan.doubled(spectra.real**2 + spectra.imag**2, one_sided)
        spectra = (squares * scale).astype(spectra.real.dtype)
    else:
        spectra = (spectra * np.sqrt(scale)).astype(dtype)
    ends = 0.0 if boundary is None else plan.size / 2
    spectra = np.moveaxis(spectra, -1, axis - 1 if axis < 0 else axis)
    return frequencies(plan.nfft, fs, one_sided), plan.times(x.shape[-1], fs, ends), spectra


def _stft(
    x, fs=1.0, window="hann", nperseg=256, noverlap=None, nfft=None, detrend=False,
    return_onesided=True, boundary="zeros", padded=True, axis=-1, scaling="spectrum",
):  # fmt: skip
    scalings = {"psd": "density", "spectrum": "spectrum"}
    if scaling not in scalings:
        raise ValueError(f"Parameter scaling={scaling!r} not in ['spectrum', 'psd']!")
    return _transforms("stft", x, fs, window, nperseg, noverlap, nfft, detrend, return_onesided,
                       scalings[scaling], axis, boundary, padded)  # fmt: skip


def _spectrogram(
    x, fs=1.0, window=("tukey", 0.25), nperseg=None, noverlap=None, nfft=None, detrend="constant",
    return_onesided=True, scaling="density", axis=-1, mode="psd",
):  # fmt: skip
    if mode not in ("psd", "complex", "magnitude", "angle", "phase"):
        raise ValueError(f"unknown value for mode {mode}")
    x = as_array(x)
    if noverlap is None and x.size:
        noverlap = Plan("spectrogram", window, x.shape[axis], nperseg, 0, None).size // 8
    f, t, spectra = _transforms("spectrogram", x, fs, window, nperseg, noverlap, nfft, detrend,
                                return_onesided, scaling, axis, squared=mode == "psd")  # fmt: skip
    if mode == "magnitude":
        spectra = abs(spectra)
    elif mode in ("angle", "phase"):
        spectra = np.angle(spectra)
    if mode == "phase":
        spectra = np.unwrap(spectra, axis=axis - 1 if axis < 0 else axis)
    return f, t, spectra


composed(of(ss.stft), _stft)
composed(of(ss.spectrogram), _spectrogram)

# -- and back ----------------------------------------------------------------------------------


def _overlapping(pieces, step):
    """The sum of pieces [..., piece, point], each `step` after the one before."""
    count, size = pieces.shape[-2:]
    length = size + (count - 1) * step
    ends = [(0, 0)] * (pieces.ndim - 2)
    return sum(
        np.pad(pieces[..., i, :], [*ends, (i * step, length - size - i * step)])
        for i in range(count)
    )


def _istft(
    Zxx, fs=1.0, window="hann", nperseg=None, noverlap=None, nfft=None, input_onesided=True,
    boundary=True, time_axis=-1, freq_axis=-2, scaling="spectrum",
):  # fmt: skip
    """The signal of least squares: Griffin and Lim 1984, "Signal estimation from modified
    short-time Fourier transform", equation 6."""
    Z = as_array(Zxx)
    if Z.ndim < 2:
        raise ValueError("Input stft must be at least 2d!")
    time_axis, freq_axis = time_axis % Z.ndim, freq_axis % Z.ndim
    if time_axis == freq_axis:
        raise ValueError("Must specify differing time and frequency axes!")
    if scaling not in ("spectrum", "psd"):
        raise ValueError(f"Parameter scaling={scaling!r} not in ['spectrum', 'psd']!")
    bins = Z.shape[freq_axis]
    usual = 2 * (bins - 1) if input_onesided else bins
    size = usual if nperseg is None else int(nperseg)
    if size < 1:
        raise ValueError("nperseg must be a positive integer")
    if nfft is None:
        nfft = size if input_onesided and size == usual + 1 else usual
    elif nfft < size:
        raise ValueError("nfft must be greater than or equal to nperseg.")
    noverlap = size // 2 if noverlap is None else int(noverlap)
    if noverlap >= size:
        raise ValueError("noverlap must be less than nperseg.")
    win = window_of(window, size) if isinstance(window, str | tuple) else as_array(window)
    if win.shape != (size,):
        raise ValueError(f"window must have length of {size}")
    Z = np.moveaxis(Z, (time_axis, freq_axis), (-2, -1))
    pieces = (_fft.irfft if input_onesided else _fft.ifft)(Z, nfft)[..., :size]
    win = win.astype(pieces.real.dtype)
    power = (win * win).sum() * fs if scaling == "psd" else win.sum() ** 2
    pieces = (pieces * np.sqrt(power)).astype(pieces.dtype)
    step = size - noverlap
    x = _overlapping(pieces * win, step)
    weight = _overlapping(np.broadcast_to(win * win, (pieces.shape[-2], size)), step)
    if boundary:
        inner = slice(size // 2, -(size // 2))
        x, weight = x[..., inner], weight[inner]
    known = getval(weight) > 1e-10
    if not known.all():
        warnings.warn("NOLA condition failed, STFT may not be invertible.", stacklevel=2)
    x = x / np.where(known, weight, 1)
    if x.ndim > 1:
        x = np.moveaxis(x, -1, time_axis - (freq_axis < time_axis))
    return np.arange(x.shape[0]) / fs, x


composed(of(ss.istft), _istft)
