"""autograd.builtins: containers, which tracegrad traces as they are.

A traced list stays a list, with boxes in it: there is nothing to do for what autograd needs boxes
and types of its own for. `SequenceBox` and `DictBox` come only from `tracer.new_box`.
"""

from __future__ import annotations

import builtins
from typing import Any

from ..core.box import Box, getval
from ..extend import notrace_primitive, primitive
from ..spaces import ContainerVSpace, SparseObject, VSpace, vspace
from .tracer import DictBox, SequenceBox

__all__ = [
    "Box", "ContainerVSpace", "DictBox", "DictVSpace", "ListVSpace", "NamedTupleVSpace",
    "SequenceBox", "SequenceVSpace", "SparseObject", "TupleVSpace", "VSpace", "container_take",
    "dict", "isinstance", "list", "make_sequence", "notrace_primitive", "primitive",
    "sequence_extend_left", "sequence_extend_right", "tuple", "type", "vspace",
]  # fmt: skip

tuple, list, dict = builtins.tuple, builtins.list, builtins.dict
SequenceVSpace = ListVSpace = TupleVSpace = DictVSpace = NamedTupleVSpace = ContainerVSpace


def isinstance(x: Any, kind: Any) -> bool:
    """Whether x, or the value in it where it is a box, is of this kind."""
    return builtins.isinstance(getval(x), kind)


def type(x: Any, *rest: Any) -> Any:
    """The type of x, or of the value in it where it is a box."""
    return builtins.type(getval(x), *rest)


def container_take(container: Any, key: Any) -> Any:
    """An item of a container."""
    return container[key]


def make_sequence(seq_type: Any, *args: Any) -> Any:
    """A list or tuple of these items."""
    return seq_type(args)


def sequence_extend_right(seq: Any, *elts: Any) -> Any:
    """A sequence with more items behind."""
    return seq + builtins.type(seq)(elts)


def sequence_extend_left(seq: Any, *elts: Any) -> Any:
    """A sequence with more items before."""
    return builtins.type(seq)(elts) + seq
