"""Recursive filters: designs and forms of transfer functions."""

from __future__ import annotations

import inspect

import numpy
import scipy.signal

from tests.tester import Case

from .samples import normal, positive

F64, ARRAY = numpy.float64, numpy.array
XP = [{"xp": None, "device": None}]
XP *= "xp" in inspect.signature(scipy.signal.iirnotch).parameters


def design(name, *args, options=None, **flags):
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


def paired(x):
    """Roots in conjugate pairs, of real numbers."""
    x = numpy.multiply(x, numpy.ones(len(x)))
    return numpy.concatenate([x[:1] + x[1:] * 1j, x[:1] - x[1:] * 1j])


def of_pairs(fun, z, p, *args, **options):
    return fun(paired(z), paired(p), *args, **options)


B, A = ARRAY([0.7, 1.3]), ARRAY([1.5, -0.4, 0.2])
Z, P = ARRAY([-0.3, 0.6]), ARRAY([-0.8, 0.4, 0.9])
BAND = ARRAY([0.25, 0.6])
OUTPUTS = [{"output": output} for output in ("ba", "zpk", "sos")]
ROWS = [
    design("butter", 3, F64(0.3), options=[
        *OUTPUTS, {"btype": "high", "analog": True}, {"fs": F64(1.3)}]),
    design("butter", 2, BAND, "band", options=OUTPUTS),
    design("butter", 3, BAND, options=[{"btype": "bandstop", "output": "sos"}]),
    design("cheby1", 4, F64(1.2), F64(0.3), options=[
        *OUTPUTS, {"btype": "hp"}, {"analog": True, "output": "sos"}, {"fs": F64(1.3)}]),
    design("cheby1", 3, F64(1.2), F64(0.3)),
    design("cheby2", 4, F64(20.0), F64(0.3), options=[
        *OUTPUTS, {"btype": "hp"}, {"analog": True}, {"fs": F64(1.3)}]),
    design("cheby2", 3, F64(20.0), BAND, "bp"),
    design("ellip", 3, 1.0, 20.0, F64(0.3), options=[
        *OUTPUTS, {"btype": "hp"}, {"analog": True}, {"fs": F64(1.3)}]),
    design("bessel", 3, F64(0.3), options=[
        *OUTPUTS, {"btype": "hp"}, {"analog": True}, {"fs": F64(1.3)}, {"norm": "mag"}]),
    design("iirfilter", 2, BAND, options=[
        {}, {"ftype": "cheby1", "rp": F64(1.1)}, {"ftype": "cheby2", "rs": F64(21.0)},
        {"fs": F64(1.7), "output": "zpk"}, {"btype": "bandstop", "analog": True}]),
    design("cheb1ap", 3, F64(1.2), options=[{}, *XP]),
    design("cheb2ap", 3, F64(21.0), options=[{}, *XP]),
    *[design(name, F64(0.3), F64(2.2), options=[{}, {"fs": F64(1.6)}, *XP])
      for name in ("iirnotch", "iirpeak")],
    design("iircomb", 0.25, F64(2.2), options=[
        *[{"ftype": ftype, "pass_zero": zero} for ftype in ("notch", "peak")
          for zero in (True, False)], {"fs": 1.0}, *XP]),
    # polynomials
    design("normalize", B, A, complex=True),
    design("normalize", normal(2, 2), A),
    *[design(name, b, a, options=[{}, {"wo": F64(1.4)}])
      for name in ("lp2lp", "lp2hp") for b, a in ((B, A), (A, B))],
    *[design(name, b, a, options=[{}, {"wo": F64(1.4), "bw": F64(0.6)}])
      for name in ("lp2bp", "lp2bs") for b, a in ((B, A), (A, B))],
    *[design("bilinear", b, a, options=[{}, {"fs": F64(0.8)}]) for b, a in ((B, A), (A, B))],
    # roots
    *[design(name, Z, P, F64(1.3), options=[{}, {"wo": F64(1.4)}], use=of_pairs)
      for name in ("lp2lp_zpk", "lp2hp_zpk")],
    *[design(name, Z, P, F64(1.3), options=[{}, {"wo": F64(1.4), "bw": F64(0.6)}], use=of_pairs)
      for name in ("lp2bp_zpk", "lp2bs_zpk")],
    design("bilinear_zpk", Z, P, F64(1.3), F64(0.8), use=of_pairs),
    design("zpk2tf", Z, P, F64(1.3), use=of_pairs),
    design("zpk2tf", normal(2, 3), normal(3), positive(2)),
    design("tf2zpk", A, normal(4)),
    design("zpk2sos", Z, P[:2], F64(1.3), options=[{}, {"analog": True}], use=of_pairs),
    design("zpk2sos", Z[:1], P, F64(1.3), use=lambda fun, z, p, k, **options: fun(
        z, paired(p), k, **options), options=[{}, {"pairing": "keep_odd"}]),
    design("zpk2sos", Z, P, F64(1.3), options=[{}, {"pairing": "minimal"}]),
    design("tf2sos", normal(3), normal(4), options=[{}, {"pairing": "minimal", "analog": True}]),
    design("sos2tf", normal(2, 6), complex=True, float32=True),
    design("sos2zpk", normal(2, 6)),
]  # fmt: skip
