"""Minima under constraints, with all their derivatives.

At a minimum of f(x) with e(x) = 0 and c(x) ≥ 0 there are multipliers with
∇f = Σ μ ∇e + Σ λ ∇c, where λ ≥ 0 and λ c = 0 (W. Karush 1939; H. W. Kuhn and A. W. Tucker,
"Nonlinear programming", 1951). Where each c is either 0 with λ > 0 or positive with λ = 0, the
gradients of those that are 0 are independent and f curves upwards along what they leave free, the
equations for x, μ and these λ have an invertible Jacobian, and their root moves smoothly
(A. V. Fiacco, "Sensitivity analysis for nonlinear programming using penalty methods", 1976).
Elsewhere the minimum has a kink, which is refused.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from scipy.optimize import nnls

from ...core.box import getval
from ...modes.reverse import pullback
from .calling import orders, vector_of
from .implicit import DENSE, follow, no_derivative, refined, slopes_of

__all__ = ["gradient_of", "optimum"]

NEAR = 1e-3  # solvers may stop so far from a constraint that holds them
CLEAR = 1e-10  # a multiplier or distance that is not zero, relative to the largest
ROUNDS = 20


def gradient_of(fun, x):
    """The gradient of a function of a vector, traced by what it closes over."""
    _, pull = pullback(lambda x: np.sum(vector_of(fun(x))), x)
    return pull(np.float64(1.0))[0]


def optimum(fun, x, conditions=None):
    """The minimum near a solver's, with its derivatives.

    Args:
        fun: a function of a vector that gives a number.
        x: the solver's minimum, a plain vector.
        conditions: has `equal(x)`, which is to be 0, and `above(x)`, not to be negative.

    Returns:
        `x`, and the multipliers of the conditions, `equal` and `above`.
    """
    problem = _Problem(fun, x * 1.0, conditions or _UNCONDITIONAL)
    held, start = problem.start()
    if orders((problem.residual(held)(start), fun(problem.x))):
        held, start = problem.settled(held, start)
    return problem.parts(held, follow(problem.residual(held), start))


_UNCONDITIONAL = SimpleNamespace(equal=lambda x: np.zeros(0), above=lambda x: np.zeros(0))


class _Problem:
    """A minimum as a root z: x, the multipliers of equations and of the constraints that hold."""

    def __init__(self, fun, x, conditions):
        self.fun, self.x, self.conditions = fun, x, conditions
        self.equations = getval(conditions.equal(x)).size

    def residual(self, held):
        """The equations that z fulfils where the constraints at `held` are 0."""
        n = self.x.size

        def at(x):
            return np.concatenate([self.conditions.equal(x), self.conditions.above(x)[held]])

        def residual(z):
            x, multipliers = z[:n], z[n:]
            if not multipliers.size:
                return gradient_of(self.fun, x)
            lagrangian = lambda x: np.sum(vector_of(self.fun(x))) - np.sum(multipliers * at(x))
            return np.concatenate([gradient_of(lagrangian, x), at(x)])

        return residual

    def _slopes(self, fun, x):
        return getval(slopes_of(fun, x)) if getval(fun(x)).size else np.zeros((0, x.size))

    def start(self):
        """Which constraints hold the solver's minimum, and z there."""
        x, m = self.x, self.equations
        away = getval(self.conditions.above(x))
        if not away.size + m:
            return np.zeros(0, int), x
        gradient = getval(gradient_of(self.fun, x))
        equal, above = (
            self._slopes(self.conditions.equal, x),
            self._slopes(self.conditions.above, x),
        )
        reach = NEAR * max(1.0, np.max(np.abs(x), initial=0.0))
        reach = reach * np.max(np.abs(above), axis=1, initial=0.0)
        if np.any(away < -reach):
            raise no_derivative("the solver's answer breaks a constraint")
        near = np.flatnonzero(away <= reach)
        weights = np.zeros(0)
        if near.size + m:
            weights = nnls(np.concatenate([equal, -equal, above[near]]).T, gradient)[0]
        pulls = weights[2 * m :]
        multipliers = [weights[:m] - weights[m : 2 * m], pulls[pulls > 0.0]]
        return near[pulls > 0.0], np.concatenate([x, *multipliers])

    def settled(self, held, z):
        """The same at the minimum itself: constraints that pull are dropped, broken ones added.

        Also where only the function's value depends on what is traced, not the place: `|x - a|`
        looks so by its slopes, and is refused for want of a curvature.
        """
        n, first = self.x.size, self.x.size + self.equations
        for _ in range(ROUNDS):
            z, _ = refined(self.residual(held), z, DENSE)
            x = z[:n]
            away = getval(self.conditions.above(x))
            pull = np.zeros(away.size)
            pull[held] = z[first:]
            if away.size:
                size = np.max(np.abs(self._slopes(self.conditions.above, x)), axis=1)
                steepness = np.max(np.abs(getval(gradient_of(self.fun, x))))
                pull = pull * size / (steepness + np.finfo(float).tiny)
                away = away / (size * np.max(np.abs(x)) + np.finfo(float).tiny)
            free = np.ones(away.size, bool)
            free[held] = False
            right = np.flatnonzero(np.where(free, away < -CLEAR, pull > -CLEAR))
            if np.array_equal(right, np.sort(held)):
                if not np.all(np.where(free, away, pull) > CLEAR):
                    break
                return held, z
            known = dict(zip(held, z[first:]))
            held = right
            z = np.concatenate([z[:first], [known.get(i, 0.0) for i in held]])
        raise no_derivative(
            "it has a kink where a constraint is about to hold or to let go (its multiplier and "
            "its distance are both zero), or it cannot be told which constraints hold"
        )

    def parts(self, held, z):
        n, first = self.x.size, self.x.size + self.equations
        placed = np.eye(getval(self.conditions.above(self.x)).size)[:, held]
        return SimpleNamespace(x=z[:n], equal=z[n:first], above=placed @ z[first:])
