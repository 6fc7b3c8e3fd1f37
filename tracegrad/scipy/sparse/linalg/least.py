"""Least squares: min |A x - b|² + damp² |x - x₀|², by its equations

    r = b - A x,  Aᴴ r = damp² (x - x₀),

and, of systems with fewer equations than unknowns, the solution nearest to x₀:

    x = x₀ + Aᴴ y,  A x = b.

Both are regular exactly where the rank is full.
"""

from __future__ import annotations

import inspect

import numpy as np
import scipy.sparse as ss
import scipy.sparse.linalg as sl

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....numpy.rules.arrays import as_array, refuse
from ..arithmetic import is_sparse
from ..calling import answers
from .direct import by_factors, plain
from .roots import followed

__all__ = ["install"]


def _follow(name, a, b, damp, x0, x):
    """The solution x and its r or y."""
    value, turned = ss.csc_matrix(plain(a)), a.conj().T
    rows, columns = value.shape
    adjoint = value.conj().T
    if rows < columns and not damp:
        blocks = [[ss.identity(columns), -adjoint], [value, None]]

        def residual(z):
            x, y = z[:columns], z[columns:]
            return np.concatenate([turned @ y + x0 - x, b - a @ x])

        def start(inverse):
            return np.concatenate([x, inverse(np.concatenate([getval(x0), getval(b)]))[columns:]])

        part = slice(columns)
    else:
        blocks = [[ss.identity(rows), value], [adjoint, ss.identity(columns) * -(damp**2)]]

        def residual(z):
            r, x = z[:rows], z[rows:]
            return np.concatenate([b - a @ x - r, damp**2 * (x - x0) - turned @ r])

        def start(inverse):
            return np.concatenate([getval(b) - value @ x, x])

        part = slice(rows, None)
    inverse = by_factors(name, ss.bmat(blocks, format="csc"), x.dtype, tiny=np.finfo(x.dtype).eps)
    return followed(start(inverse), residual, inverse)[part]


def _least_squares(solver, lengths):
    """`lengths`: where in SciPy's result the lengths of r, (r, damp x) and x are."""

    def solve(*args, **options):
        call = inspect.signature(solver).bind(*args, **options)
        call.apply_defaults()
        given = call.arguments
        name = solver.__name__
        if isinstance(given["A"], sl.LinearOperator):
            raise NoDerivative(
                f"{name}: no derivative is known of linear operators.\n  in {user_line()}\n"
                "  Pass a sparse or dense matrix."
            )
        refuse(name, calc_var=given.get("calc_var") or None)
        refuse(name, damp=None if np.isscalar(given["damp"]) else given["damp"])
        found = list(solver(**{name: plain(x) for name, x in given.items()}))
        if found[1] not in (0, 1, 2, 4, 5):
            raise NoDerivative(
                f"{name} did not converge (istop={found[1]}), and only a solution has the "
                f"derivative of one.\n  in {user_line()}\n  Raise its limits, or pass damp."
            )
        a = given["A"] if is_sparse(given["A"]) else as_array(given["A"])
        b = as_array(given["b"]).reshape(-1)
        damp, x0 = given["damp"], given["x0"]
        x0 = np.zeros(a.shape[1], found[0].dtype) if x0 is None else as_array(x0)
        x = found[0] = _follow(name, a, b, damp, x0, found[0])
        off, moved = b - a @ x, damp * (x - x0)
        for place, parts in zip(lengths, ([off], [off, moved], [x])):
            if place is not None:
                found[place] = _as_value(np.linalg.norm(np.concatenate(parts)), found[place])
        return tuple(found)

    return solve


def _as_value(length, value):
    """The derivatives of a length, and SciPy's value of it."""
    return value + (length - getval(length))


def install(namespace):
    """Put the functions into the namespace."""
    answers(
        namespace, sl, lsqr=_least_squares(sl.lsqr, (3, 4, 8)),
        lsmr=_least_squares(sl.lsmr, (None, 3, 7)),
    )  # fmt: skip
