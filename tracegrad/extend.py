"""What people need to write rules of their own.

The functions with autograd's names keep autograd's convention: rules by argument position, VJPs in
two stages. `kinds` declares a rule by kind, the way the library itself does, which serves both
modes at once. A mode without a rule is derived from the other.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable
from typing import Any

from .core.box import Box
from .core.errors import NoDerivative
from .core.primitive import Primitive
from .core.tree import register as register_pytree
from .modes.staged import set_joint_jvp, set_joint_vjp, set_own_transpose, transposed_self
from .modes.transpose import transpose
from .numpy.kinds import composed, constant, custom, elementwise, linear, multilinear, reduction
from .numpy.namespace import Maker, primitives
from .spaces import SparseObject, VSpace, vspace

__all__ = [
    "Box",
    "NoDerivative",
    "Primitive",
    "SparseObject",
    "VSpace",
    "composed",
    "constant",
    "custom",
    "def_linear",
    "defjvp",
    "defjvp_argnum",
    "defjvp_argnums",
    "defvjp",
    "defvjp_argnum",
    "defvjp_argnums",
    "elementwise",
    "linear",
    "multilinear",
    "notrace_primitive",
    "primitive",
    "reduction",
    "register_notrace",
    "register_pytree",
    "vspace",
]


def primitive(fun: Callable) -> Primitive:
    """Make a function a primitive: derivatives see its calls, not what happens inside.

    A decorator. Inside `fun` arguments are plain values. Give it rules with `defvjp`, `defjvp` or
    one of the kinds (`elementwise`, `linear`, `custom` …).

    Example:
        >>> import numpy
        >>> from tracegrad import grad
        >>> @primitive
        ... def cube(x):
        ...     return x**3
        >>> defvjp(cube, lambda ans, x: lambda g: g * 3 * x**2)
        >>> grad(cube)(2.0)
        np.float64(12.0)
    """
    made = Primitive(fun)
    for name in ("__name__", "__qualname__", "__module__"):
        if hasattr(fun, name):
            setattr(made, name, getattr(fun, name))
    return made


def notrace_primitive(fun: Callable) -> Primitive:
    """Make a function one whose result is a constant to every derivative. A decorator.

    Example:
        >>> from tracegrad import grad
        >>> @notrace_primitive
        ... def half_step(x):
        ...     return x - 0.5
        >>> grad(lambda x: x * half_step(x))(2.0)
        np.float64(1.5)
    """
    made = primitive(fun)
    made.constant = True
    return made


def register_notrace(trace_type: Any, fun: Callable) -> None:
    """Make an existing primitive's result a constant (to both modes, whatever `trace_type` is).

    Example:
        >>> @primitive
        ... def whole(x):
        ...     return x // 1
        >>> register_notrace(None, whole)
        >>> whole.constant
        True
    """
    target = primitive_for(fun)
    target.short = target.composition = None
    target.alone = ()
    target.constant = True


def primitive_for(fun: Any) -> Primitive:
    """The primitive itself, or the one that wraps a NumPy function."""
    if isinstance(fun, Maker):
        return fun.primitive
    if isinstance(fun, Primitive):
        return fun
    try:
        return primitives[fun]
    except (KeyError, TypeError):
        raise TypeError(f"{fun!r} is not a primitive: decorate it with @primitive first") from None


def _missing(mode: str, fun: Primitive, position: int) -> NoDerivative:
    return NoDerivative(
        f"{mode} of {fun.name} with respect to argument {position} is not defined; give "
        f"def{mode.lower()} a rule for it, or None where it is zero"
    )


def defvjp(fun: Callable, *makers: Callable | None, argnums: Iterable[int] | None = None) -> None:
    """Define the VJP of a primitive, a maker for each argument.

    Args:
        fun: a primitive.
        makers: `maker(ans, *args, **kwargs)` gives `vjp(g)`, the argument's cotangent; None where
            the derivative is zero.
        argnums: which arguments the makers are for; 0, 1, 2 … if not given.

    Example:
        >>> @primitive
        ... def scaled(x, factor):
        ...     return x * factor
        >>> defvjp(scaled, lambda ans, x, factor: lambda g: g * factor, None)
        >>> from tracegrad import grad
        >>> grad(scaled)(2.0, 5.0)
        np.float64(5.0)
    """
    target = primitive_for(fun)
    by_position = dict(zip(argnums if argnums is not None else itertools.count(), makers))

    def maker(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        vjps = []
        for position in positions:
            if position not in by_position:
                raise _missing("VJP", target, position)
            make = by_position[position]
            vjps.append(None if make is None else make(ans, *args, **kwargs))
        return lambda g: tuple([None if vjp is None else vjp(g) for vjp in vjps])

    set_joint_vjp(target, maker)


def defvjp_argnum(fun: Callable, maker: Callable) -> None:
    """Define the VJP of a primitive by one maker for any argument.

    `maker(argnum, ans, args, kwargs)` gives `vjp(g)`.

    Example:
        >>> @primitive
        ... def total(*xs):
        ...     return sum(xs)
        >>> defvjp_argnum(total, lambda argnum, ans, args, kwargs: lambda g: g)
        >>> from tracegrad import grad
        >>> grad(total, 2)(1.0, 2.0, 3.0)
        np.float64(1.0)
    """

    def joint(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        vjps = [maker(position, ans, args, kwargs) for position in positions]
        return lambda g: tuple([vjp(g) for vjp in vjps])

    set_joint_vjp(primitive_for(fun), joint)


def defvjp_argnums(fun: Callable, maker: Callable) -> None:
    """Define the VJP of a primitive for several arguments at once.

    `maker(argnums, ans, args, kwargs)` gives `vjp(g)`, which gives a tuple with a cotangent for
    each of `argnums`.

    Example:
        >>> @primitive
        ... def product(x, y):
        ...     return x * y
        >>> defvjp_argnums(product, lambda argnums, ans, args, kwargs:
        ...     lambda g: tuple(g * args[1 - i] for i in argnums))
        >>> from tracegrad import grad
        >>> grad(product, (0, 1))(2.0, 5.0)
        (np.float64(5.0), np.float64(2.0))
    """
    set_joint_vjp(primitive_for(fun), maker)


def defjvp(
    fun: Callable, *rules: Callable | str | None, argnums: Iterable[int] | None = None
) -> None:
    """Define the JVP of a primitive, a rule for each argument.

    Args:
        fun: a primitive.
        rules: `rule(t, ans, *args, **kwargs)` gives the result's tangent; None where it is zero;
            "same" where the primitive is linear in that argument.
        argnums: which arguments the rules are for; 0, 1, 2 … if not given.

    Example:
        >>> @primitive
        ... def square(x):
        ...     return x**2
        >>> defjvp(square, lambda t, ans, x: 2 * x * t)
        >>> from tracegrad import grad  # the VJP is derived
        >>> grad(square)(3.0)
        np.float64(6.0)
    """
    target = primitive_for(fun)
    by_position = dict(zip(argnums if argnums is not None else itertools.count(), rules))

    def maker(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        for position in positions:
            if position not in by_position:
                raise _missing("JVP", target, position)

        def push(tangents: tuple) -> Any:
            terms = []
            for position, t in zip(positions, tangents):
                rule = by_position[position]
                if rule == "same":
                    terms.append(target(*_replaced(args, position, t), **kwargs))
                elif rule is not None:
                    terms.append(rule(t, ans, *args, **kwargs))  # type: ignore[operator]
            return _sum(terms)

        return push

    def transposed(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        vjps: list[Callable | None] = []
        for position in positions:
            if position not in by_position:
                raise _missing("JVP", target, position)
            rule: Any = by_position[position]
            if rule == "same":
                vjps.append(transposed_self(target, position, args, kwargs))
            elif rule is None:
                vjps.append(None)
            else:
                push = functools.partial(_of_tangent, rule, ans, args, kwargs)
                vjps.append(transpose(push, vspace(args[position])))
        return lambda g: tuple([None if vjp is None else vjp(g) for vjp in vjps])

    set_joint_jvp(target, maker)
    if "same" in rules:
        set_own_transpose(target, transposed)


def _of_tangent(rule: Callable, ans: Any, args: tuple, kwargs: dict, t: Any) -> Any:
    return rule(t, ans, *args, **kwargs)


def defjvp_argnum(fun: Callable, rule: Callable) -> None:
    """Define the JVP of a primitive by one rule for any argument.

    `rule(argnum, t, ans, args, kwargs)` gives the result's tangent.

    Example:
        >>> @primitive
        ... def double(x):
        ...     return 2 * x
        >>> defjvp_argnum(double, lambda argnum, t, ans, args, kwargs: 2 * t)
        >>> from tracegrad import deriv
        >>> deriv(double)(3.0)
        np.float64(2.0)
    """

    def maker(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        return lambda tangents: _sum(
            [rule(i, t, ans, args, kwargs) for i, t in zip(positions, tangents)]
        )

    set_joint_jvp(primitive_for(fun), maker)


def defjvp_argnums(fun: Callable, rule: Callable) -> None:
    """Define the JVP of a primitive for several arguments at once.

    `rule(argnums, tangents, ans, args, kwargs)` gives the result's tangent.

    Example:
        >>> @primitive
        ... def product(x, y):
        ...     return x * y
        >>> defjvp_argnums(product, lambda argnums, tangents, ans, args, kwargs:
        ...     sum(t * args[1 - i] for i, t in zip(argnums, tangents)))
        >>> from tracegrad import jvp
        >>> jvp(product, (2.0, 5.0), (1.0, 1.0))
        (np.float64(10.0), np.float64(7.0))
    """

    def maker(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        return lambda tangents: rule(positions, tangents, ans, args, kwargs)

    set_joint_jvp(primitive_for(fun), maker)


def def_linear(fun: Callable) -> None:
    """Say that a primitive is linear in each argument: its JVP is itself.

    Unless `defvjp` gives a VJP, it is derived from the primitive's values at unit vectors, which
    costs a run of it for each element of the argument.

    Example:
        >>> import tracegrad.numpy as np
        >>> @primitive
        ... def mirrored(x):
        ...     return x[::-1]
        >>> def_linear(mirrored)
        >>> from tracegrad import jvp
        >>> import numpy
        >>> jvp(mirrored, (numpy.arange(3.0),), (numpy.array([1.0, 0.0, 0.0]),))[1]
        array([0., 0., 1.])
    """
    target = primitive_for(fun)
    defjvp_argnum(
        target,
        lambda argnum, t, ans, args, kwargs: target(*_replaced(args, argnum, t), **kwargs),
    )

    def transposed(positions: tuple[int, ...], ans: Any, args: tuple, kwargs: dict) -> Callable:
        vjps = [transposed_self(target, position, args, kwargs) for position in positions]
        return lambda g: tuple([vjp(g) for vjp in vjps])

    set_own_transpose(target, transposed)


def _replaced(args: tuple, position: int, value: Any) -> tuple:
    return (*args[:position], value, *args[position + 1 :])


def _sum(terms: list) -> Any:
    total = None
    for term in terms:
        if term is not None:
            total = term if total is None else vspace(total).add(total, term)
    return total
