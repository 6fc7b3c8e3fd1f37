"""A `Trace` is one running derivative: it sees every primitive that its boxes meet."""

from __future__ import annotations

import itertools
import threading
from typing import Any

from .box import Box

__all__ = [
    "CONTAINERS",
    "EndedTrace",
    "Trace",
    "depth",
    "inside",
    "newest_trace",
    "open_boxes",
    "running",
]

_next_id = itertools.count(1).__next__

CONTAINERS = frozenset({list, tuple, dict})
"""Arguments of these types are searched for boxes (`concatenate([x, y])`)."""


class _Running(threading.local):
    """How many traced functions this thread is in; nothing but the type of new arrays asks it."""

    count = 0

    def __enter__(self) -> None:
        self.count += 1

    def __exit__(self, *exception: Any) -> None:
        self.count -= 1


running = _Running()
"""Entered while a traced function runs: arrays made in it may be written to."""


class Trace:
    """One interpretation of the primitives applied to its boxes.

    Traces carry fresh increasing ids. Among the traces met in a call the newest handles it and
    hands the opened values on, which older traces may watch in their turn. There is no stack of
    them, so exceptions, generators and threads cannot mix traces up.
    """

    over = False

    def __init__(self) -> None:
        self.id = _next_id()

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        """Apply `primitive` to arguments among which are boxes of this trace."""
        raise NotImplementedError

    def unary(self, primitive: Any, x: Any) -> Any:
        """`process` for one positional argument; the short road of modes that have one."""
        return self.process(primitive, (x,), {})

    def binary(self, primitive: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
        """`process` for two positional arguments; `left`, `right` tell which are boxes of this."""
        return self.process(primitive, (x, y), {})

    def single(self, primitive: Any, args: tuple, at: int, kwargs: dict) -> Any:
        """`process` where the argument in position `at` is this trace's, and there is no other."""
        return self.process(primitive, args, kwargs)

    def end(self) -> None:
        """Stop watching: from now on the boxes of this trace are constants."""
        self.__class__ = EndedTrace


class EndedTrace(Trace):
    """A trace that is over. A box that outlived it stands for its value."""

    over = True

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        return primitive(
            *[open_boxes(arg, self) for arg in args],
            **{name: open_boxes(arg, self) for name, arg in kwargs.items()},
        )


def open_boxes(x: Any, trace: Trace) -> Any:
    """`x` with the boxes of `trace` in it, however deep in containers, replaced by their values.

    Boxes of other traces are replaced by what they hold now.
    """
    if isinstance(x, Box):
        return x._value if x._trace is trace else x.held()
    kind = type(x)
    if kind is list or kind is tuple:
        return kind([open_boxes(item, trace) for item in x])
    if kind is dict:
        return {key: open_boxes(item, trace) for key, item in x.items()}
    return x


def inside(container: Any) -> list[Box]:
    """The boxes in a container, however deep."""
    items = container.values() if type(container) is dict else container
    found: list[Box] = []
    if any(issubclass(kind, Box) or kind in CONTAINERS for kind in set(map(type, items))):
        for item in items:
            if isinstance(item, Box):
                found.append(item)
            elif type(item) in CONTAINERS:
                found += inside(item)
    return found


def depth(x: Any) -> int:
    """How many running traces watch a value: so many orders of derivatives may be asked of it."""
    found = 0
    while isinstance(x, Box):
        found += not x._trace.over
        x = x._value
    return found


def newest_trace(args: tuple, kwargs: dict) -> Trace | None:
    """The newest trace among the boxes in a call's arguments, in containers too."""
    newest: Trace | None = None
    for box in inside((*args, *kwargs.values())):
        if newest is None or box._trace.id > newest.id:
            newest = box._trace
    return newest
