"""autograd.tracer: opening traces by hand, and nodes of a program's own.

A `Node` class says what a trace keeps of each operation. `VJPNode` is reverse mode, `JVPNode`
forward mode; of any other class a node is made for each operation on the traced values.
"""

from __future__ import annotations

import contextlib
import functools
import weakref
from collections.abc import Callable, Iterator
from typing import Any

from ..core.box import Box, box_types, getval, isbox
from ..core.box import new_box as box_of
from ..core.trace import Trace, inside, newest_trace, running
from ..core.tree import flatten, is_leaf, unflatten
from ..extend import notrace_primitive, primitive, register_notrace
from ..modes.call import Call, number
from ..modes.forward import ForwardTrace
from ..modes.reverse import ReverseTrace
from ..modes.tape import Parts, dense
from ..spaces import vspace
from .util import subvals, toposort

__all__ = [
    "Box", "DictBox", "JVPNode", "Node", "SequenceBox", "TraceStack", "VJPNode",
    "box_type_mappings", "box_types", "find_top_boxed_args", "getval", "isbox", "new_box",
    "notrace_primitive", "primitive", "register_notrace", "subvals", "toposort", "trace",
    "trace_stack",
]  # fmt: skip

box_type_mappings = box_types


class _GraphTrace(Trace):
    """Makes a node of the program's own class for each operation."""

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        call = Call(self, primitive, args, kwargs)
        ans = call.evaluate()
        if primitive.constant or not call.traced:
            return ans
        found = [
            (i, box._node)
            for i, arg in enumerate((*args, *kwargs.values()))
            for box in inside((arg,))
            if box._trace is self
        ]
        argnums, parents = zip(*found)
        make = type(parents[0])
        node = make(ans, primitive, tuple(call.args), call.kwargs, argnums, parents)
        if is_leaf(ans):
            return box_of(ans, self, node)
        leaves, structure = flatten(ans)
        items = [make(leaf, _item, (ans, i), {}, (0,), (node,)) for i, leaf in enumerate(leaves)]
        return unflatten(structure, map(box_of, leaves, [self] * len(leaves), items))


def _item(container: Any, i: int) -> Any:
    """Item i of the leaves of a container."""
    return flatten(container)[0][i]


class _VJPTrace(ReverseTrace):
    """Reverse mode whose nodes know the tape that they are on."""

    def __init__(self) -> None:
        super().__init__()
        self.next_node = functools.partial(VJPNode.on, self.tape)


class _Opened(Trace):
    """A trace of which the first node that is put in it says what it is."""


class Node:
    """What a trace keeps of one operation. To be subclassed; `new_root` begins a trace."""

    __slots__ = ()
    kind: type[Trace] = _GraphTrace

    def __init__(
        self, value: Any, fun: Any, args: Any, kwargs: Any, parent_argnums: Any, parents: Any
    ) -> None:
        raise NotImplementedError(f"{type(self).__name__} cannot be made of an operation")

    def initialize_root(self, *args: Any, **kwargs: Any) -> None:
        """Make this a node that was not computed from others."""
        raise NotImplementedError(f"{type(self).__name__} cannot be a root")

    @classmethod
    def new_root(cls, *args: Any, **kwargs: Any) -> Any:
        """A node to begin with."""
        root = cls.__new__(cls)
        root.initialize_root(*args, **kwargs)
        return root


class VJPNode(Node):
    """A node of reverse mode. Attributes: `tape`, where it stands; `space`, of a root's value."""

    __slots__ = ("space", "tape")
    kind = _VJPTrace

    @classmethod
    def on(cls, tape: dict) -> VJPNode:
        """A node for an operation on this tape."""
        node = cls.__new__(cls)
        node.tape, node.space = tape, None
        return node

    def initialize_root(self) -> None:
        self.tape, self.space = {}, None

    @property
    def parents(self) -> tuple:
        """The nodes of what this one was computed from."""
        return tuple([parent for parent, _, _ in self.tape.get(self, ())])

    def vjp(self, g: Any) -> tuple:
        """The cotangents of the parents that come from this node's."""
        g = as_cotangent(g)
        return tuple([dense(rule(g, *kept)) for _, rule, kept in self.tape.get(self, ())])


