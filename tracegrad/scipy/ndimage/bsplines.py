"""Sums of B-splines at points between the pixels, and their derivatives of any order.

Along an axis the sum is Σₖ c[k] βⁿ(x - k), of which n + 1 terms are not zero. The derivative of
βⁿ(x) is βⁿ⁻¹(x + ½) - βⁿ⁻¹(x - ½): M. Unser, "Splines: a perfect fit for signal and image
processing", IEEE Signal Processing Magazine 16 (1999) 22, equation (12).

With mode 'grid-constant' the coefficients have a frame, one wide, of what stands beyond them.
"""

from __future__ import annotations

import itertools

import numpy as np
import scipy.ndimage as sn

from ...core.primitive import Primitive
from ...numpy.kinds import custom
from ...spaces import match

__all__ = ["outside", "spline_sum"]


def _basis(f, degree, derivative):
    """The n + 1 terms at a fraction f of the way between two knots.

    By the recurrence of C. de Boor, "On calculating with B-splines", J. Approx. Theory 6 (1972) 50,
    for knots at the integers.
    """
    if derivative > degree:
        return [np.zeros_like(f)] * (degree + 1)
    terms = [np.ones_like(f)]
    for m in range(1, degree - derivative + 1):
        low = [t * (j + 1 - f) for j, t in enumerate(terms)] + [0.0]
        high = [0.0] + [t * (f + m - j) for j, t in enumerate(terms, 1)]
        terms = [(a + b) / m for a, b in zip(low, high)]
    for _ in range(derivative):
        terms = [a - b for a, b in zip([0.0, *terms], [*terms, 0.0])]
    return terms


def outside(x, shape):
    """Which points lie beyond the outermost pixels."""
    last = (np.array(shape) - 1).reshape((-1,) + (1,) * (x.ndim - 1))
    return ((x < 0) | (x > last)).any(0)


def _brought_in(x, n, mode):
    """Where in or next to the image a coordinate is looked up, and its slope in the coordinate.

    On borders between copies of the image it is on the side of SciPy's.
    """
    if mode == "grid-wrap":
        return x - n * np.floor((x + 0.5) / n), 1.0
    if mode == "wrap":
        period = max(n - 1, 1)
        below, above = x + period * (np.floor(-x / period) + 1), x - period * np.floor(x / period)
        return np.where(x < 0, below, np.where(x > n - 1, above, x)), 1.0
    if mode == "mirror":
        period = max(2 * n - 2, 1)
        left = np.fmod(x, period)
        back = np.where(x < 0, left > 1 - n, left >= n)
        origin = np.where(x < 0, np.where(back, 0, -period), np.where(back, period, 0))
        return np.where(back, origin - left, left - origin), np.where(back, -1.0, 1.0)
    if mode == "reflect":
        x = x - 2 * n * np.floor((x + 0.5) / (2 * n))
        back = x > n - 0.5
        return np.where(back, 2 * n - 1 - x, x), np.where(back, -1.0, 1.0)
    return x, 1.0  # 'nearest' repeats the outermost coefficients instead


def _taps(x, n, order, derivative, mode):
    """For each of the n + 1 terms along an axis, which coefficients it takes, by what factor."""
    if mode == "grid-constant":
        n -= 2
    x, slope = _brought_in(x, n, mode)
    y = x + (0.0 if order % 2 else 0.5)
    floor = np.floor(y)
    if mode == "constant" and order % 2:
        floor = np.minimum(floor, n - 2)  # beyond the last pixel there is nothing to slope to
    terms = _basis(y - floor, order, derivative)
    start = np.clip(floor, -order - 2, n + order + 2).astype(np.intp) - order // 2
    knots = [_tap(start + j, n, mode) for j in range(order + 1)]
    return [(k, term * slope**derivative) for k, term in zip(knots, terms)]


