"""Responses of filters."""

from __future__ import annotations

import numpy
import scipy.signal

from tests.tester import Case

from .samples import normal

F64, ARRAY = numpy.float64, numpy.array
NEW = scipy.signal.freqz(numpy.ones(2, numpy.float32), worN=2)[0].dtype == numpy.float32


def response(name, *args, options=None, **flags):
    flags = {"small": False, "float32": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


B, A = normal(3), ARRAY([1.5, -0.4, 0.2])
SOS = ARRAY([[0.5, 0.3, 0.2, 1.0, -0.3, 0.1], [1.0, -0.2, 0.4, 1.0, 0.2, 0.05]])
AT = {"worN": ARRAY([0.3, 1.1, 2.0])}
Z, P = ARRAY([0.5 + 0.2j, 0.5 - 0.2j]), ARRAY([-0.4 + 0.3j, -0.4 - 0.3j, 0.2 + 0j])


def of_pair(fun, b, a, *args, **options):
    return fun((b, a), *args, **options)


def with_ones(fun, sos, *args, **options):
    one = numpy.array([0.0, 0, 0, 1, 0, 0])
    return fun(numpy.multiply(sos, 1 - one) + one, *args, **options)


COUNTS = [{"worN": 4}, {"worN": 3, "whole": True, "fs": 3.0}]
ROWS = [
    response("freqz", B, A, options=[*COUNTS, {"worN": 3, "include_nyquist": True, "plot": None}],
             float32=bool(NEW)),
    response("freqz", B, A, options=[AT, {**AT, "fs": F64(7.0)}], complex=False),
    response("freqz", B, options=COUNTS),
    response("freqz", normal(3, 2, 1), options=COUNTS[:1]),
    response("freqz", normal(3, 2, 1), A, options=COUNTS[:1]),
    *[response(name, SOS, use=with_ones, options=[*COUNTS, {**AT, "fs": F64(7.0)}],
               complex=False, small=False)
      for name in ("sosfreqz", "freqz_sos") if hasattr(scipy.signal, name)],
    response("freqz_zpk", Z, P, F64(1.3), options=[*COUNTS, {**AT, "fs": F64(7.0)}], complex=False),
    response("group_delay", B, A, 3, True, F64(2.0), use=of_pair, complex=False),
    response("group_delay", B, A, ARRAY([0.2, 1.0]), use=of_pair, complex=False),
    response("freqs", B, A, 3, complex=False),
    response("freqs", B, A, options=[AT, {**AT, "plot": None}], loss=10),  # steep near a pole
    response("freqs_zpk", Z, P - 1.0, F64(1.3), 3, complex=False),
    response("freqs_zpk", Z, P - 1.0, F64(1.3), options=[AT], complex=False),
]  # fmt: skip
