"""Sparse matrices of traced data, and SciPy's own beside traced arrays."""

from __future__ import annotations

import functools

import numpy
import scipy
import scipy.sparse

from tests.tester import Case
from tracegrad.scipy import sparse

from .samples import normal

OLD = tuple(map(int, scipy.__version__.split(".")[:2])) < (1, 14)
ROWS = []

# A matrix of each format and kind, with the places of its entries.
PLACES = numpy.array([0, 0, 1, 2, 2, 3]), numpy.array([0, 2, 1, 0, 3, 3])
START = numpy.array([0, 2, 3, 5, 6])
SHAPE = (4, 4)
D, E, X, Y = normal(6), normal(6), normal(4), normal(4, 2)


def csr(data, kind=sparse.csr_array):
    return kind((data, PLACES[1], START), shape=SHAPE)


def matrix(data):
    return csr(data, sparse.csr_matrix)


def coo(data):
    return sparse.coo_array((data, PLACES), shape=SHAPE)


def other(data):
    """Of another structure."""
    return sparse.csc_array((data, PLACES[0][::-1], START), shape=SHAPE)


def full(a):
    """An array with the same entries, whatever it is: SciPy gives `numpy.matrix`, too."""
    a = a.toarray() if hasattr(a, "toarray") else a
    return numpy.asarray(a) if isinstance(a, numpy.matrix) else a


def array(x):
    return numpy.array(x) if isinstance(x, list) else x


def row(name, fun, *args, rows=ROWS, whole=False, **flags):
    """`whole`: with complex and single numbers, too."""
    flags = {"small": False, "complex": whole, "float32": whole, **flags}
    call = lambda *args: full(fun(*map(array, args)))
    rows.append(Case(f"sparse {name}", args, fun=call, **flags))


linear = functools.partial(row, order=1)  # in the data


# -- made of data ------------------------------------------------------------------------------

FORMATS = {
    "csr_array": lambda make, d: make((d, PLACES[1], START), shape=SHAPE),
    "csc_matrix": lambda make, d: make((d, PLACES[0], START), (4, 4)),
    "coo_matrix": lambda make, d: make((d, PLACES)),
    "bsr_array": lambda make, d: make((d[:4].reshape(1, 2, 2), [1], [0, 1, 1]), shape=SHAPE),
    "dia_array": lambda make, d: make((d.reshape(2, 3), [0, -1]), shape=(3, 3)),
    "dia_matrix": lambda make, d: make((d.reshape(2, 3), [1, 0]), shape=(4, 4)),
}
for _name, _make in FORMATS.items():
    linear(_name, lambda d, n=_name, make=_make: make(getattr(sparse, n), d), D)
linear(
    "csr_array of places, twice the same",
    lambda d: sparse.csr_array((d, ([0, 0, 1, 1, 0, 2], [1, 1, 0, 0, 1, 2])), shape=(3, 3)),
    D,
    whole=True,
)
linear("csc_array of a dense array", sparse.csc_array, Y)
linear("csr_array of another", lambda d: sparse.csr_array(coo(d)), D)
linear("dtype=", lambda d: sparse.csc_array(csr(d), dtype=complex), D)
for _format in ("csr", "csc", "coo", "bsr", "dia"):
    linear(f"to{_format}", lambda d, f=f"to{_format}": getattr(csr(d), f)().T @ X, D)

# -- products ----------------------------------------------------------------------------------

for _x in (X, Y, Y[:, :1]):
    row("@ dense", lambda d, x: csr(d) @ x, D, _x, whole=_x is Y)
    row("dense @", lambda d, x: x.T @ coo(d), D, _x, whole=_x is X)
row("constant @ dense", lambda x: csr(D) @ x, Y)
row("dense @ constant", lambda x: x @ other(D), X)
row("constant * dense", lambda x: full(csr(D).multiply(x)) + full(csr(D) * x), X)
row("constant lil", lambda x: scipy.sparse.lil_array(csr(D)) @ x, X)
row("constant dok", lambda x: scipy.sparse.dok_matrix(matrix(D)) * x, X)
row("constant + dense", lambda x: full(csr(D) + x) - full(x - coo(D)), normal(4, 4))
row("matrix * dense", lambda d, x: matrix(d) * x, D, X)
row("dense * matrix", lambda d, x: x * matrix(d), D, X)
row("dot", lambda d, x: matrix(d).dot(x), D, Y)
row("@ sparse", lambda d, e: csr(d) @ other(e), D, E, whole=True)
row("@ itself", lambda d: csr(d) @ csr(d).T, D)
row("@ constant sparse", lambda d: coo(d) @ csr(E) + csr(E) @ coo(d), D)
row("matrix power", lambda d: matrix(d) ** 3, D)

