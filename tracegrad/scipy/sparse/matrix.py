"""`Sparse`: a sparse matrix whose structure is constant and whose data are traced.

The structure is kept as SciPy's own object whose data are the numbers of the entries: 1, 2, 3 …
Whatever SciPy does to a structure (slices, transposes, other formats, blocks) it does to that
object, and the numbers in the result tell where each of its entries is from. 0 is a filling zero.
"""

from __future__ import annotations

import functools

import numpy as np
import scipy.sparse as ss

from ...core.box import Box, getval
from ...core.errors import NoDerivative, user_line
from ...core.trace import CONTAINERS
from ...numpy.refusing import constant_of
from .products import Places, scatter

__all__ = ["FORMATS", "Sparse", "Structure", "arranged", "numbered", "simplest", "traced"]

FORMATS = ("bsr", "coo", "csc", "csr", "dia")
_STATIC = {
    "blocksize", "coords", "col", "format", "getformat", "has_canonical_format", "get_shape",
    "has_sorted_indices", "indices", "indptr", "ndim", "offsets", "row", "shape", "nnz", "getnnz",
}  # fmt: skip


def numbered(matrix, first=1):
    """SciPy's matrix of this structure, its data counted from `first`."""
    data = np.arange(first, first + matrix.data.size).reshape(matrix.data.shape)
    return with_data(matrix, data)


def with_data(matrix, data):
    """SciPy's matrix of the structure of `matrix`, with these data."""
    match matrix.format:
        case "coo":
            parts = (data, matrix.coords if hasattr(matrix, "coords") else (matrix.row, matrix.col))
        case "dia":
            parts = (data, matrix.offsets)
        case _:
            parts = (data, matrix.indices, matrix.indptr)
    return type(matrix)(parts, shape=matrix.shape)


def arranged(numbers, entries):
    """The matrix whose structure and entry numbers are `numbers`."""
    data = picked(entries, numbers.data)
    return Sparse(numbered(numbers), data)


def picked(entries, numbers):
    """The entries of these numbers; 0 for number 0."""
    numbers = np.asarray(numbers)
    if numbers.size and not numbers.min():
        return np.concatenate([np.zeros(1, entries.dtype), entries])[numbers]
    same = numbers.size == len(entries) and (numbers.ravel() == np.arange(1, numbers.size + 1))
    return entries.reshape(numbers.shape) if np.all(same) else entries[numbers - 1]


class Structure:
    """All of a matrix that is not its data, for comparison."""

    def __init__(self, matrix):
        self.matrix = matrix

    def __eq__(self, other):
        a, b = self.matrix, other.matrix
        return type(a) is type(b) and a.shape == b.shape and (a != b).nnz == 0

    __hash__ = None

    def __repr__(self):
        return f"{self.matrix.shape}, {self.matrix.nnz} entries"


