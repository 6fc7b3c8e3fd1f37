"""Reverse mode: record each operation on a tape (`modes.tape`), then walk the tape back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy

from ..core.box import Box, box_types, new_box
from ..core.trace import CONTAINERS, Trace, running
from ..core.tree import TreeDef, flatten, is_leaf, unflatten
from ..spaces import match, vspace
from .call import JOINT, Call, carries_derivative, number, wanted
from .foreign import FOREIGN, refuse
from .rule import ANS, FIRST, NOTHING, SECOND
from .sharing import is_view, link_results
from .tape import Parts, dense, edge, fitted, take_item, walk_back

__all__ = ["ReverseTrace", "left_over", "opened", "pullback", "record", "walk_back"]

ndarray, float64 = numpy.ndarray, numpy.float64


class ReverseTrace(Trace):
    """Records what its boxes go through. Attributes: `tape`, node → edges."""

    def __init__(self) -> None:
        super().__init__()
        self.tape: dict[int, tuple] = {}
        self.next_node = itertools.count().__next__

    def watch(self, value: Any) -> Any:
        """A box of `value` whose cotangent can be asked for: a root, which has no edges."""
        value = value.held() if isinstance(value, Box) else value
        return new_box(value, self, self.next_node())

    def record(self, ans: Any, edges: tuple) -> Any:
        """Put an operation on the tape; the result, boxed."""
        node = self.next_node()
        self.tape[node] = edges
        return new_box(ans, self, node)

    # -- the short roads: what nearly every operation is ---------------------------------------

    def unary(self, primitive: Any, x: Any) -> Any:
        value = x._value
        rule = primitive.short
        if rule is None:
            if primitive.constant:
                return primitive(value)
            return self.process(primitive, (x,), {})
        ans = primitive.fun(value)
        keeps = rule.keeps
        if keeps == FIRST:
            kept: tuple = (value,)
        elif keeps == ANS:
            kept = (ans,)
        else:
            kept = () if keeps == NOTHING else rule.keep(ans, None, None, value)
        if rule.changes_dtype and ans.dtype is not value.dtype:
            edges = ((x._node, fitted, (rule.fun, value.shape, value.dtype, *kept)),)
        else:
            edges = ((x._node, rule.fun, kept),)
        node = self.next_node()
        self.tape[node] = edges
        return box_types[type(ans)](ans, self, node)

    def binary(self, primitive: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
        x_value = x._value if left else x
        y_value = y._value if right else y
        if primitive.short is None:
            if primitive.constant:
                return primitive(x_value, y_value)
            if left is right:
                return self.process(primitive, (x, y), {})
            return self.single(primitive, (x, y), int(right), {})
        ans = primitive.fun(x_value, y_value)
        # does the cotangent of ans fit x, and y, as it is? `edge` looks where this does not tell
        if type(ans) is float64:
            x_fits, y_fits = type(x_value) is float64, type(y_value) is float64
        elif type(y_value) is float:
            x_fits = y_fits = type(x_value) is ndarray
        elif type(x_value) is float:
            x_fits = y_fits = type(y_value) is ndarray
        else:
            x_fits = y_fits = (
                type(x_value) is type(y_value) is ndarray
                and x_value.shape == y_value.shape
                and x_value.dtype is y_value.dtype
            )
        rule_x, rule_y = primitive.short
        edges: tuple = ()
        if left and rule_x is not None:
            keeps = rule_x.keeps
            if keeps == NOTHING:
                kept: tuple = ()
            elif keeps == SECOND:
                kept = (y_value,)
            else:
                kept = rule_x.keep(ans, None, None, x_value, y_value)
            if x_fits:
                edges = ((x._node, rule_x.fun, kept),)
            else:
                edges = (edge(rule_x, x._node, x_value, ans, kept),)
        if right and rule_y is not None:
            keeps = rule_y.keeps
            if keeps == NOTHING:
                kept = ()
            elif keeps == FIRST:
                kept = (x_value,)
            else:
                kept = rule_y.keep(ans, None, None, x_value, y_value)
            if y_fits:
                edges = (*edges, (y._node, rule_y.fun, kept))
            else:
                edges = (*edges, edge(rule_y, y._node, y_value, ans, kept))
        node = self.next_node()
        self.tape[node] = edges
        return box_types[type(ans)](ans, self, node)

    def single(self, primitive: Any, args: tuple, at: int, kwargs: dict) -> Any:
        rules, count = primitive.alone, len(args)
        rule = rules[at] if at < len(rules) else None
        if (
            rule is None
            or count > primitive.freely
            or (kwargs and not kwargs.keys() <= primitive.handles)
            or (count > 1 and not FOREIGN.keys().isdisjoint(map(type, args)))
        ):
            return self.process(primitive, args, kwargs)
        x = args[at]
        value = x._value
        fun = primitive if isinstance(value, Box) else primitive.fun
        # calling with stars costs as much as an operation
        if kwargs or count > 2:
            opened = (*args[:at], value, *args[at + 1 :])
            ans = fun(*opened, **kwargs)
        elif count == 1:
            opened = ()
            ans = fun(value)
        else:
            opened = (args[0], value) if at else (value, args[1])
            ans = fun(*opened)
        if type(ans) is not float64:
            if type(ans) is not ndarray:
                ans = number(ans)
            if not carries_derivative(ans):
                return ans
        if opened:
            kept = rule.keep(ans, None, None, *opened, **kwargs)
        else:
            kept = rule.keep(ans, None, None, value)
        edges = (edge(rule, x._node, value, ans, kept),)
        if type(ans) is not ndarray and not is_leaf(ans):
            boxed = self._unpack(ans, edges)
            link_results(boxed, primitive, args, kwargs, (args, kwargs))
            return boxed
        node = self.next_node()
        self.tape[node] = edges
        boxed = box_types[type(ans)](ans, self, node)
        if type(ans) is not float64 and (type(ans) is not ndarray or is_view(ans, value)):
            link_results(boxed, primitive, args, kwargs, (args, kwargs))
        return boxed

    # -- the general road ------------------------------------------------------------------------

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
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
        boxed = self.record(ans, edges) if is_leaf(ans) else self._unpack(ans, edges)
        link_results(boxed, primitive, args, kwargs, (call.args, call.kwargs))
        return boxed

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


# -- running a function on boxes -----------------------------------------------------------------

_LOST = (
    "a derivative runs through an operation that its tape no longer has: the tape was walked "
    "before (keep it, or make a new one), or the value left a checkpointed function by a side door"
)


def cotangents(trace: Trace, seeds: dict[int, Any], values: Sequence, keep: bool = False) -> list:
    """Walk back to the roots, which `values` were watched as; zeros where nothing arrives."""
    found = walk_back(trace.tape, seeds, keep)  # type: ignore[attr-defined]
    given = []
    for i, value in enumerate(values):
        g = found.pop(i, None)
        if g is None:
            g = vspace(value).zeros()
        elif type(g) is not ndarray or g.shape != value.shape or g.dtype is not value.dtype:
            g = _arrived(g, value)
        given.append(g)
    if found:
        raise RuntimeError(_LOST)
    return given


def _arrived(g: Any, value: Any) -> Any:
    """The cotangent of a root, checked: a wrong shape comes from a user's rule."""
    g, value = number(dense(g)), number(value)
    if type(g) in FOREIGN:
        refuse(g)
    if g.shape != value.shape:
        raise ValueError(
            f"a derivative rule gave a cotangent of shape {g.shape} where the value has shape "
            f"{value.shape}; tracegrad.testing.check_grads finds which"
        )
    return g if g.dtype is value.dtype else match(g, value.dtype)


