"""Interpolants of cubic pieces, all by their slopes at the data points."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si
import scipy.linalg as sl

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ..linalg import banded  # noqa: F401  (the derivatives of solve_banded)
from .pieces import PPoly
from .reading import column, double, front, settled, traced

__all__ = [
    "Akima1DInterpolator", "CubicHermiteSpline", "CubicSpline", "PchipInterpolator", "hermite",
    "monotone_slopes",
]  # fmt: skip


def _secants(x, y):
    """The distances of the points and the slopes of the lines between them."""
    h = column(np.diff(x), y.ndim)
    return h, np.diff(y, axis=0) / h


def hermite(x, y, slopes):
    """The powers' coefficients of the cubics with these values and slopes."""
    h, secants = _secants(x, y)
    bend = (slopes[:-1] + slopes[1:] - 2 * secants) / h
    return np.stack([bend / h, (secants - slopes[:-1]) / h - bend, slopes[:-1], y[:-1]])


class CubicHermiteSpline(si.CubicHermiteSpline, PPoly):
    """Cubics by values and slopes; see `scipy.interpolate.CubicHermiteSpline`."""

    def __init__(self, x: Any, y: Any, dydx: Any, axis: int = 0, extrapolate: Any = None) -> None:
        x, y, dydx = settled(x), settled(y), settled(dydx)
        super().__init__(getval(x), getval(y), getval(dydx), axis, extrapolate)
        if traced(x, y, dydx):
            self._through(x, y, dydx, axis, lambda x, y, dydx: dydx)

    def _through(self, x, y, more, axis, slopes):
        """The pieces with slopes that a function gives of the points."""
        x, y, more = double(x), front(y, axis), None if more is None else front(more, axis)
        self.c, self.x = hermite(x, y, slopes(x, y, more)), x


# -- monotone ------------------------------------------------------------------------------------


def _mean_slope(h, secants):
    """F. N. Fritsch, J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300: a harmonic mean."""
    left, right = secants[:-1], secants[1:]
    before, after = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    rising = getval(left) * getval(right) > 0
    left, right = np.where(rising, left, 1.0), np.where(rising, right, 1.0)
    return np.where(rising, (before + after) / (before / left + after / right), 0.0)


def _end_slope(h, k, secant, next_secant):
    """A parabola's through three points, held to the monotone; C. Moler, 2004, section 3.4."""
    d = ((2 * h + k) * secant - h * next_secant) / (h + k)
    d_value, near, far = getval(d), getval(secant), getval(next_secant)
    steep = (np.sign(near) != np.sign(far)) & (np.abs(d_value) > 3 * np.abs(near))
    d = np.where(steep, 3 * secant, d)
    return np.where(np.sign(d_value) != np.sign(near), 0.0, d)


def monotone_slopes(x, y):
    h, secants = _secants(x, y)
    if y.shape[0] == 2:
        return np.concatenate([secants, secants])
    first = _end_slope(h[0], h[1], secants[0], secants[1])
    last = _end_slope(h[-1], h[-2], secants[-1], secants[-2])
    return np.concatenate([first[None], _mean_slope(h, secants), last[None]])


class PchipInterpolator(si.PchipInterpolator, CubicHermiteSpline):
    """The monotone cubic interpolant; see `scipy.interpolate.PchipInterpolator`.

    Where slopes change their sign it has a kink as a function of the data.
    """

    def __init__(self, x: Any, y: Any, axis: int = 0, extrapolate: Any = None) -> None:
        x, y = settled(x), settled(y)
        super().__init__(getval(x), getval(y), axis, extrapolate)
        if traced(x, y):
            self._through(x, y, None, axis, lambda x, y, _: monotone_slopes(x, y))


# -- Akima's -------------------------------------------------------------------------------------


def _akima_slopes(x, y, method):
    """H. Akima, J. ACM 17 (1970) 589; C. Moler and C. Ionita's weights for makima (2019)."""
    m = _secants(x, y)[1]
    if y.shape[0] == 2:
        return np.concatenate([m, m])
    second = 2 * m[:1] - m[1:2]
    ahead = 2 * m[-1:] - m[-2:-1]
    m = np.concatenate([2 * second - m[:1], second, m, ahead, 2 * ahead - m[-1:]])
    weights = np.abs(np.diff(m, axis=0))
    if method == "makima":
        weights = weights + 0.5 * np.abs(m[1:] + m[:-1])
    after, before = weights[2:], weights[:-2]
    both = after + before
    known = getval(both) > 1e-9 * np.max(getval(both), initial=-np.inf)
    share = before / np.where(known, both, 1.0)
    return np.where(known, m[1:-2] + share * (m[2:-1] - m[1:-2]), 0.5 * (m[3:] + m[:-3]))


