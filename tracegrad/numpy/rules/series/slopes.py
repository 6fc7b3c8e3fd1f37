"""Values on a grid: differences, slopes, sums, integrals, interpolation."""

from __future__ import annotations

import math

import numpy as np

from ....core.box import getval
from ....core.primitive import BinaryPrimitive
from ....spaces import match
from ...kinds import composed, elementwise
from ...namespace import primitive_of as of
from ..arrays import NUMPY_2, as_array, as_axis, at


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

# -- differences and running sums --------------------------------------------------------------


def _ediff1d(ary, to_end=None, to_begin=None):
    ary = np.ravel(ary)
    parts = [ary[1:] - ary[:-1]]
    if to_begin is not None:
        parts.insert(0, np.ravel(as_array(to_begin)))
    if to_end is not None:
        parts.append(np.ravel(as_array(to_end)))
    for part in parts:
        if not np.can_cast(part.dtype, ary.dtype, "same_kind"):
            raise TypeError(f"to_begin or to_end of {part.dtype} beside an array of {ary.dtype}")
    return np.concatenate([match(part, ary.dtype) for part in parts])


composed(of(np.ediff1d), _ediff1d)


def _cumulative(name, fun, start):
    def cumulative(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
        x = np.atleast_1d(x)
        if axis is None and x.ndim > 1:
            raise ValueError(f"{name}: arrays of more than one dimension need axis=")
        axis = as_axis(axis or 0, x.ndim)
        ans = fun(x, axis=axis, dtype=dtype)
        if not include_initial:
            return ans
        shape = [1 if i == axis else n for i, n in enumerate(x.shape)]
        return np.concatenate([np.full(shape, start, ans.dtype), ans], axis)

    return cumulative


if hasattr(np, "cumulative_sum"):
    composed(of(np.cumulative_sum), _cumulative("cumulative_sum", np.cumsum, 0))
    composed(of(np.cumulative_prod), _cumulative("cumulative_prod", np.cumprod, 1))


def _unwrap(p, discont=None, axis=-1, *, period=2 * math.pi):
    """What is added is a whole number of periods, which stays the same nearby."""
    p, value, length = as_array(p), getval(as_array(p)), getval(period)
    added = np.unwrap(value, getval(discont), axis, period=length) - value
    if added.dtype.kind in "iu":
        return p + added // length * period
    return p + np.rint(added / length) * period


composed(of(np.unwrap), _unwrap)

# -- interpolation -----------------------------------------------------------------------------

_rise = BinaryPrimitive(
    lambda x, slope: np.where(x == 0, 0.0, x * slope)[()], name="interp", signature="x, slope"
)
elementwise(_rise, x=lambda g, slope: g * slope, slope=lambda g, x: _rise(x, g))
"""x * slope, and 0 at a knot whatever the slope is: beside NaN, too, a knot has its own value."""


def _double(name, x, kind="f"):
    """An array in double precision, as NumPy interpolates."""
    x = as_array(x)
    if x.dtype.kind == "c" and kind == "f":
        raise TypeError(f"interp: {name} cannot be complex")
    return match(x, np.dtype(np.float64 if kind == "f" else np.complex128))


def _interp(x, xp, fp, left=None, right=None, period=None):
    """At a knot the slope is the mean of those on both sides; beyond the ends it is 0."""
    x, xp, fp = _double("x", x), _double("xp", xp), as_array(fp)
    fp = _double("fp", fp, "c" if fp.dtype.kind == "c" else "f")
    if xp.ndim != 1 or fp.ndim != 1:
        raise ValueError("interp: xp and fp must have one dimension")
    if len(xp) != len(fp):
        raise ValueError("fp and xp are not of the same length.")
    if not len(xp):
        if x.size:
            raise ValueError("array of sample points is empty")
        return np.zeros(x.shape, fp.dtype)
    if period is not None:
        x, xp, fp = _unrolled(x, xp, fp, abs(period))
        left = right = None

    at_x, knots = getval(x), getval(xp)
    after, before = [np.searchsorted(knots, at_x, side) for side in ("right", "left")]
    knot = np.maximum(after - 1, 0)
    widths = np.diff(xp)
    widths = np.where(getval(widths) == 0, 1.0, widths)  # no x lies between equal knots
    slopes = np.concatenate([[0.0], np.diff(fp) / widths, [0.0]])
    slope = np.where(after == before, slopes[after], 0.5 * (slopes[before] + slopes[after]))
    below, above = at_x < knots[0], at_x > knots[-1]
    y = fp[knot] + _rise(np.where(below | above, 0.0, x - xp[knot]), slope)
    for side, beyond in ((left, below), (right, above)):
        if side is not None:
            side = _double("left or right", side, fp.dtype.kind)
            if side.ndim:
                raise TypeError("interp: left and right must be numbers")
            y = np.where(beyond, side, y)
    return y[()]


def _unrolled(x, xp, fp, period):
    """Positions within the first period, the knots in order with one more at each end."""
    if getval(period) == 0:
        raise ValueError("period must be a non-zero value")
    x, xp = x % period, xp % period
    order = np.argsort(getval(xp))
    xp, fp = xp[order], fp[order]
    xp = np.concatenate([xp[-1:] - period, xp, xp[:1] + period])
    return x, xp, np.concatenate([fp[-1:], fp, fp[:1]])


composed(of(np.interp), _interp)