def record(fun: Callable, values: Sequence) -> tuple[ReverseTrace, Any]:
    """Run `fun` on boxes of `values`: the trace and what `fun` gave.

    The roots of the trace are 0, 1, 2 … in the order of `values`.
    """
    trace = ReverseTrace()
    running.count += 1  # as `with running`, which costs as much as an operation
    try:
        out = fun(*[trace.watch(value) for value in values])
    finally:
        running.count -= 1
        trace.end()
    return trace, out


def left_over(x: Any, trace: Trace) -> Any:
    """What stands for x when other traces than `trace` are over: a constant, or an outer box."""
    while isinstance(x, Box) and x._trace.over and x._trace is not trace:
        x = x._value
    return x


def opened(out: Any, trace: Trace) -> tuple[list, list, TreeDef]:
    """The leaves of a result without the boxes of `trace`, their nodes (or None), the structure.

    Constants in boxes are opened, too.
    """
    leaves, structure = flatten(out)
    values, nodes = [], []
    for leaf in leaves:
        leaf = left_over(leaf, trace)
        mine = isinstance(leaf, Box) and leaf._trace is trace
        values.append(leaf._value if mine else leaf)
        nodes.append(leaf._node if mine else None)
    return values, nodes, structure


def pullback(fun: Callable, *values: Any) -> tuple[Any, Callable]:
    """The value of `fun` at `values` (leaves) and its VJP, a function of a cotangent tree.

    The VJP gives a list with one cotangent for each value, and may be called as often as wanted.
    """
    trace, out = record(fun, values)
    leaves, nodes, structure = opened(out, trace)

    def vjp(g: Any) -> list:
        given = [g] if structure.kind is None else flatten(g)[0]
        if len(given) != len(nodes):
            raise ValueError(f"the cotangent must have the structure of the result, {structure}")
        seeds: dict[int, Any] = {}
        for node, cotangent in zip(nodes, given):
            if node is not None:
                seeds[node] = seeds[node] + cotangent if node in seeds else cotangent
        return cotangents(trace, seeds, values, keep=True)

    vjp.independent = all(node is None for node in nodes)  # type: ignore[attr-defined]
    return unflatten(structure, leaves), vjp
