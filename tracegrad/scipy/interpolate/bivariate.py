"""FITPACK's splines on rectangles: products of B-splines in x and y."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval
from ...numpy.rules.arrays import refuse
from .bsplines import antiderived, basis, derived, evaluated, span
from .collocation import interpolating, knots_for
from .reading import double, settled, traced
from .unknown import refusing

__all__ = ["LSQBivariateSpline", "RectBivariateSpline", "SmoothBivariateSpline"]


def _clipped(x, t, k):
    """Points outside are those on the border, which do not move with them."""
    return np.minimum(np.maximum(x, t[k]), t[t.shape[0] - k - 1])


def _between(t, c, k, a, b):
    """The integral along the first axis."""
    whole = antiderived(t, c, k)
    return evaluated(*whole, _clipped(b, t, k)) - evaluated(*whole, _clipped(a, t, k))


class _Bivariate:
    """The methods; knots and coefficients are where SciPy has them, boxes or not."""

    tck: Any
    degrees: Any

    def _parts(self) -> tuple:
        """Knots, coefficients as a matrix and degrees."""
        (tx, ty, c), (kx, ky) = self.tck[:3], self.degrees
        return tx, ty, c.reshape(tx.shape[0] - kx - 1, ty.shape[0] - ky - 1), kx, ky

    def __call__(self, x: Any, y: Any, dx: int = 0, dy: int = 0, grid: bool = True) -> Any:
        x, y = settled(x), settled(y)
        if not traced(x, y, *self.tck):
            return super().__call__(x, y, dx, dy, grid)  # type: ignore[misc]

        tx, ty, c, kx, ky = self._parts()
        x, y = _clipped(double(x), tx, kx), _clipped(double(y), ty, ky)
        if grid:
            rows = evaluated(tx, c, kx, np.atleast_1d(x), dx)
            return evaluated(ty, rows.T, ky, np.atleast_1d(y), dy).T
        for _ in range(dx):
            tx, c, kx = derived(tx, c, kx)
        c = c.T
        for _ in range(dy):
            ty, c, ky = derived(ty, c, ky)
        i, j = span(tx, kx, x), span(ty, ky, y)
        across = basis(ty, ky, y, j)
        return sum([
            b * sum([d * c[j - ky + m, i - kx + n] for m, d in enumerate(across)])
            for n, b in enumerate(basis(tx, kx, x, i))
        ])  # fmt: skip

    def ev(self, xi: Any, yi: Any, dx: int = 0, dy: int = 0) -> Any:
        return self(xi, yi, dx=dx, dy=dy, grid=False)

    def integral(self, xa: Any, xb: Any, ya: Any, yb: Any) -> Any:
        xa, xb, ya, yb = map(settled, (xa, xb, ya, yb))
        if not traced(xa, xb, ya, yb, *self.tck):
            return super().integral(xa, xb, ya, yb)  # type: ignore[misc]
        tx, ty, c, kx, ky = self._parts()
        strip = _between(tx, c, kx, double(xa), double(xb))
        return _between(ty, strip, ky, double(ya), double(yb))

    def partial_derivative(self, dx: int, dy: int) -> Any:
        if not 0 <= dx < self.degrees[0] or not 0 <= dy < self.degrees[1]:
            return super().partial_derivative(dx, dy)  # type: ignore[misc]
        tx, ty, c, kx, ky = self._parts()
        for _ in range(dx):
            tx, c, kx = derived(tx, c, kx)
        c = c.T
        for _ in range(dy):
            ty, c, ky = derived(ty, c, ky)
        return type(self)._from_tck((tx, ty, c.T.ravel(), kx, ky))


class RectBivariateSpline(_Bivariate, si.RectBivariateSpline):
    """The spline through points on a grid; see `scipy.interpolate.RectBivariateSpline`.

    Derivatives in the data are there for s=0: a smoothing spline's knots are found by search.
    """

    def __init__(
        self, x: Any, y: Any, z: Any, bbox: Any = (None,) * 4, kx: int = 3, ky: int = 3,
        s: Any = 0, **maxit: Any,
    ) -> None:  # fmt: skip
        x, y, z, bbox = settled(x), settled(y), settled(z), list(map(settled, bbox))
        values = getval(x), getval(y), getval(z), list(map(getval, bbox))
        super().__init__(*values, kx, ky, getval(s), **maxit)
        if not traced(x, y, z, s, *bbox):
            return
        if traced(s) or s != 0:
            refuse("RectBivariateSpline", s=s)
        x, y, z = double(x).ravel(), double(y).ravel(), double(z)
        tx, ty = knots_for(x, kx, *bbox[:2]), knots_for(y, ky, *bbox[2:])
        c = interpolating(ty, ky, y, interpolating(tx, kx, x, z).T).T
        self.tck = tx, ty, c.ravel()


class SmoothBivariateSpline(_Bivariate, refusing(si.SmoothBivariateSpline)):  # type: ignore[misc]
    """See `scipy.interpolate.SmoothBivariateSpline`; with derivatives in its points alone."""


class LSQBivariateSpline(_Bivariate, refusing(si.LSQBivariateSpline)):  # type: ignore[misc]
    """See `scipy.interpolate.LSQBivariateSpline`; with derivatives in its points alone."""
