"""What is checked: a function of floating-point leaves alone, whose places have names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy

from ..core.box import getval
from ..core.tree import flatten, map_leaves, paths, unflatten
from ..modes.forward import pushforward
from ..modes.reverse import pullback
from ..operators.operator import Argnum, name_of

__all__ = ["Subject", "moves", "of_call", "random_like"]


class Subject:
    """A function `fun(*leaves)` that gives a tuple of leaves, and the point where it is checked.

    Attributes:
        leaves: the point.
        names: what each leaf is called.
        results: what each item of the result is called.
        title: what the function is called.
        order: 1 for a function of the user's, one more for each derivative taken of it.
        values: the result at the point.
    """

    def __init__(
        self,
        fun: Callable,
        leaves: list,
        names: list[str],
        results: list[str],
        title: str,
        order: int = 1,
    ) -> None:
        self.fun, self.leaves, self.names, self.results = fun, leaves, names, results
        self.title, self.order = title, order
        self.values = self.at(leaves)

    def at(self, leaves: Sequence) -> list[numpy.ndarray]:
        """The result at plain leaves, as arrays."""
        return [numpy.asarray(getval(value)) for value in self.fun(*leaves)]

    def pull(self, gs: Sequence) -> tuple[list[numpy.ndarray], list[numpy.ndarray]]:
        """The result, and the cotangents of the leaves for those of the result."""
        out, vjp = pullback(self.fun, *self.leaves)
        return _arrays(out), _arrays(vjp(tuple([g[()] for g in gs])))

    def push(self, ts: Sequence) -> tuple[list[numpy.ndarray], list[numpy.ndarray]]:
        """The result, and its tangents along `ts`."""
        out, tangents = pushforward(self.fun, self.leaves, [t[()] for t in ts])
        return _arrays(out), _arrays(tangents)

    def vjp(self, random: numpy.random.Generator) -> Subject:
        """The VJP of this function as a function of its leaves and the cotangent."""
        n = len(self.leaves)

        def fun(*leaves: Any) -> tuple:
            return tuple(pullback(self.fun, *leaves[:n])[1](tuple(leaves[n:])))

        gs = [g[()] for g in random_like(self.values, random)]
        names = [f"(cotangent of {name})" for name in self.results]
        results = [f"(cotangent of {name})" for name in self.names]
        title = f"the VJP of {self.title}"
        leaves = [*self.leaves, *gs]
        return Subject(fun, leaves, [*self.names, *names], results, title, self.order + 1)

    def jvp(self, random: numpy.random.Generator) -> Subject:
        """The JVP of this function as a function of its leaves and their tangents."""
        n = len(self.leaves)

        def fun(*leaves: Any) -> tuple:
            return pushforward(self.fun, leaves[:n], leaves[n:])[1]

        ts = [t[()] for t in random_like(self.leaves, random)]
        names = [f"(tangent of {name})" for name in self.names]
        results = [f"(tangent of {name})" for name in self.results]
        title = f"the JVP of {self.title}"
        leaves = [*self.leaves, *ts]
        return Subject(fun, leaves, [*self.names, *names], results, title, self.order + 1)


def of_call(fun: Callable, argnum: Argnum | None, args: tuple, kwargs: dict) -> Subject:
    """A call of the user's as a function of the floating-point leaves among its arguments.

    Without `argnum` those of all positional arguments; else those of the arguments it names.
    """
    args, kwargs = map_leaves(getval, (args, kwargs))
    every, structure = flatten((args, kwargs))
    every = [leaf if hasattr(leaf, "dtype") else _number(leaf) for leaf in every]
    places = [str(i) for i in range(len(args))] + list(kwargs)
    owners, names = [], []
    for place, arg in zip(places, [*args, *kwargs.values()]):
        found = paths(flatten(arg)[1], f"argument {place}")
        owners += [place] * len(found)
        names += found
    wanted = places[: len(args)] if argnum is None else _places(fun, argnum, args, kwargs)
    at = [i for i, leaf in enumerate(every) if owners[i] in wanted and moves(leaf)]
    if not at:
        raise TypeError(
            f"{name_of(fun)}: there is nothing to check, for no argument holds floating-point "
            "numbers (integers and booleans are constants)"
        )

    def call(*leaves: Any) -> Any:
        filled = list(every)
        for i, leaf in zip(at, leaves):
            filled[i] = leaf
        new_args, new_kwargs = unflatten(structure, filled)
        return fun(*new_args, **new_kwargs)

    leaves = [every[i] for i in at]
    out, out_structure = flatten(call(*leaves))
    kept = [i for i, leaf in enumerate(out) if moves(leaf)]
    if not kept:
        raise TypeError(
            f"{name_of(fun)}: there is nothing to check, for the result holds no floating-point "
            "numbers"
        )
    results = paths(out_structure, "result")

    def of_leaves(*leaves: Any) -> tuple:
        out = flatten(call(*leaves))[0]
        return tuple([out[i] if hasattr(out[i], "dtype") else _number(out[i]) for i in kept])

    return Subject(
        of_leaves, leaves, [names[i] for i in at], [results[i] for i in kept], name_of(fun)
    )


def _places(fun: Callable, argnum: Argnum, args: tuple, kwargs: dict) -> list[str]:
    """The arguments that `argnum` names, as positions or keywords."""
    every = [argnum] if isinstance(argnum, (int, str, numpy.integer)) else list(argnum)
    found = []
    for one in every:
        if isinstance(one, str):
            if one not in kwargs:
                raise TypeError(
                    f"{name_of(fun)} was called without a keyword argument {one!r} to check"
                )
            found.append(one)
        elif not -len(args) <= one < len(args):
            raise TypeError(
                f"{name_of(fun)} was called with {len(args)} positional arguments; there is no "
                f"argument {one} to check"
            )
        else:
            found.append(str(int(one) % len(args)))
    return found


def moves(leaf: Any) -> bool:
    """Whether a leaf is floating or complex; integers and booleans are constants."""
    dtype = getattr(getval(leaf), "dtype", None)
    return dtype.kind in "fc" if dtype is not None else isinstance(leaf, (float, complex))


def random_like(values: Sequence, random: numpy.random.Generator) -> list[numpy.ndarray]:
    """Random vectors in the spaces of the values, with standard normal entries."""
    found = []
    for value in values:
        v = random.standard_normal(numpy.shape(value))
        if value.dtype.kind == "c":
            v = v + 1j * random.standard_normal(numpy.shape(value))
        found.append(numpy.asarray(v).astype(value.dtype))
    return found


def _number(leaf: Any) -> Any:
    return numpy.asarray(leaf)[()]


def _arrays(leaves: Sequence) -> list[numpy.ndarray]:
    return [numpy.asarray(leaf) for leaf in leaves]
