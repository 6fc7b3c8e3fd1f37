"""Declares a derivative once, by kind, into every mode's table.

A rule is a function whose first parameter is the cotangent or tangent and whose other parameter
names say what it keeps (see `modes.rule.Rule`). What a declaration leaves out of one mode is
derived from the other by transposition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy

from ..core.primitive import BinaryPrimitive, Primitive, UnaryPrimitive
from ..core.signature import Signature
from ..core.trace import CONTAINERS
from ..modes.rule import Rule, set_keeper
from ..modes.transpose import Derived
from ..spaces import spread
from .namespace import primitive_of

__all__ = [
    "composed",
    "constant",
    "custom",
    "elementwise",
    "linear",
    "multilinear",
    "reduction",
    "unfolded",
]

UFUNC_OPTIONS = frozenset({"casting", "order", "subok", "dtype", "signature"})


def _handled(rules: Any, also: frozenset[str] = frozenset()) -> frozenset[str]:
    """The parameters that a primitive's rules take notice of."""
    return frozenset(also).union(*(rule.needs for rule in rules if rule is not None))


def _shorten(primitive: Primitive) -> None:
    """Let the short roads use a primitive's rules."""
    rules = primitive.vjps
    if isinstance(primitive, UnaryPrimitive):
        primitive.short = rules["x"]
    elif isinstance(primitive, BinaryPrimitive):
        names = primitive.signature.names[:2]
        pair = tuple([rules[name] for name in names]) if rules.keys() >= set(names) else ()
        # the long road refuses what has no rule, and looks at the dtypes of cotangents
        long = not pair or any(rule is not None and rule.changes_dtype for rule in pair)
        primitive.short = None if long else pair


def _lists_are_arrays(primitive: Primitive, names: Iterable[str]) -> None:
    """In traced calls make an array of a list or tuple passed for one of these arguments."""
    arrays = frozenset(names)
    positions = [i for i, name in enumerate(primitive.signature.names) if name in arrays]
    primitive.array_places = arrays.union(positions)
    primitive.make_array = primitive_of(numpy.array)


def constant(*primitives: Primitive) -> None:
    """Zero derivative everywhere: comparisons, rounding, positions, tests."""
    for primitive in primitives:
        primitive.constant = True


_ARRAYS = frozenset({"a", "b", "x", "y", "m", "v", "A", "arr", "ary", "array", "weights"})


def _strict(primitive: Primitive, composition: Callable) -> Callable:
    """A composition that takes any option (`**options`), held to those of the function."""
    known = primitive.signature.known

    def strict(*args: Any, **options: Any) -> Any:
        for name in options:
            if name not in known:
                raise TypeError(f"{primitive.name}() got an unexpected keyword argument {name!r}")
        return composition(*args, **options)

    return strict


def composed(primitive: Primitive, composition: Callable) -> Primitive:
    """A function written in terms of other primitives, whose derivatives are its derivative.

    Lists and tuples that are passed for its arrays (by NumPy's usual names for those) come as
    arrays. An option that the function does not have is refused, whatever the composition takes.
    """
    open_ended = Signature(composition).open and not primitive.signature.open
    primitive.composition = _strict(primitive, composition) if open_ended else composition
    _lists_are_arrays(primitive, _ARRAYS)
    return primitive


def elementwise(
    primitive: Primitive,
    *,
    changes_dtype: bool = False,
    inert: tuple[str, ...] = (),
    **rules: Callable | None,
) -> Primitive:
    """One linear map in g for each argument, applied element by element.

    The map serves the JVP and, summed back over broadcasting, the VJP. The real part is taken
    where the space is real, so maps of functions from complex to real numbers are written for the
    complex number: |z| has `g * conj(z) / |z|`.

    Args:
        primitive: what to declare.
        changes_dtype: a function of one argument may give another dtype (abs of complex numbers).
        inert: options that do not change the derivative.
        rules: argument → map; None where the derivative is zero.
    """
    signature = primitive.signature
    for name, fun in rules.items():
        rule = None if fun is None else Rule(fun, signature, elementwise=True)
        if rule is not None:
            rule.changes_dtype = changes_dtype
        primitive.vjps[name] = primitive.jvps[name] = rule
    also = UFUNC_OPTIONS.union(primitive.vjps, inert)
    primitive.handle(_handled(primitive.vjps.values(), also))
    _lists_are_arrays(primitive, rules)
    _shorten(primitive)
    return primitive


def custom(
    primitive: Primitive,
    *,
    jvps: dict[str, Callable] | None = None,
    inert: tuple[str, ...] = (),
    containers: tuple[str, ...] = (),
    **vjps: Callable | None,
) -> Primitive:
    """A VJP for each argument, and a JVP where it is cheaper than the derived one.

    Args:
        primitive: what to declare.
        jvps: argument → JVP rule.
        inert: options that do not change the derivative.
        containers: arguments that are lists of arrays; lists for others are made arrays.
        vjps: argument → VJP rule; None where the derivative is zero.
    """
    signature = primitive.signature
    for name, fun in vjps.items():
        primitive.vjps[name] = rule = None if fun is None else Rule(fun, signature)
        primitive.jvps[name] = None if rule is None else Derived(rule, "ans", signature)
    for name, fun in (jvps or {}).items():
        rule = Rule(fun, signature)
        primitive.jvps[name] = rule
        if name not in vjps:
            primitive.vjps[name] = Derived(rule, name, signature)
    every = (*primitive.vjps.values(), *primitive.jvps.values())
    primitive.handle(_handled(every, frozenset(inert) | frozenset(primitive.vjps)))
    _lists_are_arrays(primitive, primitive.vjps.keys() - set(containers))
    _shorten(primitive)
    return primitive


