"""Functions of one array, element by element."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import inside, normal, positive

N, P, I = normal(2, 3), positive(2, 3), inside(2, 3)
HOLES = numpy.array([[1.3, numpy.nan, numpy.inf], [-numpy.inf, -0.6, 2.1]])


def real(name, sample, options=None, **flags):
    return Case(name, (sample,), options or [{}], **{"complex": False, **flags})


def both(name, sample, **flags):
    """Takes complex arrays and is analytic."""
    return Case(name, (sample,), **{"analytic": True, **flags})


ROWS = [
    # -- linear
    both("negative", N, linear=True),
    both("positive", N, linear=True),
    Case("conjugate", (N,), linear=True),
    real("degrees", N, linear=True),
    real("rad2deg", N, linear=True),
    real("radians", N, linear=True),
    real("deg2rad", N, linear=True),
    # -- powers, exponentials, logarithms
    both("square", N),
    both("sqrt", P),
    real("cbrt", N),
    both("reciprocal", P),
    both("exp", N),
    both("exp2", N),
    both("expm1", N),
    both("log", P),
    both("log2", P),
    both("log10", P),
    both("log1p", P),
    # -- trigonometric and hyperbolic
    both("sin", N),
    both("cos", N),
    both("tan", I),
    both("arcsin", I),
    both("arccos", I),
    both("arctan", N),
    both("sinh", N),
    both("cosh", N),
    both("tanh", N),
    both("arcsinh", N),
    both("arccosh", 1.5 + P),
    both("arctanh", I),
    # -- parts of a complex number
    Case("real", (N,), linear=True),
    Case("imag", (N,), linear=True),
    Case("real_if_close", (N,), [{}, {"tol": 100}], linear=True),
    Case("absolute", (N,)),
    real("fabs", N),
    Case("angle", (N,), [{}, {"deg": True}]),
    # -- others
    Case("sinc", (N,)),
    Case("sinc", (I,)),  # near 0 the slope is a series
    real("sinc", numpy.array([[0.0, 1e-9, -0.3], [0.3, 1.0, -2.0]])),
    real("nan_to_num", N, [{}, {"nan": 1.0}, {"posinf": 1.0, "neginf": 2.0}, {"copy": True}]),
    Case("nan_to_num", (N,)),
    Case("nan_to_num", (HOLES,), [{"posinf": 5.0, "neginf": -5.0}], small=False),
]
for _row in ROWS:
    assert isinstance(_row.args[0], numpy.ndarray)
