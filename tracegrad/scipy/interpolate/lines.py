"""`interp1d`: lines, steps and splines through points."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval
from ...numpy.rules.arrays import as_array
from .collocation import make_interp_spline
from .reading import axis_back, column, settled, traced

__all__ = ["interp1d"]

_ORDERS = {"zero": 0, "slinear": 1, "quadratic": 2, "cubic": 3}


def _inexact(x):
    x = as_array(x)
    return x if x.dtype.kind in "fc" else x.astype(np.float64)


def _line(x, y, q):
    i = np.clip(np.searchsorted(getval(x), getval(q)), 1, x.shape[0] - 1)
    slope = (y[i] - y[i - 1]) / column(x[i] - x[i - 1], y.ndim)
    return slope * column(q - x[i - 1], y.ndim) + y[i - 1]


def _steps(kind, x, q):
    """Whose value each point has."""
    n = len(x)
    if kind in ("nearest", "nearest-up"):
        middles = x[1:] / 2.0 + x[:-1] / 2.0
        found = np.searchsorted(middles, q, side="left" if kind == "nearest" else "right")
    elif kind == "previous":
        found = np.searchsorted(np.nextafter(x, -np.inf), q, side="left") - 1
    else:
        found = np.searchsorted(np.nextafter(x, np.inf), q, side="right")
    return np.clip(found, 0, n - 1)


class interp1d(si.interp1d):
    """An interpolant of one variable; see `scipy.interpolate.interp1d`."""

    def __init__(
        self, x: Any, y: Any, kind: Any = "linear", axis: int = -1, copy: Any = True,
        bounds_error: Any = None, fill_value: Any = np.nan, assume_sorted: bool = False,
    ) -> None:  # fmt: skip
        x, y = settled(x), settled(y)
        pair = isinstance(fill_value, tuple) and len(fill_value) == 2
        fills = tuple(map(settled, fill_value)) if pair else (settled(fill_value),) * 2
        values = tuple(map(getval, fills)) if pair else getval(fills[0])
        super().__init__(getval(x), getval(y), kind, axis, copy, bounds_error, values,
                         assume_sorted)  # fmt: skip
        if traced(x, y):
            order = np.argsort(getval(x), kind="stable")
            order = np.arange(len(order)) if assume_sorted else order
            self.x, self.y = as_array(x)[order], np.take(_inexact(y), order, axis)
        self._asked, self._fills = kind, fills

    @property
    def _outside(self) -> tuple:
        """What is below and above."""
        y, (below, above) = np.moveaxis(self.y, self.axis, 0), self._fills
        if isinstance(below, str) and self._asked == "previous":
            return np.nan, y[-1]
        if isinstance(below, str) and self._asked == "next":
            return y[0], np.nan
        return below, above

    def __call__(self, x: Any) -> Any:
        x = settled(x)
        if not traced(x, self.x, self.y, *self._fills):
            return super().__call__(x)
        q, kind, y = _inexact(x), self._asked, np.moveaxis(self.y, self.axis, 0)
        if kind == "linear":
            ans = _line(self.x, y, q)
        elif kind in ("nearest", "nearest-up", "previous", "next"):
            ans = y[_steps(kind, getval(self.x), getval(q))]
        else:
            ans = make_interp_spline(self.x, y, _ORDERS.get(kind, kind))(q)
        if not self._extrapolate:
            masks = self._check_bounds(np.ravel(getval(q)))
            for mask, fill in zip(masks, self._outside):
                fill = np.broadcast_to(as_array(fill), y.shape[1:]).astype(ans.dtype)
                ans = np.where(column(mask.reshape(q.shape), y.ndim), fill, ans)
        return axis_back(ans, q.ndim, self.axis)
