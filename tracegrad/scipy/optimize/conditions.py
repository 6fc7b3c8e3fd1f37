"""Bounds and constraints in the forms that SciPy takes, as equations and inequalities."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, NonlinearConstraint

from ...core.box import getval
from ...numpy.rules.arrays import as_array
from .calling import vector_of

__all__ = ["Conditions", "bound", "conditions_of", "linear"]


class Conditions:
    """Functions of x between limits.

    Args:
        sides: `(fun, lower, upper)` for each, infinite where there is no limit. Equal limits make
            equations.
    """

    def __init__(self, sides):
        self.sides = sides

    def equal(self, x):
        """What is to be 0."""
        parts = [
            (value - lower)[getval(lower) == getval(upper)] for value, lower, upper in self._at(x)
        ]
        return np.concatenate(parts)

    def above(self, x):
        """What is not to be negative: of each function the lower limits, then the upper ones."""
        parts = []
        for value, lower, upper in self._at(x):
            low, high = getval(lower), getval(upper)
            at = np.flatnonzero(np.isfinite(low) & (low != high))
            parts.append(value[at] - lower[at])
            at = np.flatnonzero(np.isfinite(high) & (low != high))
            parts.append(upper[at] - value[at])
        return np.concatenate(parts)

    def _at(self, x):
        for fun, lower, upper in self.sides:
            value = vector_of(fun(x))
            yield value, *[np.broadcast_to(vector_of(side), value.shape) for side in (lower, upper)]


def bound(bounds):
    """The side of a bound on x: a `Bounds`, pairs with None for none, or a pair of arrays' rows."""
    if isinstance(bounds, Bounds):
        return _self, bounds.lb, bounds.ub
    rows = list(bounds)
    return (
        _self,
        as_array([-np.inf if low is None else low for low, _ in rows]),
        as_array([np.inf if high is None else high for _, high in rows]),
    )


def _self(x):
    return x


def linear(matrix, lower, upper):
    """The side of limits to matrix @ x, which may be sparse."""
    matrix = matrix.toarray() if hasattr(matrix, "toarray") else as_array(matrix)
    return lambda x: matrix @ x, lower, upper


def conditions_of(bounds, constraints=()):
    """The conditions of a call of `minimize`; None where there are none."""
    sides = [] if bounds is None else [bound(bounds)]
    if isinstance(constraints, (dict, LinearConstraint, NonlinearConstraint)):
        constraints = [constraints]
    sides += [_side(constraint) for constraint in constraints or ()]
    return Conditions(sides) if sides else None


def _side(constraint):
    if isinstance(constraint, LinearConstraint):
        return linear(constraint.A, constraint.lb, constraint.ub)
    if isinstance(constraint, NonlinearConstraint):
        return constraint.fun, constraint.lb, constraint.ub
    fun, args = constraint["fun"], constraint.get("args", ())
    args = args if isinstance(args, tuple) else (args,)
    upper = 0.0 if constraint["type"].lower() == "eq" else np.inf
    return lambda x: fun(x, *args), 0.0, upper
