"""Design of filters of finite impulse response."""

from __future__ import annotations

import inspect

import numpy
import scipy.signal

from tests.tester import Case

from .samples import normal, positive

F64, ARRAY = numpy.float64, numpy.array
OLD = "nyq" in inspect.signature(scipy.signal.firwin).parameters
XP = [{"xp": None, "device": None}]
XP *= "xp" in inspect.signature(scipy.signal.savgol_coeffs).parameters


def design(name, *args, options=None, **flags):
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


HALF = [{"nyq": F64(2.0)}] if OLD else []
FREQ, GAIN = ARRAY([0.0, 0.3, 0.55, 1.0]), ARRAY([1.0, 0.8, 0.3, 0.0])
BANDS = ARRAY([[0.05, 0.3], [0.4, 0.9]])
H = ARRAY([0.1, 0.2, 1.0, 0.2, 0.1])


def with_fixed_ends(fun, n, freq, gain):
    return fun(n, numpy.multiply(freq, [0, 1, 1, 0]) + [0, 0, 0, 1], gain)


ROWS = [
    design("firwin", 5, F64(0.4), options=[
        {}, {"scale": False}, {"pass_zero": False}, {"pass_zero": "highpass"}, {"fs": F64(1.7)},
        {"width": F64(0.9)}, {"window": ("kaiser", F64(3.0))}, *HALF]),
    design("firwin", 6, ARRAY([0.3, 0.7]), options=[{"pass_zero": "bandpass"}]),
    design("firwin", 7, ARRAY([0.3, 0.7]), options=[{"pass_zero": "bandstop"}, {}]),
    design("firwin", 7, ARRAY([0.2, 0.5, 0.7]), options=[{"pass_zero": False}, {}]),
    design("firwin2", 5, FREQ.tolist(), GAIN, options=[
        {}, {"nfreqs": 17, "window": None}, {"window": ("gaussian", F64(2.0))}]),
    design("firwin2", 5, [0.0, 0.3, 0.3, 0.5], GAIN, options=[{"fs": 1.0}]),
    design("firwin2", 5, [0.0, 0.4, 1.0], ARRAY([1.0, 0.5, 0.2]), options=[*HALF[:0], {}]),
    design("firwin2", 6, [0.0, 0.4, 1.0], ARRAY([1.0, 0.5, 0.2]), use=lambda fun, n, freq, gain:
           fun(n, freq, gain * [0, 1, 1], antisymmetric=True)),
    design("firwin2", 6, [0.0, 0.4, 1.0], [0.0, 0.5, 0.2], options=[{"antisymmetric": True,
           "window": ("kaiser", F64(3.0))}]),
    design("firwin2", 5, FREQ, GAIN, use=with_fixed_ends),
    design("firls", 7, BANDS, normal(2, 2) ** 2, options=[{}, {"weight": positive(2)},
                                                          {"fs": F64(2.3)}]),
    design("minimum_phase", H, options=[
        {"n_fft": 32}, {"n_fft": 31, "method": "homomorphic"},
        *[{"n_fft": 32, "half": False}] * (not OLD)]),
    design("minimum_phase", H, order=1),
    *[design("kaiser_beta", F64(a)) for a in (60.0, 30.0)],
    design("kaiser_atten", 9, F64(0.3)),
    design("savgol_coeffs", 5, 2, options=[
        {"deriv": 1, "delta": F64(0.7)}, {"delta": F64(0.7), "pos": 1, "use": "dot", "deriv": 2},
        *[{"deriv": 1, "delta": F64(0.7), **xp} for xp in XP]]),
    design("savgol_filter", normal(7), 5, 2, options=[{"deriv": 1, "delta": F64(0.7)}]),
]  # fmt: skip
if OLD:
    ROWS += [
        design("firwin2", 5, [0.0, 0.6, 1.5], ARRAY([1.0, 0.5, 0.2]), options=[{"nyq": 1.5}]),
        design("firls", 7, BANDS, normal(2, 2) ** 2, positive(2), F64(1.3)),
    ]
