"""What spectral estimates share: windowed pieces of a series and their Fourier transforms."""

from __future__ import annotations

import warnings

import numpy as np

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....numpy.rules.arrays import as_array
from ... import fft as _fft
from ..filtering.smoothing import detrended
from ..windows.choosing import window_of

__all__ = ["Plan", "frequencies", "is_one_sided"]


def is_one_sided(return_onesided, *series):
    """Real series have their negative frequencies' spectra conjugate; others need them all."""
    if return_onesided and any(x.dtype.kind == "c" for x in series):
        warnings.warn("Input data is complex, switching to return_onesided=False", stacklevel=4)
        return False
    return bool(return_onesided)


def frequencies(n, fs, one_sided):
    return (np.fft.rfftfreq(n) if one_sided else np.fft.fftfreq(n)) * fs


def _detrending(detrend, axis):
    """A function of pieces along the last axis; the user's own gets them along `axis`."""
    if not detrend:
        return lambda x: x
    if not callable(detrend):
        return lambda x: detrended(x, type=detrend)
    if axis == -1:
        return detrend
    return lambda x: np.moveaxis(detrend(np.moveaxis(x, -1, axis)), axis, -1)


class Plan:
    """How a series is cut into pieces.

    Attributes:
        window: its values.
        size, step, nfft: of a piece, between two pieces, and of a transform.
    """

    def __init__(self, name, window, n, nperseg, noverlap, nfft):
        if isinstance(window, str | tuple):
            size = 256 if nperseg is None else int(nperseg)
            if size < 1:
                raise ValueError("nperseg must be a positive integer")
            if size > n:
                warnings.warn(
                    f"nperseg = {size} is greater than input length  = {n}, using nperseg = {n}",
                    stacklevel=4,
                )
            self.window = window_of(window, min(size, n))
        else:
            self.window = as_array(window)
            if self.window.ndim != 1:
                raise ValueError("window must be 1-D")
            if len(self.window) > n:
                raise ValueError("window is longer than input signal")
            if nperseg is not None and nperseg != len(self.window):
                raise ValueError("value specified for nperseg is different from length of window")
        if self.window.dtype.kind == "c":
            raise NoDerivative(f"{name}: the derivative is of real windows.\n  in {user_line()}")
        self.size = len(self.window)
        noverlap = self.size // 2 if noverlap is None else int(noverlap)
        if noverlap >= self.size:
            raise ValueError("noverlap must be less than nperseg.")
        self.step = self.size - noverlap
        self.nfft = self.size if nfft is None else int(nfft)
        if self.nfft < self.size:
            raise ValueError("nfft must be greater than or equal to nperseg.")

    def spectra(self, x, detrend, one_sided, axis=-1):
        """Of each piece of the series along the last axis: [..., piece, frequency]."""
        window = self.window.astype(x.real.dtype if x.dtype.kind in "fc" else np.float64)
        starts = np.arange(0, x.shape[-1] - self.size + 1, self.step)
        pieces = x[..., starts[:, None] + np.arange(self.size)]
        pieces = window * _detrending(detrend, axis)(pieces)
        transform = _fft.rfft if one_sided else _fft.fft
        return transform(pieces, self.nfft)

    def scale(self, fs, scaling):
        """Of squares, by the window's power or by that of a sine in it."""
        if scaling == "density":
            return 1.0 / (fs * (self.window * self.window).sum())
        if scaling == "spectrum":
            return 1.0 / self.window.sum() ** 2
        raise ValueError(f"Unknown scaling: {scaling!r}")

    def doubled(self, squares, one_sided):
        """With the squares of the negative frequencies added; 0 and the middle have none."""
        if not one_sided:
            return squares
        weights = np.full(squares.shape[-1], 2, squares.real.dtype)
        weights[0] = 1
        if self.nfft % 2 == 0:
            weights[-1] = 1
        return squares * weights

    def times(self, n, fs, before=0.0):
        """The pieces' middles; the series has n points, `before` of them put in front."""
        middles = np.arange(self.size / 2, n - self.size / 2 + 1, self.step)
        return (middles - before) / fs


def empties(count, *series, axis=-1):
    """SciPy's answer to series without points, or None."""
    if all(np.size(getval(x)) for x in series):
        return None
    shapes = [np.moveaxis(np.empty(x.shape), axis, -1).shape for x in series]
    outer = np.broadcast_shapes(*[shape[:-1] for shape in shapes])
    nothing = np.empty((*outer, min(shape[-1] for shape in shapes)))
    return (np.moveaxis(nothing, -1, axis),) * count