def as_cotangent(g: Any) -> Any:
    """A Python number as the NumPy scalar that rules take."""
    return number(float(g) if type(g) is int else g)


class JVPNode(Node):
    """A node of forward mode. Attributes: `g`, the tangent."""

    __slots__ = ("g",)
    kind = ForwardTrace

    def initialize_root(self, g: Any) -> None:
        self.g = g


# -- boxes ---------------------------------------------------------------------------------------


class SequenceBox(tuple):
    """The boxes of a list or tuple, with the attributes of one box."""

    _value: Any
    _trace: Any
    _node: Any


class DictBox(dict):
    """The boxes of a dict, with the attributes of one box."""

    _value: Any
    _trace: Any
    _node: Any


def new_box(value: Any, trace: Any, node: Any) -> Any:
    """Box a value: a number or array, or a list, tuple or dict of such.

    Args:
        value: what to box.
        trace: of `trace_stack.new_trace`, or a number, the same for what is to be one trace.
        node: a root, or what the trace keeps.
    """
    if not isinstance(node, Node):
        return box_of(value, trace, node)
    trace = _joined(trace, node.kind)
    if isinstance(node, VJPNode) and node.space is None:
        node.tape, node.space = trace.tape, vspace(value)
    if is_leaf(value):
        return box_of(value, trace, node.g if isinstance(node, JVPNode) else node)
    return _boxed_container(value, trace, node)


def _joined(trace: Any, kind: type[Trace]) -> Any:
    """The trace that is meant, of this kind."""
    if isinstance(trace, kind):
        return trace
    if type(trace) is _Opened:
        made = kind()
        trace.__class__ = kind
        trace.__dict__.update({**made.__dict__, "id": trace.id})
        return trace
    found = _numbered.get((trace, kind))
    if found is None:
        found = _numbered[trace, kind] = kind()
    return found


_numbered: weakref.WeakValueDictionary = weakref.WeakValueDictionary()


def _boxed_container(value: Any, trace: Any, node: Any) -> Any:
    leaves, structure = flatten(value)
    if isinstance(node, VJPNode):
        spaces = [vspace(leaf) for leaf in leaves]
        boxes = [
            trace.record(leaf, ((node, Parts, (i, spaces, structure)),))
            for i, leaf in enumerate(leaves)
        ]
    elif isinstance(node, JVPNode):
        boxes = [box_of(leaf, trace, t) for leaf, t in zip(leaves, flatten(node.g)[0])]
    else:
        make = type(node)
        items = [make(leaf, _item, (value, i), {}, (0,), (node,)) for i, leaf in enumerate(leaves)]
        boxes = [box_of(leaf, trace, item) for leaf, item in zip(leaves, items)]
    whole = unflatten(structure, boxes)
    boxed: Any = DictBox(whole) if isinstance(whole, dict) else SequenceBox(whole)
    boxed._value, boxed._trace, boxed._node = value, trace, node
    return boxed


def find_top_boxed_args(args: tuple) -> tuple[list, Any, Any]:
    """The boxes of the newest trace in a call as `(position, box)`; the trace; its nodes' type."""
    newest = newest_trace(args, {})
    found = [(i, arg) for i, arg in enumerate(args) if isbox(arg) and arg._trace is newest]
    return found, newest, type(found[0][1]._node) if found else None


# -- traces --------------------------------------------------------------------------------------


class TraceStack:
    """Opens traces."""

    @contextlib.contextmanager
    def new_trace(self) -> Iterator[Any]:
        """A trace for the `with` block. Boxes of it are constants after the block."""
        opened = _Opened()
        try:
            with running:
                yield opened
        finally:
            opened.end()


trace_stack = TraceStack()


def trace(start_node: Any, fun: Callable, x: Any) -> tuple[Any, Any]:
    """Run `fun` on a box of x: what it gives and its node, None if x does not lead to it."""
    with trace_stack.new_trace() as opened:
        start = new_box(x, opened, start_node)
        plain = start
        if not isbox(start):
            plain = dict(start) if isinstance(start, DictBox) else type(x)(start)
        end = fun(plain)
    if not isbox(end) or end._trace is not opened:
        return end, None
    if isinstance(start_node, JVPNode):
        return end._value, type(start_node).new_root(end._node)
    return end._value, end._node
