"""Decompositions and functions of matrices of `scipy.linalg`."""

from __future__ import annotations

import inspect

import numpy
import scipy.linalg

from .decompositions import H, complete_qr, eigh, mixed, size, svd
from .linalg import regular
from .samples import normal
from .scipy_linalg_solving import KEPT, OLD, ONE, definite, half, linalg

A, TALL, WIDE = regular(3, 3), normal(4, 3), normal(3, 4)
MIXED = normal(3, 3)


def of_definite(fun, a, *args, **options):
    return fun(definite(a), *args, **options)


def first(fun, *args, **options):
    """The array alone of an array and what says how to read it."""
    return fun(*args, **options)[0]


def basis(fun, *args, **options):
    q = fun(*args, **options)
    return q @ H(q)


def generalised(fun, a, b, **options):
    w, v = fun(a, definite(b), **options)
    return w, size(v), mixed(v, w, H(v))


def values(fun, a, b=None, **options):
    return fun(a, None if b is None else definite(b), **options)


def sides(fun, a, b=None, **options):
    """Vectors of both sides, without their phases."""
    w, *vectors = fun(a, b, **options)
    return w, *map(size, vectors)


def banded(fun, *bands, **options):
    w, v = fun(*bands, **options)
    return w, size(v)


def defaults(name):
    """What is deprecated is passed as it is when it is not."""
    parameters = inspect.signature(getattr(scipy.linalg, name)).parameters.values()
    return [{}, {p.name: p.default for p in parameters if p.default is not p.empty}]


NULL = {} if OLD else {"lapack_driver": "gesvd", **ONE}
KEEP_EIGH = {"overwrite_a": False, "overwrite_b": False, "check_finite": False}
if OLD:
    KEEP_EIGH |= {"turbo": False, "eigvals": None}
EIGH = [{}, {"lower": False, "driver": "ev", **KEEP_EIGH}, {"subset_by_index": [1, 2]}]
EIGH += [{"subset_by_value": [-1.0, numpy.inf]}]
SELECTED = [{}, {"select": "i", "select_range": (1, 2)}, {"select": "v", "select_range": (3, 9)}]
PIVOTED = [{"mode": mode, "pivoting": True} for mode in ("economic", "r")]
SMALL = 0.4 * normal(3, 3)
SIGNED = A * numpy.array([1.0, -1.0, 2.0])
NORMAL = numpy.eye(3) * 1.5  # all eigenvalues are equal

