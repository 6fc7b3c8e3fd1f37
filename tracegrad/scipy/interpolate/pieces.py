"""Piecewise polynomials, with traced coefficients, breakpoints and points.

SciPy's object is there with the values; which piece a point is in is found on values, and the rest
is Horner's scheme.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si
from scipy.special import binom

from ...core.box import getval, isbox
from .reading import axis_back, column, double, moving, settled, traced, values_only, within

__all__ = ["BPoly", "PPoly", "horner", "interval", "over_periods", "wrapped"]


def interval(breaks, x):
    """Which piece each point is in: half open ones, the last one closed; outside the nearest."""
    breaks, x = getval(breaks), getval(x)
    if breaks[-1] < breaks[0]:
        breaks, x = -breaks, -x
    return np.clip(np.searchsorted(breaks, x, side="right") - 1, 0, len(breaks) - 2)


def wrapped(x, first, last):
    """Points moved by whole periods to where the function is given."""
    return first + (x - first) % (last - first)


def over_periods(whole, a, b, first, last):
    """The integral from a to b of what repeats, by its integral within the first period."""
    period = last - first
    n, m = [np.floor((getval(x) - getval(first)) / getval(period)) for x in (b, a)]
    ends = whole(b - n * period) - whole(a - m * period)
    return ends + (n - m) * (whole(last) - whole(first))


def horner(c, s):
    """The polynomials with the highest power first, at distances from their breakpoints."""
    ans = c[0]
    for k in range(1, c.shape[0]):
        ans = ans * s + c[k]
    return ans


def _slopes(c, nu):
    """The coefficients of the derivative; a single row of zeros where nothing is left."""
    k = c.shape[0]
    if nu >= k:
        return np.zeros((1, *c.shape[1:]), c.dtype)
    powers = np.arange(k - 1, nu - 1, -1)
    return c[: k - nu] * column(np.prod(powers[:, None] - np.arange(nu), axis=1) * 1.0, c.ndim)


def _sums(steps):
    """What has come together before each piece."""
    return np.concatenate([np.zeros_like(getval(steps[:1])), np.cumsum(steps[:-1], 0)])


class _Pieces:
    """The methods of both classes; `_powers` gives the coefficients of powers."""

    c: Any
    x: Any

    def __init__(self, c: Any, x: Any, extrapolate: Any = None, axis: int = 0) -> None:
        c, x = settled(c), settled(x)
        super().__init__(getval(c), getval(x), extrapolate, axis)  # type: ignore[call-arg]
        if traced(c, x):  # boxes in the place of the values that SciPy has checked
            self.c = np.moveaxis(double(c), (axis, axis + 1), (0, 1)) if isbox(c) else self.c
            self.x = double(x)

    @property
    def _traced(self) -> bool:
        return traced(self.c, self.x)

    def _like(self, c: Any, extrapolate: Any) -> Any:
        return type(self).construct_fast(c, self.x, extrapolate, self.axis)  # type: ignore[attr-defined]

    @classmethod
    def construct_fast(cls, c: Any, x: Any, extrapolate: Any = None, axis: int = 0) -> Any:
        self = super().construct_fast(getval(c), getval(x), extrapolate, axis)  # type: ignore[misc]
        if traced(c, x):
            self.c, self.x = c, x
        return self

    def _powers(self) -> Any:
        return self.c

    def _at(self, x: Any, nu: int = 0) -> Any:
        """The values with the points' axes in front; outside as the nearest piece has it."""
        i = interval(self.x, x)
        c = _slopes(self._powers(), nu)
        return horner(c[:, i], column(x - self.x[i], c.ndim - 1))

    def __call__(self, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
        x = settled(x)
        if not (self._traced or isbox(x)):
            return super().__call__(x, nu, extrapolate)  # type: ignore[misc]
        if nu < 0:
            raise ValueError("Order of derivative cannot be negative")
        extrapolate = self.extrapolate if extrapolate is None else extrapolate  # type: ignore[has-type]
        x = double(x)
        first, last = self.x[0], self.x[-1]
        if extrapolate == "periodic":
            x = wrapped(x, first, last)
        ans = self._at(x, nu)
        if not extrapolate:
            ans = np.where(column(within(x, first, last), ans.ndim - x.ndim + 1), ans, np.nan)
        return axis_back(ans, x.ndim, self.axis)  # type: ignore[attr-defined]

    def _derived(self, nu: int) -> Any:
        """The coefficients of a derivative."""
        raise NotImplementedError

    def _integrated(self, nu: int) -> Any:
        """The coefficients of an integral that begins at the first break."""
        raise NotImplementedError

    def derivative(self, nu: int = 1) -> Any:
        if not self._traced:
            return super().derivative(nu)  # type: ignore[misc]
        if nu < 0:
            return self.antiderivative(-nu)
        return self._like(self._derived(nu), self.extrapolate)

    def antiderivative(self, nu: int = 1) -> Any:
        if not self._traced:
            return super().antiderivative(nu)  # type: ignore[misc]
        if nu <= 0:
            return self.derivative(-nu)
        periodic = self.extrapolate == "periodic"
        return self._like(self._integrated(nu), False if periodic else self.extrapolate)

    def integrate(self, a: Any, b: Any, extrapolate: Any = None) -> Any:
        a, b = settled(a), settled(b)
        if not (self._traced or traced(a, b)):
            return super().integrate(a, b, extrapolate)  # type: ignore[misc]
        extrapolate = self.extrapolate if extrapolate is None else extrapolate
        a, b = double(a), double(b)
        whole, first, last = self.antiderivative(), self.x[0], self.x[-1]
        if extrapolate == "periodic":
            return over_periods(whole._at, a, b, first, last)
        ans = whole._at(b) - whole._at(a)
        inside = within(a, first, last) & within(b, first, last)
        return ans if extrapolate or inside else ans * np.nan

    def extend(self, c: Any, x: Any) -> Any:
        values_only(f"{type(self).__name__}.extend", self.c, self.x, settled(c), settled(x))
        return super().extend(c, x)  # type: ignore[misc]


class PPoly(_Pieces, si.PPoly):
    """A piecewise polynomial by the coefficients of powers; see `scipy.interpolate.PPoly`."""

    c: Any = moving("c", si.PPoly)
    x: Any = moving("x", si.PPoly)

    @classmethod
    def from_spline(cls, tck: Any, extrapolate: Any = None) -> Any:
        if not isinstance(tck, si.BSpline) or not traced(tck.t, tck.c):
            return super().from_spline(tck, extrapolate)
        extrapolate = tck.extrapolate if extrapolate is None else extrapolate
        spline = tck.construct_fast(tck.t, tck.c, tck.k, True, 0)
        rows, factorial = [], 1.0
        for m in range(tck.k + 1):
            factorial *= max(m, 1)
            rows.append(spline(tck.t[:-1], m) / factorial)
        return cls.construct_fast(np.stack(rows[::-1]), tck.t, extrapolate, tck.axis)

    @classmethod
    def from_bernstein_basis(cls, bp: Any, extrapolate: Any = None) -> Any:
        if not traced(bp.c, bp.x):
            return super().from_bernstein_basis(bp, extrapolate)
        extrapolate = bp.extrapolate if extrapolate is None else extrapolate
        return cls.construct_fast(bp._powers(), bp.x, extrapolate, bp.axis)

    def _derived(self, nu: int) -> Any:
        return _slopes(self.c, nu)

    def _integrated(self, nu: int) -> Any:
        c, width = self.c, column(np.diff(self.x), self.c.ndim - 1)
        for _ in range(nu):
            c = c / column(np.arange(c.shape[0], 0.0, -1.0), c.ndim)
            gains = horner(c, width) * width
            c = np.concatenate([c, _sums(gains)[None]])
        return c

    def solve(self, y: Any = 0.0, discontinuity: bool = True, extrapolate: Any = None) -> Any:
        values_only(f"{type(self).__name__}.solve", self.c, self.x, settled(y))
        return super().solve(y, discontinuity, extrapolate)


class BPoly(_Pieces, si.BPoly):
    """A piecewise polynomial in the Bernstein basis; see `scipy.interpolate.BPoly`."""

    c: Any = moving("c", si.BPoly)
    x: Any = moving("x", si.BPoly)

    def _powers(self) -> Any:
        """Σ c_a (k over a) tᵃ (1 - t)ᵏ⁻ᵃ by the powers of x - x_i = t h, the highest first."""
        k = self.c.shape[0] - 1
        s, a = np.arange(k, -1, -1)[:, None], np.arange(k + 1)
        change = binom(k, a) * binom(k - a, s - a) * (-1.0) ** (s - a) * (s >= a)
        powers = np.tensordot(change, self.c, 1)
        width = column(np.diff(self.x), self.c.ndim - 1)
        return powers / width ** column(s[:, 0], self.c.ndim)

    def _derived(self, nu: int) -> Any:
        c, width = self.c, column(np.diff(self.x), self.c.ndim - 1)
        for _ in range(nu):
            k = c.shape[0] - 1
            c = np.diff(c, axis=0) * k / width if k else np.zeros((1, *c.shape[1:]), c.dtype)
        return c

    def _integrated(self, nu: int) -> Any:
        c, width = self.c, column(np.diff(self.x), self.c.ndim - 1)
        for _ in range(nu):
            gains = np.cumsum(c, 0) * width / c.shape[0]
            c = np.concatenate([np.zeros_like(getval(gains[:1])), gains]) + _sums(gains[-1])
        return c
