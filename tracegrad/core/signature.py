"""A prepared signature: names for the arguments of a call, without `inspect` on the road."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

__all__ = ["Signature"]


class Signature:
    """The parameters of a function, read once.

    Attributes:
        names: parameters that may be passed by position, in order.
        star: the name of `*args`, or None.
        defaults: name → default of every parameter that has one.
        positional_only: how many of `names` cannot be passed by name.
    """

    __slots__ = ("defaults", "known", "names", "positional_only", "star")

    def __init__(self, text_or_function: str | Callable) -> None:
        self.names: tuple[str, ...] = ()
        self.star: str | None = None
        self.defaults: dict[str, Any] = {}
        self.positional_only = 0
        if isinstance(text_or_function, str):
            scope: dict[str, Any] = {}
            exec(f"def f({text_or_function}): pass", scope)
            text_or_function = scope["f"]
        try:
            parameters = inspect.signature(text_or_function).parameters.values()
        except (TypeError, ValueError):  # C functions need not tell
            self.star = "args"
            parameters = ()  # type: ignore[assignment]
        for parameter in parameters:
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
                self.names += (parameter.name,)
                self.positional_only += parameter.kind is parameter.POSITIONAL_ONLY
            elif parameter.kind is parameter.VAR_POSITIONAL:
                self.star = parameter.name
            if parameter.default is not parameter.empty:
                self.defaults[parameter.name] = parameter.default
        self.known = {*self.names, *self.defaults}
        if self.star:
            self.known.add(self.star)

    def name(self, position: int) -> str | None:
        """The parameter that the positional argument at `position` belongs to."""
        return self.names[position] if position < len(self.names) else self.star

    def bind(self, args: tuple, kwargs: dict) -> dict[str, Any]:
        """Parameter → argument, defaults filled in. Call it for calls known to be right."""
        bound = {**self.defaults, **dict(zip(self.names, args)), **kwargs}
        if self.star:
            bound[self.star] = tuple(args[len(self.names) :])
        return bound

    def unbind(self, bound: dict[str, Any]) -> tuple[list, dict[str, Any]]:
        """The call (args, kwargs) that `bind` makes `bound` of."""
        args = []
        kwargs = {k: v for k, v in bound.items() if k != self.star}
        by_position = len(self.names) if self.star and bound[self.star] else self.positional_only
        for name in self.names[:by_position]:
            if name not in kwargs:
                break
            args.append(kwargs.pop(name))
        if self.star:
            args.extend(bound[self.star])
        return args, {
            k: v
            for k, v in kwargs.items()
            if not (k in self.defaults and v is self.defaults[k])
        }
