"""One polynomial through all points, by Lagrange's and by Newton's formula; Padé approximants."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval, isbox
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.poly1d import poly1d
from ...numpy.rules.arrays import as_array, refuse
from .reading import axis_back, double, settled, traced, values_only

__all__ = ["BarycentricInterpolator", "KroghInterpolator"]

# A function near a point is the list of its Taylor coefficients there.


def _times_line(p, d, rise):
    """A polynomial times d + rise h."""
    return [p[0] * d, *[b * d + a * rise for a, b in pairwise(p)]]


def _product(p, q):
    return [sum([p[i] * q[m - i] for i in range(m + 1)]) for m in range(len(p))]


def _one(x, order):
    return [np.ones_like(getval(x)), *[np.zeros_like(getval(x))] * order]


class _Polynomial:
    """The methods; `_taylor(x, order)` gives coefficients with the points' axes in front."""

    xi: Any
    yi: Any
    _y_axis: int
    _y_extra_shape: tuple

    @property
    def _traced(self) -> bool:
        return traced(self.xi, self.yi)

    def _rows(self, yi: Any) -> Any:
        """The data as SciPy keeps it: a row for each point."""
        yi = np.moveaxis(double(yi), self._y_axis, 0)
        return yi.reshape(yi.shape[0], -1)

    def _finished(self, ans: Any, x: Any) -> Any:
        return axis_back(ans.reshape(x.shape + self._y_extra_shape), x.ndim, self._y_axis)

    def _taylor(self, x: Any, order: int) -> Any:
        raise NotImplementedError

    def __call__(self, x: Any) -> Any:
        x = settled(x)
        if not (self._traced or isbox(x)):
            return super().__call__(x)  # type: ignore[misc]
        return self._finished(self._taylor(double(x), 0)[0], double(x))

    def derivatives(self, x: Any, der: Any = None) -> Any:
        x = settled(x)
        if not (self._traced or isbox(x)):
            return super().derivatives(x, der)  # type: ignore[misc]
        x, factorial, ans = double(x), 1.0, []
        for m, c in enumerate(self._taylor(x, (self.xi.shape[0] if der is None else der) - 1)):
            factorial *= max(m, 1)
            ans.append(self._finished(c * factorial, x))
        return np.stack(ans)

    def derivative(self, x: Any, der: int = 1) -> Any:
        x = settled(x)
        if not (self._traced or isbox(x)):
            return super().derivative(x, der)  # type: ignore[misc]
        return self.derivatives(x, der + 1)[der]


class BarycentricInterpolator(_Polynomial, si.BarycentricInterpolator):
    """The polynomial through points; see `scipy.interpolate.BarycentricInterpolator`.

    The barycentric formula Σ w_j y_j / (x - x_j) / Σ w_j / (x - x_j), multiplied by Π (x - x_k),
    has derivatives at the points, too (J.-P. Berrut, L. N. Trefethen, SIAM Review 46 (2004) 501).
    """

    def __init__(self, xi: Any, yi: Any = None, axis: int = 0, *, wi: Any = None,
                 **random: Any) -> None:  # fmt: skip
        xi, wi = settled(xi), settled(wi)
        self._given = wi is not None
        options = {**random, **({} if wi is None else {"wi": getval(wi)})}
        super().__init__(getval(xi), None, axis, **options)
        self._y_axis = axis
        if traced(xi, wi):
            self.xi = double(xi)
            self.wi = self._weights() if wi is None else wi
        self.set_yi(yi, axis)

    def _weights(self) -> Any:
        """1 / Π_{k≠j} (x_j - x_k), of distances in units of the capacity of the interval."""
        d = (self.xi[:, None] - self.xi) * self._unit
        return 1.0 / np.prod(np.where(np.eye(d.shape[0], dtype=bool), 1.0, d), axis=1)

    @property
    def _unit(self) -> Any:
        values = getval(self.xi)
        return 4.0 / (values.max() - values.min())

    @property
    def _traced(self) -> bool:
        return traced(self.xi, self.yi, self.wi)

    def set_yi(self, yi: Any, axis: Any = None) -> None:
        yi = settled(yi)
        super().set_yi(getval(yi), axis)
        if isbox(yi):
            self.yi = self._rows(yi)

    def add_xi(self, xi: Any, yi: Any = None) -> None:
        values_only("BarycentricInterpolator.add_xi", self.xi, self.yi, settled(xi), settled(yi))
        super().add_xi(xi, yi)

    def _taylor(self, x: Any, order: int) -> Any:
        if self._given and order:
            refuse("BarycentricInterpolator.derivative", wi=self.wi)
        n, unit = self.xi.shape[0], self._unit
        lines = [(x - self.xi[k]) * unit for k in range(n)]
        before, after = [_one(x, order)], [_one(x, order)]
        for k in range(n - 1):
            before.append(_times_line(before[-1], lines[k], unit))
            after.append(_times_line(after[-1], lines[n - 1 - k], unit))
        above, below = [0.0] * (order + 1), 0.0
        for j in range(n):
            others = _product(before[j], after[n - 1 - j])
            below = below + self.wi[j] * others[0]
            terms = [(self.wi[j] * part)[..., None] * self.yi[j] for part in others]
            above = [a + b for a, b in zip(above, terms)]
        return [part / below[..., None] for part in above]


