"""Integrals of functions, differentiated by Leibniz's rule.

The derivative of ∫ₐᵇ f(x, p) dx along ṗ, ȧ and ḃ is ∫ₐᵇ ∂f/∂p ṗ dx + f(b) ḃ - f(a) ȧ. The integral
in it, of a tangent or of the cotangents of everything that f uses, is taken by the same method to
the same accuracy; its points are its own, not those of the value.
(H. Flanders, "Differentiation under the integral sign", American Mathematical Monthly 80, 1973.)
"""

from __future__ import annotations

import numpy as np

from ...core.box import getval, new_box
from .closures import Runs, by_level, pushed_through, split

__all__ = ["Way", "integral"]


class Way:
    """How an integral is taken."""

    def plain(self, fun, shape, bounds):
        """The integral of a plain function."""
        raise NotImplementedError

    def slope(self, fun, bounds, k):
        """The derivative by the k-th bound."""
        raise NotImplementedError

    def pulled(self, runs, fun, g):
        """The function that gives the cotangents of what `fun` uses."""
        return lambda *x: runs.pulled(fun, g, *x)


def integral(fun, shape, bounds, way, below=np.inf):
    """The integral of a function, with the derivatives of traces older than `below`.

    Args:
        fun: the integrand, which may be traced by what it closes over.
        shape: of what it gives.
        bounds: those limits of integration that may be traced.
        way: how the integral is taken, a `Way`.
        below: the id of the newest trace that has been taken off.
    """

    def plain():
        return way.plain(lambda *x: split(fun(*x), None)[0], shape, bounds)

    def pushed(trace):
        both = pushed_through(fun, trace, points=True)
        values = lambda *x: both(*x)[0]
        at, moves = zip(*[split(x, trace) for x in bounds]) if bounds else ((), ())

        def tangents(*x):
            value, t = both(*x)
            return np.zeros(np.shape(value)) if t is None else t

        value = integral(values, shape, at, way, trace.id)
        moved = integral(tangents, shape, at, way, trace.id)
        for k, t in enumerate(moves):
            moved = moved if t is None else moved + way.slope(values, at, k) * t
        return new_box(_number(value), trace, _number(moved))

    def recorded(trace):
        runs, ends = Runs(trace), Runs(trace).values(fun)
        at = [split(x, trace)[0] for x in bounds]
        moves = [getattr(x, "_trace", None) is trace for x in bounds]

        def slopes():
            return [way.slope(ends, at, k) if moves[k] else None for k in range(len(at))]

        if shape == ():  # there is but one direction: now, while the function is what it is
            both = runs.slopes(fun)
            values = lambda *x: both(*x)[0]
            value = integral(values, (), at, way, trace.id)
            found = lambda *x: runs.vector(both(*x)[1])
            vector = _vector(found, runs, at, way)
            by_bounds = slopes()
            return runs.record(
                _number(value),
                lambda g: (g * vector, [None if s is None else g * s for s in by_bounds]),
                bounds,
            )

        values = runs.values(fun)
        value = integral(values, shape, at, way, trace.id)

        def cotangents(g):
            runs.check()
            # `way` is accurate to so much, whatever the size of g
            size = float(np.max(np.abs(getval(g)), initial=0.0)) or 1.0
            vector = _vector(way.pulled(runs, fun, g / size), runs, at, way)
            return vector * size, [None if s is None else np.sum(g * s) for s in slopes()]

        return runs.record(value, cotangents, bounds)

    return by_level("an integral", (plain, pushed, recorded), bounds, below)


def _vector(fun, runs, bounds, way):
    """The integral of the cotangents of what the integrand uses."""
    return integral(fun, (runs.size,), bounds, way, runs.trace.id) if runs.size else np.zeros(0)


def _number(x):
    return x if hasattr(x, "dtype") else np.float64(x)
