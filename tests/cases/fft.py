"""Fourier transforms: what is cut off or filled up, and each scale."""

from __future__ import annotations

import numpy

from tests.tester import NUMPY_2, Case

from .samples import normal

NORMS = [{"norm": norm} for norm in (None, "backward", "ortho", "forward")]
LENGTHS = [{"n": n} for n in (None, 3, 4, 7, 8)]
AXES = [{"axis": axis} for axis in (0, 1, -2, -1)]
REAL = {"rfft", "ihfft", "rfft2", "rfftn"}
"""Functions that take real numbers alone."""


def fft(name, *args, options=None, **flags):
    options = options or [{}]
    return Case(f"fft.{name}", args, options, linear=True, complex=name not in REAL, **flags)


def each(options, by):
    """Both options of every pair."""
    return [{**one, **other} for one in options for other in by]


ROWS = []
for _name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
    ROWS += [
        fft(_name, normal(4), options=[{}, *NORMS, *LENGTHS]),
        fft(_name, normal(5), options=LENGTHS + each(LENGTHS[3:], NORMS[1:])),
        fft(_name, normal(4, 3, 2), options=AXES + each(AXES[:2], [{"n": 5, "norm": "ortho"}])),
        # NumPy leaves irfft and hfft of nothing, given a length, to what is in memory
        fft(_name, normal(4, 3), 5, 0, "forward", small=_name not in ("irfft", "hfft")),
    ]

SIZES = [{}, {"s": (4, 5), "axes": (0, 1)}, {"s": (2, 3), "axes": (1, 0)}, {"axes": (-2, -1)}]
if NUMPY_2:  # -1 leaves a length as it is
    SIZES += [{"s": (-1, 5), "axes": (0, 1)}]
for _name in ("fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn"):
    ROWS += [
        fft(_name, normal(3, 4), options=SIZES + each(SIZES[1:2], NORMS)),
        fft(_name, normal(3, 2, 4), options=[{}, {"axes": (2, 0)}, {"s": (2, 5), "axes": (2, 0)}]),
        fft(_name, normal(3, 4), (4, 5), (1, 0), "ortho"),
    ]
    if _name.endswith("n"):
        ROWS += [fft(_name, normal(3, 2, 4), options=[{"axes": (1,)}, {"axes": None}])]
ROWS += [
    fft("fftn", normal(4, 2), options=[{"s": (5, 3), "axes": (0, 0)}]),  # one axis twice
    fft("ifftn", normal(4, 2), options=[{"axes": (0, 0)}]),
    *[fft(name, normal(5, 4), options=[{}, {"axes": 0}, {"axes": (0, 1)}, {"axes": -1}])
      for name in ("fftshift", "ifftshift")],
    fft("fftshift", normal(5)),
    *[Case(f"fft.{name}", (n, numpy.float64(0.3)), [{}, *([{"device": "cpu"}] * NUMPY_2)])
      for name in ("fftfreq", "rfftfreq") for n in (5, 6)],
]  # fmt: skip