class Akima1DInterpolator(si.Akima1DInterpolator, CubicHermiteSpline):
    """Akima's interpolant; see `scipy.interpolate.Akima1DInterpolator`."""

    def __init__(self, x: Any, y: Any, axis: int = 0, **options: Any) -> None:
        x, y = settled(x), settled(y)
        super().__init__(getval(x), getval(y), axis, **options)
        if traced(x, y):
            method = options.get("method", "akima")
            self._through(x, y, None, axis, lambda x, y, _: _akima_slopes(x, y, method))


# -- twice differentiable ------------------------------------------------------------------------


_KINDS = {"clamped": (1, 0.0), "natural": (2, 0.0)}


def _end(kind, h, secants, sign, parabola):
    """An end's equation: the factors of the slopes there and next to it, and the right side.

    Points are counted from that end on; against the axis sign is -1.
    """
    if kind == "not-a-knot":
        if h.shape[0] == 1:
            return np.ones(1), np.zeros(1), secants[0]
        if parabola:
            return np.ones(1), np.ones(1), 2 * secants[0]
        d = h[0] + h[1]
        right = ((h[0] + 2 * d) * h[1] * secants[0] + h[0] * h[0] * secants[1]) / d
        return h[1].reshape(-1)[:1], d.reshape(-1)[:1], right
    order, value = _KINDS[kind] if isinstance(kind, str) else kind
    value = np.broadcast_to(double(value), secants.shape[1:])
    if order == 1:
        return np.ones(1), np.zeros(1), value
    return np.full(1, 2.0), np.ones(1), 3 * secants[0] - sign * 0.5 * h[0] * value


def _smooth_slopes(x, y, bc_type):
    """Equal second derivatives from both sides (C. de Boor, A Practical Guide to Splines, IV)."""
    h, secants = _secants(x, y)
    d = np.diff(x)
    ends = (bc_type, bc_type) if isinstance(bc_type, str) else bc_type
    parabola = y.shape[0] == 3 and all(isinstance(e, str) and e == "not-a-knot" for e in ends)
    here, next_, start = _end(ends[0], h, secants, 1.0, parabola)
    there, previous, end = _end(ends[1], h[::-1], secants[::-1], -1.0, parabola)
    bands = [
        np.concatenate([np.zeros(1), next_, d[:-1]]),
        np.concatenate([here, 2 * (d[:-1] + d[1:]), there]),
        np.concatenate([d[1:], previous, np.zeros(1)]),
    ]
    inner = 3 * (h[1:] * secants[:-1] + h[:-1] * secants[1:])
    b = np.concatenate([start[None], inner, end[None]])
    flat = b.reshape(b.shape[0], -1)
    return of(sl.solve_banded)((1, 1), np.stack(bands), flat).reshape(b.shape)


def _periodic_slopes(x, y):
    """The same with the ends joined; what is solved is of the points' number squared in size."""
    h, secants = _secants(x, y)
    before = np.roll(h, 1, 0)
    here = np.eye(h.shape[0])
    h_row, before_row = h.reshape(h.shape[0], -1)[:, :1], before.reshape(h.shape[0], -1)[:, :1]
    matrix = (
        np.roll(here, -1, 1) * h_row
        + here * (2 * (before_row + h_row))
        + np.roll(here, 1, 1) * before_row
    )
    b = 3 * (h * np.roll(secants, 1, 0) + before * secants)
    slopes = np.linalg.solve(matrix, b.reshape(b.shape[0], -1)).reshape(b.shape)
    return np.concatenate([slopes, slopes[:1]])


class CubicSpline(si.CubicSpline, CubicHermiteSpline):
    """The cubic spline through points; see `scipy.interpolate.CubicSpline`.

    The derivative of a periodic one holds along data whose ends stay equal.
    """

    def __init__(
        self, x: Any, y: Any, axis: int = 0, bc_type: Any = "not-a-knot", extrapolate: Any = None
    ) -> None:
        x, y = settled(x), settled(y)
        ends = () if isinstance(bc_type, str) else [
            end if isinstance(end, str) else (end[0], settled(end[1])) for end in bc_type
        ]  # fmt: skip
        bc_type = tuple(ends) or bc_type
        plain = tuple([end if isinstance(end, str) else (end[0], getval(end[1])) for end in ends])
        super().__init__(getval(x), getval(y), axis, plain or bc_type, extrapolate)
        if not traced(x, y, *[end[1] for end in ends]) or not getval(y).size:
            return
        if bc_type == "periodic":
            self._through(x, y, None, axis, lambda x, y, _: _periodic_slopes(x, y))
        else:
            self._through(x, y, None, axis, lambda x, y, _: _smooth_slopes(x, y, bc_type))


def _pchip_interpolate(xi, yi, x, der=0, axis=0):
    spline = PchipInterpolator(xi, yi, axis=axis)
    if np.ndim(der) == 0:
        return spline(x, nu=der)
    return [spline(x, nu=nu) for nu in der]


composed(of(si.pchip_interpolate), _pchip_interpolate)
