"""`solve_bvp`: boundary value problems.

SciPy's solution is a cubic spline that meets y' = f(x, y, p) at the nodes of a mesh and midway
between them: it is the root of the equations yᵢ₊₁ - yᵢ = h (fᵢ + 4 f_middle + fᵢ₊₁) / 6 with those
at the boundary (J. Kierzenka and L. F. Shampine, ACM Transactions on Mathematical Software 27,
2001, section 2). Its derivatives are those of this root, on the mesh that the solver arrived at.
"""

from __future__ import annotations

import numpy as np
import scipy.integrate as si
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import LinearOperator, onenormest, splu

from ...core.box import getval
from ...core.primitive import Primitive
from ...modes.forward import pushforward
from ...numpy.kinds import linear
from ...numpy.rules.arrays import as_array
from ...operators.constants import stop_gradient
from ..interpolate.pieces import PPoly
from ..optimize.calling import like
from ..optimize.implicit import follow
from ..standing import stands_for
from ..watching import Watch
from .closures import is_traced

__all__ = ["solve_bvp"]


class Collocation:
    """The equations in z, the values at all nodes, one node after the other, and the parameters."""

    def __init__(self, fun, bc, x, S, shape):
        self.fun, self.bc, self.x, self.S, self.shape = fun, bc, x, S, shape
        self.h = np.diff(x)

    def parted(self, z):
        n, m = self.shape
        return np.reshape(z[: n * m], (m, n)).T, z[n * m :]

    def slope(self, x, y, p):
        """f, and S y / (x - a), which at x = a has to be y' = (I - S)⁺ f."""
        f = as_array(self.fun(x, y, p) if p.size else self.fun(x, y))
        if self.S is None:
            return f
        if x is not self.x:
            return f + self.S @ y / (x - self.x[0])
        first = np.linalg.pinv(np.eye(len(self.S)) - self.S) @ f[:, :1]
        rest = f[:, 1:] + self.S @ y[:, 1:] / (x[1:] - x[0])
        return np.concatenate([first, rest], 1)

    def __call__(self, z):
        y, p = self.parted(z)
        f = self.slope(self.x, y, p)
        middle = 0.5 * (y[:, 1:] + y[:, :-1]) - 0.125 * self.h * (f[:, 1:] - f[:, :-1])
        f_middle = self.slope(self.x[:-1] + 0.5 * self.h, middle, p)
        gaps = y[:, 1:] - y[:, :-1] - self.h / 6 * (f[:, :-1] + f[:, 1:] + 4 * f_middle)
        ends = y[:, 0], y[:, -1]
        at_ends = as_array(self.bc(*ends, p) if p.size else self.bc(*ends))
        return np.concatenate([np.reshape(gaps.T, -1), at_ends])


