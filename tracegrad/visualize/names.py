"""Names for the leaves of containers."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..core.tree import flatten, is_leaf

__all__ = ["places"]


def places(tree: Any, name: str) -> list[str]:
    """How each leaf of a tree is reached from `name`, left to right.

    Example:
        >>> places({"w": (1.0, 2.0), "b": 3.0}, "p")
        ["p['w'][0]", "p['w'][1]", "p['b']"]
    """
    if is_leaf(tree):
        return [name]
    if isinstance(tree, dict):
        steps = [(f"[{key!r}]", item) for key, item in tree.items()]
    elif dataclasses.is_dataclass(tree):
        steps = [(f".{f.name}", getattr(tree, f.name)) for f in dataclasses.fields(tree)]
    elif hasattr(tree, "_fields"):
        steps = [(f".{field}", getattr(tree, field)) for field in tree._fields]
    elif isinstance(tree, (list, tuple)):
        steps = [(f"[{i}]", item) for i, item in enumerate(tree)]
    else:  # a registered container, or no container at all
        return [f"{name}[{i}]" for i in range(len(flatten(tree)[0]))]
    return [place for step, item in steps for place in places(item, name + step)]
