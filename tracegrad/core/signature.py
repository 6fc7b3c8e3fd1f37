"""A prepared signature: names for the arguments of a call, without `inspect` on the road."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

__all__ = ["Signature"]


@functools.cache
def _written(parameters: str) -> Callable:
    """A function of parameters that are written out."""
    return eval(f"lambda {parameters}: None")


class Signature:
    """The parameters of a function, read once.

    Attributes:
        names: parameters that may be passed by position, in order.
        star: the name of `*args`, or None.
        keyword_only: the parameters after those.
        defaults: name → default of every parameter that has one.
        known: all of these names.
        open: whether there may be others (`**kwargs`, or a function that does not tell).
    """

    __slots__ = ("defaults", "keyword_only", "known", "names", "open", "star")

    def __init__(self, text_or_function: str | Callable) -> None:
        self.names: tuple[str, ...] = ()
        self.star: str | None = None
        self.defaults: dict[str, Any] = {}
        self.keyword_only: tuple[str, ...] = ()
        self.open = False
        function: Any = text_or_function
        if isinstance(function, str):
            function = _written(function)
        if not isinstance(function, MethodType):
            function = inspect.unwrap(function, stop=lambda f: hasattr(f, "__signature__"))
        if type(function) is FunctionType and not hasattr(function, "__signature__"):
            self._read_code(function)
        else:
            self._inspect(function)
        self.known: set[str] = {*self.names, *self.keyword_only}
        if self.star:
            self.known.add(self.star)

    def _read_code(self, function: Any) -> None:
        """Of a Python function: `inspect` takes ten times longer, and importing reads thousands."""
        code = function.__code__
        end = code.co_argcount + code.co_kwonlyargcount
        self.names = code.co_varnames[: code.co_argcount]
        self.keyword_only = code.co_varnames[code.co_argcount : end]
        self.star = code.co_varnames[end] if code.co_flags & inspect.CO_VARARGS else None
        self.open = bool(code.co_flags & inspect.CO_VARKEYWORDS)
        last = function.__defaults__ or ()
        self.defaults = dict(zip(self.names[code.co_argcount - len(last) :], last))
        self.defaults.update(function.__kwdefaults__ or {})

    def _inspect(self, function: Any) -> None:
        try:
            parameters = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):  # C functions need not tell
            self.star = "args"
            self.open = True
            return
        for parameter in parameters:
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
                self.names += (parameter.name,)
            elif parameter.kind is parameter.VAR_POSITIONAL:
                self.star = parameter.name
            elif parameter.kind is parameter.KEYWORD_ONLY:
                self.keyword_only += (parameter.name,)
            else:
                self.open = True
            if parameter.default is not parameter.empty:
                self.defaults[parameter.name] = parameter.default

    def getter(self, items: list[str], first: tuple[str, ...], scope: dict) -> Callable:
        """A function of `first` and this signature's parameters that gives a tuple of `items`.

        Python's own calling does the binding and fills in the defaults; that is several times
        faster than a binder written in Python.

        Args:
            items: the expressions for the tuple's items.
            first: the names of parameters that stand before.
            scope: what else the expressions use.
        """
        parameters = [*first]
        for name in self.names:
            parameters.append(f"{name}=d_[{name!r}]" if name in self.defaults else name)
        parameters.append(f"*{self.star}" if self.star else "*")
        for name in self.keyword_only:
            parameters.append(f"{name}=d_[{name!r}]" if name in self.defaults else name)
        if parameters[-1] == "*":
            parameters.pop()
        parameters.append("**rest_")
        source = f"lambda {', '.join(parameters)}: ({''.join(f'{e}, ' for e in items)})"
        return eval(source, {**scope, "d_": self.defaults})
