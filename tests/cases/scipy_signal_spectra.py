"""Spectral estimates of `scipy.signal`."""

from __future__ import annotations

import inspect

import numpy
import scipy.signal

from tests.tester import Case

from .samples import normal, positive

X, M = normal(13), normal(2, 12)
W, FS = positive(5), numpy.float64(2.5)


def own(x):
    """A detrending function of the user's, whatever axis the pieces are along."""
    return x * 0.5 + x * abs(x)


def spectral(name, *args, options=None, **flags):
    flags = {"small": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


def sized(n, *others, **more):
    """Pieces of n points."""
    return [{"nperseg": n, **other, **more} for other in ({}, *others)]


MANY = sized(
    5, {"noverlap": 3}, {"nfft": 8}, {"detrend": False}, {"detrend": "linear"}, {"detrend": own},
    {"scaling": "spectrum"}, {"return_onesided": False}, {"window": ("gaussian", 1.3)},
    {"average": "median", "noverlap": 4}, {"fs": FS},
)  # fmt: skip
PIECES = [{**option} for option in MANY if "average" not in option]
Z = normal(4, 5) + 1j * normal(4, 5, seed=1)
REAL, TURNED = {"complex": False}, {"complex": False, "float32": False}
OTHER = {"axis": 0, "nperseg": 4}
ROWS = [
    spectral("csd", X, normal(11, seed=1), options=MANY, **REAL),
    spectral("csd", X + 0.3j, normal(13, seed=1), options=MANY[:1], float32=False),
    spectral("csd", M.T.copy(), normal(12, 2, seed=1), options=[OTHER], **REAL),
    spectral("welch", X, options=[*MANY, {"window": [0.5, 1.0, 0.7]}, {"nperseg": 13}], **REAL),
    spectral("welch", M, options=[{"nperseg": 2, "axis": -2, "return_onesided": False}]),
    spectral("welch", X, FS, W, options=[{}, {"scaling": "spectrum"}], complex=False),
    spectral("periodogram", M, options=[
        {}, {"axis": 0}, {"nfft": 8}, {"nfft": 15, "window": "hann"}, {"detrend": own},
        {"scaling": "spectrum"}, {"fs": FS}, {"window": None, "return_onesided": False}], **REAL),
    spectral("periodogram", X, options=[{"return_onesided": False}]),
    # of one piece the coherence is 1
    spectral("coherence", X, normal(13, seed=1), **REAL, options=[
        *sized(5, {"noverlap": 3, "fs": FS}, {"detrend": False}, {"nfft": 7})]),
    spectral("coherence", M, normal(2, 12, seed=1), **REAL,
             options=[{"nperseg": 5, "axis": 1, "window": "hamming"}]),
    spectral("stft", X, options=[
        *PIECES, {"nperseg": 4, "boundary": None, "padded": False},
        {"nperseg": 6, "scaling": "psd"},
        *[{"nperseg": 5, "boundary": ends} for ends in ("even", "odd", "constant")]], **REAL),
    spectral("stft", M, options=[{"axis": 0, "nperseg": 2, "return_onesided": False}]),
    spectral("stft", X, FS, W, 5, 3, complex=False),
    spectral("spectrogram", X, options=[*PIECES, {"nperseg": 4, "mode": "magnitude"}], **REAL),
    spectral("spectrogram", M, options=[
        {"nperseg": 4, "axis": 1, "mode": "complex", "return_onesided": False}]),
    spectral("spectrogram", M, options=[
        {"nperseg": 5, "axis": axis, "mode": mode, "return_onesided": False, "detrend": False}
        for axis, mode in ((-1, "angle"), (1, "phase"))], complex=False, float32=False),
    spectral("istft", Z, **TURNED, options=[
        {}, {"nperseg": 7}, {"nperseg": 5, "nfft": 6, "noverlap": 3}, {"scaling": "psd", "fs": FS},
        {"window": ("gaussian", 1.3)}]),
    spectral("istft", normal(4, 3, 5), options=[
        {"input_onesided": False, "freq_axis": 0, "time_axis": 2, "boundary": False,
         "window": "boxcar"}]),
    spectral("istft", Z, FS, positive(6), **TURNED),
]  # fmt: skip

T, F = numpy.cumsum(positive(9)), numpy.array([0.4, 1.1, 2.3])
LOMB = [{}, {"normalize": True}]
if "weights" in inspect.signature(scipy.signal.lombscargle).parameters:
    LOMB += [
        {"normalize": "amplitude"}, {"weights": positive(9)}, {"floating_mean": True},
        {"floating_mean": True, "normalize": "normalize", "weights": positive(9)},
    ]  # fmt: skip
LOMB += [{"precenter": True}, {"precenter": True, "normalize": True}]
ROWS += [spectral("lombscargle", T, normal(9), F, options=LOMB, complex=False, float32=False)]
