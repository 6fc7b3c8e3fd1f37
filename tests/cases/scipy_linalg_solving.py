"""Systems, inverses, structured matrices and equations of `scipy.linalg`."""

from __future__ import annotations

import numpy
import scipy
import scipy.linalg

from tests.tester import Case

from .linalg import regular
from .samples import normal, positive

VERSION = tuple(map(int, scipy.__version__.split(".")[:2]))
OLD = VERSION < (1, 14)
BATCHED = VERSION >= (1, 17)
A, S, V, B = regular(3, 3), regular(2, 3, 3), normal(3), normal(3, 2)
KEPT = {"overwrite_a": False, "overwrite_b": False, "check_finite": False}
ONE = {"overwrite_a": False, "check_finite": False}


def linalg(name, *args, options=None, **flags):
    flags.setdefault("small", False)
    return Case(f"scipy.linalg.{name}", args, options or [{}], **flags)


def definite(a):
    """Hermitian, positive definite."""
    a = numpy.array(a) if isinstance(a, list) else a
    return a @ numpy.conjugate(numpy.swapaxes(a, -1, -2)) + numpy.eye(a.shape[-1], dtype=a.dtype)


def pair(fun, a, b, first, **options):
    """Of factors that are passed in a tuple with what belongs to them."""
    return fun((a, first), b, **options)


def half(n, k):
    """Upper diagonals of a matrix with a large main one."""
    ab = 0.3 * normal(k, n)
    ab[-1] += 4
    return ab


ASSUMED = ["gen", "sym", "her"]
if BATCHED:
    ASSUMED += [None, "diagonal", "tridiagonal", "upper triangular", "lower triangular", "banded"]
    ASSUMED += ["general", "symmetric", "hermitian"]
STRUCTURES = [{"assume_a": each, "lower": True} for each in ASSUMED] + [{"assume_a": "sym"}]
STRUCTURES += [{"assume_a": "pos", "lower": lower} for lower in (False, True)]
TRIANGLES = [
    {"trans": trans, "lower": lower} for trans in (0, 1, 2, "C") for lower in (False, True)
]
TRIANGLES += [{"unit_diagonal": True, "lower": True, "trans": "T"}]
TRIANGLES += [{"overwrite_b": False, "check_finite": False}]
BAND = normal(4, 5) * 0.3 + numpy.array([0, 0, 3, 0])[:, None]
TALL, WIDE = normal(4, 3), normal(2, 4)
CUT = {"cond": None, "rcond": None} if OLD else {}

