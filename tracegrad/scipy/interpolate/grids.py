"""Interpolation on a grid of any dimension."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from .bivariate import RectBivariateSpline
from .bsplines import basis, derived, span
from .collocation import interpolating, knots_for
from .cubic import hermite, monotone_slopes
from .pieces import horner, interval
from .reading import column, double, moving, settled, traced

__all__ = ["RegularGridInterpolator"]

_DEGREES = {"slinear": 1, "cubic": 3, "quintic": 5}


def _points(xi, dimensions):
    """The coordinates along the last axis."""
    if isinstance(xi, tuple) and len(xi) == 1:
        xi = xi[0]
    if isinstance(xi, tuple):
        return np.stack(np.broadcast_arrays(*map(double, xi)), -1)
    xi = double(xi)
    return xi.reshape(-1, dimensions) if xi.ndim == 1 else xi


def _linear(grid, values, x):
    """The sum over the corners of a cell, each by the shares of its sides."""
    sides = []
    for g, q in zip(grid, x):
        if g.shape[0] == 1:
            sides.append([(np.zeros(q.shape, int), 1.0)])
            continue
        i = interval(g, q)
        share = (q - g[i]) / (g[i + 1] - g[i])
        sides.append([(i, 1.0 - share), (i + 1, share)])
    total = 0.0
    for corner in itertools.product(*sides):
        weight = np.ones(x[0].shape)
        for _, share in corner:
            weight = weight * share
        part = values[tuple([i for i, _ in corner])]
        total = total + part * column(weight, part.ndim)
    return total


def _nearest(grid, values, x):
    index = []
    for g, q in zip(map(getval, grid), map(getval, x)):
        i = interval(g, q) if len(g) > 1 else np.zeros(q.shape, int)
        last = len(g) - 1
        middle = 0.5 * (g[i] + g[np.minimum(i + 1, last)])
        index.append(np.where((q <= middle) | (i == last), i, i + 1))
    return values[tuple(index)]


def _spline(grid, values, x, k, nu):
    """Products of B-splines, with the coefficients along one axis after the other."""
    n, c, index, parts = len(grid), values, [], []
    for g, q, order in zip(grid, x, nu):
        t, degree = knots_for(g, k), k
        c = interpolating(t, k, g, c)
        for _ in range(order):
            t, c, degree = derived(t, c, degree)
        i = span(t, degree, q)
        index.append(i[:, None] - degree + np.arange(degree + 1))
        parts.append(np.stack(basis(t, degree, q, i), -1))
        c = np.moveaxis(c, 0, n - 1)
    found = c[tuple([
        i.reshape(-1, *(1,) * j, i.shape[1], *(1,) * (n - 1 - j)) for j, i in enumerate(index)
    ])]  # fmt: skip
    for part in parts:
        found = np.sum(found * column(part, found.ndim - 1), 1)
    return found


def _monotone(grid, values, x):
    """Along the last axis first; then every point has values of its own along the others."""
    n, m = len(grid), np.arange(x[0].shape[0])
    ans = np.moveaxis(values, n - 1, 0)
    for j in range(n - 1, -1, -1):
        g, i = grid[j], interval(grid[j], x[j])
        c = hermite(g, ans, monotone_slopes(g, ans))
        c = c[:, i] if j == n - 1 else c[:, i, m]
        ans = horner(c, column(x[j] - g[i], c.ndim - 1))
        if j:
            ans = np.moveaxis(ans, j, 0)
    return ans


class RegularGridInterpolator(si.RegularGridInterpolator):
    """An interpolant on a grid; see `scipy.interpolate.RegularGridInterpolator`."""

    grid: Any = moving("grid", si.RegularGridInterpolator)
    values: Any = moving("values", si.RegularGridInterpolator)

    def __init__(
        self, points: Any, values: Any, method: str = "linear", bounds_error: bool = True,
        fill_value: Any = np.nan, **solving: Any,
    ) -> None:  # fmt: skip
        points, values = tuple(map(settled, points)), settled(values)
        fill = settled(fill_value)
        plain = tuple(map(getval, points)), getval(values)
        super().__init__(*plain, method, bounds_error, getval(fill), **solving)
        self.fill_value = fill
        if traced(*points, values):
            points, values = tuple(map(double, points)), as_array(values)
            down = [j for j, p in enumerate(map(getval, points)) if p.size > 1 and p[0] > p[1]]
            self.grid = tuple([p[::-1] if j in down else p for j, p in enumerate(points)])
            values = values if values.dtype.kind in "fc" else double(values)
            self.values = np.flip(values, down) if down else values

    def __call__(self, xi: Any, method: Any = None, **nu: Any) -> Any:
        xi = tuple(map(settled, xi)) if isinstance(xi, tuple) else settled(xi)
        several = xi if isinstance(xi, tuple) else (xi,)
        if not traced(*several, *self.grid, self.values, self.fill_value):
            return super().__call__(xi, method, **nu)
        method = (self.method if method is None else method).removesuffix("_legacy")
        grid, values, n = self.grid, self.values, len(self.grid)
        xi = _points(xi, n)
        self._prepare_xi(getval(xi))  # SciPy's errors
        flat = xi.reshape(-1, n)
        x = [flat[:, j] for j in range(n)]
        if nu.get("nu") is not None and method not in _DEGREES:
            raise ValueError(f"Can only compute derivatives for splines, got {method=}.")
        if method == "linear":
            ans = _linear(grid, values, x)
        elif method == "nearest":
            ans = _nearest(grid, values, x)
        elif method == "pchip":
            ans = _monotone(grid, values, x)
        elif method in _DEGREES:
            k = _DEGREES[method]
            self._validate_grid_dimensions(tuple(map(getval, grid)), method)
            ans = _spline(grid, double(values), x, k, (0,) * n if not nu else nu["nu"])
        else:
            raise ValueError(f"Method '{method}' is not defined")
        if not self.bounds_error and self.fill_value is not None:
            outside = [(getval(q) < g[0]) | (getval(q) > g[-1]) for q, g in zip(x, self._plain)]
            fill = as_array(self.fill_value).astype(ans.dtype)
            ans = np.where(column(np.any(outside, axis=0), ans.ndim), fill, ans)
        lost = np.any(np.isnan(getval(flat)), axis=-1)
        if np.any(lost):
            ans = np.where(column(lost, ans.ndim), ans.dtype.type(np.nan), ans)
        return ans.reshape(xi.shape[:-1] + values.shape[n:])

    @property
    def _plain(self) -> Any:
        return tuple(map(getval, self.grid))


def _interpn(points, values, xi, method="linear", bounds_error=True, fill_value=np.nan):
    plain = [tuple(map(getval, a)) if isinstance(a, tuple) else getval(a) for a in (points, xi)]
    if method == "splinef2d":
        si.interpn(plain[0], getval(values), plain[1], method, bounds_error, getval(fill_value))
        xi = _points(xi, 2)
        x, y = xi[..., 0], xi[..., 1]
        inside = [
            (getval(q) >= getval(p)[0]) & (getval(q) <= getval(p)[-1])
            for q, p in zip((x, y), points)
        ]
        ans = RectBivariateSpline(*points, values).ev(x, y)
        return np.where(inside[0] & inside[1], ans, fill_value)
    interpolant = RegularGridInterpolator(points, values, method, bounds_error, fill_value)
    return interpolant(xi)


composed(of(si.interpn), _interpn)
