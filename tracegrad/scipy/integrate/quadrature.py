"""`quad`: QUADPACK's integrals, with their weights."""

from __future__ import annotations

import functools

import numpy as np
import scipy.integrate as si

from ...core.box import getval
from ...numpy.rules.arrays import as_array, refuse
from ...operators.constants import stop_gradient
from ..standing import stands_for
from ..watching import Watch
from .closures import frozen, is_traced
from .integrals import Way, integral

__all__ = ["by_component", "quad", "scalar", "weighted"]


def by_component(take, fun, shape):
    """The integral that `take` takes of a number, of each component of a function on its own."""
    if shape == ():
        return take(fun)
    known = {}

    def component(i, *x):
        if x not in known:  # the first points are the same for all
            known[x] = fun(*x)
        return known[x][i]

    return np.array([take(functools.partial(component, i)) for i in range(*shape)], float)


class Interval(Way):
    """∫ w(x) f(x) dx from a to b by `quad`."""

    def __init__(self, **options):
        self.options = options

    def plain(self, fun, shape, bounds):
        return by_component(lambda f: si.quad(f, *bounds, **self.options)[0], fun, shape)

    def slope(self, fun, bounds, k):
        return self._end(fun, bounds[k]) * (-1.0, 1.0)[k]

    def _end(self, fun, x):
        """The integrand where the interval ends; at infinity it has no say."""
        if np.isinf(getval(x)):
            return np.float64(0.0)
        weight, wvar = self.options.get("weight"), self.options.get("wvar")
        if weight == "cos":
            return fun(x) * np.cos(wvar * x)
        if weight == "sin":
            return fun(x) * np.sin(wvar * x)
        return fun(x) / (x - wvar) if weight == "cauchy" else fun(x)


def scalar(fun, of=np.real):
    """A function that gives 0-d arrays, of what may be Python numbers or have an axis."""
    return lambda *x: of(np.reshape(as_array(fun(*x)), ()))


def weighted(fun, a, b, weight=None, wvar=None, **options):
    """The integral, with traced parameters of the weight brought into the integrand."""
    again = functools.partial(weighted, weight=weight, **options)
    moves = is_traced(wvar)
    wvar, given = stop_gradient(wvar), wvar
    if weight in ("cos", "sin") and moves:
        # cos(wx) = cos(vx) cos(dx) - sin(vx) sin(dx), where v has the value of w and d moves
        d = given - wvar
        other, sign = ("sin", -1) if weight == "cos" else ("cos", 1)
        return again(lambda x: fun(x) * np.cos(d * x), a, b, wvar=wvar) + sign * weighted(
            lambda x: fun(x) * np.sin(d * x), a, b, weight=other, wvar=wvar, **options
        )
    if weight == "cauchy" and moves:  # measured from the pole
        d = given - wvar
        return again(lambda x: fun(x + d), a - d, b - d, wvar=wvar)
    if weight is not None and weight.startswith("alg"):
        if moves:
            refuse("quad", wvar=given)
        if is_traced(a, b):  # on an interval that stays: x = a + (b - a) u
            return _on_unit_interval(fun, a, b, weight, wvar, options)
    bounds = tuple([as_array(x).astype(float)[()] for x in (a, b)])
    return integral(fun, (), bounds, Interval(weight=weight, wvar=wvar, **options))


def _on_unit_interval(fun, a, b, weight, wvar, options):
    """(x-a)^α (b-x)^β dx is (b-a)^(1+α+β) u^α (1-u)^β du; each logarithm adds log(b-a)."""
    width = b - a
    logs = {"alg": "", "alg-loga": "a", "alg-logb": "b", "alg-log": "ab"}[weight]
    every = {"": "alg", "a": "alg-loga", "b": "alg-logb", "ab": "alg-log"}
    expanded = {"": [("", 0)], "a": [("a", 0), ("", 1)], "b": [("b", 0), ("", 1)],
                "ab": [("ab", 0), ("a", 1), ("b", 1), ("", 2)]}[logs]  # fmt: skip
    scaled = lambda u: fun(a + width * u)
    terms = [
        weighted(scaled, 0.0, 1.0, weight=every[name], wvar=wvar, **options)
        * np.log(width) ** power
        for name, power in expanded
    ]
    return sum(terms[1:], terms[0]) * width ** (1.0 + wvar[0] + wvar[1])


@stands_for(si.quad)
def quad(
    func,
    a,
    b,
    args=(),
    full_output=0,
    epsabs=1.49e-8,
    epsrel=1.49e-8,
    limit=50,
    points=None,
    weight=None,
    wvar=None,
    wopts=None,
    maxp1=50,
    limlst=50,
    complex_func=False,
):
    watch = Watch()
    plain = stop_gradient((a, b, points, wvar, epsabs, epsrel))
    known = si.quad(
        watch(func), plain[0], plain[1], args, full_output, plain[4], plain[5], limit, plain[2],
        weight, plain[3], wopts, maxp1, limlst, complex_func,
    )  # fmt: skip
    if not (watch.traced or is_traced(a, b, wvar)):
        return known
    if not callable(func):
        refuse("quad", func=func)
    args = args if isinstance(args, tuple) else (args,)
    options = {"epsabs": plain[4], "epsrel": plain[5], "limit": limit, "points": plain[2],
               "weight": weight, "wvar": wvar, "maxp1": maxp1, "limlst": limlst}  # fmt: skip

    same, *args = map(frozen, (func, *args))
    called = lambda x: same(x, *args)
    value = weighted(scalar(called), a, b, **options)
    if complex_func:
        value = value + weighted(scalar(called, np.imag), a, b, **options) * 1j
    return (value, *known[1:])