ROWS = [
    *[linalg("inv", a, options=[{}, ONE]) for a in ([A, S] if BATCHED else [A])],
    *[linalg("det", a, options=[{}, ONE], float32=False) for a in (A, S)],
    *[linalg("solve", A, b, options=[{}, KEPT]) for b in (V, B)],
    # transposed systems of complex matrices are refused by SciPy
    linalg("solve", A, B, options=[{"transposed": True}], complex=False),
    linalg("solve", A, V, options=STRUCTURES,
           use=lambda fun, a, b, **o: fun(a if o["assume_a"] != "pos" else definite(a), b, **o)),
    *[linalg("pinv", a, options=[{"atol": 1e-6, "rtol": 1e-4, **CUT}, {"check_finite": False}])
      for a in (TALL, WIDE)],
    linalg("pinv", TALL, options=[{"return_rank": True}],
           use=lambda fun, a, **options: fun(a, **options)[0]),
    linalg("pinvh", A, options=[{}, {"atol": 1e-6, "rtol": 1e-4, "lower": False},
                                {"check_finite": False}]),
    linalg("pinvh", A, options=[{"return_rank": True}],
           use=lambda fun, a, **options: fun(a, **options)[0]),
    *[linalg("lstsq", a, b, options=[{}, {"cond": 1e-5, "lapack_driver": "gelsy", **KEPT}])
      for a, b in ((TALL, normal(4)), (TALL, normal(4, 2)), (WIDE, normal(2)))],
    *[linalg("solve_triangular", A, b, options=TRIANGLES) for b in (V, B)],
    *[linalg("cho_solve", A, b, options=[{"first": first, "overwrite_b": False,
                                          "check_finite": False} for first in (False, True)],
             use=pair) for b in (V, B)],
    *[linalg("lu_solve", A, b, options=[{"first": numpy.array([1, 2, 2]), "trans": trans,
                                         "overwrite_b": False, "check_finite": False}
                                        for trans in (0, 1, 2)], use=pair) for b in (V, B)],
    *[linalg("solve_banded", (2, 1), BAND, b,
             options=[{}, {"overwrite_ab": False, "overwrite_b": False, "check_finite": False}])
      for b in (normal(5), normal(5, 2))],
    linalg("solve_banded", (0, 2), BAND[1:] [::-1], normal(5)),
    *[linalg("solveh_banded", half(5, 3), b, options=[
        {"overwrite_ab": False, "overwrite_b": False, "check_finite": False}])
      for b in (normal(5), normal(5, 2))],
    linalg("solveh_banded", half(5, 2)[::-1].copy(), normal(5), options=[{"lower": True}]),
    linalg("cholesky_banded", half(4, 2), options=[{"overwrite_ab": False, "check_finite": False}],
           complex=False),
    linalg("cholesky_banded", half(4, 2)[::-1].copy(), options=[{"lower": True}], complex=False),
    *[linalg("cho_solve_banded", ab, normal(4, 2), options=[{"first": lower, "overwrite_b": False,
                                                             "check_finite": False}], use=pair)
      for ab, lower in ((half(4, 2), False), (half(4, 2)[::-1].copy(), True))],
    linalg("solve_circulant", positive(4) + numpy.array([5.0, 0, 0, 0]), normal(4, 2), options=[
        {}, {"singular": "lstsq", "tol": 1e-12}, {"caxis": 0, "baxis": -2, "outaxis": -1}],
           float32=False),
    *[linalg("solve_toeplitz", normal(4) + numpy.array([6.0, 0, 0, 0]), b,
             options=[{}, {"check_finite": False}], float32=False)
      for b in (normal(4), normal(4, 2))],
    linalg("solve_toeplitz", (normal(3) + numpy.array([6.0, 0, 0]), normal(3)), V, float32=False),
    *[linalg("matmul_toeplitz", normal(4), x,
             options=[{}, {"check_finite": True, "workers": 1}], float32=False)
      for x in (normal(4), normal(4, 2))],
    linalg("matmul_toeplitz", (normal(4), normal(3)), V, float32=False),
    # -- matrices made of entries
    *[linalg("toeplitz", *args) for args in ((V,), (V, normal(4)))],
    *[linalg("hankel", *args) for args in ((V,), (V, normal(4)))],
    linalg("circulant", normal(4)),
    linalg("companion", normal(4)),
    linalg("companion", normal(2)),
    linalg("fiedler", numpy.array([0.3, -1.2, 2.5]), complex=False),
    *[linalg("fiedler_companion", normal(n)) for n in (2, 3, 6)],
    linalg("leslie", V, normal(2)),
    linalg("block_diag", A, normal(2), normal(1, 3)),
    linalg("diagsvd", normal(2), 2, 4),
    linalg("convolution_matrix", V, 4, options=[{}, {"mode": "same"}, {"mode": "valid"}]),
    linalg("khatri_rao", normal(2, 3), normal(4, 3)),
    *[linalg("norm", a, options=[{}, {"ord": 1, "check_finite": False}], float32=False,
             use=lambda fun, a, **options: fun(a, **options) * numpy.float64(1)) for a in (A, V)],
    linalg("norm", S, options=[{"axis": (1, 2), "keepdims": True}, {"axis": 1}]),
    # -- equations
    linalg("solve_sylvester", A, regular(2, 2), B),
    *[linalg(name, A, normal(3, 3))
      for name in ("solve_continuous_lyapunov", "solve_discrete_lyapunov")],
    linalg("solve_discrete_lyapunov", 0.2 * A, normal(3, 3),
           options=[{"method": "direct"}, {"method": "bilinear"}]),
]  # fmt: skip


def riccati(fun, a, b, q, r, *rest, **options):
    """Weights are Hermitian."""
    return fun(a, b, definite(q), definite(r), *rest, **options)


REGULATOR = (0.4 * normal(3, 3), normal(3, 2), normal(3, 3), normal(2, 2))
for _name in ("solve_continuous_are", "solve_discrete_are"):
    ROWS += [
        linalg(_name, *REGULATOR, options=[{}, {"balanced": False}], use=riccati, float32=False),
        linalg(_name, *REGULATOR, None, 0.1 * normal(3, 2), use=riccati, float32=False),
    ]  # fmt: skip
if hasattr(scipy.linalg, "kron"):
    ROWS += [linalg("kron", A, B)]
if BATCHED:
    ROWS += [
        linalg("inv", A, options=[{"assume_a": "sym", "lower": True}, {"assume_a": "gen"}]),
        linalg("solve", S, normal(2, 3, 2)),
        linalg("solve_triangular", S, normal(2, 3, 2), options=[{"lower": True}]),
        # nearly singular, with the imaginary part that the complex sample adds
        linalg("solve_banded", (2, 1), numpy.stack([BAND, BAND + 0.1]), normal(2, 5, 2), loss=1e3),
    ]
