"""Products of arrays."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal

V, W, X = normal(3), normal(3, seed=1), normal(4)
M, L = normal(2, 3), normal(3, 4)
T, S, Q = normal(2, 4, 3), normal(2, 3, 5), normal(5, 2, 3, 4)
ONE, TWO = normal(), normal(seed=1)
MATMUL = [
    (V, W), (M, L), (M, V), (V, L), (T, S), (T, V), (V, S), (M, S), (T, L), (Q, L.T),
    (normal(5, 1, 4, 3), S), (normal(1, 2, 3), normal(4, 3, 2)),
]  # fmt: skip
DOT = [
    (ONE, TWO), (ONE, M), (M, ONE), (V, W), (M, L), (M, V), (V, L), (V, S), (T, V), (T, S),
    (M, S), (T, L), (Q, X), (X, normal(2, 4, 3)), (T, normal(5, 2, 3, 2)),
]  # fmt: skip
TENSORDOT = [
    (T, L, 1), (normal(4, 2, 3), S, 2), (M, L, 0), (T, S, (0, 0)), (T, S, ([0], [0])),
    (T, S, ([2, 0], [1, 0])), (T, S, ([0, 2], [0, 1])), (T, S, (-1, -2)), (V, W, 1),
    (Q, T, ([1, 3, 2], [0, 1, 2])), (Q, normal(3, 4, 5), ([3, 0, 2], [1, 2, 0])),
    (T, S, ((), ())), (M, L, 1),
]  # fmt: skip


def product(name, *args, **flags):
    return Case(name, args, **{"analytic": True, **flags})


def einsum(text, *shapes):
    # of an empty matrix's diagonal NumPy reads memory that is not its own: "ii->i" of (0, 3)
    small = all(term.count(c) < 2 for term in text.partition("->")[0].split(",") for c in "ijk")
    arrays = [normal(*shape, seed=i) for i, shape in enumerate(shapes)]
    return product("einsum", text, *arrays, small=small)


ROWS = [
    *[product("matmul", x, y) for x, y in MATMUL],
    *[product("dot", x, y) for x, y in DOT],
    *[product("tensordot", a, b, axes) for a, b, axes in TENSORDOT],
    product("tensordot", normal(4, 2, 3), S),
    *[product("inner", a, b) for a, b in [(V, W), (M, V), (T, M), (M, T), (ONE, M), (ONE, TWO)]],
    *[product("outer", a, b) for a, b in [(V, X), (M, X), (ONE, V)]],
    *[product("vdot", a, b, analytic=False) for a, b in [(V, W), (M, M + 1), (ONE, TWO)]],
    *[product("kron", a, b) for a, b in [(V, X), (M, L), (V, L), (T, M), (ONE, V)]],
    product("cross", V, W),
    product("cross", normal(4, 3), normal(4, 3, seed=1)),
    product("cross", normal(4, 3), W),
    Case("cross", (normal(3, 4), normal(3, 4, seed=1)), [{"axis": 0}], analytic=True),
    Case("cross", (normal(3, 4), normal(4, 3)), [{"axisa": 0}, {"axisa": 0, "axisc": 0}]),
    Case("cross", (normal(4, 3), normal(3, 4)), [{"axisb": 0, "axisc": 0}]),
    # -- einsum: string and index-list spelling, sums, diagonals, broadcasting
    einsum("ij,jk->ik", (2, 3), (3, 4)),
    einsum("ij,jk", (2, 3), (3, 4)),
    einsum("i,i->", (3,), (3,)),
    einsum("ij->ji", (2, 3)),
    einsum("ij->", (2, 3)),
    einsum("ji", (2, 3)),
    einsum("ii->i", (3, 3)),
    einsum("ii", (3, 3)),
    einsum("iij->j", (3, 3, 2)),
    einsum("iii->i", (2, 2, 2)),
    einsum("ij,ik,il->jkl", (2, 3), (2, 2), (2, 4)),
    einsum("ij,j->i", (2, 3), (3,)),
    einsum("ij,k->j", (2, 3), (4,)),
    einsum("...ij,...jk->...ik", (5, 2, 3), (3, 4)),
    einsum("...,...", (2, 3), (3,)),
    einsum("...i->i...", (2, 3, 4)),
    einsum("i...,i...->...", (3, 2), (3, 1)),
    einsum("ij , jk -> ik", (2, 3), (3, 4)),
    einsum("ab,ab->ab", (1, 3), (2, 3)),
    einsum("bA,Bb->AB", (2, 3), (4, 2)),
    einsum(",i->i", (), (3,)),
    product("einsum", M, [0, 1], L, [1, 2], [0, 2]),
    product("einsum", M, [0, 1], L, [1, 2]),
    product("einsum", T, [..., 0], V, [0], [...]),
    product("einsum", normal(3, 3), [5, 5]),
    Case("einsum", ("ij,jk,kl->il", M, L, normal(4, 2)),
         [{"optimize": True}, {"optimize": "greedy"}]),
    Case("einsum", ("ij,jk->ik", M, L), [{"dtype": numpy.float64}, {"order": "C"}],
         complex=False, float32=False),
    Case("einsum", ("ij,jk->ik", M, L), [{"casting": "safe"}]),
]  # fmt: skip
