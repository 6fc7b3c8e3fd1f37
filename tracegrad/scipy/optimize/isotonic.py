"""`isotonic_regression`: the increasing sequence nearest to data, made of means of blocks."""

from __future__ import annotations

import numpy as np
import scipy.optimize as optimize

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from .calling import replaced

__all__: list[str] = []


def _isotonic_regression(y, *, weights=None, increasing=True):
    """Which neighbours share a block does not move."""
    y = as_array(y)
    weights = None if weights is None else as_array(weights)
    answer = optimize.isotonic_regression(getval(y), weights=getval(weights), increasing=increasing)
    w = np.ones_like(y) if weights is None else weights
    sizes = np.diff(answer.blocks)
    total = np.add.reduceat(w, answer.blocks[:-1])
    means = np.add.reduceat(w * y, answer.blocks[:-1]) / total
    return replaced(answer, x=np.repeat(means, sizes), weights=total)


if hasattr(optimize, "isotonic_regression"):  # from SciPy 1.12 on
    composed(of(optimize.isotonic_regression), _isotonic_regression)
