"""autograd.wrap_util: operators of functions of one argument, made for functions of several."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..operators.operator import Argnum, Operator, name_of, selected

__all__ = ["get_doc", "get_name", "unary_to_nary", "wraps"]

get_name = name_of


def get_doc(f: Any) -> str:
    """A function's documentation, or nothing."""
    return getattr(f, "__doc__", None) or ""


def wraps(fun: Callable, namestr: str = "{fun}", docstr: str = "{doc}", **kwargs: Any) -> Callable:
    """A decorator that names and documents one function after another."""

    def named(f: Any) -> Any:
        words = {"fun": get_name(fun), "doc": get_doc(fun), **kwargs}
        f.__name__, f.__doc__ = namestr.format(**words), docstr.format(**words)
        return f

    return named


def unary_to_nary(unary_operator: Callable) -> Callable:
    """Of `op(fun, x, …)`, for a function of one argument, an operator like `grad`.

    The operator takes `(fun, argnum=0, …)` and gives a function of `fun`'s arguments. `argnum` may
    be a sequence, for which x is a tuple.
    """

    @functools.wraps(unary_operator)
    def operator(fun: Callable, argnum: Argnum = 0, *options: Any, **named: Any) -> Operator:
        return Operator(_apply, fun, (unary_operator, argnum, options, named), name)

    name = name_of(unary_operator)
    return operator


def _apply(fun: Callable, given: tuple, args: tuple, kwargs: dict) -> Any:
    operator, argnum, options, named = given
    x, unary = selected(fun, argnum, args, kwargs)
    return operator(unary, x, *options, **named)
