"""Integrals of functions that are known at sample points."""

from __future__ import annotations

import numpy as np
import scipy.integrate as si

from ...core.box import isbox
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import NUMPY_2, as_array, as_axis, refuse
from ...spaces import match

_np_trapezoid = np.trapezoid if NUMPY_2 else np.trapz


def _last(y, x, dx, axis):
    """The values and their distances with the axis at the end."""
    y = as_array(y)
    axis = as_axis(axis, y.ndim)
    n = y.shape[axis]
    y = np.moveaxis(y, axis, -1)
    if x is None:
        return y, dx, axis
    x = as_array(x)
    if x.ndim not in (1, y.ndim):
        raise ValueError("If given, shape of x must be 1-D or the same as y.")
    x = x if x.ndim == 1 else np.moveaxis(x, axis, -1)
    if x.shape[-1] != n:
        raise ValueError("If given, length of x along axis must be the same as y.")
    return y, np.diff(x), axis


def _trapezoid(y, x=None, dx=1.0, axis=-1):
    return _np_trapezoid(y, x, dx, axis)


def _cumulative_trapezoid(y, x=None, dx=1.0, axis=-1, initial=None):
    y, d, axis = _last(y, x, dx, axis)
    if not y.shape[-1]:
        raise ValueError("At least one point is required along `axis`.")
    if isbox(initial):
        refuse("cumulative_trapezoid", initial=initial)
    if initial is not None:
        if NEWER and initial != 0:
            raise ValueError("`initial` must be `None` or `0`.")
        if np.ndim(initial):
            raise ValueError("`initial` parameter should be a scalar.")
    integrals = np.cumsum(d * (y[..., 1:] + y[..., :-1]) / 2.0, -1)
    if initial is None:
        return np.moveaxis(integrals, -1, axis)
    first = np.full((*integrals.shape[:-1], 1), initial, integrals.dtype)
    return np.moveaxis(np.concatenate([first, integrals], -1), -1, axis)


NEWER = hasattr(si, "cumulative_simpson")  # SciPy 1.12

if of(si.trapezoid).composition is None:
    composed(of(si.trapezoid), _trapezoid)
composed(of(si.cumulative_trapezoid), _cumulative_trapezoid)

# -- parabolas ---------------------------------------------------------------------------------


def _parabolas(y, d):
    """The integral over each first interval of two, by a parabola through three points.

    K. V. Cartwright, Journal of Mathematical Sciences and Mathematics Education 12 (2017) 2,
    equation 8.
    """
    if np.ndim(d) == 0:
        return d / 12 * (5 * y[..., :-2] + 8 * y[..., 1:-1] - y[..., 2:])
    first, second = d[..., :-1], d[..., 1:]
    both = first + second
    far = first * first / (both * second)
    near = first / both
    weighted = (3 - near) * y[..., :-2] + (3 + far + near) * y[..., 1:-1] - far * y[..., 2:]
    return first / 6 * weighted


def _reversed(x):
    return x[..., ::-1] if np.ndim(x) else x


def _by_intervals(y, d):
    """The integral over each interval: of every pair both, of an odd one left over the last."""
    first = _parabolas(y, d)
    second = _reversed(_parabolas(_reversed(y), _reversed(d)))
    n = y.shape[-1] - 1
    even = np.arange(n) % 2 == 0
    even[-1] = False
    first = np.concatenate([first, first[..., -1:]], -1)
    second = np.concatenate([second[..., :1], second], -1)
    return np.where(even, first, second)


def _simpson(y, x=None, dx=1.0, axis=-1, even=None):
    if even not in (None, "simpson"):
        refuse("simpson", even=even)
    y, d, axis = _last(y, x, dx, axis)
    if x is not None:
        d = match(d, np.dtype(np.float64))
    elif y.ndim == 1 and y.shape[-1] > 2 and y.shape[-1] % 2 == 0:
        d = as_array(d)[()]  # NumPy 2 makes more of NumPy's numbers than of Python's
    if y.shape[-1] <= 2:
        return np.sum(d * (y[..., 1:] + y[..., :-1]) / 2.0, -1)
    return np.sum(_by_intervals(y, d), -1)


composed(of(si.simpson), _simpson)


def _cumulative_simpson(y, *, x=None, dx=1.0, axis=-1, initial=None):
    y, d, axis = _last(y, x, dx, axis)
    if x is None:
        d = as_array(d)
        d = np.moveaxis(d, axis, -1) if d.ndim else d
        d = np.broadcast_to(d, (*y.shape[:-1], y.shape[-1] - 1))
    if y.shape[-1] < 3:
        integrals = np.cumsum(d * (y[..., 1:] + y[..., :-1]) / 2.0, -1)
    else:
        integrals = np.cumsum(_by_intervals(y, d), -1)
    if initial is not None:
        initial = as_array(initial)
        first = np.moveaxis(initial, axis, -1) if initial.ndim else initial
        first = np.broadcast_to(first, (*integrals.shape[:-1], 1))
        integrals = np.concatenate([first, integrals + first], -1)
    return np.moveaxis(integrals, -1, axis)


if NEWER:
    composed(of(si.cumulative_simpson), _cumulative_simpson)

# -- Romberg -----------------------------------------------------------------------------------


def _romb(y, dx=1.0, axis=-1, show=False):
    """Richardson's extrapolation of the trapezoids of half as many steps, and so on."""
    y = np.moveaxis(as_array(y), as_axis(axis, np.ndim(y)), -1)
    steps = y.shape[-1] - 1
    if steps < 1 or steps & (steps - 1):
        raise ValueError("Number of samples must be one plus a non-negative power of 2.")
    dx = as_array(dx)[()]
    row = []
    step = steps
    while step:
        points = y[..., ::step]
        h = dx * step
        column = [h * (np.sum(points, -1) - 0.5 * (points[..., 0] + points[..., -1]))]
        for k, coarse in enumerate(row, 1):
            column.append(column[-1] + (column[-1] - coarse) / (4.0**k - 1))
        row, step = column, step // 2
    return row[-1]


composed(of(si.romb), _romb)
for _old, _new in (("trapz", "trapezoid"), ("cumtrapz", "cumulative_trapezoid"),
                   ("simps", "simpson")):  # fmt: skip
    if hasattr(si, _old):
        composed(of(getattr(si, _old)), of(getattr(si, _new)))
