"""The mode that records: evaluate, and append to the program."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy

from ..core.box import Box, getval, new_box
from ..core.errors import user_line
from ..core.primitive import BinaryPrimitive, Primitive, UnaryPrimitive
from ..core.trace import CONTAINERS, Trace, open_boxes, running
from ..core.tree import flatten, paths, structure_of, unflatten
from ..modes.sharing import link_results
from ..operators.operator import name_of
from .program import Operation, Program, Value

__all__ = ["record"]


def record(fun: Callable, args: tuple, kwargs: dict) -> Program:
    """Run `fun` and record what its floating-point and array arguments go through."""
    trace = RecordTrace(name_of(fun))
    try:
        boxed = []
        for name, arg in _named(fun, args, kwargs):
            leaves, structure = flatten(arg)
            names = paths(structure_of(arg), name)
            boxed.append(
                unflatten(structure, [trace.watch(leaf, n) for leaf, n in zip(leaves, names)])
            )
        with running:
            out = fun(*boxed[: len(args)], **dict(zip(kwargs, boxed[len(args) :])))
        for name, leaf in zip(paths(structure_of(out), "result"), flatten(out)[0]):
            trace.program.outputs.append((name, trace.value_of(leaf)))
    finally:
        trace.end()
    return trace.program


class RecordTrace(Trace):
    """Evaluates each operation and writes it down. Boxes carry the `Value` they stand for."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.program = Program(title)
        # results that cannot be boxed, as integers, are known again by their identity; they are
        # kept here, so that no other object takes it over
        self.known: dict[int, tuple[Any, Value]] = {}

    def watch(self, leaf: Any, name: str) -> Any:
        """An input: boxed if it is floating or an array; a number that counts stays as it is."""
        value = _described(leaf, name, "input")
        self.program.inputs.append(value)
        return self._boxed(leaf, value)

    def _boxed(self, leaf: Any, value: Value) -> Any:
        plain = getval(leaf)
        kind = getattr(plain, "dtype", numpy.asarray(plain).dtype).kind
        if isinstance(leaf, Box) or kind in "fc":
            return new_box(leaf, self, value)
        if isinstance(plain, (numpy.ndarray, numpy.integer)):
            self.known[id(leaf)] = (leaf, value)
        return leaf

    def process(self, primitive: Primitive, args: tuple, kwargs: dict) -> Any:
        inputs: list[Value] = []
        options: list[str] = []
        for name, arg in (*_arguments(primitive, args), *kwargs.items()):
            self._read(primitive, name, arg, inputs, options)
        values = [open_boxes(arg, self) for arg in args]
        keywords = {name: open_boxes(arg, self) for name, arg in kwargs.items()}
        ans = primitive(*values, **keywords)
        if isinstance(ans, numpy.generic):  # a number that counts is no leaf, but a result
            leaves, structure = [ans], flatten(0.0)[1]
        else:
            leaves, structure = flatten(ans)
        if all(isinstance(leaf, int) for leaf in leaves):
            return ans  # asked for a shape or a type, computed nothing
        name = f"v{len(self.program.operations) + 1}"
        names = paths(structure_of(ans), name) if len(leaves) != 1 else [name]
        results = [_described(leaf, name, "result") for leaf, name in zip(leaves, names)]
        self.program.operations.append(
            Operation(primitive.name, inputs, ", ".join(options), results, user_line())
        )
        boxed = unflatten(structure, [self._boxed(x, value) for x, value in zip(leaves, results)])
        link_results(boxed, primitive, args, kwargs, (values, keywords))
        return boxed

    def _read(
        self, primitive: Primitive, name: str | None, arg: Any, inputs: list, options: list
    ) -> None:
        """One argument: among the inputs if it is a value, else among the options."""
        if type(arg) in CONTAINERS and self._holds_values(arg):
            for item in arg.values() if type(arg) is dict else arg:
                self._read(primitive, name, item, inputs, options)
        elif self._is_value(arg) or _is_operand(primitive, name, arg):
            inputs.append(self.value_of(arg))
        elif name is None or arg is not primitive.signature.defaults.get(name, _UNSET):
            shown = _short(arg)
            options.append(f"{name}={shown}" if name is not None else shown)

    def _is_value(self, arg: Any) -> bool:
        return isinstance(arg, (Box, numpy.ndarray)) or id(arg) in self.known

    def _holds_values(self, container: Any) -> bool:
        items = container.values() if type(container) is dict else container
        return any(
            self._holds_values(x) if type(x) in CONTAINERS else self._is_value(x) for x in items
        )

    def value_of(self, x: Any) -> Value:
        """What an argument or result stands for; a new constant if nothing recorded."""
        if isinstance(x, Box) and x._trace is self:
            return x._node
        if id(x) in self.known:
            return self.known[id(x)][1]
        x = getval(x)
        value = _described(x, _short(x), "constant")
        if isinstance(x, numpy.ndarray):
            self.known[id(x)] = (x, value)
        return value


_UNSET = object()


def _is_operand(primitive: Primitive, name: str | None, arg: Any) -> bool:
    """Whether a number is what is computed with (x + 2), not how (sum over axis 2)."""
    if isinstance(arg, (bool, str)) or not isinstance(arg, (int, float, complex, numpy.generic)):
        return False
    is_ufunc = isinstance(primitive, (UnaryPrimitive, BinaryPrimitive))
    return not isinstance(arg, (int, numpy.integer)) or (is_ufunc and name in ("x", "y"))


def _arguments(primitive: Primitive, args: tuple) -> Iterator[tuple[str | None, Any]]:
    """Positional arguments with their parameters' names; None for those of `*args`."""
    names = primitive.signature.names
    for i, arg in enumerate(args):
        yield (names[i] if i < len(names) else None), arg


def _named(fun: Callable, args: tuple, kwargs: dict) -> list[tuple[str, Any]]:
    """The arguments of the user's call with their names."""
    try:
        parameters = list(inspect.signature(fun).parameters.values())
    except (TypeError, ValueError):  # C functions need not tell
        parameters = []
    positional = [
        p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    names = positional[: len(args)]
    star = next((p.name for p in parameters if p.kind is p.VAR_POSITIONAL), "args")
    names += [f"{star}[{i}]" for i in range(len(args) - len(names))]
    return [*zip(names, args), *kwargs.items()]


def _described(leaf: Any, name: str, kind: str) -> Value:
    leaf = getval(leaf)
    dtype = getattr(leaf, "dtype", None) or numpy.asarray(leaf).dtype
    return Value(name, numpy.shape(leaf), str(dtype), kind)


def _short(x: Any) -> str:
    """A value in a few characters: numbers and words as they are, arrays by what they are."""
    x = getval(x)
    if isinstance(x, numpy.ndarray) and x.ndim:
        return f"array of {x.dtype} {x.shape}"
    if isinstance(x, (numpy.ndarray, numpy.generic)):
        x = x.item()
    if isinstance(x, slice):
        parts = [x.start, x.stop] if x.step is None else [x.start, x.stop, x.step]
        return ":".join("" if part is None else _short(part) for part in parts)
    if isinstance(x, (list, tuple)):
        inside = ", ".join(map(_short, x)) + ("," if type(x) is tuple and len(x) == 1 else "")
        text = f"[{inside}]" if isinstance(x, list) else f"({inside})"
    elif x is Ellipsis:
        text = "..."
    elif isinstance(x, float):
        text = f"{x:.6g}"
    elif callable(x):
        text = getattr(x, "__name__", repr(x))
    else:
        text = repr(x)
    return text if len(text) <= 40 else text[:37] + "..."
