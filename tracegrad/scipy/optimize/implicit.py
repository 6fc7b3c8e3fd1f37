"""Roots of a system of equations, with all their derivatives.

Let F(x) = 0, where F depends on traced values as well, and let P be the inverse of ∂F/∂x at the
root, a plain matrix. Each step x ← x - P F(x), taken in traced arithmetic from the plain root,
makes the derivatives of one order more those of the implicit function: the error is multiplied by
I - P ∂F/∂x, which is of first order in what is traced. With k traces around a value, derivatives
of order k are all that is ever asked, so k steps are enough.
(A. Griewank and A. Walther, "Evaluating Derivatives", 2008, chapter 15; the implicit function
theorem is in W. Rudin, "Principles of Mathematical Analysis", 9.28.)

A solver stops some way before the root. The derivatives are those at the root itself, which is
found by Newton steps from the solver's answer; the answer keeps its value. The steps must shrink
as Newton's do (P. Deuflhard, "Newton Methods for Nonlinear Problems", 2004, section 2.1): if they
do not, the root has no derivative or the solver was not near one, and that is refused.
"""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...modes.forward import pushforward
from .calling import orders, vector_of

__all__ = ["DENSE", "DIAGONAL", "follow", "no_derivative", "refined", "slopes_of"]


def follow(residual, x, system=None):
    """The root of `residual` near the plain array x, with its derivatives.

    Args:
        residual: gives an array like x; traced by what it closes over.
        x: a solver's root.
        system: `DIAGONAL` where each equation has an unknown of its own.
    """
    steps = orders(residual(x))
    if not steps:
        return x
    system = system or DENSE
    x, slopes = refined(residual, x, system)
    for _ in range(steps):
        x = x - system.solve(slopes, residual(x))
    return x


def refined(residual, x, system):
    """The root near a plain array x and the slopes there, plain as well."""
    last, slow = np.inf, 0
    while True:
        value, slopes = getval(residual(x)), getval(system.slopes(residual, x))
        if not (np.isfinite(value).all() and np.isfinite(slopes).all()):
            raise no_derivative("the equations or their slopes are not finite at the solution")
        if system.singular(slopes):
            raise no_derivative(_SINGULAR)
        step = system.solve(slopes, value)
        size, scale, eps = _size(step), _size(x), np.finfo(value.dtype).eps
        slow += size > 0.25 * last
        if slow > 3:
            raise no_derivative(_FAR)
        if size <= 100.0 * eps * scale:
            x = x - step
            break
        if size > 0.9 * last:  # rounding errors are left, or it leads nowhere
            if last > np.cbrt(eps) * scale + 100.0 * eps:
                raise no_derivative(_FAR)
            break
        x, last = x - step, size
    if not _steady(residual, x, slopes, system):
        raise no_derivative(_SINGULAR)
    return x, slopes


_SINGULAR = (
    "the equations are singular at the solution (a multiple root, a minimum that is flat to second "
    "order, or parameters that do not matter)"
)
_FAR = (
    "Newton steps from what the solver gave find no root near it; it stopped too early (ask for a "
    "smaller tolerance) or there is no derivative at the solution"
)


def _steady(residual, x, slopes, system):
    """Whether the slopes are much the same as near as rounding errors can bring a multiple root."""
    away = 4.0 * np.sqrt(np.finfo(x.dtype).eps) * np.abs(x)
    moved = [getval(pushforward(residual, [at], [away])[1]) for at in (x, x + away)]
    change = np.abs(system.solve(slopes, moved[1] - moved[0]))
    return bool(np.all(change <= 0.5 * np.maximum(away, 1e-3 * _size(away))))


def _size(x):
    return float(np.max(np.abs(x), initial=0.0))


def slopes_of(fun, x):
    """∂fun/∂x of a vector x, as a matrix; traced by what `fun` closes over."""
    columns = [pushforward(lambda x: vector_of(fun(x)), [x], [unit])[1] for unit in _units(x)]
    return np.stack(columns, axis=-1)


def _units(x):
    return np.eye(x.size, dtype=getval(x).dtype)


class _Dense:
    """Each equation in all unknowns."""

    @staticmethod
    def slopes(residual, x):
        return slopes_of(residual, x)

    @staticmethod
    def solve(slopes, value):
        return np.linalg.solve(slopes, value) if slopes.size else value

    @staticmethod
    def singular(slopes):
        """Whether the matrix is singular to working precision, whatever its units."""
        for axis in (1, 0):
            size = np.max(np.abs(slopes), axis=axis, keepdims=True, initial=0.0)
            if not size.all():
                return True
            slopes = slopes / size
        return slopes.size and np.linalg.cond(slopes) * np.finfo(slopes.dtype).eps > 1e-3


class _Diagonal:
    """Each equation in one unknown of its own."""

    @staticmethod
    def slopes(residual, x):
        return pushforward(residual, [x], [np.ones_like(x)])[1]

    @staticmethod
    def solve(slopes, value):
        return value / slopes

    @staticmethod
    def singular(slopes):
        return not np.all(slopes)


DENSE, DIAGONAL = _Dense(), _Diagonal()


def no_derivative(reason):
    return NoDerivative(
        f"the solution has no derivative that can be computed: {reason}.\n  in {user_line()}"
    )
