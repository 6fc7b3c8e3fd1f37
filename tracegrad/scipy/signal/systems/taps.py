"""Filters of finite impulse response, made from their frequencies and gains."""

from __future__ import annotations

import inspect
import math

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, refuse
from ..windows.choosing import window_of

__all__ = []

_OLD = "nyq" in inspect.signature(ss.firwin).parameters  # and no keyword-only options


def _in_old_order(design, positional):
    """SciPy's older signature, in which nyq=, half of fs=, may be passed."""

    def designed(*args, nyq=None, **options):
        given = dict(zip(positional, args)) | options
        nyq = given.pop("nyq", nyq)
        return design(**given) if nyq is None else design(**given, fs=2 * nyq)

    return designed


def _declare(name, design, *positional):
    composed(of(getattr(ss, name)), _in_old_order(design, positional) if _OLD else design)


def _kaiser_beta(a):
    above = np.where(a > 21, a - 21, 1)
    middle = 0.5842 * above**0.4 + 0.07886 * above
    return np.where(a > 50, 0.1102 * (a - 8.7), np.where(a > 21, middle, 0.0))[()]


def _kaiser_atten(numtaps, width):
    return 2.285 * (numtaps - 1) * np.pi * width + 7.95


composed(of(ss.kaiser_beta), _kaiser_beta)
composed(of(ss.kaiser_atten), _kaiser_atten)

_PASSES = {"lowpass": (True, 1), "highpass": (False, 1), "bandstop": (True, 2),
           "bandpass": (False, 2)}  # fmt: skip


def _firwin(
    numtaps, cutoff, *, width=None, window="hamming", pass_zero=True, scale=True, fs=None
):  # fmt: skip
    """The ideal response of the bands through a window."""
    nyquist = 1.0 if fs is None else fs / 2
    cutoff = np.atleast_1d(as_array(cutoff)) / nyquist
    value = getval(cutoff)
    if value.ndim > 1:
        raise ValueError("The cutoff argument must be at most one-dimensional.")
    if not value.size or (value <= 0).any() or (value >= 1).any():
        raise ValueError(
            "Invalid cutoff frequency: frequencies must be greater than 0 and less than fs/2."
        )
    if (np.diff(value) <= 0).any():
        raise ValueError("Invalid cutoff frequencies: the frequencies must be strictly increasing.")
    if width is not None:
        window = ("kaiser", _kaiser_beta(_kaiser_atten(numtaps, width / nyquist)))
    if pass_zero in _PASSES:
        pass_zero, count = _PASSES[pass_zero]
        if (value.size == 1) != (count == 1):
            raise ValueError(f"cutoff must have {count} elements or more for this pass_zero")
    pass_nyquist = (value.size % 2 == 0) == bool(pass_zero)
    if pass_nyquist and numtaps % 2 == 0:
        raise ValueError(
            "A filter with an even number of coefficients must have zero response at the "
            "Nyquist frequency."
        )
    edges = np.concatenate([np.zeros(int(pass_zero)), cutoff, np.ones(int(pass_nyquist))])
    bands = edges.reshape(-1, 2, 1)
    n = np.arange(numtaps) - (numtaps - 1) / 2
    h = (bands * np.sinc(bands * n) * [[-1], [1]]).sum((0, 1))
    h = h * window_of(window, numtaps, False)
    if not scale:
        return h
    left, right = edges[:2]
    centre = 0.0 if pass_zero else 1.0 if value.size == 1 else (left + right) / 2
    return h / np.sum(h * np.cos(np.pi * n * centre))


_declare("firwin", _firwin, "numtaps", "cutoff", "width", "window", "pass_zero", "scale", "nyq",
         "fs")  # fmt: skip


