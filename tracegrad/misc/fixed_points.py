"""Fixed points by iteration, differentiated without going through the iterations.

x = F(a, x) moves by dx = (I - ∂F/∂x)⁻¹ ∂F/∂a da. Forward mode finds dx as the fixed point of
u ↦ ∂F/∂x u + ∂F/∂a da, reverse mode finds the vector that g meets ∂F/∂a with as the fixed point of
w ↦ (∂F/∂x)ᵀ w + g. Both converge as the iteration for x does, and are differentiable in their turn.
(B. Christianson, "Reverse accumulation and attractive fixed points", 1994.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import getval, isbox
from ..core.primitive import Primitive
from ..core.tree import flatten, map_leaves, unflatten
from ..modes.forward import pushforward
from ..modes.reverse import pullback
from ..modes.staged import set_joint_jvp, set_joint_vjp
from ..operators.operator import name_of

__all__ = ["fixed_point"]


def fixed_point(
    f: Callable, a: Any, x0: Any, distance: Callable, tol: float, max_iters: int = 100_000
) -> Any:
    """The x with f(a)(x) = x, by iteration from x0; differentiable with respect to a.

    The derivative does not depend on the way to x, only on x, and costs no memory for that way.

    Args:
        f: `f(a)` gives the function of x, which must be a contraction near the fixed point.
        a: what the derivative is with respect to: numbers and arrays in any container.
        x0: where to begin, like x: numbers and arrays in any container. The result does not depend
            on it, and neither has it a derivative.
        distance: `distance(x, previous)`, a number; also used of derivatives with respect to x.
        tol: iteration ends when the distance is no more than this.
        max_iters: how many steps are taken at most.

    Returns:
        x, like f(a)(x0).

    Raises:
        RuntimeError: the distance is still more than `tol` after `max_iters` steps.
        TypeError: f uses a traced value that is not in a.

    Example:
        >>> from tracegrad import grad
        >>> newton = lambda a: lambda x: 0.5 * (x + a / x)
        >>> root = lambda a: fixed_point(newton, a, 1.0, lambda x, y: abs(x - y), 1e-10)
        >>> root(2.0), grad(root)(2.0)
        (np.float64(1.41421356), np.float64(0.35355339))
    """
    values, structure = flatten(a)
    values = [v if hasattr(v, "dtype") else numpy.asarray(v)[()] for v in values]
    problem = _Problem(f, structure, map_leaves(getval, x0), distance, tol, max_iters)
    found = problem.primitive(*values) if any(map(isbox, values)) else problem.solve(values)
    return unflatten(problem.x_structure, found)


class _Problem:
    """F(a, x) of the leaves of a and x, as a primitive that gives the leaves of the fixed point."""

    def __init__(
        self, f: Callable, a_structure: Any, x0: Any, distance: Callable, tol: float, limit: int
    ) -> None:
        self.f, self.a_structure, self.x0 = f, a_structure, x0
        self.distance, self.tol, self.limit = distance, tol, limit
        self.x_structure: Any = flatten(x0)[1]
        self.primitive = Primitive(self._closed, name="fixed_point", signature="*values")
        set_joint_vjp(self.primitive, self._vjp)
        set_joint_jvp(self.primitive, self._jvp)

    def step(self, values: Any, x: Any) -> tuple:
        """F(a, x)."""
        out = self.f(unflatten(self.a_structure, values))(unflatten(self.x_structure, x))
        return tuple(flatten(out)[0])

    def solve(self, values: Any) -> tuple:
        """The iteration itself."""
        step = self.f(unflatten(self.a_structure, values))
        previous, x = self.x0, step(self.x0)
        for _ in range(self.limit):
            if not getval(self.distance(x, previous)) > self.tol:
                break
            previous, x = x, step(x)
        else:
            raise RuntimeError(
                f"fixed_point: {name_of(self.f)} did not converge to {self.tol:g} in {self.limit} "
                "steps; it may not be a contraction there"
            )
        leaves, self.x_structure = flatten(x)
        return tuple(leaves)

    def _closed(self, *values: Any) -> tuple:
        found = self.solve(values)
        if any(map(isbox, found)):
            raise TypeError(
                f"fixed_point: {name_of(self.f)} uses a traced value that is not in its argument "
                "a; pass it there, so that its derivative is known"
            )
        return found

    def _vjp(self, at: tuple, ans: tuple, values: tuple, kwargs: dict) -> Callable:
        def vjp(g: Any) -> tuple:
            g, size = _normal(g)
            weights = self._linear(_pulled, values, ans, g)
            _, pull = pullback(self._of_a(at, values, ans), *[values[i] for i in at])
            return tuple([size * v for v in pull(weights)])

        return vjp

    def _jvp(self, at: tuple, ans: tuple, values: tuple, kwargs: dict) -> Callable:
        def jvp(ts: Any) -> tuple:
            moved = pushforward(self._of_a(at, values, ans), [values[i] for i in at], ts)[1]
            moved, size = _normal(moved)
            return tuple([size * t for t in self._linear(_pushed, values, ans, moved)])

        return jvp

    def _of_a(self, at: tuple, values: tuple, x: tuple) -> Callable:
        """F of the values at these positions alone."""

        def of_a(*chosen: Any) -> tuple:
            every = list(values)
            for i, value in zip(at, chosen):
                every[i] = value
            return self.step(every, x)

        return of_a

    def _linear(self, product: Callable, values: tuple, x: tuple, v: tuple) -> tuple:
        """The fixed point of u ↦ product of u with ∂F/∂x or its transpose, plus v."""

        def affine(parameters: tuple) -> Callable:
            values, x, v = parameters
            times = product(lambda *x: self.step(values, x), x)
            return lambda u: tuple([a + b for a, b in zip(times(u), v)])

        def distance(u: tuple, w: tuple) -> Any:
            return self.distance(unflatten(self.x_structure, u), unflatten(self.x_structure, w))

        begin = tuple(map(getval, v))
        return fixed_point(affine, (values, x, v), begin, distance, self.tol, self.limit)


def _pulled(fun: Callable, x: tuple) -> Callable:
    return pullback(fun, *x)[1]


def _pushed(fun: Callable, x: tuple) -> Callable:
    return lambda u: pushforward(fun, x, u)[1]


def _normal(v: Any) -> tuple[tuple, float]:
    """A vector of size one and its size, so that `tol` means the same for every vector."""
    size = max([float(numpy.max(numpy.abs(getval(leaf)), initial=0.0)) for leaf in v])
    size = size if 0 < size < numpy.inf else 1.0
    return tuple([leaf / size for leaf in v]), size
