"""Names for the places in nested containers: `argument 0['w'][1, 2]`."""

from __future__ import annotations

import collections
import dataclasses
from typing import Any

from ..core.tree import TreeDef

__all__ = ["element", "paths"]

_DICTS = (dict, collections.OrderedDict, collections.defaultdict)


def paths(structure: TreeDef, name: str = "") -> list[str]:
    """How each leaf of a tree is reached from `name`, left to right.

    Example:
        >>> from tracegrad.core.tree import flatten
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
    if kind in _DICTS:
        return [f"[{key!r}]" for key in structure.auxiliary[0]]
    if dataclasses.is_dataclass(kind):
        return [f".{field.name}" for field in dataclasses.fields(kind)]
    if hasattr(kind, "_fields"):
        return [f".{field}" for field in kind._fields]
    return [f"[{i}]" for i in range(len(structure.children))]


def element(name: str, index: tuple[int, ...]) -> str:
    """One element of the array called `name`; the array itself where it has no axes."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name
