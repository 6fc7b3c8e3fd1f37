"""autograd.util: small helpers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from ..testing import check_grads

__all__ = ["func", "quick_grad_check", "subval", "subvals", "toposort"]


def subvals(x: Any, ivs: Iterable) -> tuple:
    """A tuple like x with other items at the places in `ivs`, pairs of place and item."""
    items = list(x)
    for i, v in ivs:
        items[i] = v
    return tuple(items)


def subval(x: Any, i: int, v: Any) -> tuple:
    """A tuple like x with v at place i."""
    return subvals(x, [(i, v)])


def func(f: Any) -> Any:
    """The function of a method."""
    return f


def toposort(end_node: Any, parents: Callable = attrgetter("parents")) -> Iterator:
    """The nodes that a node was computed from, and itself: each after all computed from it."""
    uses: dict[Any, int] = {}
    waiting = [end_node]
    while waiting:
        node = waiting.pop()
        uses[node] = uses.get(node, 0) + 1
        if uses[node] == 1:
            waiting.extend(parents(node))
    ready = [end_node]
    while ready:
        node = ready.pop()
        yield node
        for parent in parents(node):
            uses[parent] -= 1
            if not uses[parent]:
                ready.append(parent)


def quick_grad_check(
    fun: Callable,
    arg0: Any,
    extra_args: Iterable = (),
    kwargs: dict | None = None,
    verbose: bool = True,
    eps: float = 1e-4,
    rtol: float = 1e-4,
    atol: float = 1e-6,
    rs: Any = None,
) -> None:
    """Check the gradient of a function with respect to its first argument."""
    check = check_grads(fun, 0, ("rev",), 1, atol=atol, rtol=rtol, eps=eps)
    check(arg0, *extra_args, **(kwargs or {}))
    if verbose:
        print(f"Gradient projection OK (rtol: {rtol}, atol: {atol})")