ROWS = [
    *[linalg("svd", a, options=[{}, {"full_matrices": False, "lapack_driver": "gesvd", **ONE}],
             use=svd) for a in (A, TALL, WIDE)],
    linalg("svd", TALL, options=[{"compute_uv": False}]),
    linalg("svdvals", TALL, options=[{}, ONE]),
    *[linalg("orth", a, options=[{}, {"rcond": 1e-6}], use=basis) for a in (TALL, normal(4, 2))],
    linalg("null_space", WIDE, options=[{}, {"rcond": 1e-6, **NULL}], use=basis),
    linalg("subspace_angles", normal(5, 2), normal(5, 3), loss=10),  # a square root's slope
    *[linalg("cholesky", a, options=[{}, {"lower": True, **ONE}], use=of_definite)
      for a in (A,)],
    linalg("cho_factor", A, options=[{}, {"lower": True, **ONE}],
           use=lambda fun, a, **options: fun(definite(a), **options)[0]),
    *[linalg("lu", a, options=[{}, {"permute_l": True, **ONE}, {"p_indices": True}])
      for a in (MIXED, TALL, WIDE)],
    *[linalg("lu_factor", a, options=[{}, ONE], use=first) for a in (MIXED, TALL, WIDE)],
    *[linalg("qr", a, options=[{"mode": "economic", "lwork": None, **ONE}, {"mode": "r"},
                               *PIVOTED])
      for a in (MIXED, TALL, WIDE)],
    *[linalg("qr", a, options=[{"mode": "raw"}, {"mode": "raw", "pivoting": True}])
      for a in (MIXED, TALL, WIDE)],
    *[linalg("qr", a, options=[{}, {"pivoting": True}],
             use=lambda fun, a, **o: complete_qr(lambda a: fun(a, **o)[:2], a))
      for a in (MIXED, TALL, WIDE)],
    *[linalg("rq", a, options=[{"mode": "economic", "lwork": None, **ONE}, {"mode": "r"}])
      for a in (MIXED, WIDE)],
    linalg("rq", MIXED),
    # beside a real matrix SciPy drops the imaginary part of c
    *[linalg("qr_multiply", TALL, c, options=options, complex=False)
      for c, options in ((normal(2, 4), [{}, {"pivoting": True}]),
                         (normal(4), [{"conjugate": True, "overwrite_a": False,
                                       "overwrite_c": False}]),
                         (normal(3, 2), [{"mode": "left"}]))],
    *[linalg("polar", a, options=[{}, {"side": "left"}]) for a in (A, TALL, WIDE)],
    linalg("polar", 1.0 * numpy.eye(3)),
    linalg("orthogonal_procrustes", TALL, normal(4, 3, seed=1),
           options=[{}, {"check_finite": False}]),
    # -- eigenvalues
    linalg("eigh", MIXED, options=EIGH, use=eigh),
    linalg("eigh", MIXED, A, options=[{"type": kind} for kind in (1, 2, 3)], use=generalised),
    linalg("eigh", MIXED, options=[{"eigvals_only": True}]),
    linalg("eigvalsh", MIXED, options=EIGH),
    linalg("eigvalsh", MIXED, A, options=[{"type": kind} for kind in (1, 2, 3)], use=values),
    *[linalg("eig", a, options=[{}, {"left": True, **KEPT}, {"left": True, "right": False}],
             use=sides) for a in (MIXED,)],
    linalg("eig", MIXED, A, options=[{}, {"left": True}], use=sides),
    linalg("eig", MIXED, options=[{"left": False, "right": False, "homogeneous_eigvals": False}]),
    linalg("eigvals", MIXED, options=[{}, {"homogeneous_eigvals": False, **ONE}]),
    linalg("eigvals", MIXED, A),
    linalg("eig_banded", half(4, 2), options=[*SELECTED, {"max_ev": 0, "overwrite_a_band": False,
                                                          "check_finite": False}], use=banded),
    linalg("eig_banded", half(4, 2)[::-1].copy(), options=[{"lower": True}], use=banded),
    linalg("eig_banded", half(4, 2), options=[{"eigvals_only": True}]),
    linalg("eigvals_banded", half(4, 2), options=[*SELECTED, {"overwrite_a_band": False,
                                                              "check_finite": False}]),
    linalg("eigvals_banded", half(4, 2)[::-1].copy(), options=[{"lower": True}]),
    linalg("eigh_tridiagonal", normal(4) + 4, normal(3), use=banded, complex=False,
           options=[*SELECTED, {"check_finite": False, "tol": 0.0, "lapack_driver": "stemr"}]),
    linalg("eigh_tridiagonal", normal(4), normal(3), options=[{"eigvals_only": True}],
           complex=False),
    linalg("eigvalsh_tridiagonal", normal(4) + 4, normal(3), complex=False,
           options=[*SELECTED, {"check_finite": False, "tol": 0.0, "lapack_driver": "stemr"}]),
    # -- functions
    *[linalg("expm", a) for a in (SMALL, normal(2, 2, 2), NORMAL)],
    *[linalg("logm", a, options=defaults("logm"), float32=False) for a in (A, NORMAL)],
    *[linalg("sqrtm", a, options=defaults("sqrtm"), float32=not OLD) for a in (A, NORMAL)],
    *[linalg("fractional_matrix_power", a, t, float32=False, complex=t != 0.7)
      for a in (A, NORMAL) for t in (0.3, -1, 2, numpy.float64(0.7))],
    *[linalg(name, SMALL) for name in ("cosm", "sinm", "tanm", "coshm", "sinhm", "tanhm")],
    linalg("signm", SIGNED, options=defaults("signm"), float32=False),
    linalg("funm", A, numpy.sin, options=[{}, {"disp": True}], float32=False),
    linalg("funm", A, numpy.sin, options=[{"disp": False}], use=first, float32=False),
    *[linalg(name, A, options=[{"disp": False}], use=first, float32=False)
      for name in ("logm", "sqrtm") if OLD],
    linalg("expm_frechet", SMALL, normal(3, 3), float32=False,
           options=[{}, {"compute_expm": False, "method": "SPS", "check_finite": False}]),
    linalg("expm_cond", SMALL, options=[{}, {"check_finite": False}], float32=False),
]  # fmt: skip