def _firwin2(
    numtaps, freq, gain, *, nfreqs=None, window="hamming", antisymmetric=False, fs=None
):  # fmt: skip
    """A response given by straight lines, sampled and transformed back."""
    freq, gain = as_array(freq), as_array(gain)
    # its errors are SciPy's
    ss.firwin2(numtaps, getval(freq), getval(gain), nfreqs=nfreqs, window="boxcar",
               antisymmetric=antisymmetric, fs=getval(fs))  # fmt: skip
    nyquist = 1.0 if fs is None else fs / 2
    nfreqs = 1 + 2 ** math.ceil(math.log2(numtaps)) if nfreqs is None else nfreqs
    steps = np.diff(getval(freq)) == 0
    tiny = np.finfo(float).eps * getval(nyquist)
    freq = freq + tiny * (np.append(False, steps) * 1.0 - np.append(steps, False))
    at = np.linspace(0.0, 1.0, nfreqs)
    response = of(np.interp)(at * nyquist, freq, gain)
    turn = np.exp(at * (-0.5j * np.pi * (numtaps - 1))) * (1j if antisymmetric else 1)
    h = np.fft.irfft(response * turn)[:numtaps]
    if window is not None:
        h = h * window_of(window, numtaps, False)
    if antisymmetric and numtaps % 2:
        h = h * (np.arange(numtaps) != numtaps // 2)
    return h


_declare("firwin2", _firwin2, "numtaps", "freq", "gain", "nfreqs", "window", "nyq",
         "antisymmetric", "fs")  # fmt: skip


def _firls(numtaps, bands, desired, *, weight=None, fs=None):
    """Least squares over the bands, in which the desired gain is a straight line: the normal
    equations in the cosines, whose integrals are sums of sinc."""
    nyquist = 1.0 if fs is None else fs / 2
    plain = [getval(as_array(x)) for x in (bands, desired)]
    ss.firls(numtaps, *plain, weight=_value(weight), fs=getval(fs))  # its errors are SciPy's
    half = (int(numtaps) - 1) // 2
    bands = np.ravel(as_array(bands)).reshape(-1, 2) / nyquist
    desired = np.ravel(as_array(desired)).reshape(-1, 2)
    weight = np.ones(len(bands)) if weight is None else np.ravel(as_array(weight))
    n = np.arange(2 * half + 1)[:, None, None]

    def over_bands(integral):
        return (integral[..., 1] - integral[..., 0]) @ weight

    q = over_bands(bands * np.sinc(bands * n))
    i = np.arange(half + 1)
    matrix = q[abs(i[:, None] - i)] + q[i[:, None] + i]
    if np.linalg.cond(getval(matrix)) > 1e14:
        raise NoDerivative(
            f"firls: the bands do not determine the filter, which has no derivative there.\n"
            f"  in {user_line()}"
        )
    slope = (desired[:, 1:] - desired[:, :1]) / (bands[:, 1:] - bands[:, :1])
    line = slope * bands + desired[:, :1] - bands[:, :1] * slope
    first = bands * line - slope * bands**2 / 2
    later = n[1 : half + 1]
    rest = bands * line * np.sinc(bands * later)
    rest = rest + slope * np.cos(np.pi * later * bands) / (np.pi * later) ** 2
    a = np.linalg.solve(matrix, over_bands(np.concatenate([first[None], rest])))
    return np.concatenate([a[:0:-1], 2 * a[:1], a[1:]])


def _value(x):
    return None if x is None else getval(as_array(x))


_declare("firls", _firls, "numtaps", "bands", "desired", "weight", "nyq", "fs")

# -- of minimum phase --------------------------------------------------------------------------


def _minimum_phase(h, method="homomorphic", n_fft=None, *, half=True):
    """Through the cepstrum, whose negative times are folded onto the positive ones: Oppenheim
    and Schafer 2009, Discrete-Time Signal Processing, section 13.5.

    The method "hilbert" takes the logarithm of a spectrum that it shifts to touch zero; what it
    gives depends on the rounding there, and has no derivative.
    """
    h = as_array(h)
    if h.dtype.kind == "c":
        raise ValueError("Complex filters not supported")
    if h.ndim != 1 or len(h) <= 2:
        raise ValueError("h must be 1-D and at least 2 samples long")
    if method == "hilbert":
        refuse("minimum_phase", method=method)
    if method != "homomorphic":
        raise ValueError(f'method must be "homomorphic" or "hilbert", got {method!r}')
    n = len(h)
    n_fft = 2 ** math.ceil(math.log2(2 * (n - 1) / 0.01)) if n_fft is None else int(n_fft)
    if n_fft < n:
        raise ValueError(f"n_fft must be at least len(h)=={n}")
    size = abs(np.fft.fft(h, n_fft))
    size = size + 1e-7 * np.min(size[getval(size) > 0])
    fold = np.zeros(n_fft)
    fold[0] = 1
    fold[1 : n_fft // 2] = 2
    fold[n_fft // 2] = n_fft % 2
    cepstrum = np.fft.ifft(np.log(size)).real * fold
    response = np.fft.ifft(np.exp(np.fft.fft(0.5 * cepstrum if half else cepstrum))).real
    return response[: n // 2 + n % 2 if half else n]


def _minimum_phase_of_old(h, method="homomorphic", n_fft=None):
    return _minimum_phase(h, method, n_fft)


composed(of(ss.minimum_phase), _minimum_phase_of_old if _OLD else _minimum_phase)
