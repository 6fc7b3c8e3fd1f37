"""`checkpoint`: memory for time. What a function computes is let go, and computed again later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import Box, getval
from ..core.trace import running
from ..core.tree import flatten, structure_of, unflatten
from ..modes.reverse import ReverseTrace, opened
from ..modes.sharing import sharers
from ..modes.tape import Parts, walk_back
from ..spaces import vspace
from .operator import Operator

__all__ = ["checkpoint"]


def checkpoint(fun: Callable) -> Operator:
    """The same function, whose intermediate values are not kept for the derivative.

    When the derivative reaches it, it is run again. Arguments and result may be containers, and
    `fun` may use traced values from outside. It must give the same result when run twice. In
    forward mode, which keeps nothing, it is `fun` itself.

    Example:
        >>> import tracegrad.numpy as np
        >>> from tracegrad import grad
        >>> grad(lambda x: checkpoint(np.sin)(x) ** 2)(0.5)
        np.float64(0.8414709848078965)
    """
    return Operator(_checkpoint, fun, (), "checkpoint")


def _checkpoint(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    leaves, structure = flatten((args, kwargs))
    traces = [leaf._trace for leaf in leaves if isinstance(leaf, Box)]
    trace = max(traces, key=lambda trace: trace.id, default=None)
    if type(trace) is not ReverseTrace:
        return fun(*args, **kwargs)
    # boxes may be changed in place, here or later: run again on boxes of what they are now
    before = _held(leaves)

    def run(leaves: list) -> Any:
        new_args, new_kwargs = unflatten(structure, leaves)
        return fun(*new_args, **new_kwargs)

    tape, trace.tape = trace.tape, {}
    try:
        out = run(leaves)
    finally:
        scratch, trace.tape = trace.tape, tape
    values, nodes, out_structure = opened(out, trace)
    newer = any(isinstance(value, Box) and value._trace.id > trace.id for value in values)
    kept = any(node is not None and node not in scratch for node in nodes)
    if newer or kept or _changed(leaves, before) or any(map(_seen_elsewhere, flatten(out)[0])):
        tape.update(scratch)  # others hold on to values from inside: keep the recording
        return out
    outside = {p for edges in scratch.values() for p, _, _ in edges if p not in scratch}
    if not outside or all(node is None for node in nodes):
        return out

    def again(g: list) -> dict[int, Any]:
        """The cotangents of the outside nodes, by running `fun` once more on a tape of its own."""
        held, mode = trace.tape, type(trace)
        trace.tape, trace.__class__ = {}, ReverseTrace
        try:
            with running:
                again_values, ends, _ = opened(run(_held(before)), trace)
            recorded = trace.tape
        finally:
            trace.tape, trace.__class__ = held, mode
        if not all(map(_same, values, again_values)):
            raise RuntimeError(_DIFFERS)
        seeds: dict[int, Any] = {}
        for end, cotangent in zip(ends, g):
            if end is not None and cotangent is not None:
                seeds[end] = seeds[end] + cotangent if end in seeds else cotangent
        found = walk_back(recorded, seeds)
        if not found.keys() <= outside:
            raise RuntimeError(_DIFFERS)
        return found

    inputs = trace.next_node()
    tape[inputs] = tuple([(node, _pick, (node,)) for node in outside])
    whole = trace.next_node()
    tape[whole] = ((inputs, again, ()),)
    spaces = [None if node is None else vspace(value) for node, value in zip(nodes, values)]
    as_list = structure_of([0.0] * len(values))
    boxed = [
        value if space is None else trace.record(value, ((whole, Parts, (i, spaces, as_list)),))
        for i, (value, space) in enumerate(zip(values, spaces))
    ]
    return unflatten(out_structure, boxed)


_DIFFERS = (
    "a checkpointed function did not give the same when it was run again for its derivative: it "
    "draws random numbers, or what it uses from outside was written to. Pass that as an argument."
)


def _held(leaves: list) -> list:
    return [leaf.held() if isinstance(leaf, Box) else leaf for leaf in leaves]


def _changed(leaves: list, before: list) -> bool:
    """Whether boxes among the arguments were written to."""
    return any(getval(one) is not getval(other) for one, other in zip(leaves, before))


def _seen_elsewhere(leaf: Any) -> bool:
    """Whether a result shares its memory with another array."""
    return isinstance(leaf, Box) and bool(sharers(leaf))


def _same(x: Any, y: Any) -> bool:
    """Whether two values are equal but for the order in which sums were taken."""
    x, y = numpy.asarray(getval(x)), numpy.asarray(getval(y))
    if x.dtype.kind not in "fc" or x.shape != y.shape:
        return numpy.array_equal(x, y)
    nearly = float(numpy.sqrt(numpy.finfo(x.dtype).eps))
    size = float(numpy.max(numpy.abs(x), initial=0.0, where=numpy.isfinite(x)))
    return numpy.allclose(x, y, nearly, nearly * size, equal_nan=True)


def _pick(g: dict[int, Any], node: int) -> Any:
    return g.get(node)
