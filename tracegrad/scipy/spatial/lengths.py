"""Minkowski distances of `scipy.spatial`, along the last axis."""

from __future__ import annotations

import numpy as np
import scipy.spatial as sp

from ...core.box import getval, isbox
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from .distance.metrics import powers, root_of


def _double(x):
    x = as_array(x)
    return x.astype(np.promote_types(x.dtype, float))


def _minkowski_distance_p(x, y, p=2.0):
    away = _double(y) - _double(x)
    if getval(p) == np.inf:
        return np.max(abs(away), axis=-1)
    return np.sum(powers(away, p), axis=-1)


def _minkowski_distance(x, y, p=2.0):
    total = _minkowski_distance_p(x, y, p)
    if getval(p) == np.inf or (not isbox(p) and p == 1):
        return total
    return root_of(total, p)


def _distance_matrix(x, y, p=2.0, threshold=1000000):
    """`threshold` bounds SciPy's memory; traced, all differences are kept anyway."""
    x, y = as_array(x), as_array(y)
    if x.shape[1] != y.shape[1]:
        raise ValueError(
            f"x contains {x.shape[1]}-dimensional vectors but y contains {y.shape[1]}-dimensional "
            "vectors"
        )
    return _minkowski_distance(x[:, None], y[None], p)


composed(of(sp.minkowski_distance_p), _minkowski_distance_p)
composed(of(sp.minkowski_distance), _minkowski_distance)
composed(of(sp.distance_matrix), _distance_matrix)
