"""Noncentral distributions of `scipy.special`."""

from __future__ import annotations

import numpy
from scipy import special

from tests.tester import Case

A, B = numpy.array([1.2, 3.1]), numpy.array([2.3, 5.2])
NC, X, P = numpy.array([0.4, 1.7]), numpy.array([0.8, 2.4]), numpy.array([0.35, 0.6])


def row(name, *args, loss=1e5, **flags):
    """SciPy before 1.15 and its inverses converge to seven digits or fewer."""
    flags = {"complex": False, "float32": False, "small": False, "order": 1, **flags}
    return Case(f"scipy.special.{name}", args, loss=loss, **flags)


ROWS = [
    row("chndtr", X, A, NC, order=2),
    row("chndtrix", P, A, NC),
    row("chndtridf", X, P, NC),
    row("chndtrinc", X, A, 0.7 * special.chndtr(X, A, 0.0)),
    row("ncfdtr", A, B, NC, X),
    row("ncfdtri", A, B, NC, P),
    row("ncfdtridfn", special.ncfdtr(A, B, 2.0, 2.5 * X), B, 2.0, 2.5 * X),
    row("ncfdtridfd", A[1:], special.ncfdtr(A, B, NC, X)[1:], NC[1:], X[1:]),
    row("ncfdtrinc", A, B, special.ncfdtr(A, B, NC, X), X),
    row("nctdtr", A, NC, X * [1, -1], order=2),
    row("nctdtrit", A, NC, P),
    row("nctdtridf", special.nctdtr(A, NC, X), NC, X),
    row("nctdtrinc", A, P, X),
]
