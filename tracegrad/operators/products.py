"""Products with Jacobians and Hessians that never form them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.tree import flatten, map_leaves, unflatten
from ..modes.forward import pushforward
from ..modes.reverse import pullback
from ..modes.transpose import transpose
from ..spaces import vspace
from .constants import stop_gradient
from .gradients import grad
from .jacobians import jacobian
from .operator import Argnum, Operator, like, name_of, own, prepare, selected, warn_independent

__all__ = [
    "hessian_tensor_product",
    "hessian_vector_product",
    "hvp",
    "jvp",
    "make_ggnvp",
    "make_hvp",
    "make_jvp",
    "make_jvp_reversemode",
    "make_vjp",
    "tensor_jacobian_product",
    "vector_jacobian_product",
    "vjp",
]


def _pull(fun: Callable, x: Any, unary: Callable) -> tuple[Any, Callable]:
    """The value of a function of one tree, and its VJP from tree to tree."""
    values, structure = prepare(fun, _copied(x))
    out, pulled = pullback(lambda *leaves: unary(unflatten(structure, leaves)), *values)
    if pulled.independent:  # type: ignore[attr-defined]
        warn_independent()
    out_leaves, out_structure = flatten(out)

    def vjp(g: Any) -> Any:
        g = like(fun, g, out_leaves, out_structure, "cotangent")
        return unflatten(structure, own(pulled(g), values, flatten(g)[0]))

    return _copied(out), vjp


def _copied(tree: Any) -> Any:
    """A tree with arrays of its own: the caller may change his before rules need them."""
    return map_leaves(lambda x: x.copy("K") if type(x) is numpy.ndarray else x, tree)


def _push(fun: Callable, x: Any, unary: Callable, v: Any) -> tuple[Any, Any]:
    """The value of a function of one tree, and its tangent along v."""
    values, structure = prepare(fun, x)
    tangents = flatten(like(fun, v, values, structure, "tangent"))[0]
    out, moved = pushforward(lambda *leaves: unary(unflatten(structure, leaves)), values, tangents)
    out_leaves, out_structure = flatten(out)
    return out, unflatten(out_structure, own(flatten(moved)[0], out_leaves, tangents))


def make_vjp(fun: Callable, argnum: Argnum = 0) -> Operator:
    """A function that runs `fun` and gives `(vjp, value)`.

    `vjp(g)` takes a cotangent with the structure and shapes of the value and gives one with those
    of the argument; it may be called many times.

    Example:
        >>> vjp, value = make_vjp(lambda x: x**2)(3.0)
        >>> value, vjp(1.0)
        (np.float64(9.0), np.float64(6.0))
    """
    return Operator(_make_vjp, fun, (argnum,), "make_vjp")


def _make_vjp(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    out, vjp = _pull(fun, *selected(fun, argnum, args, kwargs))
    return vjp, out


def make_jvp(fun: Callable, argnum: Argnum = 0) -> Operator:
    """A function that gives `jvp`, where `jvp(v)` runs `fun` and gives `(value, tangent)`.

    Example:
        >>> make_jvp(lambda x: x**2)(3.0)(1.0)
        (np.float64(9.0), np.float64(6.0))
    """
    return Operator(_make_jvp, fun, (argnum,), "make_jvp")


def _make_jvp(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    x, unary = selected(fun, argnum, args, kwargs)
    x = _copied(x)
    return lambda v: _push(fun, x, unary, v)


def make_jvp_reversemode(fun: Callable, argnum: Argnum = 0) -> Operator:
    """As `make_jvp`, by transposing the VJP: one run of `fun` serves many tangents.

    `jvp(v)` gives the tangent alone.

    Example:
        >>> make_jvp_reversemode(lambda x: x**2)(3.0)(1.0)
        np.float64(6.0)
    """
    return Operator(_make_jvp_reversemode, fun, (argnum,), "make_jvp_reversemode")


def _make_jvp_reversemode(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    x, unary = selected(fun, argnum, args, kwargs)
    values, structure = prepare(fun, _copied(x))
    out, pulled = pullback(lambda *leaves: unary(unflatten(structure, leaves)), *values)
    push = transpose(pulled, vspace(out))
    return lambda v: push(flatten(like(fun, v, values, structure, "tangent"))[0])


def vjp(fun: Callable, *primals: Any, has_aux: bool = False) -> tuple:
    """The value of `fun(*primals)` and its VJP.

    Returns:
        `(value, vjp)`, with `has_aux` `(value, vjp, aux)`; `vjp(g)` gives a tuple with a cotangent
        for each primal.

    Example:
        >>> value, pull = vjp(lambda x, y: x * y, 2.0, 3.0)
        >>> pull(1.0)
        (np.float64(3.0), np.float64(2.0))
    """
    kept: list = []

    def unary(xs: tuple) -> Any:
        out = fun(*xs)
        if has_aux:
            out, aux = out
            kept[:] = [aux]
        return out

    out, pulled = _pull(fun, primals, unary)
    return (out, pulled, _copied(stop_gradient(kept[0]))) if has_aux else (out, pulled)


def jvp(fun: Callable, primals: tuple, tangents: tuple) -> tuple[Any, Any]:
    """The value of `fun(*primals)` and its tangent along `tangents`, by forward mode.

    Example:
        >>> jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 0.0))
        (np.float64(6.0), np.float64(3.0))
    """
    if not isinstance(primals, (tuple, list)) or not isinstance(tangents, (tuple, list)):
        raise TypeError("jvp takes primals and tangents as tuples, with an item for each argument")
    return _push(fun, tuple(primals), lambda xs: fun(*xs), tuple(tangents))


def hessian_vector_product(fun: Callable, argnum: Argnum = 0) -> Operator:
    """A function of `fun`'s arguments and a last one, the vector v, that gives Hessian times v.

    The Hessian of a scalar function with respect to one argument; v has that argument's structure
    and shapes. Cost: a few runs of `fun`; forward mode through the gradient.
    (Pearlmutter, "Fast exact multiplication by the Hessian", 1994.)

    Example:
        >>> import numpy
        >>> hessian_vector_product(lambda x: x[0] ** 2 * x[1])(
        ...     numpy.array([1.0, 2.0]), numpy.array([1.0, 0.0]))
        array([4., 2.])
    """
    return Operator(_hessian_vector_product, fun, (argnum,), "hessian_vector_product")


hvp = hessian_tensor_product = hessian_vector_product


def _hessian_vector_product(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    if len(args) < 2:
        raise TypeError(
            f"the Hessian-vector product of {name_of(fun)} takes its arguments and then the vector"
        )
    *args, v = args  # type: ignore[assignment]
    (argnum,) = options
    x, unary = selected(grad(fun, argnum), argnum, tuple(args), kwargs)
    return _push(fun, x, unary, v)[1]


def make_hvp(fun: Callable, argnum: Argnum = 0) -> Operator:
    """A function that gives `(hvp, gradient)`; `hvp(v)` multiplies by the Hessian at that point.

    One run of the gradient serves many products.

    Example:
        >>> multiply, gradient = make_hvp(lambda x: x**3)(2.0)
        >>> gradient, multiply(1.0)
        (np.float64(12.0), np.float64(12.0))
    """
    return make_vjp(grad(fun, argnum), argnum)


def _half_square(x: Any) -> Any:
    return 0.5 * (x**2).sum(axis=-1)


def make_ggnvp(f: Callable, g: Callable = _half_square, f_argnum: Argnum = 0) -> Operator:
    """Products with the generalised Gauss-Newton matrix of g(f(x)): Jᵀ H J, H the Hessian of g.

    A function of f's arguments that gives `ggnvp`; `ggnvp(v)` has v's structure.
    (Schraudolph, "Fast curvature matrix-vector products", 2002.)

    Example:
        >>> import numpy
        >>> make_ggnvp(lambda x: x**2)(numpy.array([1.0, 2.0]))(numpy.array([1.0, 1.0]))
        array([ 4., 16.])
    """
    return Operator(_make_ggnvp, f, (g, f_argnum), "make_ggnvp")


def _make_ggnvp(f: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    g, f_argnum = options
    x, unary = selected(f, f_argnum, args, kwargs)
    x = _copied(x)
    y, pulled = _pull(f, x, unary)
    multiply, _ = make_hvp(g)(y)
    return lambda v: pulled(multiply(_push(f, x, unary, v)[1]))


def tensor_jacobian_product(fun: Callable, argnum: Argnum = 0) -> Operator:
    """A function of `fun`'s arguments and a last one, g, that gives g contracted with the Jacobian.

    g has the leading axes of the output: of its whole shape for a VJP; fewer axes leave the others.

    Example:
        >>> import numpy
        >>> tensor_jacobian_product(lambda x: x**2)(numpy.array([1.0, 2.0]), numpy.ones(2))
        array([2., 4.])
    """
    return Operator(_tensor_jacobian_product, fun, (argnum,), "tensor_jacobian_product")


vector_jacobian_product = tensor_jacobian_product


def _tensor_jacobian_product(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    *args, g = args  # type: ignore[assignment]

    def contracted(*args: Any, **kwargs: Any) -> Any:
        return numpy.tensordot(g, fun(*args, **kwargs), numpy.ndim(g))

    contracted.__name__ = name_of(fun)
    return jacobian(contracted, *options)(*args, **kwargs)
