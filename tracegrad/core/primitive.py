"""A `Primitive` wraps a function so that traces see its calls."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from .box import Box
from .signature import Signature
from .trace import CONTAINERS, newest_trace

__all__ = ["BinaryPrimitive", "Primitive", "UnaryPrimitive"]


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
        short: the rules as the short roads use them, where there are any.
        constant: True where the derivative is zero everywhere (floor, argmax, comparisons).
        composition: the same function in terms of other primitives, which traces see instead.
        coerce: makes arrays of the lists in a traced call, `(args, kwargs)` → the same.
    """

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
        self.coerce: Callable | None = None
        self.__wrapped__ = fun
        self.__name__ = self.__qualname__ = self.name
        self.__doc__ = getattr(fun, "__doc__", None)
        self.__module__ = getattr(fun, "__module__", None) or __name__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        trace = None
        anywhere = bool(kwargs)
        if not anywhere:
            for arg in args:
                if isinstance(arg, Box):
                    if trace is None or arg._trace.id > trace.id:
                        trace = arg._trace
                elif type(arg) in CONTAINERS:
                    anywhere = True
        if anywhere:
            trace = newest_trace(args, kwargs)
        if trace is None:
            return self.fun(*args, **kwargs)
        if anywhere and self.coerce is not None:
            args, kwargs = self.coerce(args, kwargs)
        if self.composition is not None:
            return self.composition(*args, **kwargs)
        return trace.process(self, args, kwargs)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        # binds as a method exactly where the wrapped function would
        if instance is None or not hasattr(type(self.fun), "__get__"):
            return self
        return types.MethodType(self, instance)

    def handle(self, names: frozenset[str]) -> None:
        """Say which parameters the rules take notice of; others are refused when passed."""
        self.handles = names
        known = self.signature.names
        self.freely = next((i for i, n in enumerate(known) if n not in names), len(known))

    def __repr__(self) -> str:
        return f"<tracegrad primitive {self.name}>"

    def __reduce__(self) -> Any:
        return getattr, (__import__(self.__module__, fromlist=["_"]), self.name)


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

    def __call__(self, x: Any, y: Any, /, *args: Any, **kwargs: Any) -> Any:
        if args or kwargs or type(x) in CONTAINERS or type(y) in CONTAINERS:
            return Primitive.__call__(self, x, y, *args, **kwargs)
        if isinstance(x, Box):
            if isinstance(y, Box) and y._trace.id > x._trace.id:
                return y._trace.binary(self, x, y)
            return x._trace.binary(self, x, y)
        if isinstance(y, Box):
            return y._trace.binary(self, x, y)
        return self.fun(x, y)
