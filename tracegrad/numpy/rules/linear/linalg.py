"""Inverses, linear systems, powers and products of matrices.

Formulas: Giles 2008, "Collected matrix derivative results for forward and reverse mode algorithmic
differentiation"; for the pseudo-inverse Golub and Pereyra 1973, "The differentiation of
pseudo-inverses and nonlinear least squares problems".
"""

from __future__ import annotations

import functools
import math
import operator

import numpy as np

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....spaces import fit
from ...kinds import composed, constant, custom
from ...namespace import primitive_of as of
from ..arrays import NUMPY_2, as_array
from .determinants import inverse_or_inf
from .matrices import H, T, conj, from_triangle, to_triangle

# -- inverse: dX = -X dA X ---------------------------------------------------------------------
custom(
    of(np.linalg.inv),
    a=lambda g, ans: -(T(ans) @ g @ T(ans)),
    jvps={"a": lambda t, ans: -(ans @ t @ ans)},
)

# -- solve: dX = A⁻¹ (dB - dA X) ---------------------------------------------------------------


def _is_vector(a_shape, b_shape):
    """Whether NumPy reads b as a vector or a stack of them: 2.0 does so only for one axis."""
    return len(b_shape) == (1 if NUMPY_2 else len(a_shape) - 1)


def _solve_columns(a, x, vector):
    """A⁻¹ x, where x has the shape of a result of solve."""
    return np.linalg.solve(a, x[..., None])[..., 0] if vector else np.linalg.solve(a, x)


def _solve_a(g, ans, a, b_shape):
    vector = _is_vector(a.shape, b_shape)
    u = _solve_columns(T(a), g, vector)
    outer = u[..., :, None] * ans[..., None, :] if vector else u @ T(ans)
    return fit(-outer, a.shape, g.dtype)


def _solve_b(g, a, b_shape):
    return fit(_solve_columns(T(a), g, _is_vector(a.shape, b_shape)), b_shape, g.dtype)


def _solve_a_jvp(t, ans, a, b_shape):
    if _is_vector(a.shape, b_shape):
        return -np.linalg.solve(a, t @ ans[..., None])[..., 0]
    return -np.linalg.solve(a, t @ ans)


custom(
    of(np.linalg.solve),
    a=_solve_a,
    b=_solve_b,
    jvps={"a": _solve_a_jvp, "b": lambda t, again: again(b=t)},
)

# -- pinv, where the rank stays the same -------------------------------------------------------


def _pinv_vjp(g, ans, a, hermitian):
    if hermitian:
        a = from_triangle(a)
    p, g = ans, conj(g)
    off_rows = H(g) - a @ (p @ H(g))
    off_columns = H(g) - (H(g) @ p) @ a
    slope = -(H(p) @ g @ H(p)) + off_rows @ p @ H(p) + H(p) @ p @ off_columns
    return to_triangle(conj(slope)) if hermitian else conj(slope)


def _pinv_jvp(t, ans, a, hermitian):
    if hermitian:
        a, t = from_triangle(a), from_triangle(t)
    p, th = ans, H(t)
    off_rows = th - (th @ a) @ p
    off_columns = th - p @ (a @ th)
    return -(p @ t @ p) + p @ H(p) @ off_rows + off_columns @ H(p) @ p


custom(of(np.linalg.pinv), a=_pinv_vjp, jvps={"a": _pinv_jvp}, inert=("rcond", "rtol", "hermitian"))


def check_full_rank(rank, rows, columns):
    """Refuse least squares whose matrix lacks rank."""
    if rank < min(rows, columns):
        raise NoDerivative(
            f"lstsq: the solution jumps where the rank grows; here it is {rank} of "
            f"{min(rows, columns)}.\n  in {user_line()}\n  Drop or regularise dependent columns."
        )


def _lstsq(a, b, *rcond, **options):
    a, b = as_array(a), as_array(b)
    rank, values = np.linalg.lstsq(getval(a), getval(b), *rcond, **options)[2:]
    rows, columns = a.shape
    check_full_rank(rank, rows, columns)
    x = np.linalg.pinv(a, 0.0) @ b
    off = b - a @ x
    residuals = (off * conj(off)).real.sum(0, keepdims=b.ndim == 1)
    if rank < columns or rows <= columns:
        residuals = np.zeros(0, values.dtype)
    return x, residuals, rank, np.linalg.svd(a, compute_uv=False)


composed(of(np.linalg.lstsq), _lstsq)

# -- powers and chains of products -------------------------------------------------------------


def _matrix_power(a, n):
    a, n = as_array(a), operator.index(n)
    if a.ndim < 2 or a.shape[-1] != a.shape[-2]:
        raise np.linalg.LinAlgError("Last 2 dimensions of the array must be square")
    if n == 0:
        return np.broadcast_to(np.eye(a.shape[-1], dtype=a.dtype), a.shape).copy()
    if n < 0:
        a, n = np.linalg.inv(a), -n
    ans = None
    while n:  # aⁿ is the product of the squares of squares that n's binary digits choose
        if n % 2:
            ans = a if ans is None else ans @ a
        n //= 2
        a = a @ a if n else a
    return ans


