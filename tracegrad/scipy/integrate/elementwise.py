"""`tanhsinh`: integrals of functions that take arrays of points, each element its own integral.

The derivatives by limits and arguments are arrays of such integrals, by Leibniz's rule
(`integrals.py`); those by what the function uses beside them are one array for each number. All are
taken by the same method to the same tolerances. With log=True the logarithm log ∫ exp(f - c) + c is
differentiated, where c is what SciPy found.
"""

from __future__ import annotations

import functools
import warnings

import numpy as np
import scipy.integrate as si

from ...core.box import getval, new_box
from ...modes.forward import ForwardTrace
from ...numpy.rules.arrays import as_array, refuse
from ...operators.constants import stop_gradient
from ...spaces import fit
from ..optimize.calling import like
from ..standing import stands_for
from ..watching import Watch
from .closures import Runs, alive, by_level, is_traced, split

__all__ = ["each"]


def each(fun, given, solve, below=np.inf):
    """The integrals, with the derivatives of traces older than `below`.

    Args:
        fun: the integrand, of points and further arguments of their shape.
        given: the limits, and the arguments of every integral.
        solve: takes the integrals of a plain function.
        below: the id of the newest trace that has been taken off.
    """

    def plain():
        return solve(lambda *x: split(fun(*x), None)[0], *given)

    def pushed(trace):
        values, moves = zip(*[split(x, trace) for x in given])
        moving = [k for k in range(2, len(given)) if moves[k] is not None]

        def both(*x):
            """For the arguments and the tangents of those that move, if they are there."""
            args = list(x[: len(given) - 1])
            for k, t in zip(moving, x[len(given) - 1 :]):
                args[k - 1] = new_box(args[k - 1], trace, t)
            with alive(trace, ForwardTrace):
                return split(fun(*args), trace)

        def tangents(*x):
            value, t = both(*x)
            return np.zeros_like(value) if t is None else t

        first = lambda *x: both(*x)[0]
        value = each(first, values, solve, trace.id)
        moved = each(tangents, (*values, *[moves[k] for k in moving]), solve, trace.id)
        for k in (0, 1):
            if moves[k] is not None:
                moved = moved + _end(first, values, k) * moves[k]
        return new_box(value, trace, moved)

    def recorded(trace):
        runs = Runs(trace)
        values = runs.values(fun)
        at = [split(x, trace)[0] for x in given]
        take = lambda f: each(f, at, solve, trace.id)
        value = take(values)
        # of a complex function both parts are pulled
        units = (1.0, 1j) if value.dtype.kind == "c" else (1.0,)

        def pulled(k, unit, *x):
            x = np.broadcast_arrays(*x)
            return runs.pull(fun, np.ones(x[0].shape) * unit, x, k - 1)[0]

        by_given: list = [None] * len(given)
        for k, x in enumerate(given):
            if getattr(x, "_trace", None) is trace:
                if k < 2:
                    by_given[k] = _end(values, at, k)
                else:
                    by_given[k] = [take(functools.partial(pulled, k, unit)) for unit in units]
        by_outside = [
            [take(functools.partial(runs.at_points, fun, j, unit)) for unit in units]
            for j in range(runs.size)
        ]

        def cotangents(g):
            parts = (np.real(g), np.imag(g))
            weigh = lambda slopes: sum([part * slope for part, slope in zip(parts, slopes)])
            vector = [np.sum(weigh(slopes)) for slopes in by_outside]
            found = [
                None if s is None else fit(g * s if k < 2 else weigh(s), x.shape, x.dtype)
                for k, (s, x) in enumerate(zip(by_given, given))
            ]
            return np.stack(vector) if vector else np.zeros(0), found

        return runs.record(value, cotangents, given)

    return by_level("tanhsinh", (plain, pushed, recorded), given, below)


def _end(fun, given, k):
    """The derivative by a limit; at infinity it has no say."""
    x, _, *args = np.broadcast_arrays(given[k], given[1 - k], *given[2:])
    infinite = np.isinf(getval(x))
    value = fun(np.where(infinite, 0.0, x), *args)
    return np.where(infinite, 0.0, value) * (-1.0, 1.0)[k]


class Method:
    """Takes integrals of plain functions by `tanhsinh`."""

    def __init__(self, **options):
        self.options = options

    def __call__(self, fun, a, b, *args):
        found = si.tanhsinh(fun, a, b, args=args, **self.options)
        late = found.status == -2
        if np.any(late):  # but an integral that is zero is never near enough to it
            size = si.tanhsinh(lambda *x: np.abs(fun(*x)), a, b, args=args, **self.options)
            if np.any(found.error[late] > 1e-6 * size.integral[late]):
                warnings.warn(
                    "tanhsinh: the integral for a derivative has not converged",
                    si.IntegrationWarning,
                    stacklevel=2,
                )
        return found.integral


def floating(x):
    """An array of real numbers, its precision kept."""
    x = as_array(x)
    return x if x.dtype.kind in "fc" else x.astype(float)


def tanhsinh(
    f,
    a,
    b,
    *,
    args=(),
    log=False,
    maxlevel=None,
    minlevel=2,
    atol=None,
    rtol=None,
    preserve_shape=False,
    callback=None,
):
    watch = Watch()
    args = args if np.iterable(args) else (args,)
    options = {"maxlevel": maxlevel, "minlevel": minlevel, "atol": atol, "rtol": rtol,
               "preserve_shape": preserve_shape}  # fmt: skip
    plain = stop_gradient((a, b))
    known = si.tanhsinh(
        watch(f), *plain, args=stop_gradient(tuple(args)), log=log, callback=callback, **options
    )
    if not (watch.traced or is_traced(a, b, args)):
        return known
    if preserve_shape and (log or is_traced(*args)):
        refuse("tanhsinh", preserve_shape=preserve_shape)
    given = (*map(floating, (a, b)), *map(as_array, args))
    if log:
        options |= {"atol": None, "rtol": None if rtol is None else np.exp(rtol)}
        given = (*given, exponents(known.integral))
        value = np.log(each(relative(f), given, Method(**options)))
    else:
        value = each(lambda *x: as_array(f(*x)), given, Method(**options))
    known.integral = like(value, known.integral)
    return known


def relative(f):
    """What has the logarithm f, divided by exp(c), the last argument."""
    return lambda *x: np.exp(as_array(f(*x[:-1])) - x[-1])


def exponents(logarithms):
    """Numbers c for which results are of size 1."""
    return np.where(np.isfinite(logarithms), logarithms, 0.0)


if hasattr(si, "tanhsinh"):
    tanhsinh = stands_for(si.tanhsinh)(tanhsinh)
