"""Inverses, systems, determinants, norms and products of `numpy.linalg`."""

from __future__ import annotations

import numpy

from tests.tester import NUMPY_2, Case

from .samples import apart, normal

inf = numpy.inf


def regular(*shape, seed=0):
    """Square matrices at a distance from singular ones."""
    x = normal(*shape, seed=seed)
    return x / numpy.max(abs(x)) + 2 * numpy.eye(shape[-1])


def linalg(name, *args, options=None, **flags):
    return Case(f"linalg.{name}", args, options or [{}], **flags)


A, B, C = regular(3, 3), regular(2, 3, 3), regular(2, 1, 3, 3)
M, TALL, WIDE, STACK = normal(2, 3), normal(4, 3), normal(3, 4), normal(2, 3, 4)
V, W = normal(3), normal(4)

# -- inverses, systems, powers ----------------------------------------------------------------

SYSTEMS = [(A, V), (A, normal(3, 2)), (B, normal(2, 3, 4)), (A, normal(2, 3, 4)),
           (C, normal(1, 4, 3, 2)), (regular(1, 1), normal(1))]  # fmt: skip
if NUMPY_2:
    SYSTEMS += [(C, normal(4, 3, 2)), (B, V), (B, normal(3, 1))]
else:
    SYSTEMS += [(B, normal(2, 3))]  # 1.26 reads a stack of vectors
CUTS = [{}, {"rcond": 1e-9}] + ([{"rtol": 1e-9}] if NUMPY_2 else [])


def of_product(pinv, left, right, **options):
    """Of a matrix that keeps its rank, lower than its shape allows."""
    return pinv(left @ right, **options)


ROWS = [
    *[linalg("inv", a, analytic=True) for a in (A, B, C, regular(1, 1))],
    *[linalg("solve", a, b, analytic=True) for a, b in SYSTEMS],
    *[linalg("pinv", a, options=CUTS) for a in (TALL, WIDE, STACK, A)],
    # NumPy takes empty matrices for Hermitian that are not square
    *[linalg("pinv", a, options=[{"hermitian": True}], small=False) for a in (A, B)],
    linalg("pinv", normal(4, 2), M, options=[{"rcond": 1e-4}], use=of_product),
    *[linalg("lstsq", a, b, options=[{"rcond": None}]) for a in (TALL, A, WIDE)
      for b in (normal(len(a)), normal(len(a), 2))],
    linalg("lstsq", TALL, W, options=[{"rcond": 1e-9}, {"rcond": -1}]),
    *[linalg("matrix_power", a, n) for a in (A / 2, B / 2) for n in (-3, -1, 0, 1, 2, 3, 7)],
    linalg("tensorinv", regular(6, 6).reshape(2, 3, 3, 2), options=[{}, {"ind": 2}]),
    linalg("tensorinv", regular(4, 4).reshape(4, 2, 2), options=[{"ind": 1}]),
    linalg("tensorsolve", regular(6, 6).reshape(2, 3, 6), M),
    linalg("tensorsolve", regular(6, 6).reshape(6, 2, 3), M, options=[{"axes": (0,)}]),
    linalg("tensorsolve", regular(24, 24).reshape(4, 6, 6, 4), normal(6, 4),
           options=[{"axes": (0, 2)}]),
]  # fmt: skip

# -- determinants and condition numbers -------------------------------------------------------


def real_part(cond, *args, **options):
    """NumPy 1.26 gives some condition numbers of complex matrices as complex numbers."""
    return numpy.real(cond(*args, **options))


ROWS += [
    *[linalg("det", a, analytic=True) for a in (A, B, C, regular(1, 1), normal(4, 4))],
    *[linalg("slogdet", a) for a in (A, -A, B, C, regular(1, 1))],
    *[linalg("cond", a, options=[{}, *[{"p": p} for p in (None, 2, -2, 1, -1, inf, -inf)],
                                 {"p": "fro"}, {"p": "nuc"}], use=real_part) for a in (A, B)],
    *[linalg("cond", a, use=real_part) for a in (TALL, STACK)],
]  # fmt: skip

