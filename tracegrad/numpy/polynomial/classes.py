"""`Polynomial`, `Chebyshev` …: NumPy's classes with traced coefficients, domains and points."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.polynomial._polybase import ABCPolyBase

from ...core.box import getval, isbox
from ...core.errors import NoDerivative, user_line
from ..namespace import primitive_of as of
from ..rules.arrays import as_array
from . import polyutils

__all__ = ["traced"]


def _traced(*values: Any) -> bool:
    return any(isbox(as_array(value)) for value in values if value is not None)


def _pair(ends: Any, name: str) -> Any:
    if np.shape(ends) != (2,):
        raise ValueError(f"{name} has wrong number of elements.")
    return np.copy(ends)


class _Series:
    """What NumPy's classes do with `numpy.asarray` and the like, done with boxes as well."""

    coef: Any
    domain: Any
    window: Any
    symbol: str
    _plain: type

    def __init__(
        self, coef: Any, domain: Any = None, window: Any = None, symbol: str = "x"
    ) -> None:
        if not _traced(coef, domain, window):
            super().__init__(coef, domain, window, symbol)  # type: ignore[call-arg]
            return
        super().__init__([1.0], symbol=symbol)  # type: ignore[call-arg]
        coef = np.atleast_1d(as_array(coef))
        if coef.size == 0:
            raise ValueError("Coefficient array is empty")
        if coef.ndim != 1:
            raise ValueError("Coefficient array is not 1-d")
        self.coef = np.copy(coef)
        if domain is not None:
            self.domain = _pair(as_array(domain), "Domain")
        if window is not None:
            self.window = _pair(as_array(window), "Window")

    def __repr__(self) -> str:
        plain = self._plain(getval(self.coef), symbol=self.symbol)
        plain.domain, plain.window = getval(self.domain), getval(self.window)
        return repr(plain)

    def __call__(self, arg: Any) -> Any:
        if isinstance(arg, ABCPolyBase):
            if _traced(self.coef, self.domain, self.window, arg.coef, arg.domain, arg.window):
                raise NoDerivative(
                    f"{type(self).__name__}: a traced series of a series (also by convert and "
                    f"cast) has no derivative rule.\n  in {user_line()}\n  Evaluate one after "
                    "the other at points instead: p(q(x))."
                )
            return super().__call__(arg)  # type: ignore[misc]
        if type(arg) in (list, tuple):
            arg = as_array(arg)
        arg = polyutils.mapdomain(arg, self.domain, self.window)
        return self._val(arg, self.coef)  # type: ignore[attr-defined]

    def _get_coefficients(self, other: Any) -> Any:
        if type(other) is self._plain:
            other = type(self)(other.coef, other.domain, other.window, other.symbol)
        return super()._get_coefficients(other)  # type: ignore[misc]

    def _like(self, coef: Any) -> Any:
        return type(self)(coef, self.domain, self.window, self.symbol)

    def __truediv__(self, other: Any) -> Any:
        if isbox(other) and other.ndim == 0:
            return self._like(self.coef / other)
        return super().__truediv__(other)  # type: ignore[misc]

    def roots(self) -> Any:
        roots = self._roots(self.coef)  # type: ignore[attr-defined]
        return polyutils.mapdomain(roots, self.window, self.domain)

    def trim(self, tol: Any = 0) -> Any:
        return self._like(polyutils.trimcoef(self.coef, tol))

    @classmethod
    def fit(
        cls, x: Any, y: Any, deg: Any, domain: Any = None, rcond: Any = None, full: bool = False,
        w: Any = None, window: Any = None, symbol: str = "x",
    ) -> Any:  # fmt: skip
        if not _traced(x, y, w, domain, window):
            return super().fit(x, y, deg, domain, rcond, full, w, window, symbol)  # type: ignore[misc]
        if domain is None:
            domain = polyutils.getdomain(x)
            if getval(domain[0]) == getval(domain[1]):
                domain = domain + np.array([-1.0, 1.0])
        elif isinstance(domain, list) and not domain:
            domain = cls.domain
        window = cls.window if window is None else window
        points = polyutils.mapdomain(as_array(x), domain, window)
        found = cls._fit(points, y, deg, w=w, rcond=rcond, full=full)  # type: ignore[attr-defined]
        coef = found[0] if full else found
        series = cls(coef, domain=domain, window=window, symbol=symbol)
        return (series, found[1]) if full else series

    @classmethod
    def fromroots(
        cls, roots: Any, domain: Any = [], window: Any = None, symbol: str = "x"  # noqa: B006
    ) -> Any:  # fmt: skip
        if not _traced(roots, domain, window):
            return super().fromroots(roots, domain, window, symbol)  # type: ignore[misc]
        roots = as_array(roots)
        if domain is None:
            domain = polyutils.getdomain(roots)
        elif isinstance(domain, list) and not domain:
            domain = cls.domain
        window = cls.window if window is None else window
        off, scl = polyutils.mapparms(domain, window)
        coef = cls._fromroots(off + scl * roots) / scl ** len(roots)  # type: ignore[attr-defined]
        return cls(coef, domain=domain, window=window, symbol=symbol)


def _reflected(name: str) -> Any:
    """An operator with NumPy's own series, or with numbers and coefficients, on the left."""

    def method(self: Any, other: Any) -> Any:
        return getattr(super(_Series, self), name)(self._get_coefficients(other))

    return method


for _name in ("__radd__", "__rsub__", "__rmul__", "__rdivmod__"):
    setattr(_Series, _name, _reflected(_name))

_FUNCTIONS = (
    "_add", "_sub", "_mul", "_div", "_pow", "_val", "_int", "_der", "_fit", "_line", "_roots",
    "_fromroots",
)  # fmt: skip


def traced(plain: type) -> type:
    """The subclass of one of NumPy's classes whose functions are primitives."""
    functions = {name: staticmethod(of(getattr(plain, name))) for name in _FUNCTIONS}
    body = {**functions, "_plain": plain, "__doc__": plain.__doc__}
    module = f"{__package__}.{plain.__module__.rpartition('.')[2]}"
    return type(plain)(plain.__name__, (_Series, plain), {**body, "__module__": module})
