"""Equations in one unknown: bracketing, `newton` and `root_scalar`."""

from __future__ import annotations

import numpy as np

from ...numpy.rules.arrays import as_array
from .calling import like, replaced, solver
from .implicit import DIAGONAL, follow
from .roots import equations

__all__: list[str] = []


def _root(fun, x):
    x = np.asarray(x)[()] * 1.0
    return like(follow(lambda x: as_array(fun(x)), x, DIAGONAL), x)


@solver("bisect", "brenth", "brentq", "ridder", "toms748")
def _bracketed(answer, given):
    return _one_of_many(answer, given)


@solver("newton")
def _newton(answer, given):
    """Of an array x0 each element is a root of its own."""
    return _one_of_many(answer, given)


def _one_of_many(answer, given):
    fun = equations(given.f if hasattr(given, "f") else given.func, given.args)
    if not isinstance(answer, tuple):
        return _root(fun, answer)
    x = _root(fun, answer[0])
    if hasattr(answer, "_replace"):
        return answer._replace(root=x)
    return x, replaced(answer[1], root=x)


@solver("root_scalar")
def _root_scalar(answer, given):
    pair = given.fprime is True or given.fprime2 is True
    return replaced(answer, root=_root(equations(given.f, given.args, pair), answer.root))
