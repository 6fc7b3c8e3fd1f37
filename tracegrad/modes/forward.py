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
from .foreign import FOREIGN, refuse, refuse_dtype
from .reverse import opened
from .sharing import is_view, link_results

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

    def binary(self, primitive: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
        rules = primitive.short
        if rules is None or any(rule is not None and not rule.elementwise for rule in rules):
            return self.process(primitive, (x, y), {})
        values = (x._value if left else x, y._value if right else y)
        ans = number(primitive.fun(*values))
        if type(ans) in FOREIGN:
            refuse(ans)
        total: Any = None
        for arg, moving, rule in zip((x, y), (left, right), rules):
            if moving and rule is not None:
                if arg._value.dtype is not ans.dtype:
                    refuse_dtype(ans.dtype)
                term = rule.fun(arg._node, *rule.keep(ans, None, None, *values))
                total = term if total is None else total + term
        return ans if total is None else self._moved(ans, total)

    def single(self, primitive: Any, args: tuple, at: int, kwargs: dict) -> Any:
        names = primitive.signature.names
        rule = primitive.jvps.get(names[at]) if at < len(names) else None
        if (
            rule is None
            or len(args) > primitive.freely
            or (kwargs and not kwargs.keys() <= primitive.handles)
            or (len(args) > 1 and not FOREIGN.keys().isdisjoint(map(type, args)))
        ):
            return self.process(primitive, args, kwargs)
        x = args[at]
        value = x._value
        opened = (*args[:at], value, *args[at + 1 :])
        ans = number(primitive(*opened, **kwargs))
        if not carries_derivative(ans):
            return ans
        refuse_dtype(getattr(ans, "dtype", value.dtype))
        again = Call.of_values(primitive, opened, kwargs).again
        boxed = self._moved(ans, rule.fun(x._node, *rule.keep(ans, again, None, *opened, **kwargs)))
        if type(ans) is not numpy.ndarray or is_view(ans, value):
            link_results(boxed, primitive, args, kwargs, (args, kwargs))
        return boxed

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
        boxed = self._moved(ans, total)
        link_results(boxed, primitive, args, kwargs, (call.args, call.kwargs))
        return boxed

    def _moved(self, ans: Any, tangent: Any) -> Any:
        """A result, or a container of them, with its tangent in boxes."""
        if is_leaf(ans):
            return new_box(ans, self, fit_tangent(tangent, ans))
        parts, structure = flatten(ans)
        moving = [
            new_box(leaf, self, fit_tangent(t, leaf)) if carries_derivative(leaf) else leaf
            for leaf, t in zip(parts, flatten(tangent)[0])
        ]
        return unflatten(structure, moving)


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
