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

__all__ = ["integral"]


def integral(fun, shape, bounds, way, below=np.inf):
    """The integral of a function, with the derivatives of traces older than `below`.

    Args:
        fun: the integrand, which may be traced by what it closes over.
        shape: of what it gives.
        bounds: those limits of integration that may be traced.
        way: how the integral is taken. `way.plain(fun, shape, bounds)` is that of a plain function,
            `way.slopes(fun, bounds)` the derivatives by the bounds.
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
        if any(t is not None for t in moves):
            for slope, t in zip(way.slopes(values, at), moves):
                moved = moved if t is None else moved + slope * t
        return new_box(_number(value), trace, _number(moved))

    def recorded(trace):
        runs, ends = Runs(trace), Runs(trace).values(fun)
        at = [split(x, trace)[0] for x in bounds]
        moves = any(getattr(x, "_trace", None) is trace for x in bounds)
        if shape == ():  # there is but one direction: now, while the function is what it is
            both = runs.slopes(fun)
            values = lambda *x: both(*x)[0]
            value = integral(values, (), at, way, trace.id)
            found = lambda *x: runs.vector(both(*x)[1])
            vector = _vector(found, runs, at, way)
            slopes = way.slopes(ends, at) if moves else ()
            return runs.record(
                _number(value), lambda g: (g * vector, [g * s for s in slopes]), bounds
            )

        values = runs.values(fun)
        value = integral(values, shape, at, way, trace.id)

        def cotangents(g):
            runs.check()
            # `way` is accurate to so much, whatever the size of g
            size = float(np.max(np.abs(getval(g)), initial=0.0)) or 1.0
            vector = _vector(lambda *x: runs.pulled(fun, g / size, *x), runs, at, way)
            slopes = way.slopes(ends, at) if moves else ()
            return vector * size, [np.sum(g * slope) for slope in slopes]

        return runs.record(value, cotangents, bounds)

    return by_level("an integral", (plain, pushed, recorded), bounds, below)


def _vector(fun, runs, bounds, way):
    """The integral of the cotangents of what the integrand uses."""
    return integral(fun, (runs.size,), bounds, way, runs.trace.id) if runs.size else np.zeros(0)


def _number(x):
    return x if hasattr(x, "dtype") else np.float64(x)
