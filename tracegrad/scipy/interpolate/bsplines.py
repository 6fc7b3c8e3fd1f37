"""Splines in the basis of B-splines, with traced knots, coefficients and points."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval, isbox
from .pieces import over_periods, wrapped
from .reading import axis_back, column, double, front, moving, settled, traced, values_only, within

__all__ = ["BSpline", "antiderived", "basis", "derived", "evaluated", "padded", "span"]


def span(t, k, x):
    """The knot interval, not an empty one, that each point is in; outside the nearest."""
    t, x = getval(t), getval(x)
    n = len(t) - k - 1
    found = np.searchsorted(t, x, side="right") - 1
    if k == 0:  # the last one counts, empty as it is
        return np.clip(found, 0, n - 1)
    return np.clip(found, np.searchsorted(t, t[k], side="right") - 1, np.searchsorted(t, t[n]) - 1)


def basis(t, k, x, i):
    """The k + 1 B-splines that are not 0 in the intervals i, by the recursion of Cox and de Boor.

    L. Piegl, W. Tiller, The NURBS Book, 2nd ed., algorithm A2.2.
    """
    left = [x - t[i + 1 - j] for j in range(1, k + 1)]
    right = [t[i + j] - x for j in range(1, k + 1)]
    found = [np.ones_like(getval(x))]
    for j in range(k):
        saved, raised = 0.0, []
        for r in range(j + 1):
            part = found[r] / (right[r] + left[j - r])
            raised.append(saved + right[r] * part)
            saved = left[j - r] * part
        found = [*raised, saved]
    return found


def _quotient(c, h):
    """Coefficients over knot distances; where knots coincide they belong to no interval."""
    there = getval(h) > 0
    return np.where(column(there, c.ndim), c, 0.0) / column(np.where(there, h, 1.0), c.ndim)


def derived(t, c, k):
    """Knots, coefficients and degree of the derivative (de Boor, chapter X, equation 16)."""
    n = t.shape[0] - k - 1
    return t[1:-1], k * _quotient(np.diff(c[:n], axis=0), t[k + 1 : n + k] - t[1:n]), k - 1


def antiderived(t, c, k):
    """Knots, coefficients and degree of the integral from the first knot on (equation 22)."""
    n = t.shape[0] - k - 1
    c = np.cumsum(c[:n] * column(t[k + 1 :] - t[:n], c.ndim), 0) / (k + 1)
    c = np.concatenate([np.zeros_like(getval(c[:1])), c])
    return np.concatenate([t[:1], t, t[-1:]]), c, k + 1


def evaluated(t, c, k, x, nu=0):
    """The values at the points, or those of a derivative, with the points' axes in front."""
    i = span(t, k, x)
    if nu > k:
        return np.zeros((*x.shape, *c.shape[1:]), c.dtype)
    for _ in range(nu):
        t, c, k = derived(t, c, k)
        i = i - 1
    parts = basis(t, k, x, i)
    return sum([column(b, c.ndim) * c[i - k + j] for j, b in enumerate(parts)])


def padded(t, c):
    """With as many rows as there are knots, as FITPACK has it."""
    zeros = np.zeros((t.shape[0] - c.shape[0], *c.shape[1:]), c.dtype)
    return np.concatenate([c, zeros])


class BSpline(si.BSpline):
    """A spline by knots and coefficients; see `scipy.interpolate.BSpline`."""

    t: Any = moving("t", si.BSpline)
    c: Any = moving("c", si.BSpline)

    def __init__(self, t: Any, c: Any, k: Any, extrapolate: Any = True, axis: int = 0) -> None:
        t, c = settled(t), settled(c)
        super().__init__(getval(t), getval(c), k, extrapolate, axis)
        if traced(t, c):
            self.t, self.c = double(t), front(c, axis)

    @classmethod
    def construct_fast(cls, t: Any, c: Any, k: Any, extrapolate: Any = True, axis: int = 0) -> Any:
        self = super().construct_fast(getval(t), getval(c), k, extrapolate, axis)
        if traced(t, c):
            self.t, self.c = t, c
        return self

    @property
    def tck(self) -> Any:
        return self.t, self.c, self.k

    @property
    def _traced(self) -> bool:
        return traced(self.t, self.c)

    @property
    def _ends(self) -> tuple:
        return self.t[self.k], self.t[self.t.shape[0] - self.k - 1]

    def _at(self, x: Any, nu: int = 0) -> Any:
        return evaluated(self.t, self.c, self.k, x, nu)

    def __call__(self, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
        x = settled(x)
        if not (self._traced or isbox(x)):
            return super().__call__(x, nu, extrapolate)
        if nu < 0:
            raise NotImplementedError("Cannot do derivative order < 0.")
        extrapolate = self.extrapolate if extrapolate is None else extrapolate
        x, (first, last) = double(x), self._ends
        if extrapolate == "periodic":
            x = wrapped(x, first, last)
        ans = self._at(x, nu)
        if not extrapolate:
            ans = np.where(column(within(x, first, last), ans.ndim - x.ndim + 1), ans, np.nan)
        return axis_back(ans, x.ndim, self.axis)

    def _from(self, t: Any, c: Any, k: int, extrapolate: Any) -> Any:
        return type(self).construct_fast(t, padded(t, c), k, extrapolate, self.axis)

    def derivative(self, nu: int = 1) -> Any:
        if not self._traced:
            return super().derivative(nu)
        if nu < 0:
            return self.antiderivative(-nu)
        super().construct_fast(*map(getval, self.tck)).derivative(nu)  # SciPy's errors
        t, c, k = self.tck
        for _ in range(nu):
            t, c, k = derived(t, c, k)
        return self._from(t, c, k, self.extrapolate)

    def antiderivative(self, nu: int = 1) -> Any:
        if not self._traced:
            return super().antiderivative(nu)
        if nu < 0:
            return self.derivative(-nu)
        t, c, k = self.tck
        for _ in range(nu):
            t, c, k = antiderived(t, c, k)
        return self._from(t, c, k, False if self.extrapolate == "periodic" else self.extrapolate)

    def integrate(self, a: Any, b: Any, extrapolate: Any = None) -> Any:
        a, b = settled(a), settled(b)
        if not (self._traced or traced(a, b)):
            return super().integrate(a, b, extrapolate)
        extrapolate = self.extrapolate if extrapolate is None else extrapolate
        (first, last), whole = self._ends, antiderived(*self.tck)

        def until(x: Any) -> Any:
            return evaluated(*whole, x)

        a, b = double(a), double(b)
        if extrapolate == "periodic":
            return over_periods(until, a, b, first, last)
        if not extrapolate:
            a, b = [np.minimum(np.maximum(x, first), last) for x in (a, b)]
        return until(b) - until(a)

    @classmethod
    def from_power_basis(cls, pp: Any, bc_type: Any = "not-a-knot") -> Any:
        values_only("BSpline.from_power_basis", pp.c, pp.x)
        return super().from_power_basis(pp, bc_type)

    def insert_knot(self, x: Any, m: int = 1) -> Any:
        values_only("BSpline.insert_knot", self.t, self.c, settled(x))
        return super().insert_knot(x, m)
