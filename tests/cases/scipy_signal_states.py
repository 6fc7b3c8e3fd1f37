"""Systems by their states."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

F64 = numpy.float64
NUM, DEN = normal(2), normal(3)
A, B, C, D = 0.4 * normal(2, 2), normal(2, 1), normal(1, 2), normal(1, 1)
TIMES = [0.0, 0.5, 1.0, 1.5]


def signal(name, *args, options=None, **flags):
    flags = {"small": False, "complex": False, "float32": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


METHODS = [{"method": method} for method in ("zoh", "bilinear", "euler", "backward_diff", "foh")]


def strictly(fun, a, b, c, *args, **options):
    return fun((a, b, c, numpy.zeros((1, 1))), *args, **options)


def later(fun, system, u, dt):
    return fun(system, u, numpy.arange(1.0, 5) * dt, normal(2))


def of_roots(fun, p, k, *args):
    return fun(([], p, k), *args)


ROWS = [
    signal("tf2ss", NUM, DEN),
    signal("tf2ss", normal(2, 3), DEN),
    signal("ss2tf", A, B, C, D),
    signal("ss2tf", A, normal(2, 2), normal(3, 2), normal(3, 2), options=[{"input": 1}]),
    signal("zpk2ss", normal(1), normal(3), F64(1.3)),
    signal("ss2zpk", A, B, C, D, options=[{"input": 0}]),
    signal("cont2discrete", (A, B, C, D), F64(0.7), options=[
        *METHODS, {"method": "gbt", "alpha": F64(0.3)}]),
    signal("cont2discrete", (NUM, DEN), F64(0.7)),
    signal("cont2discrete", -positive(2), F64(1.2), F64(0.7), use=of_roots),
    signal("cont2discrete", A, B, C, F64(0.7), options=[{"method": "impulse"}], use=strictly),
    signal("lsim", (A, B, C, D), normal(4), TIMES, options=[
        {}, {"interp": False}, {"X0": normal(2)}]),
    signal("lsim", (NUM, DEN), None, TIMES, options=[{"X0": normal(2)}]),
    signal("lsim", (A, normal(2, 2), C, normal(1, 2)), normal(4, 2), F64(0.3),
           use=later),
]  # fmt: skip
