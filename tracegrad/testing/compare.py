"""Comparing arrays element by element, and telling where they differ most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy

__all__ = ["Difference", "element", "number", "worst"]


class Difference(NamedTuple):
    """The place where two lists of arrays differ most.

    Attributes:
        leaf, at: which array, which element.
        got, expected: the two values there.
        wrong, total: how many elements of all differ by more than allowed.
    """

    leaf: int
    at: tuple[int, ...]
    got: complex
    expected: complex
    wrong: int
    total: int

    def __str__(self) -> str:
        return (
            f"got {number(self.got)}, expected {number(self.expected)}, "
            f"difference {number(self.got - self.expected)}"
        )


def worst(
    got: Sequence[numpy.ndarray],
    expected: Sequence[numpy.ndarray],
    rtol: float,
    atol: Sequence[float],
) -> Difference | None:
    """Where the arrays differ most; None where they agree.

    Args:
        got, expected: lists of arrays of the same shapes. A number that is not finite never agrees
            with a finite one, and nan with nothing.
        rtol: allowed relative to `expected`.
        atol: allowed besides, one for each array.
    """
    found: Difference | None = None
    largest = -1.0
    wrong = total = 0
    for i, (a, b) in enumerate(zip(got, expected)):
        total += a.size
        if numpy.array_equal(a, b):
            continue
        with numpy.errstate(all="ignore"):
            size = numpy.abs(a - b)
            within = (size <= atol[i] + rtol * numpy.abs(b)) & numpy.isfinite(b)
        off = ~within & (a != b)
        if not off.any():
            continue
        wrong += int(off.sum())
        size = numpy.where(off, numpy.where(numpy.isnan(size), numpy.inf, size), -1.0)
        if size.max() > largest:
            largest = float(size.max())
            index = numpy.unravel_index(int(size.argmax()), size.shape)
            place = tuple([int(k) for k in index])
            found = Difference(i, place, a[place], b[place], 0, 0)
    return found and found._replace(wrong=wrong, total=total)


def number(x: complex) -> str:
    """A number in at most ten digits, without NumPy's type around it."""
    x = complex(x)
    return f"{x.real:.10g}" if x.imag == 0 else f"{x:.10g}"


def element(name: str, index: tuple[int, ...]) -> str:
    """One element of the array called `name`; the array itself where it has no axes."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name
