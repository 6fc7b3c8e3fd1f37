"""Resampling, envelopes and ranks of `scipy.signal`."""

from __future__ import annotations

import numpy
import scipy.signal

from tests.tester import Case

from .samples import apart, normal, positive

X, M = normal(9), normal(6, 2)
F64 = numpy.float64
SINGLE = {"float32": False}


def signal(name, *args, options=None, **flags):
    flags = {"small": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


def shaped(f):
    """A spectral window of the user's."""
    return 1 - f * f


POLY = [{"padtype": padtype} for padtype in ("mean", "median", "minimum", "maximum", "edge")]
POLY += [{"padtype": padtype} for padtype in ("line", "antisymmetric", "antireflect")]
POLY += [{"padtype": padtype} for padtype in ("smooth", "symmetric", "reflect", "wrap")]
RESAMPLE = [
    {},
    {"window": "hann"},
    {"window": shaped},
    {"t": numpy.arange(9) * 0.5},
]
ROWS = [
    signal("resample", X, 5, options=RESAMPLE),
    signal("resample", X, 5, options=[{"window": ("gaussian", F64(2.1))}], complex=False),
    signal("resample", X, 14, options=[{}, {"window": positive(9)}]),
    *[signal("resample", M, n, options=[{"axis": 0}]) for n in (4, 5, 6, 9)],
    *[signal("resample", normal(2, 6) + 1j, n, options=[{"axis": -1, "domain": domain}],
             float32=False) for n in (4, 8) for domain in ("time", "freq")],
    signal("resample_poly", X, 3, 2, options=[{}, {"window": positive(5)}], **SINGLE),
    signal("resample_poly", X, 3, 2, options=[{"window": ("kaiser", F64(4.5))}], complex=False,
           **SINGLE),
    signal("resample_poly", X, 3, 2, options=[{"cval": F64(0.7)}], **SINGLE),
    signal("resample_poly", M, 2, 4, options=[{"axis": 0}, {"axis": -1}]),
    signal("resample_poly", X, 2, 3, options=[{"window": [0.3, 0.5, 0.2]}, *POLY], complex=False,
           **SINGLE),
    signal("upfirdn", normal(9), normal(4), 2, 3, options=[
        {"mode": mode} for mode in ("edge", "smooth", "line", "antireflect", "antisymmetric",
                                    "symmetric", "reflect", "wrap")]),
    signal("upfirdn", normal(5), normal(3, 2), options=[{"axis": 0, "cval": F64(0.3)}],
           complex=False),
    signal("decimate", normal(29), 2, options=[{"n": 3}, {"n": 2, "zero_phase": False}], **SINGLE),
    signal("decimate", normal(2, 31), 3, options=[
        {"axis": 1, "ftype": "fir", "n": 4, "zero_phase": False}, {"ftype": "fir", "axis": -1}],
        **SINGLE),
    *[signal("decimate", normal(17), 2, options=[
        {"ftype": scipy.signal.dlti(*system), "zero_phase": back} for back in (True, False)],
        **SINGLE) for system in (([1.0, 0.5], [1.0, 0.2, 0.4]), ([1.0, 0.5], [1.0, -0.2]),
                                 ([0.5, 0.5, 0.25], [1.0]))],
    signal("deconvolve", normal(6), normal(3)),
    signal("hilbert2", normal(4, 5), options=[{}, {"N": (3, 6)}, {"N": 4}], complex=False),
    signal("medfilt", apart(9), options=[{}, {"kernel_size": 5}], complex=False),
    signal("medfilt", apart(4, 3), options=[{"kernel_size": (1, 3)}], complex=False),
    signal("medfilt2d", apart(4, 3), options=[{}, {"kernel_size": [3, 1]}], complex=False),
    signal("order_filter", apart(4, 3), numpy.eye(3, dtype=int), 2, complex=False),
    signal("order_filter", apart(7), numpy.ones(3, int), -1, complex=False),
    signal("wiener", normal(4, 5), options=[{}, {"mysize": (1, 3)}, {"noise": F64(0.9)}],
           complex=False, float32=False),
    signal("wiener", normal(7), options=[{"mysize": 3}], complex=False, float32=False),
]  # fmt: skip
if hasattr(scipy.signal, "envelope"):
    ROWS += [signal("hilbert2", normal(4, 2, 3), options=[{"axes": (0, -1)}], complex=False)]
    BANDS = [(1, None), (None, None), (-2, 3), (2, 4), (-3, -1), (0, 3)]
    ROWS += [
        signal("envelope", normal(n), options=[
            *[{"bp_in": band, "residual": "all"} for band in BANDS],
            *[{"bp_in": band, "n_out": m} for band in BANDS[:3] for m in (5, 12)],
            {"squared": True, "residual": None}], order=1,
            loss=10)  # the size of numbers near 0 is steep
        for n in (8, 9)
    ]  # fmt: skip
    ROWS += [signal("envelope", M, options=[{"axis": 0, "residual": "lowpass"}], complex=False)]
