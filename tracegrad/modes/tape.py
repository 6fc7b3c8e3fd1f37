"""The tape: what its edges do, and the walk back along them.

The tape maps a node's number to its edges. An edge `(parent, rule, kept)` says that the parent's
cotangent grows by `rule(g, *kept)` when `g` is the node's. A node goes on the tape after its
parents, so taking them off from the end meets each after everything that was computed from it.
"""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy

from ..core.tree import unflatten
from ..spaces import SparseObject, fit
from .foreign import refuse_dtype

__all__ = ["Parts", "dense", "edge", "take_item", "walk_back"]

ndarray, float64 = numpy.ndarray, numpy.float64


def walk_back(tape: dict[int, tuple], seeds: dict[int, Any], keep: bool = False) -> dict[int, Any]:
    """The cotangents of the roots, given those of the nodes in `seeds`.

    Entries leave the tape as they are walked unless `keep`; with them goes what they kept.
    """
    pending = dict(seeds)
    owned: set[int] = set()  # nodes whose pending array was made here and may be added to in place
    if keep:
        tape = dict(tape)
    while tape:
        node, edges = tape.popitem()
        g = pending.pop(node, None)
        if g is None:
            continue
        kind = type(g)
        if kind is not ndarray and kind is not float64:
            g = dense(g)
        for parent, rule, kept in edges:
            n = len(kept)  # calling with a star costs as much as a rule
            if n == 1:
                contribution = rule(g, kept[0])
            else:
                contribution = rule(g, *kept) if n else rule(g)
            previous = pending.get(parent)
            if previous is None:
                pending[parent] = contribution
            elif contribution is None:
                pass
            elif parent in owned and type(contribution) is type(previous) is ndarray:
                previous += contribution
            else:
                pending[parent] = previous + contribution
                owned.add(parent)
    return pending


def dense(g: Any) -> Any:
    """A cotangent as an ordinary value."""
    return g.dense() if isinstance(g, (SparseObject, Parts)) else g


def edge(rule: Any, node: int, value: Any, ans: Any, kept: tuple) -> tuple:
    """The edge to an argument, with what brings its cotangent to the argument's shape and dtype."""
    if not rule.elementwise:
        dtype = getattr(ans, "dtype", value.dtype)
        if dtype is value.dtype:
            return (node, rule.fun, kept)
        refuse_dtype(dtype)
        return (node, matched, (rule.fun, value.dtype, *kept))
    try:
        if value.dtype is not ans.dtype:
            refuse_dtype(ans.dtype)
        elif value.shape == ans.shape:
            return (node, rule.fun, kept)
    except AttributeError:  # a Python number, as NumPy makes of integers beyond 64 bits
        kept = tuple([float64(x) if isinstance(x, Real) else x for x in kept])
    return (node, fitted, (rule.fun, value.shape, value.dtype, *kept))


def fitted(g: Any, rule: Callable, shape: tuple, dtype: Any, *kept: Any) -> Any:
    """An elementwise rule whose argument was broadcast or cast."""
    return fit(rule(g, *kept), shape, dtype)


def matched(g: Any, rule: Callable, dtype: Any, *kept: Any) -> Any:
    """A rule whose argument has another dtype than the result."""
    g = rule(g, *kept)
    return g if isinstance(g, SparseObject) else fit(g, g.shape, dtype)


def take_item(g: Any, shape: tuple, dtype: Any, path: tuple) -> Any:
    """The part of a container's cotangent that belongs to one box in it."""
    for key in path:
        g = g[key]
    if isinstance(g, SparseObject):
        return g
    if g is None:
        return numpy.zeros(shape, dtype)[()]
    if not hasattr(g, "shape"):
        g = numpy.asarray(g)[()]
    if g.shape != shape and g.shape != ():
        raise ValueError(
            f"a derivative rule gave a cotangent of shape {g.shape} for an argument of shape "
            f"{shape}"
        )
    return fit(g, shape, dtype)


class Parts:
    """The cotangent of a container result, gathered from its boxed leaves."""

    __array_ufunc__ = None

    def __init__(self, g: Any, i: int, spaces: list, structure: Any) -> None:
        self.parts = {i: g}
        self.spaces = spaces
        self.structure = structure

    def __add__(self, other: Parts) -> Parts:
        for i, g in other.parts.items():
            self.parts[i] = self.parts[i] + g if i in self.parts else g
        return self

    def dense(self) -> Any:
        """The container, with zeros for the leaves that nothing came from."""
        leaves = []
        for i, space in enumerate(self.spaces):
            g = self.parts.get(i)
            if isinstance(g, SparseObject):
                g = g.dense()
            leaves.append(g if g is not None else None if space is None else space.nothing())
        return unflatten(self.structure, leaves)
