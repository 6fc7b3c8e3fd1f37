"""Solutions of equations F(x, θ) = 0 as functions of all that F depends on.

A solver finds x₀ for the values; then the equation itself is written down once more, traced. With
B an inverse of ∂F/∂x at the values alone, the chord method (simplified Newton)

    x ← x - B F(x, θ)

multiplies an error of order |θ - θ₀|ᵏ by I - B ∂F/∂x, which is of order |θ - θ₀|. After k steps
from x₀ all derivatives up to order k are therefore those of the solution (Griewank and Walther,
"Evaluating Derivatives", 2nd ed., section 15.1). Each running trace differentiates once, so there
are as many steps as traces watch F. At the values themselves F counts as zero.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....core.primitive import Primitive
from ....core.trace import depth
from ....numpy.kinds import linear

__all__ = ["Inverse", "followed"]


class Inverse:
    """A constant linear map with its transpose, each a function of plain arrays."""

    def __init__(self, apply, transposed):
        self.apply, self.transposed = apply, transposed

    @property
    def T(self):
        return Inverse(self.transposed, self.apply)

    def __call__(self, r):
        return self.apply(r) if np.any(r) else np.zeros_like(r)


_inverted = Primitive(lambda r, inverse: inverse(r), name="solve", signature="r, inverse")
linear(_inverted, inert=("inverse",), r=lambda g, inverse: _inverted(g, inverse.T))


def followed(x, residual, inverse):
    """The solution x, found for the values, with the derivatives that `residual` gives it.

    Args:
        x: the plain solution.
        residual: -F as a function of x.
        inverse: the `Inverse` of ∂F/∂x.
    """
    r = residual(x)
    for step in range(depth(r)):
        r = residual(x) if step else r
        x = x + _inverted(r - getval(r), inverse)
    return x
