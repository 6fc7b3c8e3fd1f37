"""Shapes laid upon each other, and great circles."""

from __future__ import annotations

import numpy as np
import scipy.spatial as sp

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...operators.constants import stop_gradient
from .. import linalg


def _doubles(*arrays):
    return [as_array(x).astype(float) for x in arrays]


def _procrustes(data1, data2):
    sp.procrustes(stop_gradient(data1), stop_gradient(data2))  # its checks
    shapes = [x - np.mean(x, 0) for x in _doubles(data1, data2)]
    first, second = [x / np.linalg.norm(x) for x in shapes]
    turn, scale = linalg.orthogonal_procrustes(first, second)
    second = second @ turn.T * scale
    return first, second, np.sum((first - second) ** 2)


composed(of(sp.procrustes), _procrustes)


def _geometric_slerp(start, end, t, tol=1e-7):
    """On the way from one unit vector to another by the angle ω between them.

    start cos tω + e sin tω, where e is the unit vector across `start` towards `end`: K. Shoemake,
    "Animating rotation with quaternion curves", SIGGRAPH 19 (1985) 245. That is also the sum of
    both ends times sin((1 - t)ω) / sin ω and sin tω / sin ω, of which the first terms of the
    series, t + t (1 - t²) ω² / 6, serve where the ends meet: derivatives to third order are exact.
    """
    known = sp.geometric_slerp(*map(stop_gradient, (start, end, t)), tol)
    start, end, t = _doubles(start, end, t)
    way = t[..., None]
    if np.array_equal(getval(start), getval(end)):
        square = np.sum((end - start) ** 2) / 6.0
        shares = [k * (1.0 + (1.0 - k * k) * square) for k in (1.0 - way, way)]
        return np.reshape(start * shares[0] + end * shares[1], known.shape)
    across = end - start * np.sum(start * end)
    size = np.sqrt(np.sum(across**2))
    angle = np.arctan2(size, np.sum(start * end))
    return start * np.cos(way * angle) + across / size * np.sin(way * angle)


composed(of(sp.geometric_slerp), _geometric_slerp)
