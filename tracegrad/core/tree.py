"""Nested containers (pytrees): taken apart once, put together once.

Lists, tuples, dicts (OrderedDict, defaultdict), namedtuples and dataclasses are containers, and
what `register` adds. Numbers and arrays are leaves. None, strings and whatever else cannot be
traced stay where they are, as part of the structure.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from .box import Box, box_types

__all__ = [
    "TreeDef",
    "flatten",
    "is_leaf",
    "map_leaves",
    "paths",
    "register",
    "structure_of",
    "unflatten",
]

_handlers: dict[type, tuple[Callable, Callable]] = {}


def register(
    container: type,
    flatten: Callable[[Any], tuple[Iterable, Any]],
    unflatten: Callable[[Any, list], Any],
) -> None:
    """Make `container` a pytree node.

    Args:
        container: the type (subclasses are registered on their own).
        flatten: takes an instance, gives `(children, auxiliary)`; the auxiliary data is whatever
            `unflatten` needs beside the children.
        unflatten: takes `(auxiliary, children)`, gives the instance.

    Example:
        >>> class Point:
        ...     def __init__(self, x, y):
        ...         self.x, self.y = x, y
        >>> register(Point, lambda p: ((p.x, p.y), None), lambda _, xy: Point(*xy))
        >>> flatten(Point(1.0, 2.0))[0]
        [1.0, 2.0]
    """
    _handlers[container] = flatten, unflatten


def _dict(build: Callable) -> tuple[Callable, Callable]:
    def take(d: Any) -> tuple[Any, Any]:
        return d.values(), (tuple(d), getattr(d, "default_factory", None))

    return take, lambda auxiliary, values: build(auxiliary[1], zip(auxiliary[0], values))


register(list, lambda x: (x, None), lambda _, children: children)
register(tuple, lambda x: (x, None), lambda _, children: tuple(children))
register(dict, *_dict(lambda _, items: dict(items)))
register(collections.OrderedDict, *_dict(lambda _, items: collections.OrderedDict(items)))
register(collections.defaultdict, *_dict(collections.defaultdict))


def _handler(kind: type) -> tuple[Callable, Callable] | None:
    """How to take a container type apart; namedtuples and dataclasses are learnt when first met."""
    found = _handlers.get(kind)
    if found is None and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        register(kind, lambda x: (tuple(x), None), lambda _, children: kind(*children))
        found = _handlers[kind]
    elif found is None and dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]

        def build(_: Any, children: list) -> Any:
            new = object.__new__(kind)  # no __init__: it may check or change what it is given
            for name, child in zip(names, children):
                object.__setattr__(new, name, child)
            return new

        register(kind, lambda x: ([getattr(x, name) for name in names], None), build)
        found = _handlers[kind]
    return found


class TreeDef:
    """The structure of a tree: what is left when the leaves are taken out."""

    __slots__ = ("auxiliary", "children", "kind")

    def __init__(self, kind: type | None, auxiliary: Any, children: list[TreeDef]) -> None:
        self.kind = kind  # a container's type, None for a leaf, Ellipsis' type for a static value
        self.auxiliary = auxiliary
        self.children = children

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, TreeDef)
            and self.kind is other.kind
            and (self.kind is _STATIC or self.auxiliary == other.auxiliary)
            and self.children == other.children
        )

    __hash__ = None  # type: ignore[assignment]

    def empty(self) -> bool:
        """Whether it is that of a container which holds nothing but such containers."""
        container = self.kind is not None and self.kind is not _STATIC
        return container and all(child.empty() for child in self.children)

    def __repr__(self) -> str:
        if self.kind is None:
            return "*"
        if self.kind is _STATIC:
            return repr(self.auxiliary)
        inside = ", ".join(map(repr, self.children))
        if self.auxiliary is not None:
            names = map(repr, self.auxiliary[0] if self.kind is dict else ())
            inside = ", ".join(f"{n}: {c!r}" for n, c in zip(names, self.children)) or inside
        return f"{self.kind.__name__}({inside})"


_STATIC = type(...)
_LEAF = TreeDef(None, None, [])


def is_leaf(x: Any) -> bool:
    """Whether `x` is a number or array (or a box): something that can be traced."""
    kind = type(x)
    if kind in box_types:
        return box_types[kind] is not None
    if isinstance(x, Box):
        return True
    return any(box_types.get(base) is not None for base in kind.__mro__)


def flatten(tree: Any) -> tuple[list, TreeDef]:
    """Leaves of a tree, left to right, and its structure.

    Example:
        >>> leaves, structure = flatten({"w": 1.0, "name": "first", "b": (2.0, None)})
        >>> leaves
        [1.0, 2.0]
        >>> unflatten(structure, [10.0, 20.0])
        {'w': 10.0, 'name': 'first', 'b': (20.0, None)}
    """
    leaves: list = []
    return leaves, _flatten(tree, leaves)


def _flatten(tree: Any, leaves: list) -> TreeDef:
    if is_leaf(tree):
        leaves.append(tree)
        return _LEAF
    handler = _handler(type(tree))
    if handler is None:
        return TreeDef(_STATIC, tree, [])
    children, auxiliary = handler[0](tree)
    return TreeDef(type(tree), auxiliary, [_flatten(child, leaves) for child in children])


def unflatten(structure: TreeDef, leaves: Iterable) -> Any:
    """The tree of this structure with these leaves."""
    return _unflatten(structure, iter(leaves))


def _unflatten(structure: TreeDef, leaves: Any) -> Any:
    if structure.kind is None:
        return next(leaves)
    if structure.kind is _STATIC:
        return structure.auxiliary
    children = [_unflatten(child, leaves) for child in structure.children]
    return _handlers[structure.kind][1](structure.auxiliary, children)


def structure_of(tree: Any) -> TreeDef:
    """The structure of a tree, without its leaves."""
    return flatten(tree)[1]


def map_leaves(fun: Callable, tree: Any, *rest: Any) -> Any:
    """`fun` of the corresponding leaves of trees of one structure, as a tree.

    Raises:
        ValueError: the trees differ in structure.

    Example:
        >>> map_leaves(lambda x, y: x + y, {"a": 1.0, "b": [2.0]}, {"a": 10.0, "b": [20.0]})
        {'a': 11.0, 'b': [22.0]}
    """
    leaves, structure = flatten(tree)
    columns = [leaves]
    for other in rest:
        other_leaves, other_structure = flatten(other)
        if other_structure != structure:
            raise ValueError(f"trees differ in structure: {structure} and {other_structure}")
        columns.append(other_leaves)
    return unflatten(structure, [fun(*row) for row in zip(*columns)])


def paths(structure: TreeDef, name: str = "") -> list[str]:
    """How each leaf of a tree is reached from `name`, left to right.

    Example:
        >>> paths(flatten({"w": (1.0, 2.0), "b": 3.0})[1], "p")
        ["p['w'][0]", "p['w'][1]", "p['b']"]
    """
    if structure.kind is None:
        return [name]
    found: list[str] = []
    for step, child in zip(_steps(structure), structure.children):
        found += paths(child, name + step)
    return found


def _steps(structure: TreeDef) -> list[str]:
    kind: Any = structure.kind
    if issubclass(kind, dict):
        return [f"[{key!r}]" for key in structure.auxiliary[0]]
    if dataclasses.is_dataclass(kind):
        return [f".{field.name}" for field in dataclasses.fields(kind)]
    if hasattr(kind, "_fields"):
        return [f".{field}" for field in kind._fields]
    return [f"[{i}]" for i in range(len(structure.children))]
