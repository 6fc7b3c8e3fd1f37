"""Reverse mode: record each operation on a tape, then walk the tape back.

The tape maps a node's number to its edges. An edge `(parent, rule, kept)` says that the parent's
cotangent grows by `rule(g, *kept)` when `g` is the node's. A node goes on the tape after its
parents, so taking them off from the end meets each after everything that was computed from it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy

from ..core.box import Box, box_types, new_box
from ..core.trace import CONTAINERS, Trace, inside
from ..core.tree import TreeDef, flatten, is_leaf, unflatten
from ..spaces import SparseObject, fit, vspace
from .call import JOINT, Call, carries_derivative, wanted

__all__ = ["ReverseTrace", "opened", "pullback", "record", "walk_back"]

ndarray = numpy.ndarray


class ReverseTrace(Trace):
    """Records what its boxes go through. Attributes: `tape`, node → edges."""

    def __init__(self) -> None:
        super().__init__()
        self.tape: dict[int, tuple] = {}
        self.next_node = itertools.count().__next__

    def watch(self, value: Any) -> Any:
        """A box of `value` whose cotangent can be asked for."""
        return self.record(value, ())

    def record(self, ans: Any, edges: tuple) -> Any:
        """Put an operation on the tape; the result, boxed."""
        node = self.next_node()
        self.tape[node] = edges
        return new_box(ans, self, node)

    # -- the short roads ---------------------------------------------------------------------

    def unary(self, primitive: Any, x: Any) -> Any:
        rule = primitive.short
        if rule is None:
            return self.process(primitive, (x,), {})
        value = x._value
        ans = primitive.fun(value)
        keep = rule.keeps
        if keep == 1:
            kept: tuple = (value,)
        elif keep == 2:
            kept = (ans,)
        else:
            kept = () if keep == 0 else (ans, value)
        if rule.changes_dtype and ans.dtype is not value.dtype:
            edge = (x._node, fitted, (rule.fun, value.shape, value.dtype, *kept))
        else:
            edge = (x._node, rule.fun, kept)
        node = self.next_node()
        self.tape[node] = (edge,)
        return box_types[type(ans)](ans, self, node)

    def binary(self, primitive: Any, x: Any, y: Any) -> Any:
        short = primitive.short
        if short is None:
            return self.process(primitive, (x, y), {})
        rule_x, rule_y = short
        left = isinstance(x, Box) and x._trace is self
        right = isinstance(y, Box) and y._trace is self
        x_value = x._value if left else x
        y_value = y._value if right else y
        ans = primitive.fun(x_value, y_value)
        edges: tuple = ()
        if left and rule_x is not None:
            keep = rule_x.keeps
            if keep == 0:
                kept: tuple = ()
            elif keep == 1:
                kept = (y_value,)
            else:
                kept = rule_x.pick((ans, x_value, y_value))
            if x_value.shape == ans.shape and x_value.dtype is ans.dtype:
                edges = ((x._node, rule_x.fun, kept),)
            else:
                edges = (
                    (x._node, fitted, (rule_x.fun, x_value.shape, x_value.dtype, *kept)),
                )
        if right and rule_y is not None:
            keep = rule_y.keeps
            if keep == 0:
                kept = ()
            elif keep == 1:
                kept = (x_value,)
            else:
                kept = rule_y.pick((ans, x_value, y_value))
            if y_value.shape == ans.shape and y_value.dtype is ans.dtype:
                edge = (y._node, rule_y.fun, kept)
            else:
                edge = (y._node, fitted, (rule_y.fun, y_value.shape, y_value.dtype, *kept))
            edges = (*edges, edge)
        node = self.next_node()
        self.tape[node] = edges
        return box_types[type(ans)](ans, self, node)

    # -- the general road --------------------------------------------------------------------

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        """Any call. What is common, boxes as positional arguments, needs no `Call`."""
        names = primitive.signature.names
        vjps = primitive.vjps
        values = list(args)
        traced = []
        fun = primitive.fun
        for i, arg in enumerate(args):
            if isinstance(arg, Box):
                if arg._trace is not self:
                    fun = primitive  # an older trace sees the call too
                    continue
                value = values[i] = arg._value
                if isinstance(value, Box):
                    fun = primitive
                if i >= len(names) or vjps.get(names[i]) is None:
                    return self.process_any(primitive, args, kwargs)
                traced.append((arg, value, vjps[names[i]]))
            elif type(arg) in CONTAINERS and inside(arg):
                return self.process_any(primitive, args, kwargs)
        for arg in kwargs.values():
            if isinstance(arg, Box) or (type(arg) in CONTAINERS and inside(arg)):
                return self.process_any(primitive, args, kwargs)
        if len(args) > primitive.freely or (kwargs and not kwargs.keys() <= primitive.handles):
            Call(self, primitive, args, kwargs).check_options()
        ans = fun(*values, **kwargs)
        if not carries_derivative(ans):
            return ans
        edges: tuple = ()
        for box, value, rule in traced:
            kept = rule.keep(ans, None, None, *values, **kwargs)
            edges = (*edges, edge(rule, box._node, value, ans, kept))
        if type(ans) is ndarray or is_leaf(ans):
            return self.record(ans, edges)
        return self._unpack(ans, edges)

    def process_any(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        """A call with boxes anywhere: by name, in containers, for rules of all arguments at once."""
        call = Call(self, primitive, args, kwargs)
        if primitive.constant or not call.traced:
            return call.evaluate()
        rules = call.rules(primitive.vjps)
        ans = call.evaluate()
        if not carries_derivative(ans):
            return ans
        edges: tuple = ()
        if JOINT in rules:
            positions, boxes = call.traced_positions()
            rule = rules[JOINT]
            edges = ((self._pack(boxes), rule.fun, rule.keep(call, ans, positions)),)
        else:
            for name, rule in rules.items():
                arg = call.traced[name]
                chosen = None if isinstance(arg, Box) else wanted(arg, self)
                kept = rule.keep(ans, call.again, chosen, *call.args, **call.kwargs)
                if chosen is None:
                    edges = (*edges, edge(rule, arg._node, arg._value, ans, kept))
                else:
                    edges = (*edges, (self._pack(arg), rule.fun, kept))
        if not edges:
            return ans
        return self.record(ans, edges) if is_leaf(ans) else self._unpack(ans, edges)

    def _pack(self, container: Any) -> int:
        """A node for a container argument: each of its boxes takes its item of the cotangent."""
        edges: list = []
        self._pack_into(edges, container, ())
        node = self.next_node()
        self.tape[node] = tuple(edges)
        return node

    def _pack_into(self, edges: list, container: Any, path: tuple) -> None:
        items = container.items() if type(container) is dict else enumerate(container)
        for key, item in items:
            if isinstance(item, Box):
                if item._trace is self:
                    value = item._value
                    kept = (value.shape, value.dtype, (*path, key))
                    edges.append((item._node, take_item, kept))
            elif type(item) in CONTAINERS:
                self._pack_into(edges, item, (*path, key))

    def _unpack(self, ans: Any, edges: tuple) -> Any:
        """Box the leaves of a container result; their cotangents gather in its node."""
        node = self.next_node()
        self.tape[node] = edges
        leaves, structure = flatten(ans)
        spaces = [vspace(leaf) if carries_derivative(leaf) else None for leaf in leaves]
        boxed = [
            leaf if space is None else self.record(leaf, ((node, Parts, (i, spaces, structure)),))
            for i, (leaf, space) in enumerate(zip(leaves, spaces))
        ]
        return unflatten(structure, boxed)


# -- rules on edges --------------------------------------------------------------------------


def edge(rule: Any, node: int, value: Any, ans: Any, kept: tuple) -> tuple:
    """The edge to an argument, with what brings its cotangent to the argument's shape and dtype."""
    fun = rule.fun
    if rule.elementwise:
        if value.shape != ans.shape or value.dtype is not ans.dtype:
            return (node, fitted, (fun, value.shape, value.dtype, *kept))
    elif getattr(ans, "dtype", value.dtype) is not value.dtype:
        return (node, matched, (fun, value.dtype, *kept))
    return (node, fun, kept)


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
            leaves.append(g if g is not None else None if space is None else space.zeros())
        return unflatten(self.structure, leaves)


