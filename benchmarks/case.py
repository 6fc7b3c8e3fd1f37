"""A case: one function to differentiate, its gradient by hand, and the bar set for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TIME = "time"
MEMORY = "memory"
WORKS = "works"


@dataclass(frozen=True)
class Case:
    """One function of one argument, written once and run by every contender.

    ``build(np)`` returns the function, written with the namespace ``np`` alone, so the same code
    runs with any library that keeps NumPy's names. ``point()`` makes the argument: a number, an
    array, or lists, tuples and dictionaries of them. ``by_hand(x)`` returns the value and the
    gradient as somebody would write them who knows both the function and NumPy.

    ``bars`` maps each thing measured to the least ratio autograd / tracegrad that is aimed at;
    None measures it without a bar. ``WORKS`` asks only that the gradient comes out right.
    ``skip`` names contenders for which the case makes no sense, each with its reason.
    """

    name: str
    about: str
    build: Callable[[Any], Callable[[Any], Any]]
    point: Callable[[], Any]
    by_hand: Callable[[Any], tuple[Any, Any]]
    bars: dict[str, float | None]
    skip: dict[str, str]
