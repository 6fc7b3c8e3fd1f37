"""`approx_fprime`: the slope of a chord, which moves as the function's values at its ends do."""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from ...numpy.rules.arrays import as_array
from .calling import like, solver

__all__: list[str] = []


@solver("approx_fprime")
def _approx_fprime(answer, given):
    x = np.ravel(as_array(given.xk))
    steps = np.broadcast_to(np.asarray(getval(given.epsilon), float), x.shape)
    start = as_array(given.f(x, *given.args))
    columns = []
    for i, step in enumerate(steps):
        moved = x + step * (np.arange(x.size) == i)
        width = getval(moved)[i] - getval(x)[i]  # as rounded
        columns.append((as_array(given.f(moved, *given.args)) - start) / width)
    return like(np.stack(columns, axis=-1), answer)