def _tap(k, n, mode):
    """The coefficient that stands for one beyond the border."""
    if mode == "nearest":
        return np.clip(k, 0, n - 1)
    if mode == "grid-constant":
        return np.clip(k, -1, n) + 1
    if mode == "grid-wrap":
        return k % n
    if mode == "reflect":
        k = k % (2 * n)
        return np.minimum(k, 2 * n - 1 - k)
    if n == 1:
        return k * 0
    k = k % (2 * n - 2)
    return np.minimum(k, 2 * n - 2 - k)


def _terms(x, shape, order, derivatives, mode):
    """Each term of the sum over all axes: coefficients by their flat number, and factors."""
    axes = [_taps(*how, mode) for how in zip(x, shape, [order] * len(shape), derivatives)]
    inside = ~outside(x, shape) if mode == "constant" else 1.0
    for term in itertools.product(*axes):
        number, factor = 0, inside
        for (k, f), n in zip(term, shape):
            number, factor = number * n + k, factor * f
        yield number, factor


def _sum(c, x, order, derivatives, mode):
    x = np.asarray(x, float)
    if not any(derivatives) and x.size and c.size:  # SciPy's own, of points in more than one row
        cval, inner = 0.0, c
        if mode == "grid-constant":
            cval, inner = c.flat[0], c[(slice(1, -1),) * c.ndim]
        flat = sn.map_coordinates(inner, x.reshape(len(x), -1), None, order, mode, cval, False)
        return flat.reshape(x.shape[1:])
    total, flat = np.zeros(x.shape[1:], c.dtype), c.ravel()
    for number, factor in _terms(x, c.shape, order, derivatives, mode):
        total += flat[number] * factor
    return total


def _unsum(g, x, shape, order, derivatives, mode):
    """The transpose: each point gives what it has to the coefficients that it was made of."""
    x, g = np.asarray(x, float), np.asarray(g)
    if g.dtype.kind == "c":
        parts = [_unsum(part, x, shape, order, derivatives, mode) for part in (g.real, g.imag)]
        return parts[0] + parts[1] * 1j
    size = int(np.prod(shape))
    total = np.zeros(size)
    for number, factor in _terms(x, shape, order, derivatives, mode):
        total += np.bincount(np.ravel(number), np.ravel(factor * g), size)
    return total.reshape(shape)


def _steeper(derivatives):
    """One derivative more, for each axis."""
    for axis in range(len(derivatives)):
        yield tuple(d + (i == axis) for i, d in enumerate(derivatives))


def _along_each(g, c, x, order, derivatives, mode):
    slopes = [spline_sum(c, x, order, more, mode) for more in _steeper(derivatives)]
    return match(g * np.stack(slopes), x.dtype)


def _jvp_along(t, c, x, order, derivatives, mode):
    slopes = [spline_sum(c, x, order, more, mode) for more in _steeper(derivatives)]
    return np.sum(t * np.stack(slopes), 0)


def _unsum_along_each(h, g, x, order, derivatives, mode):
    return _along_each(g, h, x, order, derivatives, mode)


def _unsum_jvp_along(t, g, x, shape, order, derivatives, mode):
    every = zip(t, _steeper(derivatives))
    return sum(_spread(g * part, x, shape, order, more, mode) for part, more in every)


spline_sum = Primitive(_sum, name="map_coordinates")
_spread = Primitive(_unsum, name="map_coordinates")
_HOW = ("order", "derivatives", "mode")
custom(
    spline_sum,
    c=lambda g, c_shape, x, order, derivatives, mode: _spread(
        g, x, c_shape, order, derivatives, mode
    ),
    x=_along_each,
    jvps={
        "c": lambda t, x, order, derivatives, mode: spline_sum(t, x, order, derivatives, mode),
        "x": _jvp_along,
    },
    inert=_HOW,
)
custom(
    _spread,
    g=lambda h, x, order, derivatives, mode: spline_sum(h, x, order, derivatives, mode),
    x=_unsum_along_each,
    jvps={
        "g": lambda t, x, shape, order, derivatives, mode: _spread(
            t, x, shape, order, derivatives, mode
        ),
        "x": _unsum_jvp_along,
    },
    inert=("shape", *_HOW),
)
