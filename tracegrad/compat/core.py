"""autograd.core: the two modes by hand, and the tables of rules."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from ..core.box import Box, getval, isbox
from ..core.primitive import Primitive
from ..core.tree import flatten, unflatten
from ..extend import (
    SparseObject,
    VSpace,
    def_linear,
    defjvp,
    defjvp_argnum,
    defjvp_argnums,
    defvjp,
    defvjp_argnum,
    defvjp_argnums,
    primitive,
    vspace,
)
from ..extend import primitive_for as strict_primitive_for
from ..modes.forward import pushforward
from ..modes.reverse import pullback
from ..modes.tape import dense, walk_back
from ..numpy.namespace import primitive_of, primitives
from ..operators.operator import like, own, prepare
from .tracer import JVPNode, Node, VJPNode, as_cotangent, trace
from .util import func, subval, toposort

__all__ = [
    "Box", "JVPNode", "Node", "SparseObject", "VJPNode", "VSpace", "add_outgrads", "backward_pass",
    "def_linear", "defjvp", "defjvp_argnum", "defjvp_argnums", "defvjp", "defvjp_argnum",
    "defvjp_argnums", "func", "getval", "identity_jvp", "identity_vjp", "isbox", "make_jvp",
    "make_vjp", "primitive", "primitive_jvps", "primitive_vjps", "subval", "sum_outgrads",
    "toposort", "trace", "vspace",
]  # fmt: skip


def make_vjp(fun: Callable, x: Any) -> tuple[Callable, Any]:
    """The VJP of a function of one argument at x, and its value."""
    values, structure = prepare(fun, x)
    out, pulled = pullback(lambda *leaves: fun(unflatten(structure, leaves)), *values)
    out_leaves, out_structure = flatten(out)

    def vjp(g: Any) -> Any:
        if out_leaves:
            g = like(fun, g, out_leaves, out_structure, "cotangent")
        else:
            g = out  # of what is no number, as the result of a comparison, any g is accepted
        return unflatten(structure, own(pulled(g), values, flatten(g)[0]))

    return vjp, out


def make_jvp(fun: Callable, x: Any) -> Callable:
    """The JVP of a function of one argument at x; it gives the value and the tangent."""
    values, structure = prepare(fun, x)

    def jvp(t: Any) -> tuple[Any, Any]:
        tangents = flatten(like(fun, t, values, structure, "tangent"))[0]
        return pushforward(lambda *leaves: fun(unflatten(structure, leaves)), values, tangents)

    return jvp


def backward_pass(g: Any, end_node: VJPNode) -> Any:
    """The cotangent of the root that a node was computed from, where the node's is g.

    It may be called again, and with a g that is itself traced.
    """
    found = walk_back(end_node.tape, {end_node: as_cotangent(g)}, keep=True)
    for node, cotangent in found.items():
        return node.space.zeros() if cotangent is None else dense(cotangent)
    roots = [node for node in toposort(end_node) if node.space is not None]
    return roots[-1].space.zeros() if roots else None


def add_outgrads(prev_g_flagged: tuple | None, g: Any) -> tuple[Any, bool]:
    """A sum of cotangents with one more, and whether the sum is an array of its own."""
    if prev_g_flagged is None:
        return g, isinstance(g, SparseObject)
    return dense(prev_g_flagged[0] + g), True


def sum_outgrads(gs: Any) -> Any:
    """The sum of cotangents."""
    return dense(functools.reduce(lambda x, y: x + y, gs))


def identity_jvp(g: Any, *args: Any, **kwargs: Any) -> Any:
    """The rule of a function that gives its argument, for `defjvp`."""
    return g


def identity_vjp(argnums: Any, *args: Any) -> Callable:
    """The rule of a function that gives its argument, for `defvjp`."""
    return lambda g: g


def primitive_for(fun: Any) -> Primitive:
    """The primitive of a function; of one that is none, where its rules may be put in vain.

    autograd takes rules for functions that are not primitives, and never asks them.
    """
    try:
        return strict_primitive_for(fun)
    except TypeError:
        return primitive_of(fun)


class _Rules(MutableMapping):
    """Primitive → its rule for any of its arguments at once, as `defvjp_argnums` takes it.

    Args:
        mode: "vjps" or "jvps".
        define: what declares such a rule.
        derive: what makes one of a primitive that has rules of another form.
    """

    def __init__(self, mode: str, define: Callable, derive: Callable) -> None:
        self.mode, self.define, self.derive = mode, define, derive

    def __getitem__(self, fun: Any) -> Any:
        found = primitive_for(fun)
        if not getattr(found, self.mode) and found.composition is None:
            raise KeyError(fun)
        as_it_is = object.__new__(type(found))  # a rule that replaces this one may call it
        as_it_is.__dict__.update(found.__dict__)
        return functools.partial(self.derive, as_it_is)

    def __setitem__(self, fun: Any, rule: Callable) -> None:
        self.define(fun, rule)

    def __delitem__(self, fun: Any) -> None:
        self[fun]
        self.define(fun, _gone)
        setattr(primitive_for(fun), self.mode, {})

    def __iter__(self) -> Iterator[Primitive]:
        return iter([p for p in primitives.values() if getattr(p, self.mode)])

    def __len__(self) -> int:
        return len(list(iter(self)))


def _gone(*args: Any) -> Any:
    raise NotImplementedError("the rule was removed")


def _of_arguments(fun: Callable, argnums: tuple, args: tuple, kwargs: dict) -> Callable:
    """A function of a tuple, the arguments at these positions."""

    def of_tuple(xs: tuple) -> Any:
        moved = list(args)
        for i, x in zip(argnums, xs):
            moved[i] = x
        return fun(*moved, **kwargs)

    return of_tuple


def _vjp(fun: Callable, argnums: tuple, ans: Any, args: tuple, kwargs: dict) -> Callable:
    at = tuple([args[i] for i in argnums])
    return make_vjp(_of_arguments(fun, argnums, args, kwargs), at)[0]


def _jvp(fun: Callable, argnums: tuple, gs: tuple, ans: Any, args: tuple, kwargs: dict) -> Any:
    at = tuple([args[i] for i in argnums])
    return make_jvp(_of_arguments(fun, argnums, args, kwargs), at)(tuple(gs))[1]


primitive_vjps = _Rules("vjps", defvjp_argnums, _vjp)
primitive_jvps = _Rules("jvps", defjvp_argnums, _jvp)
