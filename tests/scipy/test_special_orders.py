"""Slopes in orders and parameters by differences, against mpmath."""

from __future__ import annotations

import itertools

import mpmath as mp
import numpy
import pytest

import tracegrad as tg
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import special

ORDERS = [0.0, 0.3, 1.0, 7.0, 100.0, -0.4, -3.7]
ARGUMENTS = [1e-8, 0.1, 2.5, 30.0, 700.0]
CYLINDER = list(itertools.product(ORDERS, ARGUMENTS))
BELOW_40 = [(v, z) for v, z in CYLINDER if z < 40]
PARAMETERS = [(a, b) for a in (0.0, 0.5, 8.0, -3.0, -7.2) for b in (0.1, 1.0, 12.5, -2.5)]
CONFLUENT = [(*ab, z) for ab in PARAMETERS for z in (-50.0, -0.1, 0.9, 20.0)]
GAUSS = [
    (*ab, c, z) for ab in ((0.5, 2.0), (-2.0, 7.0), (3.3, -1.6)) for c in (0.6, 11.0, -1.4)
    for z in (-30.0, -0.9, 0.3, 0.95)
]  # fmt: skip
ON_INTERVAL = list(itertools.product([0.0, 1.0, 5.0, 2.5], [-0.95, 0.0, 0.4, 0.99]))
# function, the same in mpmath, which argument, points
SLOPES = [
    ("jv", mp.besselj, 0, CYLINDER),
    ("yv", mp.bessely, 0, CYLINDER),
    ("iv", mp.besseli, 0, CYLINDER),
    ("kv", mp.besselk, 0, CYLINDER),
    ("struve", mp.struveh, 0, BELOW_40),
    ("modstruve", mp.struvel, 0, BELOW_40),
    ("hyp0f1", mp.hyp0f1, 0, [(b, z) for _, b, z in CONFLUENT[:16]]),
    ("hyp1f1", mp.hyp1f1, 0, CONFLUENT),
    ("hyp1f1", mp.hyp1f1, 1, CONFLUENT),
    ("hyp2f1", mp.hyp2f1, 0, GAUSS),
    ("hyp2f1", mp.hyp2f1, 1, GAUSS),
    ("hyp2f1", mp.hyp2f1, 2, GAUSS),
    ("eval_legendre", mp.legendre, 0, ON_INTERVAL),
    ("eval_genlaguerre", mp.laguerre, 1, [(n, 0.7, x) for n, x in ON_INTERVAL if x > 0]),
    ("eval_chebyt", mp.chebyt, 0, ON_INTERVAL),
]


def reference(fun, point, at):
    """Slope and value: a difference whose error and rounding are below 1e-20."""
    h, point = mp.mpf(10) ** -12, list(map(mp.mpf, point))

    def along(x):
        return mp.re(fun(*point[:at], x, *point[at + 1 :]))

    with mp.workdps(40):
        x = point[at]
        return float((along(x + h) - along(x - h)) / (2 * h)), float(along(x))


@pytest.mark.parametrize("name, fun, at, points", SLOPES, ids=[f"{r[0]}-{r[2]}" for r in SLOPES])
def test_slopes(name, fun, at, points):
    args = [numpy.array(column) for column in zip(*points)]
    found = tg.elementwise_grad(getattr(special, name), at)(*args)
    wanted = [reference(fun, point, at) for point in points]
    inside = [i for i, (_, value) in enumerate(wanted) if 1e-290 < abs(value) < 1e290]
    kept = [i for i in inside if not numpy.isnan(found[i])]
    for i in kept:
        slope, value = wanted[i]
        assert abs(found[i] - slope) <= 1e-8 * (abs(slope) + abs(value)), (points[i], found[i])
    assert len(kept) >= 0.8 * len(inside)


def test_rough_values_give_no_slope():
    """SciPy's polynomials of real degree lose digits at one end: NaN, or right."""
    for x in numpy.linspace(-0.99, -0.9, 19):
        got = tg.grad(special.eval_chebyt)(7.7, x)
        want = -numpy.arccos(x) * numpy.sin(7.7 * numpy.arccos(x))
        assert numpy.isnan(got) or abs(got - want) < 1e-6
    assert numpy.isnan(tg.grad(special.eval_chebyt)(7.7, -0.95))


def test_where_there_is_no_slope():
    assert numpy.isnan(tg.grad(special.jv)(0.0, 0.0))  # 1 of order 0, 0 or infinite beside it
    assert numpy.isnan(tg.grad(special.jv)(2.0, -1.0))  # complex beside it
    assert tg.grad(special.jv)(2.0, 0.0) == 0.0
    assert tg.grad(special.kv)(0.0, 2.0) == 0.0


def test_third_order():
    got = tg.grad(tg.grad(tg.grad(special.kv)))(1.3, 2.0)
    with mp.workdps(30):
        want = float(mp.diff(lambda v: mp.besselk(v, 2), 1.3, 3))
    assert abs(got - want) < 1e-7 * abs(want)


@pytest.mark.parametrize("name, args", [("hyperu", (0.5, 1.2, 3.0)), ("kn", (1.0, 2.0))])
def test_refused(name, args):
    with pytest.raises(NoDerivative, match=name):
        tg.grad(getattr(special, name))(*args)
