"""Convolutions, filters and smoothing of `scipy.signal`."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal

MODES = [{"mode": mode} for mode in ("full", "same", "valid")]
BORDERS = [
    {"boundary": boundary, "mode": mode}
    for boundary in ("wrap", "symm")
    for mode in ("full", "same", "valid")
]
BORDERS += [{"boundary": "fill", "fillvalue": 0.7, "mode": "same"}]


def signal(name, *args, options=None, **flags):
    flags.setdefault("small", False)
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


B, A = normal(3), numpy.array([1.5, -0.4, 0.2])
SECTIONS = numpy.array([[0.5, 0.3, 0.2, 1.0, -0.3, 0.1], [1.0, -0.2, 0.4, 1.0, 0.2, 0.05]])
X, ROWS_OF_X = normal(12), normal(2, 11)
PADS = [{"padtype": "even", "padlen": 4}, {"padtype": "constant", "padlen": 3}, {"padtype": None}]


def with_state(fun, *args, **options):
    *args, zi = args
    return fun(*args, zi=zi, **options)


def of_sections(fun, free, *args, **options):
    """The coefficient of the output stays 1."""
    one = numpy.array([0.0, 0, 0, 1, 0, 0])
    return fun(free * (1 - one) + one, *args, **options)


ROWS = [
    *[signal(name, *args, options=MODES)
      for name in ("convolve", "correlate", "fftconvolve", "oaconvolve")
      for args in ((normal(5), normal(3)), (normal(4, 3), normal(2, 3)))],
    *[signal(name, normal(3), normal(4), options=MODES[:2]) for name in ("convolve", "correlate")],
    *[signal(name, normal(5), normal(3), options=[{"method": "direct"}])
      for name in ("convolve", "correlate")],
    *[signal(name, normal(4, 3), normal(2, 3), options=[{"axes": 0, "mode": "same"}])
      for name in ("fftconvolve", "oaconvolve")],
    *[signal(name, normal(4, 5), normal(3, 2), options=[*MODES, *BORDERS])
      for name in ("convolve2d", "correlate2d")],
    signal("upfirdn", normal(4), normal(5),
           options=[{}, {"up": 3, "down": 2, "mode": "constant", "cval": 0}]),
    signal("upfirdn", normal(3), normal(4, 2), options=[{"axis": 0, "up": 2}]),
    signal("lfilter", B, A, X, options=[{}, {"zi": normal(2)}]),
    signal("lfilter", normal(2), A, ROWS_OF_X, options=[{"axis": 0}, {"axis": 1}]),
    signal("lfilter", B, A[:1], X),
    signal("lfilter", B, A, ROWS_OF_X, normal(2, 2), use=with_state),
    signal("lfilter", B, A[:2], normal(5, 2), normal(2, 1), options=[{"axis": 0}], use=with_state),
    *[signal("lfilter_zi", b, a) for b, a in ((B, A), (normal(2), A), (B, A[:1]))],
    *[signal("lfiltic", b, a, normal(2), x) for b, a, x in ((B, A, normal(2)), (B, A, normal(1)))],
    signal("lfiltic", normal(2), A, normal(2)),
    signal("sosfilt", SECTIONS, X, use=of_sections, float32=False,
           options=[{}, {"zi": normal(2, 2)}]),
    signal("sosfilt", SECTIONS, normal(5, 2), options=[{"axis": 0}], use=of_sections,
           float32=False),
    signal("sosfilt", SECTIONS, ROWS_OF_X, normal(2, 2, 2), float32=False,
           use=lambda fun, sos, x, zi: of_sections(fun, sos, x, zi=zi)),
    signal("sosfilt_zi", SECTIONS),
    signal("filtfilt", B, A, X, options=[{}, *PADS, {"method": "pad", "irlen": None}]),
    signal("filtfilt", B, A, X, options=[{"method": "gust"}, {"method": "gust", "irlen": 4}],
           float32=False, complex=False),
    signal("filtfilt", normal(2), A[:2], ROWS_OF_X.T.copy(), float32=False, complex=False,
           options=[{"axis": 0, "method": "gust"}]),
    signal("filtfilt", normal(2), A[:2], ROWS_OF_X.T.copy(), options=[{"axis": 0}]),
    signal("sosfiltfilt", SECTIONS, normal(20), use=of_sections, float32=False,
           options=[{}, *PADS]),
    signal("sosfiltfilt", SECTIONS[:1], normal(14, 2), options=[{"axis": 0}], use=of_sections,
           float32=False),
    signal("detrend", normal(3, 8), linear=True,
           options=[{}, {"axis": 0, "type": "constant"}, {"bp": 3, "overwrite_data": False}]),
    *[signal("hilbert", normal(n), options=[{}, {"N": 9}], complex=False, linear=True)
      for n in (5, 6)],
    signal("hilbert", normal(4, 3), options=[{"axis": 0}], complex=False, linear=True),
    signal("savgol_filter", normal(9), 5, 2, float32=False, options=[
        {}, {"deriv": 1, "delta": 0.5}, {"mode": "mirror"}, {"mode": "wrap"}, {"mode": "nearest"},
        {"mode": "constant", "cval": 0.3}], complex=False),
    signal("savgol_filter", normal(7, 2), 5, 3, options=[{"axis": 0}], linear=True,
           float32=False, complex=False),
]  # fmt: skip
