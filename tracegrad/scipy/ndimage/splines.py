"""Coefficients of the spline that goes through the pixels."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...core.primitive import Primitive
from ...numpy.kinds import linear
from ...numpy.rules.arrays import as_axis
from .output import declare

__all__ = ["coefficients"]

_SHORT = 64  # beyond it SciPy's way to start a series mirrored between its elements is exact


def _filtered(x, order, axis, mode):
    return sn.spline_filter1d(x, order, axis, np.result_type(x, float), mode)


def _transposed(g, order, axis, mode):
    """The inverse of the matrix of samples, which weights make symmetric.

    Continued as a periodic series, each element stands there once or twice; in the product that
    counts them so, a symmetric periodic filter is its own transpose. Only where the series is
    mirrored at its outermost elements do the counts differ: those stand there once.
    """
    n = g.shape[axis]
    if mode == "grid-wrap" or n < 2:
        return _filter(g, order, axis, mode)
    if mode in ("reflect", "grid-mirror", "nearest"):
        if n > _SHORT:
            return _filter(g, order, axis, mode)
        matrix = sn.spline_filter1d(np.eye(n), order, 0, mode=mode)
        return np.moveaxis(np.tensordot(g, matrix, (axis, 0)), -1, axis)
    counts = np.full(n, 2.0)
    counts[0] = counts[-1] = 1.0
    counts = counts.reshape((-1,) + (1,) * (g.ndim - axis - 1))
    return _filter(g / counts, order, axis, mode) * counts


_filter = Primitive(_filtered, name="spline_filter1d")
linear(_filter, x=_transposed, inert=("order", "axis", "mode"))


def _spline_filter1d(input, order=3, axis=-1, output=np.float64, mode="mirror"):
    if not 0 <= order <= 5:
        raise RuntimeError("spline order not supported")
    if order < 2:
        return np.positive(input)
    return _filter(input, order, as_axis(axis, input.ndim), mode)


def coefficients(input, order=3, output=np.float64, mode="mirror"):
    """Along each axis in turn."""
    if not 2 <= order <= 5:
        raise RuntimeError("spline order not supported")
    for axis in range(input.ndim):
        input = _filter(input, order, axis, mode)
    return np.positive(input)


declare(sn.spline_filter1d, _spline_filter1d)
declare(sn.spline_filter, coefficients)
