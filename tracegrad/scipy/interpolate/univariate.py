"""FITPACK's splines of one variable, as objects."""

from __future__ import annotations

from typing import Any

import scipy.interpolate as si

from ...core.box import getval, isbox
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import refuse
from .bsplines import padded
from .collocation import interpolating, knots_for, nearest, with_ends
from .fitpack import spline_values
from .reading import double, settled, traced, values_only

__all__ = ["InterpolatedUnivariateSpline", "LSQUnivariateSpline", "UnivariateSpline"]

_MODES = {"extrapolate": 0, "zeros": 1, "raise": 2, "const": 3}


class _Univariate:
    """The methods; knots and coefficients are where SciPy has them, boxes or not."""

    _eval_args: Any
    _data: Any
    ext: Any

    @property
    def _traced(self) -> bool:
        return traced(*self._eval_args)

    def _put(self, t: Any, c: Any, k: int) -> None:
        c = padded(t, c)
        self._eval_args = t, c, k
        self._data = (*self._data[:7], t.shape[0], t, c, *self._data[10:])

    def __call__(self, x: Any, nu: int = 0, ext: Any = None) -> Any:
        x = settled(x)
        if not (self._traced or isbox(x)):
            return super().__call__(x, nu, ext)  # type: ignore[misc]
        ext = self.ext if ext is None else ext
        if ext not in (0, 1, 2, 3) and ext not in _MODES:
            raise ValueError(f"Unknown extrapolation mode {ext}.")
        return spline_values(*self._eval_args, double(x), nu, _MODES.get(ext, ext))

    def integral(self, a: Any, b: Any) -> Any:
        return of(si.splint)(settled(a), settled(b), self._eval_args)

    def derivatives(self, x: Any) -> Any:
        return of(si.spalde)(settled(x), self._eval_args)

    def derivative(self, n: int = 1) -> Any:
        tck = of(si.splder)(self._eval_args, n)
        return UnivariateSpline._from_tck(tck, 1 if self.ext == 3 else self.ext)

    def antiderivative(self, n: int = 1) -> Any:
        return UnivariateSpline._from_tck(of(si.splantider)(self._eval_args, n), self.ext)

    def roots(self) -> Any:
        values_only(f"{type(self).__name__}.roots", *self._eval_args)
        return super().roots()  # type: ignore[misc]

    def set_smoothing_factor(self, s: Any) -> Any:
        values_only(f"{type(self).__name__}.set_smoothing_factor", *self._eval_args)
        return super().set_smoothing_factor(s)  # type: ignore[misc]

    def _interpolate(self, x: Any, y: Any, bbox: Any, k: int) -> None:
        x, y = double(x), double(y)
        t = knots_for(x, k, *bbox)
        self._put(t, interpolating(t, k, x, y), k)


class UnivariateSpline(_Univariate, si.UnivariateSpline):
    """A spline through points; see `scipy.interpolate.UnivariateSpline`.

    Derivatives in the data are there for s=0: a smoothing spline's knots are found by search.
    """

    def __init__(
        self, x: Any, y: Any, w: Any = None, bbox: Any = (None, None), k: int = 3, s: Any = None,
        ext: Any = 0, check_finite: bool = False,
    ) -> None:  # fmt: skip
        x, y, w, bbox = settled(x), settled(y), settled(w), list(map(settled, bbox))
        values = getval(x), getval(y), getval(w), list(map(getval, bbox))
        super().__init__(*values, k, getval(s), ext, check_finite)
        if traced(x, y, w, s, *bbox):
            if isbox(s) or s != 0:
                refuse("UnivariateSpline", s="len(w)" if s is None else s)
            self._interpolate(x, y, bbox, k)


class InterpolatedUnivariateSpline(_Univariate, si.InterpolatedUnivariateSpline):
    """A spline through points; see `scipy.interpolate.InterpolatedUnivariateSpline`."""

    def __init__(
        self, x: Any, y: Any, w: Any = None, bbox: Any = (None, None), k: int = 3, ext: Any = 0,
        check_finite: bool = False,
    ) -> None:  # fmt: skip
        x, y, w, bbox = settled(x), settled(y), settled(w), list(map(settled, bbox))
        values = getval(x), getval(y), getval(w), list(map(getval, bbox))
        super().__init__(*values, k, ext, check_finite)
        if traced(x, y, w, *bbox):
            self._interpolate(x, y, bbox, k)


class LSQUnivariateSpline(_Univariate, si.LSQUnivariateSpline):
    """The spline nearest to points; see `scipy.interpolate.LSQUnivariateSpline`."""

    def __init__(
        self, x: Any, y: Any, t: Any, w: Any = None, bbox: Any = (None, None), k: int = 3,
        ext: Any = 0, check_finite: bool = False,
    ) -> None:  # fmt: skip
        x, y, t, w = settled(x), settled(y), settled(t), settled(w)
        bbox = list(map(settled, bbox))
        values = getval(x), getval(y), getval(t), getval(w), list(map(getval, bbox))
        super().__init__(*values, k, ext, check_finite)
        if traced(x, y, t, w, *bbox):
            x, y = double(x), double(y)
            ends = [end if b is None else b for end, b in zip((x[0], x[-1]), bbox)]
            t = with_ends(double(t), k, *ends)
            self._put(t, nearest(t, k, x, y, w), k)