# -- the walk --------------------------------------------------------------------------------


def walk_back(
    tape: dict[int, tuple], seeds: dict[int, Any], sources: Iterable[int], keep: bool = False
) -> dict[int, Any]:
    """The cotangents of `sources`, given those of the nodes in `seeds`.

    Entries leave the tape as they are walked unless `keep`; with them goes what they kept.
    """
    pending = dict(seeds)
    found: dict[int, Any] = {}
    sources = frozenset(sources)
    owned: set[int] = set()  # nodes whose pending array was made here and may be added to in place
    if keep:
        tape = dict(tape)
    # NumPy's warnings about infinite slopes would name lines that the user did not write
    with numpy.errstate(divide="ignore", invalid="ignore"):
        while tape:
            node, edges = tape.popitem()
            g = pending.pop(node, None)
            if g is None:
                continue
            if type(g) is not ndarray and isinstance(g, (SparseObject, Parts)):
                g = g.dense()
            if node in sources:
                found[node] = g
            for parent, rule, kept in edges:
                contribution = rule(g, *kept)
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
    if pending:
        raise RuntimeError(_LOST)
    return found


_LOST = (
    "a derivative runs through an operation that its tape no longer has: the tape was walked "
    "before (keep it, or make a new one), or the value left a checkpointed function by a side door"
)