# -- entry by entry ----------------------------------------------------------------------------

row("numbers", lambda d, s: csr(d) * s - s * coo(d) / 2 + (-csr(d)) / s, D, normal()[()] + 2)
row("+ sparse", lambda d, e: csr(d) + other(e) - coo(d), D, E, whole=True)
row("+ dense", lambda d, x: csr(d) + x, D, normal(4, 4))
row("dense -", lambda d, x: x - csr(d), D, normal(4, 4))
row("multiply", lambda d, e: csr(d).multiply(other(e)), D, E)
row("multiply dense", lambda d, x: csr(d).multiply(x[:, None]), D, X, whole=True)
row("divide", lambda d, x: csr(d) / (x * x + 2)[None], D, X)
row("power", lambda d: csr(d).power(3) + csr(d) ** 2, D, whole=True)
row("abs", lambda d: abs(csr(d)), D, whole=True)
row("tanh", lambda d: csr(d).tanh() + csr(d).expm1().T, D)
row("conj", lambda d: csr(d).conj() + csr(d).real, D, whole=True)
row("astype", lambda d: csr(d).astype(complex), D)

# -- parts -------------------------------------------------------------------------------------

for _axis in (None, 0, 1, -1):
    linear(f"sum {_axis}", lambda d, a=_axis: csr(d).sum(axis=a), D, whole=_axis == 0)
    linear(f"mean {_axis}", lambda d, a=_axis: matrix(d).mean(a), D)
row("diagonal", lambda d: csr(d).diagonal() * csr(d).trace() + csr(d).diagonal(1).sum(), D)
row("element", lambda d: matrix(d)[0, 2] * matrix(d)[-1, 3], D)
linear("row", lambda d: matrix(d)[0] @ X, D)
linear("slice", lambda d: csr(d)[1:, ::2], D)
linear("rows", lambda d: csr(d)[[2, 0, 2]], D)
linear("places", lambda d: csr(d)[[2, 0, 2], [0, 2, 1]], D, whole=True)
linear("mask", lambda d: csr(d)[numpy.array([True, False, True, False])], D)
linear("getrow", lambda d: matrix(d).getrow(2), D)
linear("reshape", lambda d: csr(d).reshape((2, 8)), D)
linear("todense", lambda d: matrix(d).todense(), D)
if not OLD:
    linear("of one axis", lambda d: csr(d)[2] @ X + csr(d)[:, 0].toarray(), D)

# -- of blocks and diagonals ---------------------------------------------------------------------

linear("hstack", lambda d, e: sparse.hstack([csr(d), other(e)], format="csc"), D, E)
linear("vstack", lambda d, e: sparse.vstack([csr(d), csr(D), coo(e)], dtype=complex), D, E)
linear(
    "bmat", lambda d, e: sparse.bmat([[csr(d), None], [None, other(e)]], "csr"), D, E, whole=True
)
linear("block_diag", lambda d, x: sparse.block_diag([csr(d), x, [[2.0]]], format="csr"), D, Y)
linear("tril", lambda d: sparse.tril(csr(d)) + sparse.triu(csr(d), k=1, format="csc"), D)
linear("diags", lambda x, y: sparse.diags([x, y[:3], 1.0], [0, -1, 1], (4, 4), "csr"), X, normal(4))
linear("diags one", lambda x: sparse.diags(x) @ X, X)
linear("spdiags", lambda y: sparse.spdiags(y.T, [0, 1], 4, 4, format="csr"), Y, whole=True)
row("kron", lambda d, e: sparse.kron(csr(d), coo(e)), D, E)
row("kron dense", lambda d, y: sparse.kron(csr(d), y, "csr"), D, Y)
row("kronsum", lambda d, e: sparse.kronsum(csr(d), csr(e)), D, E, whole=True)
if not OLD:
    linear("diags_array", lambda x: sparse.diags_array([x, x[:3]], offsets=[0, 1]), X)
    linear("block_array", lambda d, e: sparse.block_array([[csr(d), None], [None, csr(e)]]), D, E)