def _multi_dot(arrays, *, out=None):
    arrays = [as_array(x) for x in arrays]
    if len(arrays) < 2:
        raise ValueError("Expecting at least two arrays.")
    if len(arrays) == 2:
        return np.dot(*arrays)
    ends, middle = (arrays[0], arrays[-1]), arrays[1:-1]
    if any(x.ndim not in (1, 2) for x in ends) or any(x.ndim != 2 for x in middle):
        raise np.linalg.LinAlgError("multi_dot takes matrices, and vectors at both ends")
    sizes = [x.shape[0] if x.ndim == 2 else len(x) for x in arrays]
    if arrays[0].ndim == 1:
        sizes[0] = 1
    sizes.append(arrays[-1].shape[1] if arrays[-1].ndim == 2 else 1)

    @functools.cache
    def plan(i, j):
        """The fewest multiplications for the product of arrays i to j-1, and where to split it."""
        if j - i == 1:
            return 0, None
        return min(
            (plan(i, k)[0] + plan(k, j)[0] + sizes[i] * sizes[k] * sizes[j], k)
            for k in range(i + 1, j)
        )

    def product(i, j):
        k = plan(i, j)[1]
        return arrays[i] if k is None else np.dot(product(i, k), product(k, j))

    return product(0, len(arrays))


composed(of(np.linalg.matrix_power), _matrix_power)
composed(of(np.linalg.multi_dot), _multi_dot)

# -- tensors as matrices -----------------------------------------------------------------------


def _tensorinv(a, ind=2):
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    rows, columns = a.shape[:ind], a.shape[ind:]
    return np.linalg.inv(a.reshape(math.prod(rows), -1)).reshape(columns + rows)


def _tensorsolve(a, b, axes=None):
    a, b = as_array(a), as_array(b)
    if axes is not None:
        a = np.moveaxis(a, axes, range(a.ndim - len(axes), a.ndim))
    unknowns = a.shape[b.ndim :]
    a = a.reshape(b.size, math.prod(unknowns))
    return np.linalg.solve(a, b.reshape(-1)).reshape(unknowns)


composed(of(np.linalg.tensorinv), _tensorinv)
composed(of(np.linalg.tensorsolve), _tensorsolve)

# -- condition numbers, ranks ------------------------------------------------------------------


def _cond(x, p=None):
    x = as_array(x)
    if 0 in x.shape[-2:]:
        raise np.linalg.LinAlgError("cond is not defined on empty arrays")
    with np.errstate(all="ignore"):
        if p in (None, 2, -2):
            s = np.linalg.svd(x, compute_uv=False)
            first, last = s[..., 0], s[..., -1]
            ans = last / first if p == -2 else first / last
        else:
            inverse = inverse_or_inf(x, np.linalg.slogdet(getval(x))[0])
            ans = np.linalg.norm(x, p, (-2, -1)) * np.linalg.norm(inverse, p, (-2, -1))
    unbounded = np.isnan(getval(ans)) & ~np.isnan(getval(x)).any((-2, -1))
    return np.where(unbounded, ans.dtype.type(np.inf), ans) if np.any(unbounded) else ans


composed(of(np.linalg.cond), _cond)
constant(of(np.linalg.matrix_rank))

# -- numpy.linalg's own spellings of NumPy's functions (2.0) -----------------------------------


def _outer(x1, x2, /):
    if np.ndim(x1) != 1 or np.ndim(x2) != 1:
        raise ValueError("Input arrays must be one-dimensional")
    return np.outer(x1, x2)


def _cross(x1, x2, /, *, axis=-1):
    if np.shape(x1)[axis] != 3 or np.shape(x2)[axis] != 3:
        raise ValueError("Both input arrays must be (arrays of) 3-dimensional vectors")
    return np.cross(x1, x2, axis=axis)


def _vecdot(x1, x2, /, *, axis=-1):
    x1, x2 = np.moveaxis(x1, axis, -1), np.moveaxis(x2, axis, -1)
    return (conj(x1) * x2).sum(-1)


def _trace(x, /, *, offset=0, dtype=None):
    return np.trace(x, offset, axis1=-2, axis2=-1, dtype=dtype)


def _of_arrays(composition):
    """The function where lists, with boxes in them or not, may stand for its arrays."""
    return lambda *xs, **options: composition(*map(as_array, xs), **options)


_SPELLINGS = {
    "cross": _cross,
    "diagonal": lambda x, /, *, offset=0: np.diagonal(x, offset, axis1=-2, axis2=-1),
    "matmul": lambda x1, x2, /: np.matmul(x1, x2),
    "matrix_transpose": lambda x, /: T(x),
    "outer": _outer,
    "tensordot": lambda x1, x2, /, *, axes=2: np.tensordot(x1, x2, axes),
    "trace": _trace,
    "vecdot": _vecdot,
}
for _name, _spelling in _SPELLINGS.items():
    if hasattr(np.linalg, _name):
        composed(of(getattr(np.linalg, _name)), _of_arrays(_spelling))
