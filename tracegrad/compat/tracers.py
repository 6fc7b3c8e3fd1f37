"""autograd.misc: graphs of what a function does; what its optimisers and fixed points are made of.

`const_graph` is there for autograd's overhead. tracegrad runs the function each time.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..misc.fixed_points import fixed_point
from ..misc.flatten import flatten
from .core import make_vjp
from .tracer import Node, trace

__all__ = [
    "FullGraphNode", "const_graph", "const_graph_unary", "fixed_point_vjp", "full_graph",
    "unflatten_optimizer",
]  # fmt: skip


def const_graph_unary(fun: Callable) -> Callable:
    """The function itself."""
    return fun


def const_graph(fun: Callable, *args: Any, **kwargs: Any) -> Callable:
    """The function with these arguments given."""
    return functools.partial(fun, *args, **kwargs)


class FullGraphNode(Node):
    """One operation. Attributes: `value`, `recipe` (function, arguments, keywords, parents)."""

    __slots__ = ("parents", "recipe", "value")

    def __init__(
        self, value: Any, fun: Any, args: Any, kwargs: Any, parent_argnums: Any, parents: Any
    ) -> None:
        self.value, self.parents = value, parents
        self.recipe = (fun, args, kwargs, list(zip(parent_argnums, parents)))

    def initialize_root(self) -> None:
        self.value, self.parents, self.recipe = None, (), (lambda x: x, (), {}, [])


def full_graph(fun: Callable, *args: Any, **kwargs: Any) -> Any:
    """The node of what a function gives; `parents` lead to all that it was computed from."""
    return trace(FullGraphNode.new_root(), lambda args: fun(*args, **kwargs), args)[1]


def unflatten_optimizer(optimize: Callable) -> Callable:
    """An optimiser of vectors as one of any container of parameters. A decorator."""

    @functools.wraps(optimize)
    def of_containers(
        grad: Callable, x0: Any, callback: Callable | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        vector, back = flatten(x0)

        def watch(x: Any, i: int, g: Any) -> None:
            if callback is not None:
                callback(back(x), i, back(g))

        flat_grad = lambda x, i: flatten(grad(back(x), i))[0]
        return back(optimize(flat_grad, vector, watch, *args, **kwargs))

    return of_containers


def fixed_point_vjp(
    ans: Any, f: Callable, a: Any, x0: Any, distance: Callable, tol: float
) -> Callable:
    """The VJP with respect to a of `fixed_point`, which gave `ans`."""
    return make_vjp(lambda a: fixed_point(f, a, ans, distance, tol), a)[0]
