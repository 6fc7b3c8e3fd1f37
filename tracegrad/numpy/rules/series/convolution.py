"""Convolution and correlation of two series."""

from __future__ import annotations

import numpy as np

from ...kinds import composed, multilinear
from ...namespace import primitive_of as of


def _size(shape):
    return shape[0] if shape else 1


def _unconvolve(g, shape, other, mode):
    """g, put where the mode cut it out of the whole convolution, along the other series."""
    n, m = _size(shape), other.size
    short = min(n, m)
    whole = n + m - 1
    start = {"f": 0, "s": short - 1 - short // 2, "v": short - 1}[mode[0]]
    g = np.pad(g, (start, whole - start - g.shape[0]))
    back = np.convolve(g, np.reshape(other, -1)[::-1], "valid")
    return np.reshape(back, shape)


multilinear(
    of(np.convolve),
    a=lambda g, a_shape, v, mode: _unconvolve(g, a_shape, v, mode),
    v=lambda g, a, v_shape, mode: _unconvolve(g, v_shape, a, mode),
)


def _correlate(a, v, mode="valid"):
    """A convolution with the second series turned round; NumPy turns the shorter one."""
    a, v = np.reshape(a, -1), np.conjugate(np.reshape(v, -1))
    if v.size > a.size:
        return np.convolve(a[::-1], v, mode)[::-1]
    return np.convolve(a, v[::-1], mode)


composed(of(np.correlate), _correlate)
