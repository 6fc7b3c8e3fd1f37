"""A `Primitive` wraps a function so that traces see its calls."""

from __future__ import annotations

import functools
import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

from .box import Box
from .signature import Signature
from .trace import CONTAINERS, inside, newest_trace

__all__ = ["BinaryPrimitive", "Primitive", "UnaryPrimitive", "by_name"]


_LISTS = (list, tuple)


class Primitive:
    """A function whose calls are handed to the newest trace among their arguments.

    Called with plain values it is the function itself. A box is found in a positional or keyword
    argument and inside list, tuple and dict arguments.

    Attributes:
        fun: the wrapped function.
        signature: its parameters, prepared.
        vjps, jvps: parameter → rule, filled by the modes' `declare` functions.
        handles: the parameters that the rules take notice of.
        freely: how many arguments may be passed by position without a look at `handles`.
        short: the VJP rule (of two arguments, the pair) where the short roads may use it.
        alone: the VJP rules by position that `Trace.single` may use; None where it may not.
        constant: True where the derivative is zero everywhere (floor, argmax, comparisons).
        composition: the same function in terms of other primitives, which traces see instead.
        writes: whether it writes to an argument: that goes through the composition for constants,
            too, whose memory may have been kept.
        array_places: the positions and names of arguments for which a list stands for an array.
        make_array: what makes an array of such a list.
        placing: the options that say where the result goes (out=): `place` takes such calls.
        out_at: the position from which arguments say so.
        remade: how a pickle makes it again, `(function, arguments)`; None where its module has it
            by name.
    """

    place: Callable  # (primitive, args, kwargs): writes the result where it is to go

    def __init__(
        self, fun: Callable, *, name: str | None = None, signature: str | Signature | None = None
    ) -> None:
        self.fun = fun
        self.name = name or getattr(fun, "__name__", type(fun).__name__)
        if not isinstance(signature, Signature):
            signature = Signature(signature or fun)
        self.signature = signature
        self.vjps: dict[Any, Any] = {}
        self.jvps: dict[Any, Any] = {}
        self.handles: frozenset[str] = frozenset(signature.known)
        self.freely = len(signature.names)
        self.short: Any = None
        self.constant = False
        self.composition: Callable | None = None
        self.writes = False
        self.alone: tuple = ()
        self.array_places: frozenset[Any] = frozenset()
        self.make_array: Callable = lambda items: items
        self.placing = frozenset({"out"} & signature.known)
        out_at = [i for i, name in enumerate(signature.names) if name in ("out", "out0")]
        self.out_at = out_at[0] if out_at else sys.maxsize
        self.remade: tuple | None = None
        self.__wrapped__ = fun
        self.__name__ = self.__qualname__ = self.name
        self.__doc__ = getattr(fun, "__doc__", None)
        self.__module__ = getattr(fun, "__module__", None) or __name__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], Box) and not self.composition:
            return args[0]._trace.single(self, args, 0, kwargs)
        boxes = at = 0
        more = False  # boxes in lists or by name, or lists to be made arrays
        for i, arg in enumerate(args):
            if isinstance(arg, Box):
                boxes += 1
                at = i
            elif type(arg) in CONTAINERS and (i in self.array_places or inside(arg)):
                more = True
        for name, arg in kwargs.items():
            if isinstance(arg, Box) or (
                type(arg) in CONTAINERS and (name in self.array_places or inside(arg))
            ):
                more = True
        more = more or boxes > 1
        trace = newest_trace(args, kwargs) if more else args[at]._trace if boxes else None
        if trace is None:
            return self.fun(*args, **kwargs)
        if len(args) > self.out_at or (kwargs and not self.placing.isdisjoint(kwargs)):
            return self.place(self, args, kwargs)
        if not more and self.composition is None:
            return trace.single(self, args, at, kwargs)
        if self.composition is None or (trace.over and not self.writes):
            return trace.process(self, *self.with_arrays(args, kwargs))
        args, kwargs = self.with_arrays(args, kwargs)
        return self.composition(*args, **kwargs)

    def with_arrays(self, args: tuple, kwargs: dict) -> tuple[tuple, dict]:
        """The arguments, with arrays made of lists and tuples that are passed for arrays."""
        places, make = self.array_places, self.make_array
        if places:
            args = tuple(
                [make(a) if type(a) in _LISTS and i in places else a for i, a in enumerate(args)]
            )
            for name, a in kwargs.items():
                if type(a) in _LISTS and name in places:
                    kwargs = {**kwargs, name: make(a)}
        return args, kwargs

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        # binds as a method exactly where the wrapped function would
        if instance is None or not hasattr(type(self.fun), "__get__"):
            return self
        return types.MethodType(self, instance)

    def handle(self, names: frozenset[str]) -> None:
        """Say which parameters the rules take notice of; others are refused when passed."""
        self.handles = names
        rules = [self.vjps.get(name) for name in self.signature.names]
        self.alone = tuple([None if "again" in getattr(r, "needs", ()) else r for r in rules])
        known = self.signature.names
        self.freely = next((i for i, n in enumerate(known) if n not in names), len(known))

    def __repr__(self) -> str:
        return f"<tracegrad primitive {self.name}>"

    def __reduce__(self) -> Any:
        return self.remade or (by_name, (self.__module__, self.__qualname__))


def by_name(module: str, name: str) -> Any:
    return functools.reduce(getattr, name.split("."), importlib.import_module(module))


class UnaryPrimitive(Primitive):
    """A function of one array, on the short road: `trace.unary` where nothing else is passed."""

    def __call__(self, x: Any, /, *args: Any, **kwargs: Any) -> Any:
        if args or kwargs or type(x) in CONTAINERS:
            return Primitive.__call__(self, x, *args, **kwargs)
        if isinstance(x, Box):
            return x._trace.unary(self, x)
        return self.fun(x)


class BinaryPrimitive(Primitive):
    """A function of two arrays, on the short road: `trace.binary` where nothing else is passed."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs or len(args) != 2:
            return Primitive.__call__(self, *args, **kwargs)
        x, y = args
        if type(x) in CONTAINERS or type(y) in CONTAINERS:
            return Primitive.__call__(self, x, y)
        left, right = isinstance(x, Box), isinstance(y, Box)
        if left and right and x._trace is not y._trace:
            left = x._trace.id > y._trace.id
            right = not left
            if left:
                y = y.held()
            else:
                x = x.held()
        if left:
            return x._trace.binary(self, x, y, left, right)
        return y._trace.binary(self, x, y, left, right) if right else self.fun(x, y)