class Sparse:
    """A sparse matrix with traced data, with the methods of SciPy's.

    What SciPy gives as `numpy.matrix` is an array with two axes here. Entries stay in the
    structure when they become zero.

    Attributes:
        layout: the structure: SciPy's object of numbers (see above).
        data: the traced data, as SciPy stores them.
    """

    __array_ufunc__ = None  # arrays on the left of an operator leave it to this one
    __hash__ = object.__hash__

    def __init__(self, layout, data):
        self.layout, self.data = layout, data

    @classmethod
    def of(cls, matrix):
        """Of SciPy's matrix."""
        if isinstance(matrix, cls):
            return matrix
        matrix = matrix if matrix.format in FORMATS else matrix.tocsr()
        return cls(numbered(matrix), matrix.data)

    # -- what the structure tells --------------------------------------------------------------
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)  # no part of SciPy's classes, but of protocols
        layout = self.layout
        value = getattr(layout, name)
        if name in _STATIC:
            return value
        raise NoDerivative(
            f"{type(layout).__name__}.{name}: no derivative is known with respect to the data.\n"
            f"  in {user_line()}\n  Take stop_gradient(...) of the matrix if it is meant as a "
            "constant, or write it with the dense array A.toarray()."
        )

    def __array__(self, *args, **kwargs):
        raise TypeError(
            "a sparse matrix is not an array to NumPy; use A.toarray() or A.data.\n"
            f"  in {user_line()}"
        )

    def __setitem__(self, index, value):
        raise TypeError(
            "a sparse matrix with traced data cannot be written to; make it of its data.\n"
            f"  in {user_line()}"
        )

    @property
    def dtype(self):
        return self.data.dtype

    @property
    def size(self):
        return self.layout.size

    @property
    def is_matrix(self):
        """Whether * and ** are products of matrices."""
        return isinstance(self.layout, ss.spmatrix)

    @property
    def plain(self):
        """SciPy's matrix of the values."""
        return with_data(self.layout, np.asarray(getval(self.data)))

    def nonzero(self):
        return self.plain.nonzero()

    def count_nonzero(self, *args, **options):
        return self.plain.count_nonzero(*args, **options)

    def __repr__(self):
        return repr(self.plain)

    def __str__(self):
        return str(self.plain)

    def __len__(self):
        return len(self.layout)

    def __bool__(self):
        return bool(self.plain)

    # -- entries and their places --------------------------------------------------------------
    @functools.cached_property
    def _coordinates(self):
        coo = self.layout.tocoo()
        if coo.ndim == 1:
            columns = coo.coords[0]
            return Places(np.zeros_like(columns), columns, (1, *coo.shape)), coo.data
        if coo.ndim > 2:
            raise NoDerivative(
                f"a sparse array with {coo.ndim} axes: derivatives are known up to two.\n"
                f"  in {user_line()}"
            )
        return Places(coo.row, coo.col, coo.shape), coo.data

    @property
    def places(self):
        return self._coordinates[0]

    @property
    def entries(self):
        """One for each of the places."""
        return picked(self.data.reshape(-1), self._coordinates[1])

    def summed(self):
        """The same with entries of one place added."""
        if self.layout.format == "dia" or getattr(self.layout, "has_canonical_format", False):
            return self
        flat, where = np.unique(self.places.flat, return_inverse=True)
        if len(flat) == len(where):
            return self
        entries = scatter(self.entries, where.reshape(-1), len(flat))
        return self.at(flat, entries).asformat(self.layout.format)

    def at(self, flat, entries, shape=None):
        """Other entries at these places of a matrix of this kind: in coordinates."""
        container = ss.coo_matrix if self.is_matrix else ss.coo_array
        shape = self.layout.shape if shape is None else shape
        coordinates = np.unravel_index(flat, shape)
        return Sparse(container((np.arange(1, len(flat) + 1), coordinates), shape=shape), entries)

    def like(self, data):
        """Other data in this structure."""
        return Sparse(self.layout, data)

    # -- the data one by one -------------------------------------------------------------------
    def astype(self, dtype, casting="unsafe", copy=True):
        return self.like(self.data.astype(dtype))

    def conj(self, copy=True):
        return self.like(self.data.conj())

    conjugate = conj

    @property
    def real(self):
        return self.like(self.data.real)

    @property
    def imag(self):
        return self.like(self.data.imag)

    def asfptype(self):
        return self

    def copy(self):
        return self.like(self.data.copy())

    def power(self, n, dtype=None):
        if not np.isscalar(n):
            raise NotImplementedError("input is not scalar")
        if not n:
            raise NotImplementedError("zero power is not supported as it would densify the matrix.")
        a = self.summed() if dtype is None else self.summed().astype(dtype)
        return a.like(a.data**n)

    # -- other structures ----------------------------------------------------------------------
    def _by_numbers(self, change):
        a = self.summed()
        return arranged(change(a.layout), a.data.reshape(-1))

    def __getitem__(self, index):
        a = self.summed()
        found = a.layout[index]
        if ss.issparse(found):
            return arranged(found, a.data.reshape(-1))
        return picked(a.data.reshape(-1), np.asarray(found))

    def __iter__(self):
        return (self[i] for i in range(self.shape[0]))

    @property
    def T(self):
        return self.transpose()

    def getH(self):
        return self.conj().transpose()

    H = property(getH)

    def asformat(self, format, copy=False):
        if format is None or format == self.layout.format:
            return self
        return getattr(self, f"to{format}")()

    def diagonal(self, k=0):
        a = self.summed()
        return picked(a.data.reshape(-1), a.layout.diagonal(k))

    def trace(self, offset=0):
        return self.diagonal(offset).sum()

    # -- dense results -------------------------------------------------------------------------
    def toarray(self, order=None, out=None):
        flat = scatter(self.entries, self.places.flat, int(np.prod(self.shape)))
        return flat.reshape(self.shape)

    todense = toarray

    def sum(self, axis=None, dtype=None, out=None):
        entries = self.entries if dtype is None else self.entries.astype(dtype)
        axes = range(self.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        if not all(-self.ndim <= a < self.ndim for a in axes):
            raise ValueError(f"axis {axis} out of range for {self.ndim} axes")
        axes = {a % self.ndim for a in axes}
        if len(axes) == self.ndim:
            return entries.sum()
        places = self.places if axes == {1} else self.places.T
        total = scatter(entries, places.rows, places.shape[0])
        return np.expand_dims(total, *axes) if self.is_matrix else total

    def mean(self, axis=None, dtype=None, out=None):
        total = self.sum(axis, dtype)
        return total * (getval(total).size / max(int(np.prod(self.shape)), 1))

    # -- order of the data, which no derivative asks for -----------------------------------------
    def sum_duplicates(self):
        a = self.summed()
        self.__init__(a.layout, a.data)
        self.__dict__.pop("_coordinates", None)

    def sort_indices(self):
        if not self.layout.has_sorted_indices:
            a = arranged(self.layout.sorted_indices(), self.data.reshape(-1))
            self.__init__(a.layout, a.data)
            self.__dict__.pop("_coordinates", None)

    def sorted_indices(self):
        return arranged(self.layout.sorted_indices(), self.data.reshape(-1))

    def eliminate_zeros(self):
        """Nothing: an entry that is zero has a derivative as others have."""


def _of_structure(name):
    def method(self, *args, **options):
        return self._by_numbers(lambda layout: getattr(layout, name)(*args, **options))

    method.__name__ = name
    return method


for _name in (
    "getcol", "getrow", "reshape", "tobsr", "tocoo", "tocsc", "tocsr", "todia", "transpose",
    "_getcol", "_getrow",
):  # fmt: skip
    setattr(Sparse, _name, _of_structure(_name))


def _of_data(name):
    def method(self):
        a = self.summed()
        return a.like(getattr(np, name)(a.data))

    method.__name__ = name
    return method


for _name in (
    "arcsin", "arcsinh", "arctan", "arctanh", "ceil", "deg2rad", "expm1", "floor", "log1p",
    "rad2deg", "rint", "sign", "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
):  # fmt: skip
    setattr(Sparse, _name, _of_data(_name))


# -- what is traced in the arguments of a call ---------------------------------------------------


def simplest(x):
    """x, in containers too, with plain values for what no running trace watches."""
    if isinstance(x, Box):
        return constant_of(x)
    if isinstance(x, Sparse):
        return x if isinstance(constant_of(x.data), Box) else x.plain
    kind = type(x)
    if kind is dict:
        return {key: simplest(item) for key, item in x.items()}
    return kind([simplest(item) for item in x]) if kind in CONTAINERS else x


def traced(x):
    """Whether there is something traced in x, which is in its simplest form."""
    if type(x) in CONTAINERS:
        return any(map(traced, x.values() if type(x) is dict else x))
    return isinstance(x, (Box, Sparse))
