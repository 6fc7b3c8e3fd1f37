"""Minima of functions of several numbers: `minimize` and the solvers by name."""

from __future__ import annotations

import numpy as np

from .calling import like, replaced, solver, vector_of
from .conditions import Conditions, bound, conditions_of
from .implicit import slopes_of
from .optimality import gradient_of, optimum
from .roots import equations

__all__ = ["by_name", "heeded", "result", "solved"]


def solved(fun, x, conditions=None):
    """The minimum near a solver's, of the same shape."""
    x = np.asarray(x)
    return np.reshape(optimum(fun, np.ravel(x), conditions).x, x.shape)


def result(answer, fun, conditions=None):
    """A result object with the minimum, the function and its gradient there."""
    x = solved(fun, answer.x, conditions)
    parts = {"x": x, "fun": np.sum(vector_of(fun(x)))}
    for name in ("grad", "jac"):
        if np.shape(dict.get(answer, name)) == np.shape(answer.x):  # not a constraint's
            parts[name] = gradient_of(fun, x)
    return replaced(answer, **parts)


@solver("minimize")
def _minimize(answer, given):
    fun = equations(given.fun, given.args, given.jac is True)
    return result(answer, fun, heeded(given.method, given.bounds, given.constraints))


_BOUNDS = {"nelder-mead", "powell", "l-bfgs-b", "tnc", "slsqp", "cobyla", "cobyqa", "trust-constr"}
_CONSTRAINTS = {"slsqp", "cobyla", "cobyqa", "trust-constr"}


def heeded(method, bounds, constraints):
    """The conditions that a method of `minimize` takes notice of."""
    if method is not None and not callable(method):
        bounds = bounds if method.lower() in _BOUNDS else None
        constraints = constraints if method.lower() in _CONSTRAINTS else ()
    return conditions_of(bounds, constraints)


def by_name(answer, fun, conditions=None, *more):
    """What the solvers by name give: x alone, or a tuple of x, the value and more.

    Args:
        more: functions of x that give what follows the value.
    """
    if not isinstance(answer, tuple):
        return like(solved(fun, answer, conditions), answer)
    place, *rest = answer
    x = solved(fun, place, conditions)
    if not isinstance(rest[0], list):  # a list: where it has been, for retall=
        for i, part in enumerate((lambda x: np.sum(vector_of(fun(x))), *more)):
            rest[i] = like(part(x), rest[i])
    return (like(x, place), *rest)


@solver("fmin", "fmin_powell")
def _without_slopes(answer, given):
    return by_name(answer, equations(given.func, given.args))


@solver("fmin_bfgs")
def _fmin_bfgs(answer, given):
    """The inverse Hessian has SciPy's value, the approximation, and the true one's derivatives."""
    fun = equations(given.f, given.args)
    gradient = lambda x: gradient_of(fun, x)
    return by_name(answer, fun, None, gradient, lambda x: np.linalg.inv(slopes_of(gradient, x)))


@solver("fmin_cg", "fmin_ncg")
def _with_slopes(answer, given):
    return by_name(answer, equations(given.f, given.args))


@solver("fmin_l_bfgs_b", "fmin_tnc")
def _in_bounds(answer, given):
    fun = equations(given.func, given.args, given.fprime is None and not given.approx_grad)
    place, second, third = answer
    x = solved(fun, place, conditions_of(given.bounds))
    if isinstance(third, dict):
        second = like(np.sum(vector_of(fun(x))), second)
        third = {**third, "grad": like(gradient_of(fun, x), third["grad"])}
    return like(x, place), second, third


@solver("fmin_slsqp")
def _fmin_slsqp(answer, given):
    fun, zero, positive = [
        _all(functions, given.args)
        for functions in (
            given.func, given.f_eqcons or given.eqcons, given.f_ieqcons or given.ieqcons
        )
    ]  # fmt: skip
    sides = [(zero, 0.0, 0.0), (positive, 0.0, np.inf)]
    if len(given.bounds):
        sides.append(bound(given.bounds))
    return by_name(answer, fun, Conditions(sides))


@solver("fmin_cobyla")
def _fmin_cobyla(answer, given):
    args = given.args if given.consargs is None else given.consargs
    sides = [(_all(given.cons, args), 0.0, np.inf)]
    return by_name(answer, equations(given.func, given.args), Conditions(sides))


def _all(functions, args):
    """The values of a function, or of all functions in a list, as one vector."""
    if callable(functions):
        functions = [functions]
    functions = [equations(fun, args) for fun in functions]
    return lambda x: np.concatenate([np.zeros(0), *[vector_of(fun(x)) for fun in functions]])
