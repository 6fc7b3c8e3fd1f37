"""Ufuncs that take a number apart."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal

N = normal(2, 3)
BIG = numpy.array([[7.3, -6.1, 5.5], [-4.4, 3.7, 8.1]])  # several times each divisor
DIVISOR = numpy.array([[2.0, 1.7, -1.6], [1.3, -2.3, 2.5]])


def real(name, *args, options=None, **flags):
    return Case(name, args, options or [{}], **{"complex": False, **flags})


F64 = {"dtype": numpy.float64, "casting": "same_kind", "order": "K", "subok": True}

ROWS = [
    real("modf", N),
    real("modf", N, options=[F64], float32=False),
    real("frexp", N),
    real("frexp", 100.0 * N),
    real("divmod", BIG, DIVISOR, broadcast=True),
    real("divmod", BIG, 2.5),
    real("divmod", 20.3, DIVISOR),
    real("divmod", BIG, DIVISOR, options=[F64], float32=False),
]
