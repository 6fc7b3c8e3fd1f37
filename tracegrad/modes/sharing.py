"""Which boxes share memory, so that a write to one is seen through the others, as NumPy has it.

A view (`x[1:]`, `x.T`, `x.reshape(2, 3)`) looks into the memory of the array it was taken from. The
values in boxes are never written to, so NumPy's own memory does not do this for them: instead each
view remembers which call made it, and what shares a memory knows of one another.
"""

from __future__ import annotations

import math
import weakref
from typing import Any

import numpy

from ..core.box import Box, getval
from ..core.tree import flatten, is_leaf

__all__ = ["Link", "link", "link_results", "sharers"]


class Link:
    """A box's place among those that share its memory.

    Attributes:
        members: weak references to all of them, the same list for each.
        source: the link of the box that this one is a view of; None for the first.
        step: what made the view of the source: `(function, other arguments, options, which)`, the
            last telling which array of several. Of the first, its shape.
    """

    __slots__ = ("members", "source", "step")

    def __init__(self, members: list, source: Link | None, step: tuple) -> None:
        self.members = members
        self.source = source
        self.step = step

    def positions(self) -> numpy.ndarray:
        """Where the box's elements are in the shared memory, counted as in the first box.

        The steps that made views of arrays make them of their elements' numbers.
        """
        if self.source is None:
            return numpy.arange(math.prod(self.step)).reshape(self.step)
        fun, others, options, which = self.step
        view = fun(self.source.positions(), *others, **options)
        return view if isinstance(view, numpy.ndarray) else flatten(view)[0][which]


def link(view: Any, source: Any, step: tuple) -> None:
    """Note that `step` made `view` of `source`, whose memory it shares."""
    of = getattr(source, "_link", None)
    if of is None:
        of = source._link = Link([weakref.ref(source)], None, source.shape)
    members = of.members
    members.append(weakref.ref(view))
    view._link = Link(members, of, step)
    if len(members) >= 32 and not len(members) & (len(members) - 1):
        members[:] = [member for member in members if member() is not None]


def link_results(boxed: Any, primitive: Any, args: tuple, kwargs: dict, opened: tuple) -> None:
    """`link` those of a call's results, `boxed`, that are views of its first argument.

    Args:
        primitive, args, kwargs: the call.
        opened: its arguments and its options as the function saw them.
    """
    others, options = opened
    if args:
        source, others = args[0], tuple(others[1:])
    else:
        name = primitive.signature.names[0]
        source, options = kwargs.get(name), {k: v for k, v in options.items() if k != name}
    if not isinstance(source, Box):
        return
    memory = getval(source)
    leaves: list[Any] = [boxed] if is_leaf(boxed) else flatten(boxed)[0]
    for i, leaf in enumerate(leaves):
        if isinstance(leaf, Box) and is_view(getval(leaf), memory):
            part = getval(leaf).dtype != memory.dtype  # the real or imaginary one
            link(leaf, source, _WHOLE if part else (primitive, others, options, i))


_WHOLE: tuple = (numpy.asarray, (), {}, 0)


def is_view(ans: Any, value: Any) -> bool:
    """Whether an array is a view of another, or that array itself."""
    if type(ans) is not numpy.ndarray:
        return False
    return ans is value or (ans.base is not None and (ans.base is value or ans.base is value.base))


def sharers(box: Box) -> list[Box]:
    """The other boxes that share the memory of this one."""
    of = getattr(box, "_link", None)
    if of is None:
        return []
    return [other for member in of.members if (other := member()) is not None and other is not box]
