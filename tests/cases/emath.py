"""Functions that leave the real numbers where their argument is outside the real domain."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import inside, normal, positive

N, P, I = normal(2, 3), positive(2, 3), inside(2, 3)
BEYOND = numpy.array([[1.7, -0.4, 2.6], [0.7, -1.9, -1.3]])


def both(name, *samples):
    return [Case(f"emath.{name}", (sample,)) for sample in samples]


ROWS = [
    *both("sqrt", N, P),
    *both("log", N, P),
    *both("log2", N, P),
    *both("log10", N, P),
    *both("arccos", I, BEYOND),
    *both("arcsin", I, BEYOND),
    *both("arctanh", I, BEYOND),
    Case("emath.logn", (P + 1.5, P), broadcast=True),
    Case("emath.logn", (2.0, N)),
    Case("emath.logn", (N - 4.0, N), broadcast=True, complex=False),
    Case("emath.power", (P, normal(2, 3, seed=1)), broadcast=True),
    Case("emath.power", (N, normal(2, 3, seed=1)), broadcast=True),
    Case("emath.power", (N, 0.5)),
    Case("emath.power", (N, [2, -1, 3])),
    Case("emath.power", (-2, N)),
]
