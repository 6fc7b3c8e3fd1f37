"""Plain gradient descent and two adaptive kinds, over any container of parameters.

All take `grad(x, i)`, which gives the gradient at parameters x in iteration i and is like x, and
call `callback(x, i, g)` before each step. The parameters are never changed in place: x0 stays as
it is, and a callback may keep what it sees. Complex parameters descend along the conjugate of
the gradient, whose convention is that of `tracegrad.grad`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy

from .. import numpy as np
from ..core.box import isbox
from ..core.tree import flatten, structure_of, unflatten

__all__ = ["adam", "rmsprop", "sgd"]


def sgd(
    grad: Callable,
    x0: Any,
    callback: Callable | None = None,
    num_iters: int = 200,
    step_size: float = 0.1,
    mass: float = 0.9,
) -> Any:
    """Stochastic gradient descent with momentum.

    Args:
        grad: `grad(x, i)`, the gradient in iteration i.
        x0: where to begin: numbers and arrays in any container.
        callback: called as `callback(x, i, g)` before each step.
        num_iters: how many steps.
        step_size: the velocity's factor in a step.
        mass: how much of the velocity a step keeps; the gradient makes up the rest.

    Returns:
        The last parameters, like x0.

    Raises:
        ValueError: the gradient is not like x0.

    Example:
        >>> sgd(lambda x, i: {"a": 2 * (x["a"] - 3)}, {"a": 0.0})
        {'a': np.float64(3.00)}
    """
    walk = _Walk(grad, x0, callback, num_iters)
    velocity: list = [0.0] * len(walk.leaves)
    for _, gradients in walk:
        velocity = [mass * v - (1.0 - mass) * g for v, g in zip(velocity, gradients)]
        walk.move([step_size * v for v in velocity])
    return walk.result()


def rmsprop(
    grad: Callable,
    x0: Any,
    callback: Callable | None = None,
    num_iters: int = 100,
    step_size: float = 0.1,
    gamma: float = 0.9,
    eps: float = 10**-8,
) -> Any:
    """Root mean square propagation: each step divided by a running size of the gradient.

    (Tieleman and Hinton, "Lecture 6.5: RMSProp", 2012.)

    Args:
        grad, x0, callback, num_iters: as for `sgd`.
        step_size: about how far a parameter moves in a step.
        gamma: how much of the running mean of squares a step keeps.
        eps: added to the divisor.

    Returns:
        The last parameters, like x0.

    Example:
        >>> x = rmsprop(lambda x, i: 2 * (x - 3), 0.0, num_iters=200, step_size=0.05)
        >>> bool(abs(x - 3) < 0.1)
        True
    """
    walk = _Walk(grad, x0, callback, num_iters)
    squares: list = [1.0] * len(walk.leaves)
    for _, gradients in walk:
        squares = [gamma * s + (1.0 - gamma) * _square(g) for s, g in zip(squares, gradients)]
        walk.move([-step_size * g / (np.sqrt(s) + eps) for g, s in zip(gradients, squares)])
    return walk.result()


def adam(
    grad: Callable,
    x0: Any,
    callback: Callable | None = None,
    num_iters: int = 100,
    step_size: float = 0.001,
    b1: float = 0.9,
    b2: float = 0.999,
    eps: float = 10**-8,
) -> Any:
    """Adam: RMSProp with momentum, both means corrected for their start at zero.

    (Kingma and Ba, "Adam: A method for stochastic optimization", ICLR 2015.)

    Args:
        grad, x0, callback, num_iters: as for `sgd`.
        step_size: about how far a parameter moves in a step.
        b1, b2: how much of the running means of the gradient and of its square a step keeps.
        eps: added to the divisor.

    Returns:
        The last parameters, like x0.

    Example:
        >>> x = adam(lambda x, i: 2 * (x - 3), 0.0, num_iters=500, step_size=0.1)
        >>> bool(abs(x - 3) < 0.01)
        True
    """
    walk = _Walk(grad, x0, callback, num_iters)
    means: list = [0.0] * len(walk.leaves)
    squares: list = [0.0] * len(walk.leaves)
    for i, gradients in walk:
        means = [b1 * m + (1.0 - b1) * g for m, g in zip(means, gradients)]
        squares = [b2 * s + (1.0 - b2) * _square(g) for s, g in zip(squares, gradients)]
        moves = []
        for m, s in zip(means, squares):
            mean, square = m / (1.0 - b1 ** (i + 1)), s / (1.0 - b2 ** (i + 1))
            moves.append(-step_size * mean / (np.sqrt(square) + eps))
        walk.move(moves)
    return walk.result()


class _Walk:
    """The iterations that all optimisers share: gives `(i, gradients)`, takes the moves."""

    def __init__(self, grad: Callable, x0: Any, callback: Callable | None, num_iters: int) -> None:
        leaves, self.structure = flatten(x0)
        self.leaves = [_floating(leaf) for leaf in leaves]
        self.grad, self.callback, self.num_iters = grad, callback, num_iters

    def result(self) -> Any:
        return unflatten(self.structure, self.leaves)

    def __iter__(self) -> Iterator[tuple[int, list]]:
        for i in range(self.num_iters):
            x = self.result()
            g = self.grad(x, i)
            if self.callback is not None:
                self.callback(x, i, g)
            yield i, self._gradients(g)

    def _gradients(self, g: Any) -> list:
        """The gradient's leaves, checked, turned to where complex parameters descend."""
        gradients, structure = flatten(g)
        if structure != self.structure:
            raise ValueError(
                f"the gradient must be like the parameters, {structure_of(self.result())}, but "
                f"it is {structure}"
            )
        return [
            np.conj(leaf) if getattr(leaf, "dtype", None) is not None and leaf.dtype.kind == "c"
            else leaf
            for leaf in gradients
        ]  # fmt: skip

    def move(self, moves: list) -> None:
        """Take a step; each parameter keeps its dtype."""
        new = []
        for leaf, move in zip(self.leaves, moves):
            if numpy.shape(move) not in (leaf.shape, ()):
                raise ValueError(
                    f"a gradient of shape {numpy.shape(move)} for parameters of shape {leaf.shape}"
                )
            moved = leaf + move
            new.append(moved if moved.dtype == leaf.dtype else moved.astype(leaf.dtype))
        self.leaves = new


def _floating(leaf: Any) -> Any:
    """A parameter as an array or NumPy scalar of its own."""
    if isbox(leaf):
        return leaf
    leaf = numpy.array(leaf)
    return (leaf if leaf.dtype.kind in "fc" else leaf.astype(float))[()]


def _square(g: Any) -> Any:
    """|g|²."""
    return g.real**2 + g.imag**2 if numpy.iscomplexobj(g) else g * g
