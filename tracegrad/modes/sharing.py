"""Which boxes share memory, so that a write to one is seen through the others, as NumPy has it.

A view (`x[1:]`, `x.T`, `x.reshape(2, 3)`) looks into the memory of the array it was taken from. The
values in boxes are never written to, so NumPy's own memory does not do this for them: instead each
view remembers which call made it, and what shares a memory knows of one another.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import Box, getval
from ..core.tree import flatten, is_leaf

__all__ = ["Link", "as_view", "link", "link_results", "sharers"]


class Link:
    """A box's place among those that share its memory.

    Attributes:
        members: weak references to all of them, the same list for each.
        source: the link of the box that this one is a view of; None for the first.
        step: what made the view of the source: `(function, arguments, options, place, which)`,
            where place is the position or name of the source among the arguments, and which tells
            the array among several results. Of the first box: its shape and layout, "C" or "F".
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
            shape, order = self.step
            return numpy.arange(math.prod(shape)).reshape(shape, order=order)
        fun, args, options, place, which = self.step
        if type(place) is int:
            args = (*args[:place], self.source.positions(), *args[place + 1 :])
        else:
            options = {**options, place: self.source.positions()}
        view = fun(*args, **options)
        return view if isinstance(view, numpy.ndarray) else flatten(view)[0][which]


def link(view: Any, source: Any, step: tuple) -> None:
    """Note that `step` made `view` of `source`, whose memory it shares."""
    of = getattr(source, "_link", None)
    if of is None:
        layout = (source.shape, "F" if source.flags.fnc else "C")
        of = source._link = Link([weakref.ref(source)], None, layout)
    members = of.members
    members.append(weakref.ref(view))
    view._link = Link(members, of, step)
    if len(members) >= 32 and not len(members) & (len(members) - 1):
        members[:] = [member for member in members if member() is not None]


def as_view(copy: Any, source: Any, fun: Callable, *others: Any) -> Any:
    """`copy`, which rules made of other memory, as the view that NumPy has: `fun(source, *others)`.

    What is written to the source is seen in it; where `fun` gives read-only arrays, it is one.
    """
    if isinstance(copy, Box) and isinstance(source, Box):
        link(copy, source, (fun, (None, *others), {}, 0, 0))
    return copy


def link_results(boxed: Any, primitive: Any, args: tuple, kwargs: dict, opened: tuple) -> None:
    """`link` those of a call's results, `boxed`, that are views of one of its arguments.

    Args:
        primitive, args, kwargs: the call.
        opened: its arguments and its options as the function saw them.
    """
    leaves: list[Any] = [boxed] if is_leaf(boxed) else flatten(boxed)[0]
    for place, source in (*enumerate(args), *kwargs.items()):
        if not isinstance(source, Box):
            continue
        memory = getval(source)
        for i, leaf in enumerate(leaves):
            if isinstance(leaf, Box) and is_view(getval(leaf), memory):
                part = getval(leaf).dtype != memory.dtype  # the real or imaginary one
                step = (primitive, *_without(opened, place), place, i)
                link(leaf, source, _WHOLE if part else step)


def _without(opened: tuple, place: Any) -> tuple:
    """A call's arguments and options with nothing in this place."""
    args, options = opened
    if type(place) is int:
        return (*args[:place], None, *args[place + 1 :]), options
    return tuple(args), {**options, place: None}


_WHOLE: tuple = (numpy.asarray, (None,), {}, 0, 0)


def is_view(ans: Any, value: Any) -> bool:
    """Whether an array is a view of another, or that array itself."""
    if type(ans) is not numpy.ndarray:
        return False
    base = ans.base
    if base is None:
        return ans is value
    return base is value or base is value.base or numpy.may_share_memory(ans, value)


def sharers(box: Box) -> list[Box]:
    """The other boxes that share the memory of this one."""
    of = getattr(box, "_link", None)
    if of is None:
        return []
    return [other for member in of.members if (other := member()) is not None and other is not box]
