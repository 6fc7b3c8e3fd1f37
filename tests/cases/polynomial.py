"""Series in the six bases of `numpy.polynomial`: the same rows for each."""

from __future__ import annotations

import numpy

import tracegrad.numpy.polynomial  # noqa: F401  declares the rules, which is done when asked for
from tests.tester import Case

from .samples import inside, normal, positive

C, D, E = normal(4), normal(3, seed=1), normal(2, seed=2)
C2, C3 = normal(3, 2), normal(2, 3, 2)
X, Y, Z, W = inside(5), inside(5, seed=1), inside(5, seed=2), positive(5)
GRID = inside(2, 2)
H, K = positive(), normal()
ROOTS = numpy.array([-1.7, 0.4, 1.2])
SERIES = numpy.array([0.7, -2.1, 0.4, 1.3])


def rows(module, prefix):
    def case(name, *args, **flags):
        return Case(f"polynomial.{module}.{prefix}{name}", args, **flags)

    yield case("val", X, C)
    yield case("val", H, C)
    yield case("val", GRID, C2)
    yield case("val", inside(2), C2, options=[{"tensor": False}])
    yield case("val", X, K)
    yield case("val2d", X, Y, C2)
    yield case("val3d", X, Y, Z, C3)
    yield case("grid2d", X, Y[:2], C2)
    yield case("grid3d", X[:2], Y[:2], GRID, C3, order=1)
    yield case("vander", X, 3)
    yield case("vander", GRID, 0)
    yield case("vander2d", X, Y, [1, 2])
    yield case("vander3d", X, Y, Z, [1, 0, 2])
    yield case("add", C, D, linear=True)
    yield case("sub", D, C, linear=True)
    yield case("mul", C, D)
    yield case("mulx", C, linear=True)
    yield case("pow", C, 3, options=[{"maxpower": 5}])
    yield case("pow", C, 1)
    yield case("pow", C, 0)
    yield case("div", C, E)
    yield case("div", C, positive(1))
    yield case("div", E, C, small=False)
    # NumPy gives float64 for numbers
    yield case("line", H, K, linear=True, float32=False, small=False)
    yield case("fromroots", ROOTS, float32=False, small=False)
    yield case("der", C, options=[{}, {"m": 0}, {"m": 2}, {"m": 4}], linear=True)
    yield case("der", C2, options=[{"axis": 1, "scl": 0.5}, {"axis": -2}], linear=True)
    yield case("der", C2, 2, options=[{"axis": 1}], linear=True)
    yield case("der", C, options=[{"m": 2, "scl": H}], complex=False)
    yield case("int", C, options=[{}, {"m": 0}, {"m": 2}, {"lbnd": 0.3}], linear=True)
    yield case("int", C2, options=[{"axis": 1, "scl": 0.5}, {"axis": -2}], linear=True)
    yield case(
        "int", C, options=[{"m": 2, "k": [K], "lbnd": H, "scl": positive(seed=1)}], complex=False
    )
    yield case("roots", SERIES, complex=False)
    yield case("roots", C[:2])
    yield case("companion", C)
    yield case("companion", C[:2])
    yield case("fit", X, W, 2, complex=False)
    yield case("fit", X, normal(5, 2), options=[{"deg": [0, 2], "w": W}], complex=False)
    yield case("fit", X, W, 1, options=[{"full": True}, {"rcond": 1e-9}], complex=False)
    if prefix == "poly":
        yield case("valfromroots", X, ROOTS)
        yield case("valfromroots", GRID[0], normal(3, 2), options=[{"tensor": False}])
        return
    yield case("weight", X)
    for name in (f"poly2{prefix}", f"{prefix}2poly"):
        yield Case(f"polynomial.{module}.{name}", (C,), linear=True, small=False)


ROWS = [
    *rows("chebyshev", "cheb"),
    *rows("hermite", "herm"),
    *rows("hermite_e", "herme"),
    *rows("laguerre", "lag"),
    *rows("legendre", "leg"),
    *rows("polynomial", "poly"),
    Case("polynomial.polyutils.getdomain", (X,), small=False),
    Case("polynomial.polyutils.mapparms", (E, D[:2]), float32=False),
    Case("polynomial.polyutils.mapdomain", (X, E, D[:2])),
    Case("polynomial.polyutils.trimcoef", (C,), [{}, {"tol": 0.7}], complex=False, small=False),
]
