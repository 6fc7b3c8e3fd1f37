"""Sparse matrices made of traced data, diagonals and blocks."""

from __future__ import annotations

import functools

import numpy as np
import scipy.sparse as ss

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...numpy.rules.arrays import as_array
from .arithmetic import is_sparse
from .calling import answers
from .matrix import FORMATS, Sparse, arranged, numbered

__all__ = ["dense_to_sparse", "install"]


def dense_to_sparse(x, container=ss.coo_array):
    """All entries of a dense array, since zeros have derivatives as others have."""
    x = as_array(x)
    x = x.reshape(1, -1) if container is ss.coo_matrix or x.ndim == 0 else x
    if x.ndim > 2:
        raise TypeError(f"a sparse matrix has two axes, not {x.ndim}")
    places = np.unravel_index(np.arange(x.size), x.shape)
    numbers = container((np.arange(1, x.size + 1), places), shape=x.shape)
    return Sparse(numbers, x.reshape(-1))


def _is_shape(arg):
    return isinstance(arg, tuple) and all(isinstance(n, (int, np.integer)) for n in arg)


def _constructor(container):
    """A class of SciPy's: of `(data, …)`, of a dense array or of another matrix."""
    format = container.__name__[:3]
    coo = ss.coo_matrix if issubclass(container, ss.spmatrix) else ss.coo_array

    def make(arg1, shape=None, dtype=None, copy=False, **options):
        if is_sparse(arg1):
            a = Sparse.of(arg1).summed()
            made = arranged(coo(a.layout), a.data.reshape(-1))
        elif isinstance(arg1, tuple) and not _is_shape(arg1):
            data = as_array(arg1[0])
            numbers = np.arange(1, data.size + 1).reshape(data.shape)
            coordinates = len(arg1) == 2 and format != "dia"
            maker = coo if coordinates else container
            layout = maker((numbers, *arg1[1:]), shape=shape, **({} if coordinates else options))
            made = Sparse(layout, data)
        else:
            x = as_array(arg1)
            made = dense_to_sparse(x if x.ndim == 2 else np.atleast_2d(x), coo)
        made = made if dtype is None else made.astype(dtype)
        if made.format == format:
            return made
        return getattr(made, f"to{format}")(**options)

    return functools.update_wrapper(make, container, updated=())


def _refused(name):
    def refuse(*args, **options):
        raise NoDerivative(
            f"{name} of traced entries is not known: it is filled one by one.\n"
            f"  in {user_line()}\n  Gather the entries in arrays and make a coo_array of them."
        )

    return refuse


# -- what only rearranges entries ----------------------------------------------------------------


def of_numbers(fun, operands):
    """`fun` of matrices, arrays and None, which rearranges their entries but adds none."""
    entries, numbers, first = [], [], 1
    for x in operands:
        if x is None:
            numbers.append(None)
            continue
        if is_sparse(x):
            a = Sparse.of(x).summed()
            data = a.data
            numbers.append(numbered(a.layout, first))
        else:
            data = as_array(x)
            numbers.append(np.arange(first, first + data.size).reshape(data.shape))
        entries.append(data.reshape(-1))
        first += data.size
    return arranged(fun(numbers), np.concatenate(entries))


def _typed(made, dtype):
    return made if dtype is None else made.astype(dtype)


def _stack(fun):
    def stack(blocks, format=None, dtype=None):
        made = of_numbers(lambda numbers: fun(numbers, format=format), _as_blocks(blocks))
        return _typed(made, dtype)

    return stack


def _as_blocks(blocks):
    return [b if b is None or is_sparse(b) else dense_to_sparse(np.atleast_2d(b)) for b in blocks]


def _grid(fun):
    def grid(blocks, format=None, dtype=None, **options):
        rows = [_as_blocks(row) for row in blocks]
        width = len(rows[0])

        def place(numbers):
            numbers = [numbers[i : i + width] for i in range(0, len(numbers), width)]
            return fun(numbers, format=format, **options)

        return _typed(of_numbers(place, [b for row in rows for b in row]), dtype)

    return grid


