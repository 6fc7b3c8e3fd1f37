"""`Tape`: reverse mode with the recording in the open, for people who come from other libraries."""

from __future__ import annotations

from typing import Any

import numpy

from ..core.trace import running
from ..core.tree import flatten, unflatten
from ..modes.reverse import ReverseTrace, opened
from ..modes.tape import dense, walk_back
from ..spaces import vspace
from .operator import like, own, prepare

__all__ = ["Tape"]


class Tape:
    """Records what happens to the values it watches, for `gradient` to walk back.

    Args:
        persistent: whether `gradient` may be called more than once; the recording is kept until
            the tape itself goes.

    Tapes nest: values that an inner tape watches may be watched by an outer one, whose gradients
    then are of higher order. After the `with` block the values are constants to new operations.

    An open tape keeps what it recorded, also of results that were thrown away: in a long loop open
    a tape for each step.

    Example:
        >>> with Tape() as t:
        ...     x = t.watch(2.0)
        ...     y = x**2
        >>> t.gradient(y, x)
        np.float64(4.0)
    """

    def __init__(self, persistent: bool = False) -> None:
        self.persistent = persistent
        self._trace = ReverseTrace()
        self._spent = False

    def __enter__(self) -> Tape:
        running.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        running.__exit__()
        self._trace.end()

    def watch(self, x: Any) -> Any:
        """x as a value whose operations are recorded; x may be a container."""
        if type(self._trace) is not ReverseTrace:
            raise RuntimeError("this tape is closed: watch values inside its with block")
        leaves, structure = prepare(self.watch, x)
        own_leaves = [leaf.copy("K") if type(leaf) is numpy.ndarray else leaf for leaf in leaves]
        return unflatten(structure, [self._trace.watch(leaf) for leaf in own_leaves])

    def gradient(self, target: Any, sources: Any, cotangents: Any = None) -> Any:
        """The gradient of the targets with respect to the sources.

        Args:
            target: a value computed from watched ones, or a container of such. The gradient is that
                of the sum of all their elements.
            sources: watched or intermediate values; may be a container, which the result is then.
            cotangents: instead of ones, what to weigh the targets' elements with: a container like
                `target`.

        Raises:
            RuntimeError: the tape has been used and is not persistent.
            ValueError: a target or source was not recorded by this tape, or a cotangent does not
                fit its target.
        """
        if self._spent:
            raise RuntimeError(
                "this tape is spent: its recording was freed by the first gradient. Make it "
                "Tape(persistent=True) to ask for several."
            )
        values, nodes, structure = opened(target, self._trace)
        if not any(node is not None for node in nodes):
            raise ValueError(
                "the target was not computed from anything this tape watched while it was open"
            )
        if cotangents is None:
            given = [vspace(value).ones() for value in values]
        else:
            given = flatten(like(self.gradient, cotangents, values, structure, "cotangent"))[0]
        seeds: dict[int, Any] = {}
        for node, g in zip(nodes, given):
            if node is not None:
                seeds[node] = seeds[node] + g if node in seeds else g
        source_values, source_nodes, source_structure = opened(sources, self._trace)
        if any(node is None for node in source_nodes):
            raise ValueError("a source is not a value that this tape watched or recorded")
        self._spent = not self.persistent
        # nothing before the first source matters: a long-lived tape is walked no further
        start = min(source_nodes)
        tape = {node: edges for node, edges in self._trace.tape.items() if node >= start}
        if not self.persistent:
            self._trace.tape = {}
        sinks = {}
        for node in source_nodes:
            if node in tape:  # an intermediate value: a root of its own takes its cotangent too
                sinks[node] = self._trace.next_node()
                tape[node] = (*tape[node], (sinks[node], _itself, ()))
        found = walk_back(tape, seeds)
        found.update({node: found[sink] for node, sink in sinks.items() if sink in found})
        gradients = [
            dense(found[node]) if node in found else vspace(value).zeros()
            for node, value in zip(source_nodes, source_values)
        ]
        return unflatten(source_structure, own(gradients, source_values, given))


def _itself(g: Any) -> Any:
    return g