def record(fun: Callable, values: Sequence) -> tuple[ReverseTrace, list[int], Any]:
    """Run `fun` on boxes of `values`: the trace, the values' nodes on it, and what `fun` gave."""
    trace = ReverseTrace()
    try:
        boxes = [trace.watch(value) for value in values]
        out = fun(*boxes)
    finally:
        trace.end()
    return trace, list(range(len(values))), out


def opened(out: Any, trace: Trace) -> tuple[list, list, TreeDef]:
    """The leaves of a result without the boxes of `trace`, their nodes (or None), the structure."""
    leaves, structure = flatten(out)
    mine = [isinstance(leaf, Box) and leaf._trace is trace for leaf in leaves]
    values = [leaf._value if m else leaf for m, leaf in zip(mine, leaves)]
    nodes = [leaf._node if m else None for m, leaf in zip(mine, leaves)]
    return values, nodes, structure


def pullback(fun: Callable, *values: Any) -> tuple[Any, Callable]:
    """The value of `fun` at `values` (leaves) and its VJP, a function of a cotangent tree.

    The VJP gives a list with one cotangent for each value, and may be called as often as wanted.
    """
    trace, sources, out = record(fun, values)
    leaves, nodes, structure = opened(out, trace)

    def vjp(g: Any) -> list:
        cotangents = [g] if structure.kind is None else flatten(g)[0]
        if len(cotangents) != len(nodes):
            raise ValueError(f"the cotangent must have the structure of the result, {structure}")
        seeds: dict[int, Any] = {}
        for node, cotangent in zip(nodes, cotangents):
            if node is not None:
                seeds[node] = seeds[node] + cotangent if node in seeds else cotangent
        found = walk_back(trace.tape, seeds, sources, keep=True)
        return [
            found[i] if i in found else vspace(value).zeros() for i, value in enumerate(values)
        ]

    vjp.independent = all(node is None for node in nodes)  # type: ignore[attr-defined]
    return unflatten(structure, leaves), vjp
