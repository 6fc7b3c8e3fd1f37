"""Arrays made in a traced function, which may yet be written to."""

from __future__ import annotations

from typing import Any

import numpy

from ..core.box import new_box
from ..core.trace import EndedTrace, open_boxes
from .sharing import link_results

__all__ = ["CONSTANT", "writable"]


class ConstantTrace(EndedTrace):
    """The trace of arrays without a derivative that may get one, by writing to them.

    It is the oldest trace, and over from the start: its boxes are constants to every other. What is
    computed of them alone is one of them again, so that it may be written to as well.
    """

    id = 0

    def __init__(self) -> None:  # takes no id
        pass

    def process(self, primitive: Any, args: tuple, kwargs: dict) -> Any:
        values = [open_boxes(arg, self) for arg in args]
        options = {name: open_boxes(arg, self) for name, arg in kwargs.items()}
        ans = writable(primitive(*values, **options))
        link_results(ans, primitive, args, kwargs, (values, options))
        return ans


CONSTANT = ConstantTrace()


def writable(x: Any) -> Any:
    """An array of floating dtype (or a list or tuple of such) as one that may be written to."""
    if type(x) is numpy.ndarray and x.dtype.kind in "fc":
        return new_box(x, CONSTANT, None)
    if type(x) is list or type(x) is tuple:
        return type(x)([writable(item) for item in x])
    return x
