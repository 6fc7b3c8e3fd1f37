"""Integrals of samples, of `scipy.integrate`."""

from __future__ import annotations

import numpy
import scipy.integrate

from tests.tester import Case

from .samples import normal, positive


def integrate(name, *args, options=None, **flags):
    return Case(f"scipy.integrate.{name}", args, options or [{}], small=False, **flags)


def by_name(fun, y, d, key, **options):
    return fun(y, **{key: d}, **options)


def points(*shape):
    return numpy.cumsum(positive(*shape), axis=-1)


REAL = {"complex": False, "float32": False}
"""Distances are real numbers, in double precision."""
DX, AXES = [{}, {"dx": 0.3}], [{"axis": 0}, {"axis": -1, "dx": 0.5}]
ROWS = [
    integrate(
        "romb",
        normal(9),
        numpy.float64(0.4),
        options=[{}, {"show": False, "axis": 0}],
        complex=False,
        float32=False,
    ),  # in double precision
    integrate("romb", normal(3, 5), options=[{}, {"axis": 0}], linear=True, float32=False),
]
NAMES = ["trapezoid", "cumulative_trapezoid", "simpson"]
if scipy.integrate.trapezoid is getattr(numpy, "trapezoid", None):
    NAMES.remove("trapezoid")
NAMES += [old for old in ("trapz", "cumtrapz", "simps") if hasattr(scipy.integrate, old)]
for _name in NAMES:
    ROWS += [
        *[
            integrate(_name, normal(n), options=DX, linear=True, float32="simp" not in _name)
            for n in (2, 3, 6, 7)
        ],
        integrate(_name, normal(4, 5), options=AXES, linear=True),
        *[integrate(_name, normal(n), points(n), **REAL) for n in (6, 7)],
        integrate(_name, normal(3, 4), points(3, 4), **REAL),
        integrate(_name, normal(3, 4), points(3), options=[{"axis": 0}], **REAL),
    ]
for _name in [name for name in NAMES if name.startswith("cum")]:
    ROWS += [integrate(_name, normal(4), options=[{"initial": 0}], linear=True)]
if hasattr(scipy.integrate, "cumulative_simpson"):
    ROWS += [
        *[integrate("cumulative_simpson", normal(n), options=DX, linear=True,
                    float32=False) for n in (2, 3, 6)],
        integrate("cumulative_simpson", normal(4, 5), options=[*AXES, {"initial": 0.5}],
                  float32=False),
        integrate("cumulative_simpson", normal(2, 5), options=[{"x": points(2, 5)}], **REAL),
        integrate("cumulative_simpson", normal(2, 5), options=[{"dx": positive(2, 1)}], **REAL),
        integrate("cumulative_simpson", normal(2, 4), normal(2, 1), "initial", use=by_name, **REAL),
    ]  # fmt: skip