# -- norms --------------------------------------------------------------------------------------

ORDERS = [{"ord": p} for p in (0, 1, 2, 3, 0.5, 1.5, -1, -2.5, inf, -inf)]
KINDS = [{"ord": p} for p in ("fro", "nuc", 1, -1, 2, -2, inf, -inf)]
ALONG = [{"axis": 1}, {"axis": 0, "keepdims": True}, {"axis": (-1,)}]
ACROSS = [{"axis": (2, 0)}, {"axis": (-1, 1), "keepdims": True}]
# singular values, and the sums of rows and of columns, are at a distance from 0 and each other
X, Y = 3 * apart(2, 3, seed=2), 3 * apart(3, 2, 3, seed=12)


def each(options, by):
    """Both options of every pair."""
    return [{**one, **other} for one in options for other in by]


ROWS += [
    *[linalg("norm", x, options=[{}, {"keepdims": True}]) for x in (V, M, STACK)],
    linalg("norm", normal()),
    linalg("norm", apart(4), options=[{"ord": None}, *ORDERS]),
    linalg("norm", X, options=ALONG + each(ORDERS, ALONG[:2])),
    linalg("norm", Y, options=[{"axis": (0, 2)}, *each(KINDS, ACROSS)]),
    linalg("norm", X, options=KINDS),
    linalg("norm", Y[0].T, 1, -1, True),
]
if NUMPY_2:
    ROWS += [
        linalg("vector_norm", apart(4), options=[{}, *ORDERS]),
        linalg("vector_norm", Y, options=each(ORDERS, [{"axis": (0, 2)}])),
        linalg("vector_norm", X, options=[{}, {"keepdims": True}, {"axis": 1, "ord": 1.5}]),
        linalg("matrix_norm", Y, options=[{}, *KINDS]),
        linalg("matrix_norm", X, options=each(KINDS, [{"keepdims": True}])),
    ]

# -- products, and NumPy 2's own spellings ----------------------------------------------------

CHAINS = [[(2, 3), (3, 4)], [(2, 3), (3, 4), (4, 2)], [(3,), (3, 4), (4, 2), (2, 5)],
          [(3, 4), (4, 2), (2, 5), (5,)], [(3,), (3, 4), (4,)], [(3,), (3,)]]  # fmt: skip
ROWS += [
    linalg("multi_dot", [normal(*s, seed=i) for i, s in enumerate(chain)], analytic=True)
    for chain in CHAINS
]
if NUMPY_2:
    ROWS += [
        linalg("cross", normal(2, 3), normal(2, 3, seed=1), analytic=True),
        linalg("cross", normal(3, 2), normal(3, 2, seed=1), options=[{"axis": 0}]),
        linalg("cross", normal(2, 3), V, options=[{"axis": -1}]),
        linalg("diagonal", STACK, options=[{}, {"offset": 1}, {"offset": -1}], linear=True),
        linalg("trace", STACK, options=[{}, {"offset": 1}, {"offset": -1}], linear=True),
        linalg("trace", M, options=[{"dtype": numpy.float64}], complex=False, float32=False),
        linalg("matrix_transpose", STACK, linear=True),
        *[linalg("matmul", x, y, analytic=True) for x, y in ((M, TALL.T), (STACK, W), (V, WIDE))],
        linalg("outer", V, W, analytic=True),
        linalg("tensordot", STACK, normal(3, 4, 2), analytic=True),
        *[linalg("tensordot", M, normal(3, 2), options=[{"axes": n}])
          for n in (0, 1, ((0,), (1,)), ([1, 0], [0, 1]))],
        linalg("vecdot", M, normal(2, 3, seed=1), options=[{}, {"axis": 0}, {"axis": -2}]),
        linalg("vecdot", M, V),
        linalg("vecdot", V, normal(3, seed=1)),
    ]  # fmt: skip
