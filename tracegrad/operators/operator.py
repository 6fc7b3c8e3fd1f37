"""What every operator does: pick the arguments to differentiate, open and check them."""

from __future__ import annotations

import functools
import inspect
import sys
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy

from ..core.box import Box
from ..core.errors import frames_to_user, user_line
from ..core.tree import TreeDef, flatten, unflatten
from ..modes.foreign import FOREIGN, called
from ..spaces import match, vspace

__all__ = [
    "Operator",
    "global_name",
    "like",
    "name_of",
    "own",
    "prepare",
    "selected",
    "warn_independent",
]

Argnum = int | str | Sequence["int | str"]


class Operator:
    """A function made from the user's: called like it, pickled if it can be, bound as a method.

    Args:
        operate: called as `operate(fun, options, args, kwargs)`.
        fun: the user's function.
        options: what the operator was given besides.
    """

    def __init__(self, operate: Callable, fun: Callable, options: tuple, title: str) -> None:
        if not callable(fun):
            raise TypeError(f"{title} takes a function first, not {type(fun).__name__}")
        functools.update_wrapper(self, fun)
        self.operate, self.fun, self.options, self.title = operate, fun, options, title
        self.__name__ = f"{title}_of_{name_of(fun)}"
        self.__doc__ = f"{title} of {name_of(fun)}.\n\n{getattr(fun, '__doc__', None) or ''}"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.operate(self.fun, self.options, args, kwargs)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)

    def __reduce__(self) -> Any:
        return global_name(self) or (Operator, (self.operate, self.fun, self.options, self.title))

    def __repr__(self) -> str:
        return f"<{self.title} of {name_of(self.fun)}>"


def name_of(fun: Callable) -> str:
    """The function's name for messages."""
    return getattr(fun, "__name__", None) or repr(fun)


def global_name(made: Any) -> str | None:
    """The name by which a pickle finds what a decorator has put in the place of `made.fun`.

    None where it is not there, and in a main program: a worker's may be another one, to which
    cloudpickle brings the function itself.
    """
    module = sys.modules.get(getattr(made.fun, "__module__", None) or "__main__")
    name = getattr(made.fun, "__qualname__", None)
    if module is None or module.__name__ == "__main__" or not name:
        return None
    try:
        found = functools.reduce(getattr, name.split("."), module)
    except AttributeError:
        return None
    return name if found is made else None


def selected(fun: Callable, argnum: Argnum, args: tuple, kwargs: dict) -> tuple[Any, Callable]:
    """The arguments that `argnum` names, as one tree, and `fun` as a function of that tree.

    `argnum` is a position (negative ones count from the end), a name, or a sequence of those, for
    which the tree is a tuple.
    """
    if type(argnum) is int:
        if not -len(args) <= argnum < len(args):
            way_out = f"; name one: argnum={next(iter(kwargs))!r}" if kwargs else ""
            raise TypeError(
                f"{name_of(fun)} was called with {len(args)} positional arguments; there is no "
                f"argument {argnum} to differentiate with respect to{way_out}"
            )
        if len(args) == 1 and not kwargs:
            return args[0], fun
        before, after = args[:argnum], args[argnum + 1 :] if argnum != -1 else ()
        return args[argnum], lambda x: fun(*before, x, *after, **kwargs)
    if isinstance(argnum, (str, int, numpy.integer)):
        tree, unary = selected(fun, (argnum,), args, kwargs)
        return tree[0], lambda x: unary((x,))
    if not isinstance(argnum, Sequence):
        raise TypeError(f"argnum must be a position, a name or a sequence of those, not {argnum!r}")
    places = [_place(fun, one, args, kwargs) for one in argnum]
    if len(set(places)) < len(places):
        raise TypeError(f"argnum names an argument of {name_of(fun)} twice: {argnum!r}")

    def call(tree: tuple) -> Any:
        new_args, new_kwargs = list(args), dict(kwargs)
        for place, x in zip(places, tree):
            if isinstance(place, str):
                new_kwargs[place] = x
            else:
                new_args[place] = x
        return fun(*new_args, **new_kwargs)

    tree = tuple([kwargs[p] if isinstance(p, str) else args[p] for p in places])
    return tree, call


def _place(fun: Callable, argnum: int | str, args: tuple, kwargs: dict) -> int | str:
    """Where one argument stands in a call: a position or a keyword."""
    if not isinstance(argnum, str):
        selected(fun, int(argnum), args, {})  # refuses what is out of range
        return int(argnum) % len(args)
    if argnum in kwargs:
        return argnum
    names = list(inspect.signature(fun).parameters)
    if argnum not in names or names.index(argnum) >= len(args):
        raise TypeError(
            f"{name_of(fun)} was called without an argument named {argnum!r} to differentiate "
            "with respect to"
        )
    return names.index(argnum)


