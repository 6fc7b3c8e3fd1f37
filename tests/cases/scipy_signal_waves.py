"""Waves and peaks of `scipy.signal`."""

from __future__ import annotations

import inspect

import numpy
import scipy.signal

from tests.tester import Case

from .samples import normal, positive

F64 = numpy.float64
T = numpy.array([0.0, 0.2, 0.55, 0.9, 1.3])
COMPLEX = "complex" in inspect.signature(scipy.signal.chirp).parameters


def wave(name, *args, options=None, **flags):
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


METHODS = [
    {}, {"method": "quadratic"}, {"method": "q", "vertex_zero": False}, {"method": "log"},
    {"method": "hyperbolic", "phi": F64(20.0)}, *[{"complex": True}] * COMPLEX,
]  # fmt: skip
HEAD = F64(0.8), F64(1.7)
ROWS = [
    wave("chirp", T, *HEAD, F64(1.9), options=METHODS),
    # equal frequencies, where the formulas have 0 / 0
    wave("chirp", T, *HEAD, F64(0.8), options=METHODS[3:5]),
    wave("chirp", T, 0.8, 1.7, 1.9, options=METHODS[:1], float32=True),
    wave("sweep_poly", T, normal(3), options=[{}, {"phi": F64(30.0)}]),
    wave("gausspulse", T, F64(1.1), F64(0.6), F64(-5.0), options=[
        {}, {"retquad": True}, {"retenv": True}, {"retquad": True, "retenv": True}]),
    wave("gausspulse", "cutoff", F64(1.1), F64(0.6), F64(-5.0), F64(-50.0)),
    wave("sawtooth", 4 * normal(5), options=[{}, {"width": F64(0.4)}, {"width": 0}]),
    wave("sawtooth", 4 * normal(3), numpy.array([0.3, 0.6, 0.9])),
    wave("vectorstrength", positive(6), F64(1.7)),
    wave("vectorstrength", positive(6), numpy.array([1.7, 0.6])),
]  # fmt: skip

X = numpy.array([0.1, 1.2, 0.3, 0.6, 2.4, 1.9, 1.1, 1.5, -0.3, 0.7, 0.2])
PEAKS = [1, 4, 7]


def of_prominences(fun, x, peaks, height, data):
    """SciPy takes no others than arrays of float64."""
    return fun(x, peaks, height, (numpy.multiply(data[0], numpy.ones(3)), *data[1:]))


ROWS += [
    wave("peak_prominences", X, PEAKS, options=[{}, {"wlen": 3}]),
    wave("peak_widths", X, PEAKS, options=[{}, {"rel_height": F64(0.7)}, {"rel_height": 1.0},
                                           {"wlen": 5}]),
    wave("peak_widths", X, PEAKS, 0.5, scipy.signal.peak_prominences(X, PEAKS), use=of_prominences),
    wave("find_peaks", X, options=[
        {"height": 0.1}, {"threshold": 0.1, "distance": 2}, {"prominence": 0.2, "wlen": 7},
        {"width": 0.1, "rel_height": F64(0.6)}, {"plateau_size": 1, "height": (None, None)}]),
]  # fmt: skip
