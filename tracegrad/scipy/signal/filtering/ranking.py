"""Filters that look at a neighbourhood's order or variance: medians, ranks, Wiener's."""

from __future__ import annotations

import warnings

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array

__all__ = []


def _ranked(x, inside, rank):
    """Of the neighbours that `inside` marks, the one with so many below it; beyond x are zeros."""
    if x.ndim != inside.ndim:
        raise ValueError("the neighbourhood needs as many dimensions as the array")
    padded = np.pad(x, [(n // 2, n // 2) for n in inside.shape])
    places = np.arange(padded.size).reshape(padded.shape)
    around = np.lib.stride_tricks.sliding_window_view(places, inside.shape)[..., inside]
    return np.sort(padded.ravel()[around], -1)[..., rank]


def _sizes(size, rank):
    sizes = np.ravel(3 if size is None else size).astype(int)
    sizes = np.repeat(sizes, rank) if sizes.size == 1 else sizes
    if (sizes % 2 != 1).any():
        raise ValueError("Each element of kernel_size should be odd.")
    return sizes


def _order_filter(a, domain, rank):
    a, domain = as_array(a), np.asarray(getval(domain))
    if any(n % 2 != 1 for n in domain.shape):
        raise ValueError("Each dimension of domain argument should have an odd number of elements.")
    return _ranked(a, domain != 0, rank)


def _medfilt(volume, kernel_size=None):
    volume = np.atleast_1d(as_array(volume))
    if volume.dtype.kind == "c":
        raise ValueError(f"dtype={volume.dtype} is not supported by medfilt")
    sizes = _sizes(kernel_size, volume.ndim)
    if any(k > n for k, n in zip(sizes, volume.shape)):
        warnings.warn(
            "kernel_size exceeds volume extent: the volume will be zero-padded.", stacklevel=2
        )
    inside = np.ones(sizes, bool)
    return _ranked(volume, inside, inside.size // 2)


def _medfilt2d(input, kernel_size=3):
    inside = np.ones(_sizes(kernel_size, 2), bool)
    return _ranked(as_array(input), inside, inside.size // 2)


composed(of(ss.order_filter), _order_filter)
composed(of(ss.medfilt), _medfilt)
composed(of(ss.medfilt2d), _medfilt2d)


def _wiener(im, mysize=None, noise=None):
    """Towards the neighbourhood's mean, the more so the less its variance exceeds the noise."""
    im = as_array(im)
    sizes = np.ravel(3 if mysize is None else mysize)
    window = np.ones(np.repeat(sizes, im.ndim) if sizes.size == 1 else sizes)
    mean = of(ss.correlate)(im, window, "same") / window.size
    variance = of(ss.correlate)(im**2, window, "same") / window.size - mean**2
    noise = variance.mean() if noise is None else noise
    quiet = variance < noise
    ratio = noise / np.where(quiet, 1, variance)
    return np.where(quiet, mean, mean + (im - mean) * (1 - ratio))


composed(of(ss.wiener), _wiener)
