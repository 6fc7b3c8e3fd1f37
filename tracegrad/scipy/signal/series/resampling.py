"""Series at other rates: by their Fourier transform, by filters, by leaving points out."""

from __future__ import annotations

import math
import operator

import numpy as np
import scipy.fft as sf
import scipy.signal as ss

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, as_axis, refuse
from ....spaces import match
from ... import fft as _fft
from ..windows.choosing import window_of

__all__ = ["resized_band"]

# -- by Fourier transform ----------------------------------------------------------------------


def resized_band(spectrum, num):
    """The spectrum of another number of points. The middle frequency of an even length stands
    for a pair: it is split where there is room for both, and both are added where there is not."""
    n = spectrum.shape[-1]
    shortest = min(n, num)
    half = shortest // 2
    low, high = spectrum[..., : (shortest + 1) // 2], spectrum[..., n - (shortest - 1) // 2 :]
    rest = np.zeros((*spectrum.shape[:-1], max(num - n, 0)), spectrum.dtype)
    if shortest % 2:
        return np.concatenate([low, rest, high], -1)
    middle = spectrum[..., half : half + 1]
    if num > n:
        return np.concatenate([low, 0.5 * middle, rest[..., 1:], 0.5 * middle, high], -1)
    if num < n:
        middle = middle + spectrum[..., n - half : n - half + 1]
    return np.concatenate([low, middle, high], -1)


# older versions take real spectra for halves, and turn windows of odd length the other way
_HALVES = not np.iscomplexobj(ss.resample(np.ones(4), 4, domain="freq"))
_WINDOW = np.fft.fft(ss.resample(np.ones(3) + 0j, 3, window=("gaussian", 1.0), domain="freq")).real
_turned = np.fft.fftshift if _WINDOW[1] < _WINDOW[2] - 0.1 else np.fft.ifftshift


def _resample(x, num, t=None, axis=0, window=None, domain="time"):
    if domain not in ("time", "freq"):
        raise ValueError(f"Parameter domain={domain!r} not in ('time', 'freq')!")
    x = as_array(x)
    axis = as_axis(axis, x.ndim)
    is_real = x.dtype.kind != "c"
    if domain == "freq" and is_real and _HALVES:
        refuse("resample of a real spectrum", domain=domain)
    x = np.moveaxis(x, axis, -1)
    n = x.shape[-1]
    spectrum = _fft.fft(x) if domain == "time" else x + 0j
    if window is not None:
        if callable(window):
            weights = window(sf.fftfreq(n))
        elif hasattr(window, "shape") and window.shape:
            weights = window
            if weights.shape != (n,):
                raise ValueError(f"window.shape={window.shape} != ({n},)")
        else:
            weights = _turned(window_of(window, n))
        spectrum = match(spectrum * weights, spectrum.dtype)
    y = _fft.ifft(resized_band(spectrum, num)) * (num / n)
    y = np.moveaxis(y.real if is_real and domain == "time" else y, -1, axis)
    if t is None:
        return y
    t = as_array(t)
    return y, t[0] + (t[1] - t[0]) * (n / num) * np.arange(num)


composed(of(ss.resample), _resample)

# -- by a filter between zeros -----------------------------------------------------------------

_BACKGROUNDS = {"mean": np.mean, "median": np.median, "minimum": np.min, "maximum": np.max}


def _taps(window, dtype, rate):
    """The low-pass filter that is given, or that a window makes."""
    if isinstance(window, list) or hasattr(window, "shape"):
        h = as_array(window)
        if h.ndim > 1:
            raise ValueError("window must be 1-D")
        return h
    h = of(ss.firwin)(20 * rate + 1, 1.0 / rate, window=window)
    return h.astype(dtype) if dtype.kind == "f" else h


def _resample_poly(x, up, down, axis=0, window=("kaiser", 5.0), padtype="constant", cval=None):
    x = as_array(x)
    axis = as_axis(axis, x.ndim)
    if up != int(up) or down != int(down):
        raise ValueError("up and down must be integers")
    if up < 1 or down < 1:
        raise ValueError("up and down must be >= 1")
    if cval is not None and padtype != "constant":
        raise ValueError("cval has no effect when padtype is ", padtype)
    common = math.gcd(int(up), int(down))
    up, down = int(up) // common, int(down) // common
    if up == down == 1:
        return 1 * x
    count = -(-x.shape[axis] * up // down)
    h = _taps(window, x.real.dtype, max(up, down)) * up
    half = (h.size - 1) // 2
    # zeros in front put the filter's middle on a point that is kept, zeros behind keep the last
    front = down - half % down
    skipped = (half + front) // down
    needed = (skipped + count - 1) * down + 1 - (x.shape[axis] - 1) * up
    behind = max(needed - h.size - front, 0)
    h = np.concatenate([np.zeros(front, h.dtype), h, np.zeros(behind, h.dtype)])
    mode, background = padtype, 0
    if padtype in _BACKGROUNDS:
        mode, background = "constant", _BACKGROUNDS[padtype](x, axis=axis, keepdims=True)
        x = x - background
    y = of(ss.upfirdn)(h, x, up, down, axis, mode, 0 if cval is None else cval)
    y = np.moveaxis(np.moveaxis(y, axis, -1)[..., skipped : skipped + count], -1, axis)
    return y + background if padtype in _BACKGROUNDS else y


composed(of(ss.resample_poly), _resample_poly)

# -- every q-th point, of a smoothed series ----------------------------------------------------


def _smoothed(x, system, axis, zero_phase):
    """By a recursive filter, of sections where those are real."""
    zpk = system.to_zpk()
    if np.iscomplex(zpk.poles).any() or np.iscomplex(zpk.gain):
        tf = system.to_tf()
        return of(ss.filtfilt if zero_phase else ss.lfilter)(tf.num, tf.den, x, axis)
    sos = ss.zpk2sos(zpk.zeros, zpk.poles, zpk.gain)
    return of(ss.sosfiltfilt if zero_phase else ss.sosfilt)(sos, x, axis)


def _decimate(x, q, n=None, ftype="iir", axis=-1, zero_phase=True):
    x, q = as_array(x), operator.index(q)
    axis = as_axis(axis, x.ndim)
    dtype = x.dtype if x.dtype.kind in "fc" else np.dtype(float)
    if ftype == "iir":
        sos = ss.cheby1(8 if n is None else n, 0.05, 0.8 / q, output="sos").astype(dtype)
        y = of(ss.sosfiltfilt if zero_phase else ss.sosfilt)(sos, x, axis)
    elif ftype == "fir":
        taps = ss.firwin((20 * q if n is None else n) + 1, 1.0 / q, window="hamming")
        return _decimated(x, taps.astype(dtype), q, axis, zero_phase)
    elif isinstance(ftype, ss.dlti):
        system = ftype.to_tf()
        if not ftype.to_zpk().poles.size:
            return _decimated(x, system.num / system.den, q, axis, zero_phase)
        y = _smoothed(x, ftype, axis, zero_phase)
    else:
        raise ValueError("invalid ftype")
    return np.moveaxis(np.moveaxis(y, axis, -1)[..., ::q], -1, axis)


def _decimated(x, taps, q, axis, zero_phase):
    if zero_phase:
        return _resample_poly(x, 1, q, axis, taps)
    count = -(-x.shape[axis] // q)
    y = of(ss.upfirdn)(taps, x, 1, q, axis)
    return np.moveaxis(np.moveaxis(y, axis, -1)[..., :count], -1, axis)


composed(of(ss.decimate), _decimate)
