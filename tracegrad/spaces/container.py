"""The space of a container: the product of its leaves' spaces."""

from __future__ import annotations

import collections
from collections.abc import Iterator
from typing import Any

from ..core.tree import flatten, map_leaves, unflatten
from .vspace import VSpace, vspace

__all__ = ["ContainerVSpace"]


class ContainerVSpace(VSpace):
    """Trees of one structure. Attributes: `shape`, the tree of the leaves' spaces."""

    def __init__(self, value: Any) -> None:
        leaves, self.structure = flatten(value)
        self.spaces = [vspace(leaf) for leaf in leaves]

    @property
    def shape(self) -> Any:
        return unflatten(self.structure, self.spaces)

    @property
    def size(self) -> int:  # type: ignore[override]
        return sum(space.size for space in self.spaces)

    @property
    def iscomplex(self) -> bool:  # type: ignore[override]
        return any(space.iscomplex for space in self.spaces)

    def _each(self, name: str) -> Any:
        return unflatten(self.structure, [getattr(space, name)() for space in self.spaces])

    def zeros(self) -> Any:
        return self._each("zeros")

    def ones(self) -> Any:
        return self._each("ones")

    def randn(self) -> Any:
        return self._each("randn")

    def standard_basis(self) -> Iterator[Any]:
        for i, space in enumerate(self.spaces):
            for unit in space.standard_basis():
                vector = [other.zeros() for other in self.spaces]
                vector[i] = unit
                yield unflatten(self.structure, vector)

    def add(self, x: Any, y: Any) -> Any:
        return y if x is None else map_leaves(lambda a, b: a + b, x, y)

    mut_add = add

    def scalar_mul(self, x: Any, a: Any) -> Any:
        return map_leaves(lambda leaf: leaf * a, x)

    def inner_prod(self, x: Any, y: Any) -> Any:
        return sum(
            space.inner_prod(a, b) for space, a, b in zip(self.spaces, flatten(x)[0], flatten(y)[0])
        )

    def covector(self, x: Any) -> Any:
        leaves, structure = flatten(x)
        return unflatten(structure, [s.covector(leaf) for s, leaf in zip(self.spaces, leaves)])


for _type in (list, tuple, dict, collections.OrderedDict, collections.defaultdict):
    VSpace.register(_type, ContainerVSpace)
