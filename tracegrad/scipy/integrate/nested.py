"""Integrals over several variables: `nquad`, `dblquad`, `tplquad`."""

from __future__ import annotations

import functools

import scipy.integrate as si

from ...core.box import getval
from ...operators.constants import stop_gradient
from ..standing import stands_for
from ..watching import Watch
from .closures import frozen
from .integrals import Way, integral
from .quadrature import by_component, scalar, weighted

__all__ = ["dblquad", "nquad", "tplquad"]


class Region(Way):
    """The integral over a region that stays where it is, by `nquad`."""

    def __init__(self, ranges, args, opts):
        self.ranges, self.args, self.opts = ranges, args, opts

    def plain(self, fun, shape, bounds):
        n = len(self.ranges)
        take = lambda f: si.nquad(lambda *x: f(*x[:n]), self.ranges, self.args, self.opts)[0]
        return by_component(take, fun, shape)


def _one_after_another(func, ranges, args, opts):
    """The integral over a region whose bounds are traced: each is an integral of integrals."""

    def over(depth, *outer):
        at = -1 - depth
        low, high = ranges[at](*outer) if callable(ranges[at]) else ranges[at]
        options = {"epsabs": 1.49e-8, "epsrel": 1.49e-8, "limit": 50, "points": None}
        options |= opts[at](*outer) if callable(opts[at]) else opts[at]
        options.pop("wopts", None)
        if options["points"] is not None:
            ends = getval(low), getval(high)
            points = map(getval, options["points"])
            options["points"] = [x for x in points if ends[0] <= x <= ends[1]]
        inner = func if depth + 1 == len(ranges) else functools.partial(over, depth + 1)
        return weighted(scalar(lambda x: inner(x, *outer)), low, high, **options)

    return over(0, *args)


@stands_for(si.nquad)
def nquad(func, ranges, args=None, opts=None, full_output=False):
    watch, moving = Watch(), Watch()
    each = lambda given: [moving(x) if callable(x) else moving.strip(x) for x in given]
    ranges, args = list(ranges), () if args is None else args
    options = [{} if opts is None else opts] * len(ranges)
    options = options if opts is None or isinstance(opts, dict) else list(opts)
    plain = each(ranges), args, each(options)
    known = si.nquad(watch(func), *plain, full_output)
    if not (watch.traced or moving.traced):
        return known
    same = frozen(func)
    if moving.traced:
        value = _one_after_another(same, [frozen(r) for r in ranges], args, options)
    else:
        called = scalar(lambda *x: same(*x, *args))
        value = integral(called, (), (), Region(plain[0], stop_gradient(args), plain[2]))
    return (value, *known[1:])


def _at(bound, *x):
    return bound(*x) if callable(bound) else bound


@stands_for(si.dblquad)
def dblquad(func, a, b, gfun, hfun, args=(), epsabs=1.49e-8, epsrel=1.49e-8):
    def inner(x, *args):
        return [_at(gfun, x), _at(hfun, x)]

    return nquad(func, [inner, [a, b]], args, {"epsabs": epsabs, "epsrel": epsrel})


@stands_for(si.tplquad)
def tplquad(func, a, b, gfun, hfun, qfun, rfun, args=(), epsabs=1.49e-8, epsrel=1.49e-8):
    def innermost(y, x, *args):
        return [_at(qfun, x, y), _at(rfun, x, y)]

    def inner(x, *args):
        return [_at(gfun, x), _at(hfun, x)]

    opts = {"epsabs": epsabs, "epsrel": epsrel}
    return nquad(func, [innermost, inner, [a, b]], args, opts)
