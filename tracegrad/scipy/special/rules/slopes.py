"""Slopes of functions of several arguments, each written down or taken of a formula.

SciPy's value is kept as it is. What a formula in differentiable functions gives is the slope only,
so its last digits need not be SciPy's.
"""

from __future__ import annotations

import inspect

import numpy as np

from ....core.primitive import Primitive
from ....modes.forward import pushforward
from ....numpy.kinds import elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import quietly, times

__all__ = ["declare", "follows", "inputs", "inverse", "outputs", "rule_of", "slope"]


def declare(fun, *, changes_dtype=False, **rules):
    """`elementwise` for a ufunc, or a primitive, in which lists stand for arrays everywhere."""
    primitive = fun if isinstance(fun, Primitive) else of(fun)
    elementwise(primitive, changes_dtype=changes_dtype, **rules)
    names = inputs(primitive)
    primitive.array_places = frozenset(names) | frozenset(range(len(names)))
    return primitive


def inputs(primitive):
    """The names of the parameters; of a ufunc, without where its results go."""
    names = primitive.signature.names
    ufunc = isinstance(primitive.__wrapped__, np.ufunc)
    return names[: primitive.__wrapped__.nin] if ufunc else names


def slope(fun, at):
    """The derivative of `fun` in its argument `at`, element by element."""

    def derivative(*args):
        x = as_array(args[at])
        if x.dtype.kind not in "fc":
            x = x.astype(np.float64)

        def along(x):
            return fun(*args[:at], x, *args[at + 1 :])

        with quietly():
            return pushforward(along, [x], [np.ones(x.shape, x.dtype)[()]])[1]

    return derivative


def rule_of(names, derivative):
    """g times the derivative, a function of the kept values of these names."""

    def rule(g, *kept):
        return times(g, derivative(*map(as_array, kept)))

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    rule.__signature__ = inspect.Signature([inspect.Parameter(n, kind) for n in ("g", *names)])
    return rule


def follows(fun, formula, names):
    """`fun` has the slopes of `formula` in the arguments of these names ("xy")."""
    every = inputs(of(fun))
    rules = {n: rule_of(every, slope(formula, every.index(n))) for n in names}
    declare(fun, changes_dtype=True, **rules)


def inverse(fun, forward, solved, names):
    """`fun` solves y = forward(...) for one argument, in whose place it is given y.

    dx/dy = 1 / (∂F/∂x) and dx/dθ = -(∂F/∂θ) / (∂F/∂x).
    """
    every = inputs(of(fun))
    at = every.index(solved)

    def derivative(i):
        def of_answer(ans, *args):
            point = (*args[:at], ans, *args[at + 1 :])
            steep = slope(forward, at)(*point)
            with quietly():
                return 1.0 / steep if i == at else -slope(forward, i)(*point) / steep

        return of_answer

    rules = {n: rule_of(("ans", *every), derivative(every.index(n))) for n in names}
    declare(fun, changes_dtype=True, **rules)


def outputs(fun):
    """A primitive for each result of a ufunc."""
    names = inputs(of(fun))
    return [
        Primitive(
            lambda *args, i=i: fun(*args)[i],
            name=f"{fun.__name__}_{i}",
            signature=", ".join(names),
        )
        for i in range(fun.nout)
    ]
