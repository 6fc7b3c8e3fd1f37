"""NumPy's iterators, of traced arrays: they give boxes, one element after the other."""

from __future__ import annotations

import operator

import numpy as np

from ....core.box import getval, isbox
from ....core.errors import NoDerivative, user_line
from ....core.trace import CONTAINERS, inside
from ..arrays import as_array

__all__ = ["broadcast", "flatiter", "ndenumerate", "nditer"]


class flatiter:
    """`x.flat` of a traced array: its elements in C order, to go through, to read and to write."""

    def __init__(self, base):
        self.base = base
        self.index = 0

    @property
    def coords(self):
        """The index of the element that comes next."""
        return tuple(map(int, np.unravel_index(self.index, self.base.shape)))

    def copy(self):
        return self.base.flatten()

    def __len__(self):
        return self.base.size

    def __getitem__(self, index):
        part = np.ravel(self.base)[index]
        return part.copy() if np.ndim(part) else part

    def __setitem__(self, index, value):
        np.put(self.base, np.arange(len(self))[index], value)

    def __iter__(self):
        return self

    def __next__(self):
        if self.index == len(self):
            raise StopIteration
        element = self.base[self.coords]
        self.index += 1
        return element

    def __array__(self, dtype=None, copy=None):
        return np.array(self.copy(), dtype)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return getattr(ufunc, method)(*_copies(inputs), **options)

    def __array_function__(self, fun, kinds, args, options):
        return fun(*_copies(args), **options)


for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    _compare = getattr(operator, _name)
    setattr(flatiter, f"__{_name}__", lambda self, other, f=_compare: f(self.copy(), other))


def _copies(args):
    """The arguments, with arrays in the place of iterators."""
    return [arg.copy() if isinstance(arg, flatiter) else arg for arg in args]


def _array(x):
    """Lists that have boxes in them as arrays."""
    return as_array(x) if type(x) in CONTAINERS and inside(x) else x


class ndenumerate(np.ndenumerate):
    """Pairs of index and element; of plain arrays NumPy's own."""

    def __new__(cls, arr):
        return object.__new__(cls) if isbox(_array(arr)) else np.ndenumerate(arr)

    def __init__(self, arr):
        arr = _array(arr)
        self.iter = zip(np.ndindex(arr.shape), flatiter(arr))

    def __next__(self):
        return next(self.iter)


class broadcast:
    """Tuples of elements of arrays broadcast against each other; of plain arrays NumPy's own."""

    def __new__(cls, *args):
        args = [_array(a) for a in args]
        return object.__new__(cls) if any(map(_traced, args)) else np.broadcast(*args)

    def __init__(self, *args):
        bases = []
        for a in args:
            several = isinstance(a, (broadcast, np.broadcast))
            bases += [one.base for one in a.iters] if several else [as_array(a)]
        known = np.broadcast(*map(getval, bases))
        self.shape, self.size, self.numiter = known.shape, known.size, known.numiter
        self.nd = self.ndim = known.nd
        self._bases = bases
        self.reset()

    def reset(self):
        """Start again."""
        self.iters = tuple([flatiter(np.broadcast_to(a, self.shape)) for a in self._bases])

    @property
    def index(self):
        """How many tuples were given."""
        return self.iters[0].index

    def __iter__(self):
        return self

    def __next__(self):
        return tuple([next(one) for one in self.iters])


def _traced(x):
    return isbox(x) or isinstance(x, broadcast)


class nditer:
    """NumPy's own; refused where it would have to give parts of traced arrays."""

    def __new__(cls, op, *args, **kwargs):
        if inside([op]):
            raise NoDerivative(
                f"nditer: its buffers cannot hold traced arrays.\n  in {user_line()}\n  Iterate "
                "over ndenumerate(x), broadcast(x, y), x.flat or x itself, which are traced."
            )
        return np.nditer(op, *args, **kwargs)
