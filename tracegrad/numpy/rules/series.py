"""Values on a grid: slopes, integrals, interpolation."""

from __future__ import annotations

import numpy as np

from ...spaces import match
from ..kinds import composed
from ..namespace import primitive_of as of
from .arrays import NUMPY_2, as_array, as_axis, at


def _spacings(varargs, axes, shape):
    """For each axis a number, or the distances between its points."""
    if not varargs:
        return [1.0] * len(axes)
    if len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        return list(varargs) * len(axes)
    if len(varargs) != len(axes):
        raise TypeError("invalid number of arguments")
    spacings = []
    for points, axis in zip(map(as_array, varargs), axes):
        if points.ndim > 1:
            raise ValueError("distances must be either scalars or 1d")
        if points.ndim == 0:
            spacings.append(points)
            continue
        if len(points) != shape[axis]:
            raise ValueError(
                "when 1d, distances must match the length of the corresponding dimension"
            )
        points = points * 1.0 if points.dtype.kind in "iu" else points
        spacings.append(np.diff(points))
    return spacings


def _inner_slope(f, axis, h):
    """Of second order in the distances: B. Fornberg, Mathematics of Computation 51 (1988) 699."""
    left, middle, right = [at(f, axis, s) for s in (slice(-2), slice(1, -1), slice(2, None))]
    if np.ndim(h) == 0:
        return (right - left) / (2.0 * h)
    h = np.reshape(h, (-1,) + (1,) * (f.ndim - axis - 1))
    before, after = h[:-1], h[1:]
    both = before + after
    weight_left, weight_right = -after / (before * both), before / (after * both)
    return left * weight_left - middle * (weight_left + weight_right) + right * weight_right


def _edge_slope(f, axis, h, order, last):
    """At the first point, or the last: from two points or three."""
    near, next_, far = [
        at(f, axis, slice(f.shape[axis] - 1 - k, f.shape[axis] - k) if last else slice(k, k + 1))
        for k in (0, 1, order)
    ]
    sign = -1.0 if last else 1.0
    if np.ndim(h) == 0:
        first = second = h
    else:
        first, second = (h[-1], h[-order]) if last else (h[0], h[order - 1])
    slope = (next_ - near) / first
    if order == 2:
        slope = slope + (slope - (far - next_) / second) * (first / (first + second))
    return slope * sign


def _gradient(f, *varargs, axis=None, edge_order=1):
    f = as_array(f)
    if f.dtype.kind not in "fc":
        f = f * 1.0
    if axis is None:
        axes = tuple(range(f.ndim))
    else:
        axes = axis if isinstance(axis, (tuple, list)) else (axis,)
        axes = tuple([as_axis(a, f.ndim) for a in axes])
        if len(set(axes)) != len(axes):
            raise ValueError("repeated axis")
    spacings = _spacings(varargs, axes, f.shape)
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    slopes = []
    for axis, h in zip(axes, spacings):
        if f.shape[axis] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, at least "
                "(edge_order + 1) elements are required."
            )
        ends = [_edge_slope(f, axis, h, edge_order, last) for last in (False, True)]
        parts = [ends[0], _inner_slope(f, axis, h), ends[1]]
        slopes.append(np.concatenate([match(part, f.dtype) for part in parts], axis))
    if len(axes) == 1:
        return slopes[0]
    return tuple(slopes) if NUMPY_2 else slopes


composed(of(np.gradient), _gradient)


def _trapezoid(y, x=None, dx=1.0, axis=-1):
    """Half the sum of neighbours times their distance."""
    axis = as_axis(axis, y.ndim)
    if x is None:
        distances = dx
    elif x.ndim == 1:
        distances = np.reshape(np.diff(x), (-1,) + (1,) * (y.ndim - axis - 1))
    else:
        distances = np.diff(x, axis=axis)
    return np.sum(distances * (at(y, axis, slice(1, None)) + at(y, axis, slice(-1))) / 2.0, axis)


composed(of(np.trapezoid if NUMPY_2 else np.trapz), _trapezoid)