class Blocks:
    """The sparse matrix of their slopes, each interval's with its two nodes and the parameters.

    Columns that share no row are found together (A. R. Curtis, M. J. D. Powell and J. K. Reid,
    IMA Journal of Applied Mathematics 13, 1974): those of every other node, the last one apart.
    """

    def __init__(self, n, m, k):
        self.size = n * m + k
        nodes = np.arange(m)
        colours = np.where(nodes == m - 1, 2, nodes % 2)[:, None] * n + np.arange(n)
        self.colours = np.concatenate([colours.ravel(), 3 * n + np.arange(k)])

        parameters = n * m + np.arange(k)
        start = n * nodes[:-1, None]
        inside = (
            start + np.arange(n),
            np.concatenate([start + np.arange(2 * n), np.broadcast_to(parameters, (m - 1, k))], 1),
        )
        ends = np.concatenate([np.arange(n), n * (m - 1) + np.arange(n), parameters])
        at_ends = n * (m - 1) + np.arange(n + k), ends
        pairs = [_pairs(*inside), _pairs(*at_ends)]
        self.rows, self.columns = [np.concatenate(indices) for indices in zip(*pairs)]
        self.factored = None, None

    def slopes(self, residual, z):
        seeds = (self.colours == np.arange(self.colours.max() + 1)[:, None]).astype(z.dtype)
        moved = np.stack([pushforward(residual, [z], [seed])[1] for seed in seeds])
        return moved[self.colours[self.columns], self.rows]

    def solve(self, slopes, value):
        if self.factored[0] is not slopes:
            self.factored = slopes, self._factors(slopes)
        return _solved(value, self.factored[1], "N")

    def singular(self, slopes):
        """Whether the matrix is singular to working precision, whatever its units."""
        for at in (self.rows, self.columns):
            size = np.zeros(self.size)
            np.maximum.at(size, at, np.abs(slopes))
            if not size.all():
                return True
            slopes = slopes / size[at]
        try:
            factors = self._factors(slopes)
        except RuntimeError:  # SciPy's, of an exact zero
            return True
        inverse = LinearOperator(
            factors.shape,
            factors.solve,
            rmatvec=lambda v: factors.solve(v, "H"),
            dtype=slopes.dtype,
        )
        # rows and columns are of size 1
        return onenormest(inverse) * np.finfo(float).eps > 1e-3

    def _factors(self, slopes):
        return splu(csc_matrix((slopes, (self.rows, self.columns)), (self.size, self.size)))


def _pairs(rows, columns):
    """Each row's number with each of its columns'."""
    return [x.ravel() for x in np.broadcast_arrays(rows[..., :, None], columns[..., None, :])]


_solved = Primitive(
    lambda v, factors, transposed: factors.solve(v, transposed),
    name="solved",
    signature="v, factors, transposed",
)
linear(
    _solved,
    v=lambda g, factors, transposed: _solved(g, factors, "T" if transposed == "N" else "N"),
)


def _moved(x, final):
    """The final nodes, each where it is between two of the traced ones that were given."""
    plain = getval(x)
    left = np.clip(np.searchsorted(plain, final, side="right") - 1, 0, len(plain) - 2)
    part = (final - plain[left]) / (plain[left + 1] - plain[left])
    return like(x[left] + part * (x[left + 1] - x[left]), final)


@stands_for(si.solve_bvp)
def solve_bvp(
    fun,
    bc,
    x,
    y,
    p=None,
    S=None,
    fun_jac=None,
    bc_jac=None,
    tol=1e-3,
    max_nodes=1000,
    verbose=0,
    bc_tol=None,
):
    watch = Watch()
    res = si.solve_bvp(
        watch(fun), watch(bc), *stop_gradient((x, y, p, S)), Watch()(fun_jac), Watch()(bc_jac),
        tol, max_nodes, verbose, bc_tol,
    )  # fmt: skip
    if not (watch.traced or is_traced(x, S)):
        return res
    if is_traced(x):
        res.x = _moved(as_array(x).astype(float), res.x)
    S = None if S is None else as_array(S)
    n, m = res.y.shape
    known = np.zeros(0) if res.p is None else res.p
    equations = Collocation(fun, bc, res.x, S, (n, m))
    z = follow(equations, np.concatenate([res.y.T.ravel(), known]), Blocks(n, m, known.size))
    y, p = equations.parted(z)
    res.y = like(y, res.y)
    if res.p is not None:
        res.p = p = like(p, res.p)
    res.yp = like(equations.slope(res.x, res.y, p), res.yp)
    res.sol = _spline(res.x, res.y, res.yp)
    return res


def _spline(x, y, yp):
    """The cubic pieces that have these values and slopes at the nodes."""
    h = np.diff(x)
    chord = np.diff(y, axis=1) / h
    bend = (yp[:, :-1] + yp[:, 1:] - 2 * chord) / h
    c = np.stack([bend / h, (chord - yp[:, :-1]) / h - bend, yp[:, :-1], y[:, :-1]], axis=1)
    return PPoly(c, x, extrapolate=True, axis=1)