def _block_diag(mats, format=None, dtype=None):
    mats = _as_blocks(mats)
    return _typed(of_numbers(lambda numbers: ss.block_diag(numbers, format=format), mats), dtype)


def _triangle(fun):
    def triangle(A, k=0, format=None):
        a = A if is_sparse(A) else dense_to_sparse(A)
        return of_numbers(lambda numbers: fun(numbers[0], k, format), [a])

    return triangle


def _diagonals(fun):
    def diagonals(diagonals, offsets=0, shape=None, format=None, dtype=None):
        rows = diagonals if np.ndim(offsets) else [as_array(diagonals).reshape(-1)]
        rows = [np.atleast_1d(as_array(row)) for row in rows]
        made = of_numbers(
            lambda numbers: fun(
                numbers, offsets=np.atleast_1d(offsets), shape=shape, format=format, dtype=int
            ),
            rows,
        )
        return _typed(made, dtype)

    return diagonals


def _spdiags(data, diags, m=None, n=None, format=None):
    return of_numbers(
        lambda numbers: ss.spdiags(numbers[0], diags, m, n, format), [np.atleast_2d(data)]
    )


# -- products by blocks --------------------------------------------------------------------------


def _kron(A, B, format=None):
    a, b = (Sparse.of(x) if is_sparse(x) else dense_to_sparse(x) for x in (A, B))
    left, right = a.places, b.places
    shape = (left.shape[0] * right.shape[0], left.shape[1] * right.shape[1])
    rows = (left.rows[:, None] * right.shape[0] + right.rows).reshape(-1)
    columns = (left.columns[:, None] * right.shape[1] + right.columns).reshape(-1)
    entries = (a.entries[:, None] * b.entries).reshape(-1)
    matrix = a.is_matrix and b.is_matrix
    made = Sparse((ss.coo_matrix if matrix else ss.coo_array)(shape), entries)
    return made.at(rows.astype(np.int64) * shape[1] + columns, entries, shape).asformat(format)


def _kronsum(A, B, format=None):
    for x in (A, B):
        if x.shape[0] != x.shape[1]:
            raise ValueError("A and B are not both square")
    eye, dtype = ss.identity, np.result_type(A.dtype, B.dtype)
    n, m = A.shape[0], B.shape[0]
    return (_kron(eye(m, dtype), A) + _kron(B, eye(n, dtype))).asformat(format)


# -- what asks for the structure -----------------------------------------------------------------


def _find(A):
    a = Sparse.of(A).summed()
    some = getval(a.entries) != 0
    return a.places.rows[some], a.places.columns[some], a.entries[some]


def _is_matrix(x, formats):
    return isinstance(x, Sparse) and x.is_matrix and x.format in formats


def install(namespace):
    """Put the functions into the namespace."""
    kinds = {f"{f}_{kind}": f for f in FORMATS for kind in ("array", "matrix")}
    made = {name: _constructor(getattr(ss, name)) for name in kinds}
    refused = {n: _refused(n) for n in ("lil_array", "lil_matrix", "dok_array", "dok_matrix")}
    grids = {n: _grid(getattr(ss, n)) for n in ("bmat", "block_array") if hasattr(ss, n)}
    diagonals = {n: _diagonals(getattr(ss, n)) for n in ("diags", "diags_array") if hasattr(ss, n)}
    answers(
        namespace, ss, **made, **refused, **grids, **diagonals,
        hstack=_stack(ss.hstack), vstack=_stack(ss.vstack), block_diag=_block_diag,
        tril=_triangle(ss.tril), triu=_triangle(ss.triu), spdiags=_spdiags, kron=_kron,
        kronsum=_kronsum,
        find=_find, issparse=is_sparse, isspmatrix=lambda x: _is_matrix(x, FORMATS),
        **{f"isspmatrix_{format}": functools.partial(_is_matrix, formats=(format,))
           for format in (*FORMATS, "dok", "lil")},
    )  # fmt: skip
