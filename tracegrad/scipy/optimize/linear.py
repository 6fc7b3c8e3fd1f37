"""Linear problems: `nnls`, `lsq_linear` and `linprog`."""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...numpy.rules.arrays import as_array
from ...operators.constants import stop_gradient
from .calling import like, replaced, solver, vector_of
from .conditions import Conditions, bound, linear
from .least_squares import limits, squares
from .minima import solved
from .optimality import optimum

__all__: list[str] = []


@solver("nnls")
def _nnls(answer, given):
    """The norm of what is left has slope 0 where it is 0."""
    place, norm = answer
    matrix, b = as_array(given.A), as_array(given.b)
    away = lambda x: matrix @ x - b
    x = solved(squares(away), place, Conditions([(lambda x: x, 0.0, np.inf)]))
    return like(x, place), like(np.linalg.norm(away(x)), norm)


@solver("lsq_linear")
def _lsq_linear(answer, given):
    matrix, b = _matrix("lsq_linear", given.A), as_array(given.b)
    away = lambda x: matrix @ x - b
    x = solved(squares(away), answer.x, limits(given.bounds, answer.x))
    return replaced(answer, x=x, fun=away(x), cost=squares(away)(x))


def _matrix(name, matrix):
    if hasattr(matrix, "toarray"):
        return matrix.toarray()
    if hasattr(matrix, "matvec"):
        raise NoDerivative(
            f"{name}: no derivative is known of a LinearOperator.\n  in {user_line()}\n"
            "  Pass the matrix."
        )
    return as_array(matrix)


@solver("linprog")
def _linprog(answer, given):
    """A vertex moves with the constraints that meet in it; their marginals with the cost."""
    if given.integrality is not None and np.any(given.integrality):
        raise NoDerivative(
            "linprog: the derivative does not handle the option integrality=.\n  in "
            f"{user_line()}\n  Fix the integers that it finds by bounds."
        )
    if answer.x is None:
        return answer
    cost, n = vector_of(given.c), answer.x.size
    bounds = (0, None) if given.bounds is None else given.bounds
    if np.ndim(stop_gradient(bounds[0])) == 0:
        bounds = [bounds]
    if len(bounds) == 1:
        bounds = [*bounds] * n
    below, known = _rows(given.A_ub, given.b_ub, n), _rows(given.A_eq, given.b_eq, n)
    sides = [bound(bounds), linear(below[0], -np.inf, below[1]), linear(*known, known[1])]
    found = optimum(lambda x: np.sum(cost * x), answer.x, Conditions(sides))
    x = found.x
    at = np.isfinite(getval(below[1]))
    prices = np.eye(at.size)[:, at] @ -found.above[found.above.size - at.sum() :]
    equal_prices = found.equal[found.equal.size - known[1].size :]
    rest = cost - below[0].T @ prices - known[0].T @ equal_prices
    slack, con = below[1] - below[0] @ x, known[1] - known[0] @ x
    parts = {
        "ineqlin": (slack, prices),
        "eqlin": (con, equal_prices),
        "lower": (_distance(x, sides[0][1]), rest),
        "upper": (_distance(sides[0][2], x), rest),
    }
    for name, (residual, marginals) in parts.items():
        moves = answer[name].marginals != 0.0
        marginals = np.where(moves, marginals, 0.0)
        parts[name] = replaced(answer[name], residual=residual, marginals=marginals)
    answer = replaced(answer, x=x, fun=np.sum(cost * x), slack=slack, con=con)
    answer.update(parts)
    return answer


def _rows(matrix, b, n):
    """A matrix and its right side; without rows where there are none."""
    if matrix is None:
        return np.zeros((0, n)), np.zeros(0)
    return _matrix("linprog", matrix), vector_of(b)


def _distance(x, y):
    """x - y, and infinite, without a derivative, where one of them is."""
    far = ~(np.isfinite(getval(x)) & np.isfinite(getval(y)))
    return np.where(far, np.inf, np.where(far, 0.0, x) - np.where(far, 0.0, y))
