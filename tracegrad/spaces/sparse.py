"""Cotangents that are zero almost everywhere, kept as their parts until somebody needs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .vspace import VSpace

__all__ = ["SparseObject"]


class SparseObject:
    """A cotangent given by how it adds itself to a dense one.

    Args:
        vs: the `VSpace` it belongs to.
        mut_add: called with a dense cotangent that it may change; returns it with this one added.

    Adding sparse cotangents chains them, at the cost of one list entry; `dense` writes them all
    into one array.
    """

    __array_ufunc__ = None  # arrays on the left of + leave the sum to `__radd__`

    def __init__(self, vs: VSpace, mut_add: Callable[[Any], Any]) -> None:
        self.vs = vs
        self.mut_add = mut_add
        self.others: list = []

    def __add__(self, other: Any) -> SparseObject:
        if type(other) is type(self):
            self.others.extend(other.parts())
        else:
            self.others.append(other)
        return self

    __radd__ = __add__

    def parts(self) -> list:
        """This cotangent without what was added to it, and the others."""
        return [SparseObject(self.vs, self.mut_add), *self.others]

    def dense(self) -> Any:
        """The sum of all parts, as an ordinary value."""
        total = self.mut_add(self.vs.zeros())
        for part in self.others:
            if isinstance(part, SparseObject):
                total = part.mut_add(total)
            else:
                total = self.vs.add(total, part)
        return total