def _zeros_for_none(tangent: Any, value: Any) -> Any:
    """A tangent container with zeros in place of what is not traced."""
    if tangent is None:
        return numpy.zeros(value.shape, value.dtype) if hasattr(value, "dtype") else 0.0
    if type(tangent) in CONTAINERS:
        return type(tangent)([_zeros_for_none(t, v) for t, v in zip(tangent, value)])
    return tangent


def _linear_jvp(name: str) -> Callable:
    """The function itself, of the tangent."""
    scope: dict[str, Any] = {"zeros": _zeros_for_none}
    return eval(f"lambda t, {name}, again: again({name}=zeros(t, {name}))", scope)


def linear(
    primitive: Primitive,
    *,
    inert: tuple[str, ...] = (),
    containers: tuple[str, ...] = (),
    **transposes: Callable,
) -> Primitive:
    """Linear in each of the named arguments alone: the JVP is the function itself.

    Args:
        primitive: what to declare.
        inert: options that do not change the transpose.
        containers: arguments that are lists of arrays.
        transposes: argument → the transpose of the map from it, the VJP.
    """
    jvps = {name: _linear_jvp(name) for name in transposes}
    return custom(primitive, jvps=jvps, inert=inert, containers=containers, **transposes)


multilinear = linear
"""Linear in each argument by itself (products): the JVP sums the function over its tangents."""


def reduction(primitive: Primitive, *, inert: tuple[str, ...] = (), **rules: Callable) -> Primitive:
    """A function that folds axes: one map in g, element by element, for VJP and JVP alike.

    In the rule `g` and `ans` have the folded axes kept (as with keepdims=True), so they broadcast
    against the array. The VJP is the map broadcast to the array's shape, the JVP is the map of the
    tangent summed over the axes. `where=` masks both.

    Args:
        primitive: what to declare; it has parameters `axis` and perhaps `keepdims`, `where`.
        inert: options that do not change the derivative beyond their effect on `ans`.
        rules: argument → map.
    """
    for name, fun in rules.items():
        inner = Rule(fun, primitive.signature)
        primitive.vjps[name] = _Fold(_fold_vjp, name, inner, primitive.signature)
        primitive.jvps[name] = _Fold(_fold_jvp, name, inner, primitive.signature)
    options = frozenset({"axis", "keepdims", "where", "dtype"})
    primitive.handle(_handled(primitive.vjps.values(), options | {*rules, *inert}))
    _lists_are_arrays(primitive, rules)
    return primitive


class _Fold:
    """The rule of a reduction: `inner` between the array's shape and the result's."""

    elementwise = False

    def __init__(self, fold: Callable, name: str, inner: Rule, signature: Signature) -> None:
        self.needs = (f"{name}_shape", "axis", "keepdims", "where", *inner.needs)
        set_keeper(self, "keep", self.needs, signature, {"keepdims": "False", "where": "True"})
        rule = inner.fun
        ans_at = inner.needs.index("ans") if "ans" in inner.needs else None

        def fun(g: Any, shape: tuple, axis: Any, keepdims: Any, where: Any, *kept: Any) -> Any:
            keepdims = keepdims is not numpy._NoValue and bool(keepdims)
            where = None if where is True or where is numpy._NoValue else where
            if ans_at is not None:
                ans = unfolded(kept[ans_at], shape, axis, keepdims)
                kept = (*kept[:ans_at], ans, *kept[ans_at + 1 :])
            return fold(g, rule, kept, where, shape, axis, keepdims)

        self.fun = fun


def unfolded(x: Any, shape: tuple, axis: Any, keepdims: bool) -> Any:
    """A result with the folded axes put back with length 1; a number broadcasts as it is."""
    if keepdims or axis is None or not shape:  # NumPy takes axis=0 of a 0-d array, too
        return x
    axes = axis if isinstance(axis, tuple) else (axis,)
    axes = {int(a) % len(shape) for a in axes}  # type: ignore[assignment]
    return x.reshape([1 if i in axes else n for i, n in enumerate(shape)])


def _fold_vjp(
    g: Any, rule: Callable, kept: tuple, where: Any, shape: tuple, axis: Any, keepdims: bool
) -> Any:
    g = rule(g if axis is None else unfolded(g, shape, axis, keepdims), *kept)
    g = g if where is None else _masked(g, where)
    return g if g.shape == shape else spread(g, shape)


def _fold_jvp(
    t: Any, rule: Callable, kept: tuple, where: Any, shape: tuple, axis: Any, keepdims: bool
) -> Any:
    t = rule(t, *kept)
    return (t if where is None else _masked(t, where)).sum(axis=axis, keepdims=keepdims)


def _masked(x: Any, where: Any) -> Any:
    return numpy.where(where, x, x.dtype.type(0))
