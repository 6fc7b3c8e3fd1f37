"""One call as a trace of either mode reads it: arguments opened, boxes found by parameter."""

from __future__ import annotations

from typing import Any

import numpy

from ..core.box import Box
from ..core.errors import NoDerivative, user_line
from ..core.primitive import Primitive
from ..core.trace import CONTAINERS, Trace, inside, open_boxes
from ..core.tree import flatten, is_leaf
from .foreign import FOREIGN, refuse, refuse_dtype

__all__ = ["JOINT", "Call", "carries_derivative", "number", "wanted"]

JOINT = object()
"""The key in a primitive's table of a rule that serves all arguments at once."""

_MISSING = object()


class Call:
    """A primitive, its opened arguments, and which of them the trace watches.

    Attributes:
        args, kwargs: the arguments with the trace's boxes replaced by their values.
        traced: parameter name → the box, or container with boxes, that was passed.
    """

    __slots__ = ("args", "kwargs", "primitive", "traced")

    def __init__(self, trace: Trace, primitive: Primitive, args: tuple, kwargs: dict) -> None:
        self.primitive = primitive
        self.args = list(args)
        self.kwargs = kwargs
        self.traced: dict[str, Any] = {}
        names = primitive.signature.names
        star = primitive.signature.star
        for i, arg in enumerate(args):
            if isinstance(arg, Box):
                self.args[i] = open_boxes(arg, trace)
                if arg._trace is not trace:
                    continue
            elif type(arg) in CONTAINERS and (boxes := inside(arg)):
                self.args[i] = open_boxes(arg, trace)
                if all(box._trace is not trace for box in boxes):
                    continue
            else:
                continue
            if i < len(names):
                self.traced[names[i]] = arg
            elif star is not None:
                self.traced[star] = args[len(names) :]
        if kwargs:
            self.kwargs = dict(kwargs)
            for name, arg in kwargs.items():
                if isinstance(arg, Box):
                    self.kwargs[name] = open_boxes(arg, trace)
                    if arg._trace is trace:
                        self.traced[name] = arg
                elif type(arg) in CONTAINERS and (boxes := inside(arg)):
                    self.kwargs[name] = open_boxes(arg, trace)
                    if any(box._trace is trace for box in boxes):
                        self.traced[name] = arg

    @classmethod
    def of_values(cls, primitive: Primitive, args: tuple, kwargs: dict) -> Call:
        """A call whose arguments are opened already."""
        call = cls.__new__(cls)
        call.primitive, call.args, call.kwargs, call.traced = primitive, list(args), kwargs, {}
        return call

    def evaluate(self) -> Any:
        """The primitive's value; older traces among the opened arguments see the call."""
        ans = number(self.primitive(*self.args, **self.kwargs))
        if self.traced and not self.primitive.constant:
            for value in (ans, *self.args, *self.kwargs.values()):
                if type(value) in FOREIGN:
                    refuse(value)
            dtype = getattr(ans, "dtype", None)
            if dtype is not None and dtype.kind in "OSUV":
                refuse_dtype(dtype, flatten((self.args, self.kwargs))[0])
        return ans

    def again(self, **replaced: Any) -> Any:
        """The primitive of the same arguments, some of them replaced by name."""
        signature = self.primitive.signature
        args, kwargs = list(self.args), dict(self.kwargs)
        for name, value in replaced.items():
            if name == signature.star:
                args[len(signature.names) :] = value
            elif name in kwargs:
                kwargs[name] = value
            else:
                args[signature.names.index(name)] = value
        return self.primitive(*args, **kwargs)

    def rules(self, table: dict[str, Any]) -> dict[str, Any]:
        """The rules that this call needs, from a primitive's table; refuses what has none."""
        if JOINT in table:
            return {JOINT: table[JOINT]}
        rules = {}
        for name in self.traced:
            if name not in table:
                raise self.no_rule(name)
            if table[name] is not None:  # None: the derivative is zero
                rules[name] = table[name]
        self.check_options()
        return rules

    def traced_positions(self) -> tuple[tuple[int, ...], tuple]:
        """Where among the positional arguments the traced ones are, and themselves.

        A traced argument that was passed by name is moved to its position first.
        """
        names, star = self.primitive.signature.names, self.primitive.signature.star
        defaults = self.primitive.signature.defaults
        found: dict[int, Any] = {}
        for name, arg in self.traced.items():
            if name == star:
                rest = enumerate(arg, len(names))
                found.update((i, item) for i, item in rest if item is not self.args[i])
                continue
            if name not in names:
                raise self.no_rule(name)
            found[names.index(name)] = arg
            for earlier in names[len(self.args) : names.index(name) + 1]:
                self.args.append(self.kwargs.pop(earlier, defaults.get(earlier)))
        return tuple(found), tuple(found.values())

    def check_options(self) -> None:
        """Refuse an option that no rule of the primitive takes notice of."""
        handles = self.primitive.handles
        signature = self.primitive.signature
        given = dict(zip(signature.names, self.args))
        given.update(self.kwargs)
        for name, value in given.items():
            if name in handles or value is signature.defaults.get(name, _MISSING):
                continue
            if name not in signature.known and not signature.open:
                continue  # no option of this function: it says so itself
            if isinstance(value, (bool, int, str)) and value == signature.defaults.get(name):
                continue
            raise NoDerivative(
                f"{self.primitive.name}: the derivative does not handle the option "
                f"{name}={value!r} yet.\n  in {user_line()}\n  Call it without that option, or "
                "differentiate an equivalent expression."
            )

    def no_rule(self, name: str) -> NoDerivative:
        """The error for an argument without a derivative."""
        return NoDerivative(
            f"{self.primitive.name}: no derivative is known with respect to its argument "
            f"{name!r}.\n  in {user_line()}\n  If it is meant as a constant, pass "
            "stop_gradient(...) of it; to add a rule, see tracegrad.extend."
        )


def wanted(container: Any, trace: Trace) -> frozenset:
    """The keys of a container's items that are boxes of `trace`, or contain one."""
    items = container.items() if type(container) is dict else enumerate(container)
    return frozenset(
        key
        for key, item in items
        if (isinstance(item, Box) and item._trace is trace)
        or (type(item) in CONTAINERS and wanted(item, trace))
    )


def number(x: Any) -> Any:
    """A Python number, as users' primitives give, as a NumPy scalar; anything else unchanged."""
    if type(x) is float:
        return numpy.float64(x)
    return numpy.complex128(x) if type(x) is complex else x


def carries_derivative(x: Any) -> bool:
    """Whether a result can have a derivative: integers, booleans and strings cannot."""
    if is_leaf(x):
        dtype = getattr(x, "dtype", None)
        return dtype.kind in "fcO" if dtype is not None else not isinstance(x, int)
    return any(carries_derivative(leaf) for leaf in flatten(x)[0])
