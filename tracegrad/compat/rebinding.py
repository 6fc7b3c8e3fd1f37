"""`y += x` of a plain array y and a traced x.

Up to its release 1.8 autograd makes y a name of the sum, and leaves the array as it is: other names
of it keep the old value, where NumPy's meaning is that they see the new one. So it is done where
there is no other: nothing else refers to the array, nor is it a view. Elsewhere it is refused.
"""

from __future__ import annotations

import dis
import functools
import sys
from typing import Any

import numpy

from ..numpy.box import ArrayBox

__all__ = ["let_names_be_rebound"]


def let_names_be_rebound() -> None:
    """From now on `y += x` may give y another value."""
    own: Any = ArrayBox.__array_ufunc__
    if hasattr(own, "rebinds"):
        return

    @functools.wraps(own)
    def rebinding(self: Any, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        # told here: a function that is handed the array holds it, too
        if (
            "out" in kwargs
            and kwargs["out"][0] is inputs[0]
            and sys.getrefcount(inputs[0]) <= _of_one_name
            and inputs[0].base is None
            and _by_operator(sys._getframe(1))
        ):
            del kwargs["out"]
        return own(self, ufunc, method, *inputs, **kwargs)

    rebinding.rebinds = True  # type: ignore[attr-defined]
    ArrayBox.__array_ufunc__ = rebinding  # type: ignore[method-assign]


def _by_operator(frame: Any) -> bool:
    """Whether the frame carries out an operator, and does not call a function with `out=`."""
    instruction = dis.opname[frame.f_code.co_code[frame.f_lasti]]
    return instruction == "BINARY_OP" or instruction.startswith("INPLACE_")


class _Counting:
    """Counts the references to the array that it is added to."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> int:
        return sys.getrefcount(inputs[0])


def _count() -> int:
    array: Any = numpy.zeros(1)
    array += _Counting()
    return array


_of_one_name = _count()
