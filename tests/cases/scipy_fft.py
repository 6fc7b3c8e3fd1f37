"""Transforms of `scipy.fft`: what is cut off or filled up, each type and each scale."""

from __future__ import annotations

import numpy
import scipy.fft

from tests.tester import Case
from tracegrad.scipy.fft.cosines import ORTHOGONAL

from .samples import normal

INERT = {"overwrite_x": False, "workers": 1}
REAL = {"rfft", "ihfft", "rfft2", "rfftn", "ihfft2", "ihfftn", "fht", "ifht"}
"""Functions that take real numbers alone."""


def fft(name, *args, options=None, **flags):
    options = options or [{}]
    return Case(f"scipy.fft.{name}", args, options, linear=True, complex=name not in REAL, **flags)


NORMS = [{"norm": norm, "n": 5} for norm in ("ortho", "forward")]
SIZES = [{}, {"s": (4, 5), "axes": (0, 1), "norm": "ortho"}, {"axes": (-2, -1), "plan": None}]
SIZES += [{"s": (2, 3), "axes": (1, 0), "norm": "forward", **INERT}]
ROWS = []
for _name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
    ROWS += [
        fft(_name, normal(4), options=[{}, {"n": 7}, {"n": 3, "plan": None, **INERT}]),
        fft(_name, normal(5, 3), options=[{"axis": 0}, *NORMS]),
    ]
    for _many in ("n", "2"):
        ROWS += [
            fft(_name + _many, normal(3, 4), options=SIZES),
            fft(_name + _many, normal(2, 3, 4)),
        ]
for _name in ("dct", "idct", "dst", "idst"):
    # SciPy 1.11 has sine transforms of types 2 and 3 that are refused
    KINDS = (1, 2, 3, 4) if "c" in _name or ORTHOGONAL else (1, 4)
    KIND = {"type": KINDS[-2]}
    TYPES = [{"type": kind, "norm": norm, "orthogonalize": orthogonalize}
             for kind in KINDS for norm, orthogonalize in
             ((None, None), ("ortho", None), ("forward", True), ("ortho", False))]  # fmt: skip
    ROWS += [
        fft(_name, normal(4), options=[KIND, *TYPES]),
        fft(_name, normal(4, 3), options=[{"axis": 0, "n": 6, **KIND, **INERT},
                                            {"n": 2, "type": 4}]),
        fft(_name + "n", normal(3, 4), options=[
            KIND, {"s": (4, 2), "axes": (1, 0), "norm": "ortho", "orthogonalize": False, **KIND,
                   **INERT}, {"axes": 0, **KIND}]),
    ]  # fmt: skip
for _name in ("fht", "ifht"):
    ROWS += [fft(_name, normal(n), 0.1, 0.5, options=[{}, {"offset": 0.2, "bias": 0.3}],
                 float32=False, small=False) for n in (4, 5)]  # fmt: skip
for _name in ("fftfreq", "rfftfreq"):
    if scipy.fft.fftfreq.__module__.startswith("scipy"):
        ROWS += [Case(f"scipy.fft.{_name}", (5, numpy.float64(0.3)),
                      [{}, {"xp": None, "device": None}], float32=False)]  # fmt: skip
if scipy.fft.fftshift.__module__.startswith("scipy"):
    ROWS += [
        fft(name, normal(5, 4), options=[{}, {"axes": 0}]) for name in ("fftshift", "ifftshift")
    ]