class KroghInterpolator(_Polynomial, si.KroghInterpolator):
    """A polynomial by values and derivatives; see `scipy.interpolate.KroghInterpolator`.

    The derivative in points that are given more than once is that of moving them together.
    """

    def __init__(self, xi: Any, yi: Any, axis: int = 0) -> None:
        xi, yi = settled(xi), settled(yi)
        super().__init__(getval(xi), getval(yi), axis)
        if traced(xi, yi):
            self.xi, self.yi = double(xi), self._rows(yi)
            self.c = self._differences()

    def _differences(self) -> Any:
        """Newton's divided differences; over equal points they are derivatives."""
        x, values, n = self.xi, getval(self.xi), self.xi.shape[0]
        start = [int(np.flatnonzero(values == v)[0]) for v in values]
        row, c, factorial = [self.yi[i] for i in start], [self.yi[0]], 1.0
        for m in range(1, n):
            factorial *= m
            row = [
                self.yi[start[i] + m] / factorial if values[i + m] == values[i]
                else (row[i + 1] - row[i]) / (x[i + m] - x[i])
                for i in range(n - m)
            ]  # fmt: skip
            c.append(row[0])
        return np.stack(c)

    def _taylor(self, x: Any, order: int) -> Any:
        n = self.xi.shape[0]
        ans = [self.c[n - 1] * part[..., None] for part in _one(x, order)]
        for k in range(n - 2, -1, -1):
            ans = _times_line(ans, (x - self.xi[k])[..., None], 1.0)
            ans[0] = ans[0] + self.c[k]
        return ans


def _all_orders(interpolant, x, der):
    if np.ndim(der) == 0:
        return interpolant.derivative(x, der) if der else interpolant(x)
    return interpolant.derivatives(x, int(np.max(der)) + 1)[np.asarray(der)]


def _krogh_interpolate(xi, yi, x, der=0, axis=0):
    return _all_orders(KroghInterpolator(xi, yi, axis), x, der)


def _barycentric_interpolate(xi, yi, x, axis=0, *, der=0, **random):
    return _all_orders(BarycentricInterpolator(xi, yi, axis, **random), x, der)


def _lagrange(x, w):
    x, w = as_array(x), as_array(w)
    total = poly1d([0.0])
    for j in range(x.shape[0]):
        part = poly1d(np.stack([w[j]]))
        for k in range(x.shape[0]):
            if k != j:
                part = part * poly1d(np.stack([np.ones_like(getval(x[k])), -x[k]]) / (x[j] - x[k]))
        total = total + part
    return total


def _pade(an, m, n=None):
    """Σ a_i xⁱ q(x) = p(x) up to the order m + n, with q(0) = 1."""
    an = as_array(an)
    n = an.shape[0] - 1 - m if n is None else n
    if n < 0:
        raise ValueError("Order of p <n> must be greater than 0.")
    if m + n > an.shape[0] - 1:
        raise ValueError("Order of q+p <m+n> must be smaller than len(an).")
    padded = np.concatenate([np.zeros(m, an.dtype), an])
    shifted = np.arange(m + n + 1)[:, None] + m - np.arange(m + 1)
    matrix = padded[shifted]  # of the coefficients of q, row by row
    q = np.linalg.solve(matrix[n + 1 :, 1:], -matrix[n + 1 :, 0]) if m else np.zeros(0, an.dtype)
    q = np.concatenate([np.ones(1, an.dtype), q])
    return poly1d((matrix[: n + 1] @ q)[::-1]), poly1d(q[::-1])


composed(of(si.krogh_interpolate), _krogh_interpolate)
composed(of(si.barycentric_interpolate), _barycentric_interpolate)
composed(of(si.lagrange), _lagrange)
composed(of(si.pade), _pade)
