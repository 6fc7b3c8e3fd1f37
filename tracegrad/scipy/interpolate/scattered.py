"""Interpolation between points anywhere: in the simplices of a triangulation, by the nearest."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse
from .lines import interp1d
from .reading import column, double, settled, traced

__all__ = ["LinearNDInterpolator", "NearestNDInterpolator"]


def _coordinates(x, dimensions):
    """The coordinates along the last axis; each may come as an array of its own."""
    if isinstance(x, tuple) and len(x) == 1 and dimensions != 1:
        x = x[0]
    if isinstance(x, tuple):
        return np.stack(np.broadcast_arrays(*map(double, x)), -1)
    x = double(x)
    return x if x.ndim > 1 else x.reshape(-1, dimensions) if dimensions else x[:, None]


def _settled(x):
    """A tuple keeps its meaning, the coordinates one by one."""
    return tuple(map(settled, x)) if isinstance(x, tuple) else settled(x)


def _plain(x):
    return tuple(map(getval, x)) if isinstance(x, tuple) else getval(x)


def _any_traced(*args):
    return any(traced(*arg) if isinstance(arg, tuple) else traced(arg) for arg in args)


class LinearNDInterpolator(si.LinearNDInterpolator):
    """A plane over each simplex; see `scipy.interpolate.LinearNDInterpolator`.

    The triangulation is that of the points' values, so derivatives hold while it stays the same.
    """

    def __init__(
        self, points: Any, values: Any, fill_value: Any = np.nan, rescale: bool = False
    ) -> None:
        points, values, fill = _settled(points), settled(values), settled(fill_value)
        super().__init__(_plain(points), getval(values), getval(fill), rescale)
        if hasattr(points, "simplices"):
            points = points.points
        self._at, self._of, self._fill = _coordinates(points, 0), as_array(values), fill

    def __call__(self, *args: Any, simplex_tolerance: float = 1.0) -> Any:
        options = {} if simplex_tolerance == 1.0 else {"simplex_tolerance": simplex_tolerance}
        x = _settled(args if len(args) > 1 else args[0])
        if not _any_traced(x, self._at, self._of, self._fill):
            return super().__call__(*args, **options)
        n = self._at.shape[1]
        x = _coordinates(x, n)
        flat = x.reshape(-1, n)
        scaled = getval(flat)
        if self.scale is not None:
            scaled = (scaled - self.offset) / self.scale
        found = self.tri.find_simplex(scaled, tol=100 * np.finfo(float).eps * simplex_tolerance)
        corners = self.tri.simplices[found]
        ones = np.ones((*corners.shape, 1))
        matrix = np.swapaxes(np.concatenate([self._at[corners], ones], -1), -1, -2)
        right = np.concatenate([flat, np.ones((flat.shape[0], 1))], -1)[..., None]
        shares = np.linalg.solve(matrix, right)
        rest = self._of.shape[1:]
        ans = np.sum(shares * self._of.reshape(self._of.shape[0], -1)[corners], 1)
        fill = as_array(self._fill).astype(ans.dtype)
        ans = np.where((found < 0)[:, None], fill, ans)
        return ans.reshape(x.shape[:-1] + rest)


class NearestNDInterpolator(si.NearestNDInterpolator):
    """The value of the nearest point; see `scipy.interpolate.NearestNDInterpolator`."""

    def __init__(self, x: Any, y: Any, **options: Any) -> None:
        x, y = _settled(x), settled(y)
        super().__init__(_plain(x), getval(y), **options)
        self._of = as_array(y)

    def __call__(self, *args: Any, **query: Any) -> Any:
        x = _settled(args if len(args) > 1 else args[0])
        if not _any_traced(x, self._of):
            return super().__call__(*args, **query)
        numbers = si.NearestNDInterpolator.__new__(si.NearestNDInterpolator)
        numbers.__dict__.update(self.__dict__)
        numbers.values = np.arange(len(self._of), dtype=float)
        found = numbers(_plain(x), **query)
        lost = np.isnan(found)
        ans = self._of[np.where(lost, 0.0, found).astype(int)]
        return np.where(column(lost, ans.ndim - lost.ndim + 1), np.nan, ans) if lost.any() else ans


def _griddata(
    points, values, xi, method="linear", fill_value=np.nan, rescale=False, simplex_tolerance=1.0
):
    points, xi = _settled(points), _settled(xi)
    several = isinstance(points, tuple)
    if several and len(points) == 1:
        points, several = points[0], False
    n = len(points) if several else 1 if as_array(points).ndim < 2 else as_array(points).shape[-1]
    if n == 1 and method in ("nearest", "linear", "cubic"):
        xi = xi[0] if isinstance(xi, tuple) else xi
        fill = "extrapolate" if method == "nearest" else fill_value
        line = interp1d(as_array(points).ravel(), values, method, 0, bounds_error=False,
                        fill_value=fill)  # fmt: skip
        return line(xi)
    if method == "nearest":
        return NearestNDInterpolator(points, values, rescale=rescale)(xi)
    if method == "linear":
        planes = LinearNDInterpolator(points, values, fill_value, rescale)
        return planes(xi, simplex_tolerance=simplex_tolerance)
    si.griddata(_plain(points), getval(values), _plain(xi), method)  # SciPy's errors
    refuse("griddata", method=method)


composed(of(si.griddata), _griddata)
