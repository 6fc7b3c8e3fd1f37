"""Gradients of scalar functions, and derivatives of elementwise ones."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import numpy

from ..core.errors import user_line
from ..core.tree import flatten, is_leaf, unflatten
from ..modes.forward import pushforward
from ..modes.reverse import cotangents, left_over, opened, record
from ..spaces import vspace
from .operator import Argnum, Operator, name_of, own, prepare, selected, warn_independent

__all__ = [
    "deriv",
    "egrad",
    "elementwise_grad",
    "grad",
    "grad_and_aux",
    "grad_named",
    "holomorphic_grad",
    "multigrad_dict",
    "value_and_grad",
]


def grad(fun: Callable, argnum: Argnum = 0, has_aux: bool = False) -> Operator:
    """The gradient of a scalar function, by reverse mode.

    Args:
        fun: gives a real scalar (an array of one element will do); with `has_aux`, a pair of that
            and anything else.
        argnum: which argument to differentiate with respect to: a position, a name, or a sequence
            of those.
        has_aux: whether `fun` gives `(value, aux)`.

    Returns:
        A function of the same arguments whose result has the shape, dtype and container of the
        chosen argument; a tuple of such for a sequence `argnum`; with `has_aux`, a pair
        `(gradient, aux)`. Integers are taken as float64. Of a complex argument z the gradient is
        dr/dx - i dr/dy where z = x + iy: that of |z|² is 2 conj(z).

    Raises:
        TypeError: the result is not a real scalar, or the argument cannot be differentiated.

    Example:
        >>> import tracegrad.numpy as np
        >>> grad(np.tanh)(0.0)
        np.float64(1.0)
        >>> grad(lambda p: p["w"] ** 2 + p["b"])({"w": 3.0, "b": 1.0})
        {'w': np.float64(6.0), 'b': np.float64(1.0)}
    """
    return Operator(_grad, fun, (argnum, has_aux), "grad")


def _grad(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    argnum, has_aux = options
    _, gradient, aux = _value_grad_aux(fun, argnum, has_aux, args, kwargs, "grad")
    return (gradient, aux) if has_aux else gradient


def value_and_grad(fun: Callable, argnum: Argnum = 0, has_aux: bool = False) -> Operator:
    """The value of a scalar function together with its gradient, in one run of it.

    Arguments and errors are those of `grad`. Returns `(value, gradient)`; with `has_aux`,
    `((value, aux), gradient)`.

    Example:
        >>> value_and_grad(lambda x: x**3)(2.0)
        (np.float64(8.0), np.float64(12.0))
    """
    return Operator(_value_and_grad, fun, (argnum, has_aux), "value_and_grad")


def _value_and_grad(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    argnum, has_aux = options
    value, gradient, aux = _value_grad_aux(fun, argnum, has_aux, args, kwargs, "value_and_grad")
    return ((value, aux), gradient) if has_aux else (value, gradient)


def _value_grad_aux(
    fun: Callable, argnum: Argnum, has_aux: bool, args: tuple, kwargs: dict, title: str
) -> tuple[Any, Any, Any]:
    x, unary = selected(fun, argnum, args, kwargs)
    values, structure = prepare(fun, x)
    if structure.kind is None:
        trace, out = record(unary, values)
    else:
        trace, out = record(lambda *leaves: unary(unflatten(structure, leaves)), values)
    aux = None
    if has_aux:
        if type(out) is not tuple or len(out) != 2:
            raise TypeError(f"{title} with has_aux: {name_of(fun)} must give a pair (value, aux)")
        out, aux = out
        leaves, _, aux_structure = opened(aux, trace)
        aux = unflatten(aux_structure, leaves)
    if not is_leaf(out):
        what = "None" if out is None else f"a {type(out).__name__}"
        raise TypeError(_not_scalar(title, fun, what))
    node, out = None, left_over(out, trace)
    if getattr(out, "_trace", None) is trace:
        node, out = out._node, out._value
    if getattr(out, "size", 1) != 1:
        raise TypeError(_not_scalar(title, fun, f"an array of shape {out.shape}"))
    if node is None:
        if numpy.iscomplexobj(out):
            raise TypeError(_not_scalar(title, fun, "a complex number"))
        warn_independent()
        gradient = [vspace(value).zeros() for value in values]
    elif out.dtype.kind == "c":
        raise TypeError(_not_scalar(title, fun, "a complex number"))
    else:
        gradient = cotangents(trace, {node: _one(out)}, values)
    gradient = own(gradient, values)
    return out, gradient[0] if structure.kind is None else unflatten(structure, gradient), aux


def _one(out: Any) -> Any:
    """The cotangent of a scalar with respect to itself."""
    return out.dtype.type(1) if out.shape == () else numpy.ones_like(out)


def _not_scalar(title: str, fun: Callable, what: str) -> str:
    return (
        f"{title} needs a real scalar output, but {name_of(fun)} gave {what}.\n"
        f"  in {user_line()}\n"
        "  Use elementwise_grad for a function applied element by element, jacobian for a vector, "
        "holomorphic_grad for a complex one; or make a scalar of it (np.sum, np.mean)."
    )


def elementwise_grad(fun: Callable, argnum: Argnum = 0) -> Operator:
    """The derivative of a function applied element by element, at each element.

    It is the gradient of the sum of the results: right where each output element depends on the
    input element at its own place alone. Complex results must be holomorphic functions of
    complex arguments.

    Example:
        >>> import numpy
        >>> import tracegrad.numpy as np
        >>> elementwise_grad(np.square)(numpy.array([1.0, 2.0, 3.0]))
        array([2., 4., 6.])
    """
    return Operator(_elementwise_grad, fun, (argnum,), "elementwise_grad")


egrad = elementwise_grad


def _elementwise_grad(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    x, unary = selected(fun, argnum, args, kwargs)
    values, structure = prepare(fun, x)
    trace, out = record(lambda *leaves: unary(unflatten(structure, leaves)), values)
    out_values, nodes, _ = opened(out, trace)
    if numpy.iscomplexobj(out_values[0]) and not numpy.iscomplexobj(values[0]):
        raise TypeError(
            "elementwise_grad: a complex function of a real argument has no real derivative; "
            f"differentiate the real and imaginary parts of {name_of(fun)}, or use jacobian"
        )
    seeds = {n: numpy.ones_like(v) for n, v in zip(nodes, out_values) if n is not None}
    if not seeds:
        warn_independent()
    return unflatten(structure, own(cotangents(trace, seeds, values), values))


def deriv(fun: Callable, argnum: Argnum = 0) -> Operator:
    """The derivative with respect to a scalar, by forward mode: any output, same shape as `fun`'s.

    Example:
        >>> import tracegrad.numpy as np
        >>> deriv(lambda t: np.array([t, t**2, t**3]))(2.0)
        array([ 1.,  4., 12.])
    """
    return Operator(_deriv, fun, (argnum,), "deriv")


def _deriv(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    x, unary = selected(fun, argnum, args, kwargs)
    values, structure = prepare(fun, x)
    ones = [numpy.ones_like(value) for value in values]
    return pushforward(lambda *leaves: unary(unflatten(structure, leaves)), values, ones)[1]


def holomorphic_grad(fun: Callable, argnum: Argnum = 0) -> Operator:
    """The complex derivative of a holomorphic scalar function of complex arguments.

    Example:
        >>> holomorphic_grad(lambda z: z**2)(1.0 + 2.0j)
        np.complex128(2+4j)
    """
    return Operator(_holomorphic_grad, fun, (argnum,), "holomorphic_grad")


def _holomorphic_grad(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    x, _ = selected(fun, argnum, args, kwargs)
    if not any(numpy.iscomplexobj(leaf) for leaf in flatten(x)[0]):
        warnings.warn("Input to holomorphic_grad is not complex", UserWarning, stacklevel=3)
    return _grad(_RealPart(fun), (*options, False), args, kwargs)


class _RealPart:
    def __init__(self, fun: Callable) -> None:
        self.fun, self.__name__ = fun, name_of(fun)
        self.__wrapped__ = fun

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.fun(*args, **kwargs).real


def grad_and_aux(fun: Callable, argnum: Argnum = 0) -> Operator:
    """The gradient of a function that gives `(value, aux)`, and the aux: `grad` with `has_aux`.

    Example:
        >>> grad_and_aux(lambda x: (x**2, "note"))(3.0)
        (np.float64(6.0), 'note')
    """
    return grad(fun, argnum, has_aux=True)


def grad_named(fun: Callable, argname: str) -> Operator:
    """The gradient with respect to the argument of that name.

    Example:
        >>> grad_named(lambda x, y: x * y, "y")(2.0, 3.0)
        np.float64(2.0)
    """
    if argname not in inspect.signature(fun).parameters:
        raise ValueError(f"{name_of(fun)} has no argument named {argname!r}")
    return grad(fun, argname)


def multigrad_dict(fun: Callable) -> Operator:
    """The gradients with respect to all arguments, as a dict by name.

    Arguments gathered by `*args` come as a tuple, by `**kwargs` under their own names; what cannot
    be differentiated (strings, None) is left out.

    Example:
        >>> multigrad_dict(lambda x, y=1.0: x * y)(2.0, y=5.0)
        {'x': np.float64(5.0), 'y': np.float64(2.0)}
    """
    return Operator(_multigrad_dict, fun, (), "multigrad_dict")


def _multigrad_dict(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    signature = inspect.signature(fun)
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    given = {name: x for name, x in bound.arguments.items() if flatten(x)[0]}

    def of_dict(chosen: dict) -> Any:
        bound.arguments.update(chosen)
        return fun(*bound.args, **bound.kwargs)

    of_dict.__name__ = name_of(fun)
    gradients = _grad(of_dict, (0, False), (given,), {})
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD and name in gradients:
            gradients.update(gradients.pop(name))
    return gradients
