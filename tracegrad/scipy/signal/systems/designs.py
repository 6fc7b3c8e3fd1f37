"""Recursive filters from their frequencies.

An analog prototype of frequency 1 is moved to the frequencies that are asked for, and from the
axis to the circle: Oppenheim and Schafer 2009, Discrete-Time Signal Processing, chapter 7. The
poles of the prototypes are constants of their order, or formulas in the ripple.
"""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....core.box import getval, isbox
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, refuse
from .roots import TRANSFORMS, bilinear_zpk, zpk2sos, zpk2tf

__all__ = []


def _cheb1ap(N, rp, *, xp=None, device=None):
    """An ellipse of poles: Parks and Burrus 1987, Digital Filter Design, section 7.2.4."""
    if N == 0:
        return np.zeros(0), np.zeros(0, complex), 10 ** (-rp / 20)
    ripple = np.sqrt(10 ** (0.1 * rp) - 1)
    angles = np.pi * np.arange(-N + 1, N, 2) / (2 * N)
    p = -np.sinh(np.arcsinh(1 / ripple) / N + angles * 1j)
    k = np.prod(-p).real
    return np.zeros(0), p, k if N % 2 else k / np.sqrt(1 + ripple**2)


def _cheb2ap(N, rs, *, xp=None, device=None):
    """The inverses of an ellipse, and zeros on the axis that are the order's alone."""
    zeros = ss.cheb2ap(N, 20.0)[0]
    if N == 0:
        return zeros, zeros, 1.0
    angles = np.pi * np.arange(-N + 1, N, 2) / (2 * N)
    p = -1 / np.sinh(np.arcsinh(np.sqrt(10 ** (0.1 * rs) - 1)) / N + angles * 1j)
    return zeros, p, (np.prod(-p) / np.prod(-zeros)).real


composed(of(ss.cheb1ap), _cheb1ap)
composed(of(ss.cheb2ap), _cheb2ap)

_NORMS = {"bessel": "phase", "bessel_phase": "phase", "bessel_delay": "delay", "bessel_mag": "mag"}


def _prototype(ftype, N, rp, rs):
    if ftype in ("butter", "butterworth"):
        return ss.buttap(N)
    if ftype in ("cheby1", "chebyi", "chebyshev1", "chebyshevi"):
        return _cheb1ap(N, rp)
    if ftype in ("cheby2", "chebyii", "chebyshev2", "chebyshevii"):
        return _cheb2ap(N, rs)
    if ftype in _NORMS:
        return ss.besselap(N, _NORMS[ftype])
    if isbox(rp) or isbox(rs):  # the poles are elliptic functions of the ripples' modulus
        refuse("ellip", rp=rp if isbox(rp) else None, rs=rs if isbox(rs) else None)
    return ss.ellipap(N, rp, rs)


_LONG = {
    "band": "bandpass", "pass": "bandpass", "bp": "bandpass", "bs": "bandstop", "bands": "bandstop",
    "stop": "bandstop", "l": "lowpass", "low": "lowpass", "lp": "lowpass", "high": "highpass",
    "h": "highpass", "hp": "highpass",
}  # fmt: skip


def _iirfilter(
    N, Wn, rp=None, rs=None, btype="band", analog=False, ftype="butter", output="ba", fs=None
):  # fmt: skip
    plain = [None if x is None else getval(as_array(x))[()] for x in (Wn, rp, rs, fs)]
    known = plain[0], *plain[1:3], btype, analog, ftype, "zpk", plain[3]
    ss.iirfilter(N, *known)  # its errors are SciPy's
    btype = _LONG.get(btype.lower(), btype.lower())
    z, p, k = _prototype(ftype.lower(), N, rp, rs)
    w = as_array(Wn) if fs is None else as_array(Wn) / (fs / 2)
    w = w if analog else 4.0 * np.tan(np.pi * w / 2.0)
    if btype in ("lowpass", "highpass"):
        z, p, k = TRANSFORMS[btype](z, p, k, w.reshape(()))
    else:
        z, p, k = TRANSFORMS[btype](z, p, k, np.sqrt(w[0] * w[1]), w[1] - w[0])
    if not analog:
        z, p, k = bilinear_zpk(z, p, k, 2.0)
    if output == "zpk":
        return z, p, k
    return zpk2tf(z, p, k) if output == "ba" else zpk2sos(z, p, k, analog=analog)


def _butter(N, Wn, btype="low", analog=False, output="ba", fs=None):
    return _iirfilter(N, Wn, None, None, btype, analog, "butter", output, fs)


def _cheby1(N, rp, Wn, btype="low", analog=False, output="ba", fs=None):
    return _iirfilter(N, Wn, rp, None, btype, analog, "cheby1", output, fs)


def _cheby2(N, rs, Wn, btype="low", analog=False, output="ba", fs=None):
    return _iirfilter(N, Wn, None, rs, btype, analog, "cheby2", output, fs)


def _ellip(N, rp, rs, Wn, btype="low", analog=False, output="ba", fs=None):
    return _iirfilter(N, Wn, rp, rs, btype, analog, "ellip", output, fs)


def _bessel(N, Wn, btype="low", analog=False, output="ba", norm="phase", fs=None):
    return _iirfilter(N, Wn, None, None, btype, analog, "bessel_" + norm, output, fs)


composed(of(ss.iirfilter), _iirfilter)
composed(of(ss.butter), _butter)
composed(of(ss.cheby1), _cheby1)
composed(of(ss.cheby2), _cheby2)
composed(of(ss.ellip), _ellip)
composed(of(ss.bessel), _bessel)

# -- one frequency taken out, or alone ---------------------------------------------------------


def _notch_or_peak(w0, Q, fs):
    """Orfanidis 1996, Introduction to Signal Processing, sections 11.3.4 and 11.3.19."""
    w0 = 2 * as_array(w0) / fs
    if not 0 <= getval(w0) <= 1:
        raise ValueError("w0 should be such that 0 < w0 < 1")
    gain = 1.0 / (1.0 + np.tan(np.pi * w0 / Q / 2))
    middle = -2.0 * np.cos(np.pi * w0)
    one = np.ones(())
    return gain, middle, np.stack([one, gain * middle, 2 * gain - 1])


def _iirnotch(w0, Q, fs=2.0, *, xp=None, device=None):
    gain, middle, a = _notch_or_peak(w0, Q, fs)
    return gain * np.stack([np.ones(()), middle, np.ones(())]), a


def _iirpeak(w0, Q, fs=2.0, *, xp=None, device=None):
    gain, _, a = _notch_or_peak(w0, Q, fs)
    return (1.0 - gain) * np.array([1.0, 0.0, -1.0]), a


def _iircomb(w0, Q, ftype="notch", fs=2.0, *, pass_zero=False, xp=None, device=None):
    """Orfanidis 1996, section 11.5; fs is a multiple of w0, so that Q moves alone."""
    refuse("iircomb", w0=w0 if isbox(w0) else None, fs=fs if isbox(fs) else None)
    n = len(ss.iircomb(w0, getval(Q), ftype, fs, pass_zero=pass_zero)[0]) - 1
    notch = ftype.lower() == "notch"
    beta = np.tan(np.pi * n * w0 / (2 * fs) / Q)
    sign = 1 if notch == bool(pass_zero) else -1
    first, last = np.eye(n + 1)[0], sign * np.eye(n + 1)[n]
    top = first + last if notch else beta * (first - last)
    return top / (1 + beta), first + last * (1 - beta) / (1 + beta)


composed(of(ss.iirnotch), _iirnotch)
composed(of(ss.iirpeak), _iirpeak)
composed(of(ss.iircomb), _iircomb)
