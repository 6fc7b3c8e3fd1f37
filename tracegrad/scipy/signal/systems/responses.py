"""What filters do to waves: responses by frequency, and delays.

Digital filters are read on the unit circle, analog ones on the imaginary axis. Where no frequencies
are given SciPy chooses them: evenly on the circle, whole decades on the axis. The latter change by
jumps alone.
"""

from __future__ import annotations

import operator
import warnings

import numpy as np
import scipy.signal as ss

from ....core.box import getval, isbox
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.linear.matrices import conj

__all__ = []

_TURN = 2 * np.pi


def _is_count(x):
    try:
        operator.index(x)
    except TypeError:
        return False
    return not isbox(x)


def _angles(worN, whole, fs, dtype=np.float64, nyquist=False):
    """In radians for each sample, and as they are given back."""
    worN = 512 if worN is None else worN
    if _is_count(worN):
        if worN < 0:
            raise ValueError(f"worN must be nonnegative, got {worN}")
        end = _TURN if whole else np.pi
        w = np.linspace(0, end, worN, endpoint=bool(nyquist and not whole), dtype=dtype)
        return w, w * (fs / _TURN)
    frequencies = np.atleast_1d(as_array(worN)) * 1.0
    return _TURN * frequencies / fs, frequencies


def _delays(coefficients, w):
    """The sum of the coefficients, along the first axis, times waves of later and later phase."""
    c = coefficients[:, None] if coefficients.ndim == 1 else coefficients
    later = np.arange(len(c), dtype=w.real.dtype).reshape((-1,) + (1,) * (c.ndim - 1))
    return np.sum(c * np.exp(-1j * (later * w)), 0)


def _floating(x):
    x = np.atleast_1d(as_array(x))
    return x if x.dtype.kind in "fc" else x.astype(np.float64)


def _freqz(b, a=1, worN=512, whole=False, plot=None, fs=_TURN, include_nyquist=False):
    b, a = _floating(b), _floating(a)
    dtype = np.result_type(b.real.dtype, a.real.dtype) if _SINGLE else np.float64
    w, frequencies = _angles(worN, whole, fs, dtype, include_nyquist)
    h = _delays(b, w) / _delays(a, w)
    if plot is not None:
        plot(getval(frequencies), getval(h))
    return frequencies, h


# newer versions keep single precision
_SINGLE = ss.freqz(np.ones(2, np.float32), worN=2)[0].dtype == np.float32


def _freqz_sos(sos, worN=512, whole=False, fs=_TURN):
    sos = np.atleast_2d(as_array(sos))
    if sos.ndim != 2 or sos.shape[1] != 6:
        raise ValueError("sos array must be shape (n_sections, 6)")
    if not len(sos):
        raise ValueError("Cannot compute frequencies with no sections")
    h = 1
    for section in sos:
        w, part = _freqz(section[:3], section[3:], worN, whole, None, fs)
        h = h * part
    return w, h


composed(of(ss.freqz), _freqz)
composed(of(ss.sosfreqz), _freqz_sos)
if hasattr(ss, "freqz_sos"):
    composed(of(ss.freqz_sos), _freqz_sos)


def _by_roots(s, z, p, k):
    return k * np.prod(s[:, None] - z, -1) / np.prod(s[:, None] - p, -1)


def _freqz_zpk(z, p, k, worN=512, whole=False, fs=_TURN):
    z, p = np.atleast_1d(as_array(z)), np.atleast_1d(as_array(p))
    w, frequencies = _angles(worN, whole, fs)
    return frequencies, _by_roots(np.exp(w * 1j), z, p, as_array(k))


composed(of(ss.freqz_zpk), _freqz_zpk)


def _group_delay(system, w=512, whole=False, fs=_TURN):
    """Minus the slope of the phase: of the product of b and the reversed a, whose phase differs
    from that of b / a by a delay alone."""
    b, a = [_floating(part) for part in system]
    angles, frequencies = _angles(w, whole, fs)
    c = np.convolve(b, conj(a[::-1]))
    total = _delays(c, angles)
    singular = getval(total) == 0
    if singular.any():
        warnings.warn("The group delay is singular at some frequencies, setting to 0", stacklevel=2)
    ratio = _delays(c * np.arange(len(c)), angles) / np.where(singular, 1, total)
    return frequencies, np.where(singular, 0, ratio.real - len(a) + 1)


composed(of(ss.group_delay), _group_delay)

# -- analog ------------------------------------------------------------------------------------


def _axis(worN, first, second, kind):
    worN = 200 if worN is None else worN
    if _is_count(worN):
        return ss.findfreqs(getval(first), getval(second), worN, kind)
    return np.atleast_1d(as_array(worN))


def _freqs(b, a, worN=200, plot=None):
    b, a = _floating(b), _floating(a)
    w = _axis(worN, b, a, "ba")
    h = np.polyval(b, w * 1j) / np.polyval(a, w * 1j)
    if plot is not None:
        plot(getval(w), getval(h))
    return w, h


def _freqs_zpk(z, p, k, worN=200):
    z, p, k = np.atleast_1d(as_array(z)), np.atleast_1d(as_array(p)), as_array(k)
    if k.size > 1:
        raise ValueError("k must be a single scalar gain")
    w = _axis(worN, z, p, "zp")
    return w, _by_roots(w * 1j, z, p, k)


composed(of(ss.freqs), _freqs)
composed(of(ss.freqs_zpk), _freqs_zpk)
