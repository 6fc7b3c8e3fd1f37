"""B-spline coefficients from conditions at points.

A condition is a row with k + 1 B-splines in it. The rows follow from the knots and points by the
recursion for B-splines, so that derivatives pass through it to both.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si
import scipy.linalg as sl

from ...core.box import getval
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.selection.assigning import assigned
from ...operators.constants import stop_gradient
from ..linalg import banded  # noqa: F401  (the derivatives of solve_banded)
from .bsplines import BSpline, basis, evaluated, span
from .reading import column, double, front, settled, traced

__all__ = [
    "interpolating", "knots_for", "make_interp_spline", "make_lsq_spline", "nearest", "with_ends",
]  # fmt: skip


def knots_for(x, k, first=None, last=None):
    """Every point but a few near the ends (de Boor, chapter XIII, equation 12).

    For even degrees the middles between points, as SciPy and FITPACK have it.
    """
    inner = x if k % 2 else (x[1:] + x[:-1]) / 2
    cut = (k + 1) // 2
    first, last = x[0] if first is None else first, x[-1] if last is None else last
    return with_ends(inner[cut : inner.shape[0] - cut], k, first, last)


def with_ends(inner, k, first, last):
    """Knots between the ends, and those as often as the degree needs."""
    ends = [np.broadcast_to(double(end), (k + 1,)) for end in (first, last)]
    return np.concatenate([ends[0], inner, ends[1]])


def _knots_around(x, k):
    """On a circle: points for odd degrees, middles for even ones, as SciPy has them."""
    if k % 2 == 0:
        x = np.concatenate([x[:1], x[1:-1] - np.diff(x)[:-1] / 2, x[-1:]])
    d = np.diff(x)
    n = d.shape[0]
    turns = np.arange(k) % n
    before = x[0] - np.cumsum(d[n - 1 - turns])
    return np.concatenate([before[::-1], x, x[-1] + np.cumsum(d[turns])])


def _ends_rows(t, k, x, orders):
    """The derivatives of the B-splines at one point, and which B-splines those are."""
    first = int(span(t, k, x)) - k
    window = np.zeros((t.shape[0] - k - 1, k + 1))
    window[first + np.arange(k + 1), np.arange(k + 1)] = 1.0
    return [(evaluated(t, window, k, x, order), first) for order in orders]


def interpolating(t, k, x, y, left=(), right=()):
    """The coefficients of the spline through points, with pairs (order, value) at the ends."""
    i = span(t, k, x)
    rows = [np.stack(basis(t, k, x, i), -1)]
    rows_of = [np.arange(x.shape[0]) + len(left)]
    firsts, values = [i - k], [y]
    for pairs, point in ((left, x[0]), (right, x[-1])):
        for j, (row, first) in enumerate(_ends_rows(t, k, point, [order for order, _ in pairs])):
            at = j if pairs is left else len(left) + x.shape[0] + j
            rows.append(row[None])
            rows_of.append(np.array([at]))
            firsts.append(np.array([first]))
            values.append(np.broadcast_to(double(pairs[j][1]), y.shape[1:])[None])
    row = np.concatenate(rows_of)
    across = np.concatenate(firsts)[:, None] + np.arange(k + 1)
    down = np.broadcast_to(row[:, None], across.shape)
    low, up = max(np.max(down - across), 0), max(np.max(across - down), 0)
    bands = assigned(
        np.zeros((low + up + 1, t.shape[0] - k - 1)),
        (up + down - across, across),
        np.concatenate(rows),
    )
    b = np.concatenate(values)[np.argsort(row)]
    flat = b.reshape(b.shape[0], -1)
    return of(sl.solve_banded)((low, up), bands, flat).reshape(b.shape)


def _dense(t, k, x, turns=None):
    """All B-splines at all points; where coefficients repeat after `turns`, those of each added."""
    i = span(t, k, x)
    n = turns or t.shape[0] - k - 1
    return sum([
        column(b, 2) * np.eye(n)[(i - k + j) % n] for j, b in enumerate(basis(t, k, x, i))
    ])  # fmt: skip


def _periodic(t, k, x, y):
    """Coefficients that repeat after a period."""
    n = x.shape[0] - 1
    flat = y[:-1].reshape(n, -1)
    c = np.linalg.solve(_dense(t, k, x[:-1], n), flat).reshape(n, *y.shape[1:])
    return c[np.arange(n + k) % n]


_ORDERS = {"clamped": 1, "natural": 2}


def _pairs(end):
    if end is None or isinstance(end, str):
        return [(_ORDERS[end], 0.0)] if end in _ORDERS else []
    return list(end)


def make_interp_spline(
    x: Any, y: Any, k: int = 3, t: Any = None, bc_type: Any = None, axis: int = 0,
    check_finite: bool = True,
) -> Any:  # fmt: skip
    """The spline through points; see `scipy.interpolate.make_interp_spline`.

    The derivative of a periodic one holds along data whose ends stay equal.
    """
    x, y, t = settled(x), settled(y), settled(t)
    if bc_type is not None and not isinstance(bc_type, str):
        bc_type = [
            end if end is None or isinstance(end, str) else [(m, settled(v)) for m, v in end]
            for end in bc_type
        ]
    found = si.make_interp_spline(
        getval(x), getval(y), k, getval(t), stop_gradient(bc_type), axis, check_finite
    )
    ends = bc_type if isinstance(bc_type, list) else (bc_type, bc_type)
    left, right = map(_pairs, ends)
    if not traced(x, y, t, *[value for _, value in [*left, *right]]) or not found.c.size:
        return BSpline.construct_fast(*found.tck, found.extrapolate, found.axis)
    x, y = double(x), front(y, axis)
    if bc_type == "periodic" and k > 1:
        t = _knots_around(x, k)
        c = _periodic(t, k, x, y)
    elif k == 0:
        t, c = np.concatenate([x, x[-1:]]), y
    else:
        if t is None:
            t = with_ends(x[1:-1], k, x[0], x[-1]) if left or right else knots_for(x, k)
        t = double(t)
        c = interpolating(t, k, x, y, left, right)
    return BSpline.construct_fast(t, c, k, found.extrapolate, found.axis)


def nearest(t, k, x, y, w=None):
    """The coefficients of the spline with the least sum of squares, (w_i (s(x_i) - y_i))²."""
    w = np.ones(x.shape) if w is None else double(w)
    flat = (y * column(w, y.ndim)).reshape(y.shape[0], -1)
    c = np.linalg.lstsq(_dense(t, k, x) * w[:, None], flat, rcond=None)[0]
    return c.reshape(-1, *y.shape[1:])


def make_lsq_spline(
    x: Any, y: Any, t: Any, k: int = 3, w: Any = None, axis: int = 0, check_finite: bool = True,
    **method: Any,
) -> Any:  # fmt: skip
    """The spline nearest to points; see `scipy.interpolate.make_lsq_spline`."""
    x, y, t, w = settled(x), settled(y), settled(t), settled(w)
    found = si.make_lsq_spline(
        getval(x), getval(y), getval(t), k, getval(w), axis, check_finite, **method
    )
    if not traced(x, y, t, w):
        return BSpline.construct_fast(*found.tck, found.extrapolate, found.axis)
    t = double(t)
    c = nearest(t, k, double(x), front(y, axis), w)
    return BSpline.construct_fast(t, c, k, found.extrapolate, found.axis)
