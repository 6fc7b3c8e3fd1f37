"""Systems solved by factors: the factors of the values serve all derivatives."""

from __future__ import annotations

import numpy as np
import scipy.sparse as ss
import scipy.sparse.linalg as sl

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....numpy.rules.arrays import as_array
from ...standing import Standing
from ..arithmetic import is_sparse
from ..calling import answers
from ..making import dense_to_sparse
from ..matrix import Sparse, simplest, traced
from .roots import Inverse, followed

__all__ = [
    "Factors",
    "by_factors",
    "dense_as",
    "factored",
    "install",
    "inverse_of",
    "plain",
    "solution",
]


def plain(x):
    """The values of a matrix or array."""
    return x.plain if isinstance(x, Sparse) else getval(x)


def singular(name):
    """The error where a matrix has no inverse."""
    return NoDerivative(
        f"{name}: the matrix is singular, so its solution has no derivative.\n  in {user_line()}"
    )


def factored(error, matrix, tiny=0.0, **options):
    """SciPy's factors of a plain sparse matrix.

    Raises `error` where it is singular: where a pivot is below the largest times `tiny`.
    """
    try:
        factors = sl.splu(matrix.tocsc(), **options)
    except RuntimeError:  # exactly
        raise error from None
    pivots = abs(factors.U.diagonal())
    if pivots.min(initial=np.inf) <= tiny * pivots.max(initial=0):
        raise error
    return factors


def inverse_of(factors):
    """The inverse of a matrix of which SciPy's factors are there."""
    dtype = factors.L.dtype

    def solve(r, trans="N"):
        if r.dtype.kind == "c" and dtype.kind != "c":
            return solve(r.real, trans) + 1j * solve(r.imag, trans)
        return factors.solve(np.asarray(r, dtype, order="F"), trans)

    return Inverse(solve, lambda r: solve(r, "T"))


def by_factors(name, matrix, dtype, **options):
    """The inverse of a plain sparse matrix, in this or a wider dtype."""
    matrix = matrix.tocsc().astype(np.promote_types(dtype, np.float32))
    return inverse_of(factored(singular(name), matrix, **options))


def _square(a):
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError(f"matrix must be square (has shape {a.shape})")


def solution(a, b, inverse):
    """A⁻¹ b."""
    x = inverse(np.asarray(getval(b)))
    return followed(x, lambda x: b - a @ x, inverse)


def _right_side(a, b):
    if b.ndim not in (1, 2) or b.shape[0] != a.shape[0]:
        raise ValueError(f"incompatible dimensions: A has shape {a.shape}, b {b.shape}")
    return b


def dense_as(x, like):
    """A dense result as the sparse matrix that SciPy would give."""
    container = ss.csc_matrix if isinstance(like, ss.spmatrix) else ss.csc_array
    coo = ss.coo_matrix if container is ss.csc_matrix else ss.coo_array
    return dense_to_sparse(x, coo).tocsc()


def _spsolve(A, b, permc_spec=None, use_umfpack=True):
    A = A if is_sparse(A) else dense_to_sparse(A)
    _square(A)
    if is_sparse(b):
        if 1 in b.shape[1:]:
            return _spsolve(A, b.toarray().reshape(-1), permc_spec)
        return dense_as(_spsolve(A, b.toarray(), permc_spec), plain(b))
    b = _right_side(A, as_array(b))
    b = b.reshape(-1) if 1 in b.shape[1:] else b
    dtype = np.promote_types(A.dtype, b.dtype)
    return solution(A, b, by_factors("spsolve", plain(A), dtype, permc_spec=permc_spec))


def _inv(A):
    _square(A)
    eye = np.eye(A.shape[0], dtype=A.dtype)
    return dense_as(_spsolve(A, eye) if len(eye) > 1 else 1 / A.toarray(), plain(A))


# -- factors, kept for many right sides ----------------------------------------------------------


class Factors:
    """What `splu` gives: SciPy's factors of the values, and the matrix, traced or not."""

    def __init__(self, A, *args, **options):
        A = simplest(A)
        self.A = A if is_sparse(A) or not traced(A) else dense_to_sparse(A)
        self.factors = sl.splu(plain(self.A), *args, **options)

    def solve(self, rhs, trans="N"):
        rhs = simplest(rhs)
        if not traced((self.A, rhs)):
            return self.factors.solve(rhs, trans)
        if trans == "H":
            return self.solve(np.conj(rhs), "T").conj()
        if trans not in ("N", "T"):
            raise ValueError("trans must be N, T, or H")
        a = self.A if is_sparse(self.A) else ss.csc_matrix(self.A)
        b, inverse = _right_side(a, as_array(rhs)), inverse_of(self.factors)
        return solution(a, b, inverse) if trans == "N" else solution(a.T, b, inverse.T)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self.factors, name)
        if traced(self.A) and name not in ("shape", "nnz"):
            raise NoDerivative(
                f"splu(A).{name}: no derivative is known with respect to A.\n  in {user_line()}\n"
                "  Use solve, or pass stop_gradient(A)."
            )
        return value

    def __repr__(self):
        return repr(self.factors)


def _factorized(A):
    """Of a plain matrix by `splu`, too: what SciPy gives takes no traced right sides."""
    return Factors(A if is_sparse(A) or traced(simplest(A)) else ss.csc_matrix(A)).solve


# -- triangles -----------------------------------------------------------------------------------


def _spsolve_triangular(
    A, b, lower=True, overwrite_A=False, overwrite_b=False, unit_diagonal=False
):
    a, b = A if is_sparse(A) else dense_to_sparse(A), as_array(b)
    value = plain(a).tocsr()
    try:
        x = sl.spsolve_triangular(value, getval(b), lower, unit_diagonal=unit_diagonal)
    except np.linalg.LinAlgError as error:
        raise error if "triang" in str(error) else singular("spsolve_triangular") from None
    turned = value.T.tocsr()

    def solve(matrix, r, lower):
        dtype = np.promote_types(matrix.dtype, r.dtype)
        matrix, r = matrix.astype(dtype), r.astype(dtype)
        return sl.spsolve_triangular(matrix, r, lower, unit_diagonal=unit_diagonal)

    def residual(x):
        if not unit_diagonal:
            return b - a @ x
        diagonal = a.diagonal() if x.ndim == 1 else a.diagonal()[:, None]
        return b - (a @ x - diagonal * x + x)

    inverse = Inverse(lambda r: solve(value, r, lower), lambda r: solve(turned, r, not lower))
    return followed(x, residual, inverse)


def install(namespace):
    """Put the functions into the namespace."""
    namespace["splu"] = Standing(sl.splu, Factors)
    namespace["factorized"] = Standing(sl.factorized, _factorized)
    answers(
        namespace, sl, spsolve=_spsolve, spsolve_triangular=_spsolve_triangular, inv=_inv,
    )  # fmt: skip
