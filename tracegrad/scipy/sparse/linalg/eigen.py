"""Some eigenvalues and singular values with their vectors, each from a bordered system.

A pair (v, w) of A v = w M v solves, with c the row conj(M v₀),

    (A - w M) v = 0,  c v = 1,

whose matrix of slopes [[A - w M, -M v], [c, 0]] is regular exactly where w is a simple eigenvalue
(Keller, "Numerical methods in bifurcation problems", 1978). So all derivatives follow from one
sparse factorisation for each pair. Vectors have the lengths and signs that SciPy gives; derivatives
hold for what does not depend on phases. Between equal values there is none, and it is refused.
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
from .direct import factored, inverse_of, plain
from .roots import followed

__all__ = ["install", "svds"]

_NEAR = 1e-3  # a pair that is farther off than this share of the matrix is none


def _root(name, matrix, column, row, v, w, products):
    """The vector and value, from v and w, by the system [[matrix, column], [row, 0]]."""
    off, size = np.linalg.norm(matrix @ v), abs(matrix).sum(0).max() * np.linalg.norm(v)
    if off > _NEAR * size:
        raise NoDerivative(
            f"{name} did not converge to the value {w}, and only a solution has the derivative of "
            f"one.\n  in {user_line()}\n  Raise maxiter or lower tol."
        )
    whole = ss.bmat([[matrix, column[:, None]], [row[None], None]], format="csc")
    whole = whole.astype(np.promote_types(whole.dtype, np.float32))
    repeated = NoDerivative(
        f"{name}: the value {w} is repeated, and repeated eigenvalues and singular values have no "
        f"derivative, nor have their vectors.\n  in {user_line()}"
    )
    inverse = inverse_of(factored(repeated, whole, np.finfo(whole.dtype).eps ** (2 / 3)))

    def residual(z):
        v, w = z[:-1], z[-1]
        return np.concatenate([products(v, w), (1 - row @ v).reshape(1)])

    z = followed(np.concatenate([v, [w]]), residual, inverse)
    return z[:-1], z[-1]


def _of_length(v, length):
    """A vector of the length of its value, with this measure of squares."""
    square = length(v).real
    return v * np.sqrt(getval(square) / square)


def _no_operators(name, given):
    if any(isinstance(given.get(x), sl.LinearOperator) for x in ("A", "B", "M")):
        raise NoDerivative(
            f"{name}: no derivative is known of linear operators.\n  in {user_line()}\n"
            "  Pass a sparse or dense matrix."
        )


def _matrix(x):
    return x if x is None or is_sparse(x) else as_array(x)


def _pairs(name, a, m, values, vectors, hermitian):
    """All values and vectors with their derivatives."""
    a0, m0 = ss.csc_matrix(plain(a)), None if m is None else ss.csc_matrix(plain(m))
    eye = ss.identity(a0.shape[0], dtype=a0.dtype, format="csc")
    found = []
    for w, v in zip(values, vectors.T):
        mv = v if m is None else m0 @ v
        by_m = m is not None and not np.isclose(np.vdot(v, v).real, 1.0)
        slopes = a0 - (eye if m is None else m0) * w

        def products(v, w):
            return w * (v if m is None else m @ v) - a @ v

        def square(v, by_m=by_m):
            return np.sum(np.conj(v) * (m @ v if by_m else v))

        row = mv.conj() / np.vdot(mv, v)
        v, w = _root(name, slopes, -mv, row, v, w, products)
        found.append((w.real if hermitian else w, _of_length(v, square)))
    return np.stack([w for w, _ in found]), np.stack([v for _, v in found], 1)


def _bound(solver, args, options):
    """The arguments of a call, and the values of those beside the matrices."""
    call = inspect.signature(solver).bind(*args, **options)
    given = dict(call.arguments)
    _no_operators(solver.__name__, given)
    return given, {name: plain(x) for name, x in given.items()}


def _eigen(solver, hermitian):
    def eigen(*args, **options):
        given, values = _bound(solver, args, options)
        if given.get("mode") == "buckling":
            refuse(solver.__name__, mode="buckling")
        w0, v0 = solver(**values | {"return_eigenvectors": True})
        a, m = _matrix(given["A"]), _matrix(given.get("M"))
        w, v = _pairs(solver.__name__, a, m, w0, v0, hermitian)
        if values.get("return_eigenvectors", True):
            return w, v
        wanted = solver(**values)  # in an order of their own
        return w[np.argmin(abs(wanted[:, None] - w0), 1)]

    return eigen


def _lobpcg(*args, **options):
    given, values = _bound(sl.lobpcg, args, options)
    refuse("lobpcg", Y=given.get("Y"))
    for name in ("retLambdaHistory", "retResidualNormsHistory"):
        refuse("lobpcg", **{name: given.get(name) or None})
    w, v = sl.lobpcg(**values)
    return _pairs("lobpcg", _matrix(given["A"]), _matrix(given.get("B")), w, v, True)


# -- A v = s u and Aᴴ u = s v: the eigenvalue s of [[0, A], [Aᴴ, 0]] -------------------------------


def svds(*args, **options):
    given, values = _bound(sl.svds, args, options)
    which = values.pop("return_singular_vectors", True)
    left, sizes, right = sl.svds(**values)
    a = _matrix(given["A"])
    value, turned = ss.csc_matrix(plain(a)), a.conj().T
    n = a.shape[0]
    augmented = ss.bmat([[None, value], [value.conj().T, None]], format="csc")
    eye = ss.identity(sum(a.shape), dtype=augmented.dtype, format="csc")

    def products(z, s):
        u, v = z[:n], z[n:]
        return np.concatenate([s * u - a @ v, s * v - turned @ u])

    found = []
    for u, s, vh in zip(left.T, sizes, right):
        z = np.concatenate([u, vh.conj()])
        z, s = _root("svds", augmented - eye * s, -z, z.conj() / 2, z, s, products)
        found.append((_of_length(z[:n], _square), s.real, _of_length(z[n:], _square).conj()))
    u, s, vh = (np.stack(parts) for parts in zip(*found))
    if which is False or (which is not True and which not in ("u", "vh")):
        return s
    return (u.T if which != "vh" else None), s, (vh if which != "u" else None)


def _square(v):
    return np.sum(np.conj(v) * v)


def install(namespace):
    """Put the functions into the namespace."""
    answers(
        namespace, sl, eigsh=_eigen(sl.eigsh, True), eigs=_eigen(sl.eigs, False), svds=svds,
        lobpcg=_lobpcg,
    )  # fmt: skip
