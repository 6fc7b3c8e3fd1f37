"""Forward mode: each box carries its tangent, and each operation pushes it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy

from ..core.box import Box, new_box
from ..core.trace import CONTAINERS, Trace, running
from ..core.tree import flatten, is_leaf, map_leaves, unflatten
from ..spaces import match, vspace
from .call import JOINT, Call, carries_derivative, number, wanted
from .reverse import opened
from .sharing import link_results

__all__ = ["ForwardTrace", "pushforward"]


class ForwardTrace(Trace):
    """Pushes the tangents of its boxes through what they go through."""

    def watch(self, value: Any, tangent: Any) -> Any:
        """A box of `value` that moves with `tangent`."""
        value = value.held() if isinstance(value, Box) else value
        return new_box(value, self, tangent)

    def unary(self, primitive: Any, x: Any) -> Any:
        rule = primitive.short
        if rule is None or rule.changes_dtype:
            return self.process(primitive, (x,), {})
        value = x._value
        ans = primitive.fun(value)
        return new_box(ans, self, rule.fun(x._node, *rule.keep(ans, None, None, value)))

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        call = Call(self, primitive, args, kwargs)
        if primitive.constant or not call.traced:
            return call.evaluate()
        rules = call.rules(primitive.jvps)
        ans = call.evaluate()
        if not carries_derivative(ans):
            return ans
        total: Any = None
        if JOINT in rules:
            positions, boxes = call.traced_positions()
            rule = rules[JOINT]
            total = rule.fun(tangent_of(boxes, self), *rule.keep(call, ans, positions))
        else:
            for name, rule in rules.items():
                arg = call.traced[name]
                chosen = None if isinstance(arg, Box) else wanted(arg, self)
                kept = rule.keep(ans, call.again, chosen, *call.args, **call.kwargs)
                term = rule.fun(tangent_of(arg, self), *kept)
                total = term if total is None else add(total, term)
        if total is None:
            return ans
        boxed: Any
        if is_leaf(ans):
            boxed = new_box(ans, self, fit_tangent(total, ans))
        else:
            parts, structure = flatten(ans)
            moving = [
                new_box(leaf, self, fit_tangent(t, leaf)) if carries_derivative(leaf) else leaf
                for leaf, t in zip(parts, flatten(total)[0])
            ]
            boxed = unflatten(structure, moving)
        link_results(boxed, primitive, args, kwargs, (call.args, call.kwargs))
        return boxed


def tangent_of(arg: Any, trace: Trace) -> Any:
    """The tangent of a traced argument; of a container, with None for what is not traced."""
    if isinstance(arg, Box):
        return arg._node if arg._trace is trace else None
    kind = type(arg)
    if kind is dict:
        return {key: tangent_of(item, trace) for key, item in arg.items()}
    if kind in CONTAINERS:
        return kind([tangent_of(item, trace) for item in arg])
    return None


def add(x: Any, y: Any) -> Any:
    """The sum of two tangents of one result."""
    return x + y if is_leaf(x) else map_leaves(lambda a, b: a + b, x, y)


def fit_tangent(t: Any, ans: Any) -> Any:
    """A tangent in the space of the result: broadcast to its shape, in its dtype."""
    if not hasattr(t, "shape"):
        t = numpy.asarray(t)[()]
    ans = number(ans)
    if t.shape != ans.shape:
        t = numpy.broadcast_to(t, ans.shape)
    return t if t.dtype is ans.dtype else match(t, ans.dtype)


def pushforward(fun: Callable, values: Sequence, tangents: Sequence) -> tuple[Any, Any]:
    """The value of `fun` at `values` (leaves) and its tangent along `tangents`, as trees."""
    trace = ForwardTrace()
    try:
        with running:
            out = fun(*[trace.watch(value, t) for value, t in zip(values, tangents)])
    finally:
        trace.end()
    leaves, moves, structure = opened(out, trace)
    moves = [vspace(v).zeros() if t is None else t for t, v in zip(moves, leaves)]
    return unflatten(structure, leaves), unflatten(structure, moves)
