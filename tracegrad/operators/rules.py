"""Functions with derivatives of their own: `custom_vjp` and `custom_jvp`, over any containers."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import Box
from ..core.primitive import Primitive
from ..core.trace import newest_trace
from ..core.tree import flatten, unflatten
from ..modes.staged import set_joint_jvp, set_joint_vjp
from ..spaces import vspace
from .operator import global_name, name_of

__all__ = ["custom_jvp", "custom_vjp"]


class _Custom:
    """A function whose arguments, flattened, go through a primitive made for their structure."""

    def __init__(self, fun: Callable) -> None:
        functools.update_wrapper(self, fun)  # type: ignore[arg-type]
        self.fun = fun

    def __reduce_ex__(self, protocol: Any) -> Any:
        return global_name(self) or super().__reduce_ex__(protocol)


def _read_only(leaf: Any) -> Any:
    """An array that the function may not write to: traces have it for other rules, too."""
    if type(leaf) is numpy.ndarray:
        leaf = leaf.view()
        leaf.flags.writeable = False
    return leaf


class _Opaque(Primitive):
    """A primitive that only `trace.process` applies: called, it runs its function, on boxes too."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.fun(*args, **kwargs)


class custom_vjp(_Custom):
    """A function whose VJP is given, in two parts. A decorator.

    `f.defvjp(forward, backward)`: `forward(*args, **kwargs)` gives `(value, residuals)`, and
    `backward(residuals, g)` gives a tuple with a cotangent for each positional argument, None for
    zero (a dict beside it, `(tuple, dict)`, where keyword arguments have cotangents). Arguments,
    value and residuals may be containers. The JVP is derived by transposition. Derivatives of
    higher order go through what the two parts do; `forward` may call `f` itself.

    Example:
        >>> import tracegrad.numpy as np
        >>> from tracegrad import grad
        >>> @custom_vjp
        ... def log1pexp(x):
        ...     return np.log(1 + np.exp(x))
        >>> log1pexp.defvjp(lambda x: (log1pexp.fun(x), x), lambda x, g: (g / (1 + np.exp(-x)),))
        >>> grad(log1pexp)(0.0)
        np.float64(0.5)
    """

    forward: Callable | None = None
    backward: Callable

    def defvjp(self, forward: Callable, backward: Callable) -> None:
        """Give the two parts of the VJP."""
        self.forward, self.backward = forward, backward

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.forward is None:
            raise TypeError(f"{name_of(self.fun)} has no VJP yet; give it one with .defvjp")
        leaves, structure = flatten((args, kwargs))
        trace = newest_trace(tuple(leaves), {})
        if trace is None:
            return self.fun(*args, **kwargs)
        forward = self.forward

        def of_leaves(*leaves: Any) -> Any:
            args, kwargs = unflatten(structure, list(map(_read_only, leaves)))
            value, residuals = forward(*args, **kwargs)
            if any(isinstance(leaf, Box) for leaf in leaves):
                # older traces: the value by the given rule, the residuals by what forward does
                value = self(*args, **kwargs)
            return value, residuals

        made = _Opaque(of_leaves, name=name_of(self.fun))

        def maker(positions: tuple, ans: Any, values: tuple, _: dict) -> Callable:
            residuals = ans[1]

            def vjp(g: Any) -> tuple:
                cotangents = self.backward(residuals, g[0])
                given = _cotangent_leaves(cotangents, *unflatten(structure, values))
                return tuple([given[i] for i in positions])

            return vjp

        set_joint_vjp(made, maker)
        return trace.process(made, tuple(leaves), {})[0]


def _cotangent_leaves(cotangents: Any, args: tuple, kwargs: dict) -> list:
    """The cotangents of a call's leaves; None stands for zeros of a whole argument."""
    by_name: dict = {}
    if len(cotangents) == 2 and isinstance(cotangents[1], dict) and type(cotangents[0]) is tuple:
        cotangents, by_name = cotangents
    if len(cotangents) != len(args):
        raise ValueError(
            f"the backward part gave {len(cotangents)} cotangents for {len(args)} arguments"
        )
    leaves: list = []
    given = [*cotangents, *[by_name.get(name) for name in kwargs]]
    for g, arg in zip(given, [*args, *kwargs.values()]):
        values = flatten(arg)[0]
        found = [None] * len(values) if g is None else flatten(g)[0]
        if len(found) != len(values):
            raise ValueError("a cotangent has not the structure of its argument")
        leaves += found
    return leaves


class custom_jvp(_Custom):
    """A function whose JVP is given. A decorator.

    `f.defjvp(rule)`: `rule(primals, tangents)` gives `(value, tangent)`, where primals and tangents
    are tuples with an item for each argument. Arguments and value may be containers. The VJP is
    derived by transposition.

    Example:
        >>> import tracegrad.numpy as np
        >>> from tracegrad import grad
        >>> @custom_jvp
        ... def root(x):
        ...     return np.sqrt(x)
        >>> root.defjvp(lambda xs, ts: (root(xs[0]), ts[0] / (2 * root(xs[0]))))
        >>> grad(root)(4.0)
        np.float64(0.25)
    """

    rule: Callable | None = None

    def defjvp(self, rule: Callable) -> None:
        """Give the JVP."""
        self.rule = rule

    def __call__(self, *args: Any) -> Any:
        if self.rule is None:
            raise TypeError(f"{name_of(self.fun)} has no JVP yet; give it one with .defjvp")
        leaves, structure = flatten((args, {}))
        if newest_trace(tuple(leaves), {}) is None:
            return self.fun(*args)
        rule = self.rule

        def of_leaves(*leaves: Any) -> Any:
            return self.fun(*unflatten(structure, list(map(_read_only, leaves)))[0])

        made = Primitive(of_leaves, name=name_of(self.fun))

        def maker(positions: tuple, ans: Any, values: tuple, _: dict) -> Callable:
            def push(tangents: tuple) -> Any:
                moves = [vspace(value).zeros() for value in values]
                for i, t in zip(positions, tangents):
                    moves[i] = t
                return rule(unflatten(structure, values)[0], unflatten(structure, moves)[0])[1]

            return push

        set_joint_jvp(made, maker)
        return made(*leaves)
