"""Minima of functions of one number."""

from __future__ import annotations

import numpy as np

from .calling import replaced, solver
from .conditions import conditions_of
from .minima import by_name, solved
from .roots import equations

__all__: list[str] = []


def _of_vector(fun, args):
    fun = equations(fun, args)
    return lambda x: fun(np.reshape(x, ()))


@solver("minimize_scalar")
def _minimize_scalar(answer, given):
    fun = _of_vector(given.fun, given.args)
    bounds = None if given.bounds is None else [given.bounds]
    x = solved(fun, answer.x, conditions_of(bounds))
    return replaced(answer, x=x, fun=fun(x))


@solver("brent", "golden")
def _bracketed(answer, given):
    return by_name(answer, _of_vector(given.func, given.args))


@solver("fminbound")
def _fminbound(answer, given):
    fun = _of_vector(given.func, given.args)
    return by_name(answer, fun, conditions_of([(given.x1, given.x2)]))