def prepare(fun: Callable, x: Any) -> tuple[list, TreeDef]:
    """The leaves of x, ready to be traced, and its structure.

    Integers become float64; what has no derivative is refused by name. An empty container is its
    own gradient.
    """
    if type(x) is numpy.float64 or (type(x) is numpy.ndarray and x.dtype.kind == "f"):
        return [x], _LEAF
    leaves, structure = flatten(x)
    if not leaves and not structure.empty():
        raise TypeError(
            f"cannot differentiate {name_of(fun)} with respect to {_described(x)}.\n"
            f"  in {user_line()}\n"
            "  Pass floating-point numbers or arrays, or containers of them; a class of your own "
            "is a container after tracegrad.extend.register_pytree."
        )
    floats = _FLOATS
    return [
        leaf if type(leaf) is numpy.ndarray and leaf.dtype in floats else _number(fun, leaf)
        for leaf in leaves
    ], structure


_LEAF = flatten(0.0)[1]
_FLOATS = frozenset({numpy.dtype(numpy.float64), numpy.dtype(numpy.float32)})


def _number(fun: Callable, leaf: Any) -> Any:
    """A leaf as an array or NumPy scalar of a floating-point type."""
    while isinstance(leaf, Box) and leaf._trace.over:
        leaf = leaf._value  # a constant by now; do not keep its old trace alive
    if isinstance(leaf, Box):
        return leaf
    if not hasattr(leaf, "dtype"):
        leaf = numpy.asarray(leaf)[()]
    kind = leaf.dtype.kind
    if kind in "iu" and type(leaf) not in FOREIGN:
        return leaf.astype(float)
    instead = FOREIGN.get(type(leaf)) or (kind not in "fc" and "x.astype(float)")
    if instead:
        raise TypeError(
            f"cannot differentiate {name_of(fun)} with respect to {_described(leaf)}.\n"
            f"  in {user_line()}\n"
            f"  Pass floating-point numbers or arrays: {instead}."
        )
    return leaf


def _described(x: Any) -> str:
    if type(x) in FOREIGN:
        return called(type(x))
    if hasattr(x, "dtype"):
        return f"an array of dtype {x.dtype}"
    return f"{x!r} (a {type(x).__name__})"


def like(fun: Callable, v: Any, leaves: list, structure: Any, what: str) -> Any:
    """A cotangent or tangent checked against the values it belongs to, in their dtypes."""
    given, v_structure = flatten(v)
    if len(given) != len(leaves) or (v_structure != structure and structure.kind is None):
        raise ValueError(
            f"{name_of(fun)}: the {what} has the structure {v_structure}, not {structure}"
        )
    fitted = []
    for g, leaf in zip(given, leaves):
        g = g if hasattr(g, "dtype") else numpy.asarray(g)[()]
        if type(g) in FOREIGN:
            raise TypeError(
                f"{name_of(fun)}: the {what} is {called(type(g))}; pass {FOREIGN[type(g)]}"
            )
        if g.shape != numpy.shape(leaf):
            raise ValueError(
                f"{name_of(fun)}: the {what} has shape {g.shape}, but the value it belongs to has "
                f"shape {numpy.shape(leaf)}"
            )
        dtype = vspace(leaf).dtype
        if g.dtype.kind == "c" and dtype.kind != "c":
            raise ValueError(f"{name_of(fun)}: a complex {what} does not fit a real value")
        fitted.append(match(g, dtype))
    return unflatten(structure, fitted)


def own(cotangents: list, values: list, given: Sequence = ()) -> list:
    """The cotangents as arrays that their receiver may change.

    A cotangent may be an array that the caller passed in (`given`), a view, a read-only broadcast,
    or the same array as another's; each such is copied.
    """
    if len(values) == 1 and not given:
        g = cotangents[0]
        if type(g) is not numpy.ndarray or (
            type(values[0]) is numpy.ndarray and g.base is None and g.flags.writeable
        ):
            return cotangents
    seen = {id(g) for g in given}
    for i, (g, value) in enumerate(zip(cotangents, values)):
        if type(g) is not numpy.ndarray:
            continue
        if type(value) is not numpy.ndarray and isinstance(value, numpy.generic):
            cotangents[i] = g[()]
        elif g.base is not None or not g.flags.writeable or id(g) in seen:
            cotangents[i] = g.copy()
        seen.add(id(g))
    return cotangents


def warn_independent() -> None:
    """Warn, at the user's line, that a derivative is zero because nothing led to the output."""
    warnings.warn("Output seems independent of input.", UserWarning, stacklevel=frames_to_user())
