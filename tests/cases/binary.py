"""Functions of two arrays and of more, element by element, with broadcasting."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import apart, normal, positive

N, M, P = normal(2, 3), normal(2, 3, seed=1), positive(2, 3)
A, B = apart(2, 6)[:, :3], apart(2, 6)[:, 3:]  # no element of A near one of B
BIG = numpy.array([[7.3, -6.1, 5.5], [-4.4, 3.7, 8.1]])  # several times each divisor
DIVISOR = numpy.array([[2.0, 1.7, -1.6], [1.3, -2.3, 2.5]])
MASK = numpy.array([[True, False, True], [False, False, True]])


def pairs(name, x, y, **flags):
    return Case(name, (x, y), **{"broadcast": True, **flags})


def real(name, x, y, **flags):
    return pairs(name, x, y, complex=False, **flags)


ROWS = [
    pairs("add", N, M, linear=True, analytic=True),
    pairs("subtract", N, M, linear=True, analytic=True),
    pairs("multiply", N, M, analytic=True),
    pairs("divide", N, M, analytic=True),
    pairs("power", P, M, analytic=True),
    # a constant exponent: Python's number, an array of integers; a constant base
    Case("power", (N, 3), analytic=True),
    Case("power", (N, 2), analytic=True),
    Case("power", (N, 1)),
    Case("power", (N, 0)),
    Case("power", (N, -1), analytic=True),
    Case("power", (P, 0.5), analytic=True),
    Case("power", (N, numpy.array([0, 1, 3]))),
    Case("power", (2.0, N), analytic=True),
    # a zero among the exponents, where y xʸ⁻¹ still turns with y
    Case("power", (P, numpy.array([[0.0, 1.0, 2.0], [0.5, 0.0, -1.0]]))),
    pairs("float_power", P, M, float32=False),
    Case("float_power", (N, 2), float32=False),
    Case("float_power", (N, numpy.array([0, 1, 3])), float32=False),
    Case("float_power", (2, N), float32=False),
    real("maximum", A, B),
    real("minimum", A, B),
    real("fmax", A, B),
    real("fmin", A, B),
    real("remainder", BIG, DIVISOR),
    real("fmod", BIG, DIVISOR),
    real("hypot", N, M),
    real("arctan2", N, M),
    real("logaddexp", N, M),
    real("logaddexp2", N, M),
    real("copysign", N, M),
    Case("heaviside", ([-1.0, 0.0, 0.0], normal(3)), complex=False, linear=True),
    # NumPy's step of one unit in the last place: no slope to be seen in the first argument's
    Case("nextafter", (N, 9.0), complex=False),
    Case("ldexp", (N, numpy.array([[1, -2, 0], [3, 2, 1]])), complex=False, linear=True),
    Case("where", (MASK, N, M), linear=True),
    Case("where", (MASK[0], N, 0.0), linear=True),
    Case("where", (MASK, 1.0, M)),
    Case("where", (MASK, normal(3), normal(2, 1))),
]
