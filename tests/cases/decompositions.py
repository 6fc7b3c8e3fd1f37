"""Decompositions, seen through what no sign, phase or turn of their vectors changes."""

from __future__ import annotations

import numpy

from tests.tester import NUMPY_2, Case

from .linalg import regular
from .samples import normal


def H(x):
    return numpy.conjugate(numpy.swapaxes(x, -1, -2))


def size(x):
    """|x|², entry by entry."""
    return (x * numpy.conjugate(x)).real


def scaled(x, d):
    return x * d[..., None, :]


def mixed(v, w, back):
    """A function of the matrix: its vectors by a function of its values."""
    return scaled(v, numpy.sin(w)) @ back


def eigh(fun, *args, **options):
    w, v = fun(*args, **options)
    return w, size(v), mixed(v, w, H(v))


def eig(fun, a):
    w, v = fun(a)
    return w, size(v), mixed(v, w, numpy.linalg.inv(v))


def svd(fun, *args, **options):
    """Where U and V are square, what they have more than values spans what the others leave."""
    u, s, vh = fun(*args, **options)
    k = s.shape[-1]
    rest_u, rest_v = u[..., k:], vh[..., k:, :]
    first_u, first_v = u[..., :k], vh[..., :k, :]
    spans = rest_u @ H(rest_u), H(rest_v) @ rest_v
    return s, size(first_u), size(first_v), mixed(first_u, s, first_v), *spans


def complete_qr(fun, a, **options):
    """The last columns of Q are any basis of what the first ones leave."""
    q, r = fun(a, **options)
    k = min(a.shape[-2:])
    return q[..., :k], r, q[..., k:] @ H(q[..., k:])


def of_square(cholesky, root, **options):
    """Of a positive definite matrix."""
    one = numpy.eye(root.shape[-1], dtype=root.real.dtype)
    return cholesky(root @ H(root) + one, **options)


def linalg(name, *args, options=None, **flags):
    return Case(f"linalg.{name}", args, options or [{}], **flags)


S, SS = normal(4, 4), normal(2, 3, 3)
TURN = numpy.array([[0.3, -2.0, 0.1], [1.0, 0.2, 0.5], [0.4, 0.1, 3.0]])  # has a complex pair
SIGNED = regular(3, 3) * numpy.array([1.0, -1.0, 2.0])
SHAPES = [(3, 3), (4, 2), (2, 4), (2, 3, 2), (2, 2, 3)]
UPLO = [{}, {"UPLO": "L"}, {"UPLO": "U"}, {"UPLO": "l"}]
FULL = [{}, {"full_matrices": False}, {"full_matrices": True}]
MODES = [{}, {"mode": "reduced"}, {"mode": "r"}]

ROWS = [
    *[linalg("eigh", a, options=UPLO, use=eigh) for a in (S, SS)],  # one triangle is read
    linalg("eigh", S, "U", use=eigh),
    *[linalg("eigvalsh", a, options=UPLO) for a in (S, SS)],
    *[linalg("eig", a, use=eig) for a in (S, SS, TURN)],
    *[linalg("eigvals", a) for a in (S, SS, TURN)],
    *[linalg("svd", normal(*shape), options=FULL, use=svd) for shape in SHAPES],
    *[linalg("svd", a, options=[{"hermitian": True}], use=svd) for a in (SIGNED, SS)],
    *[linalg("svd", normal(*shape), options=[{"compute_uv": False}]) for shape in SHAPES],
    linalg("svd", SS, options=[{"compute_uv": False, "hermitian": True}]),
    linalg("svd", SS, False, False),
    *[linalg("qr", normal(*shape), options=MODES) for shape in SHAPES],
    *[linalg("qr", normal(*shape), options=[{"mode": "raw"}]) for shape in SHAPES],
    *[linalg("qr", normal(*shape), options=[{"mode": "complete"}], use=complete_qr)
      for shape in SHAPES],
    *[linalg("cholesky", a, options=[{}, *([{"upper": True}, {"upper": False}] * NUMPY_2)],
             use=of_square) for a in (normal(3, 3), SS)],
]  # fmt: skip
if NUMPY_2:
    ROWS += [linalg("svdvals", normal(*shape)) for shape in SHAPES]
