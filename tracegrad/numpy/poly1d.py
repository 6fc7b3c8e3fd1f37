"""`poly1d`: NumPy's class with traced coefficients."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.box import getval, isbox
from .namespace import primitive_of as of
from .rules.arrays import as_array

__all__ = ["poly1d"]


def _is_number(x: Any) -> bool:
    return np.isscalar(x) or (isbox(x) and x.ndim == 0)


class poly1d(np.poly1d):
    """A polynomial with the highest power first; see `numpy.poly1d`.

    Traced coefficients stay all, those that are zero too. With NumPy's numbers and arrays on the
    left, an operator acts on the array of coefficients, as it does with NumPy's class.
    """

    __array_priority__ = 1000.0
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, c_or_r: Any, r: bool = False, variable: str | None = None) -> None:
        if isinstance(c_or_r, np.poly1d):
            variable = variable or c_or_r.variable
            c_or_r = c_or_r.coeffs
        elif r:
            c_or_r = of(np.poly)(c_or_r)
        coefficients = as_array(c_or_r)
        if not isbox(coefficients):
            super().__init__(c_or_r, variable=variable)
            return
        if coefficients.ndim > 1:
            raise ValueError("Polynomial must be 1d only.")
        super().__init__([1.0], variable=variable)
        self._coeffs = np.atleast_1d(coefficients) if coefficients.size else np.zeros(1)

    @property
    def roots(self) -> Any:
        return of(np.roots)(self.coeffs)

    r = roots

    def __repr__(self) -> str:
        return repr(np.poly1d(getval(self.coeffs)))

    def __str__(self) -> str:
        return str(np.poly1d(getval(self.coeffs), variable=self.variable))

    def __call__(self, val: Any) -> Any:
        if isinstance(val, np.poly1d):
            ans = poly1d([0.0])
            for coefficient in self.coeffs:
                ans = ans * val + coefficient
            return ans
        return of(np.polyval)(self.coeffs, val)

    def __neg__(self) -> Any:
        return poly1d(-self.coeffs)

    def __add__(self, other: Any) -> Any:
        return poly1d(of(np.polyadd)(self.coeffs, poly1d(other).coeffs))

    def __sub__(self, other: Any) -> Any:
        return poly1d(of(np.polysub)(self.coeffs, poly1d(other).coeffs))

    def __mul__(self, other: Any) -> Any:
        if _is_number(other):
            return poly1d(self.coeffs * other)
        return poly1d(of(np.polymul)(self.coeffs, poly1d(other).coeffs))

    def __truediv__(self, other: Any) -> Any:
        if _is_number(other):
            return poly1d(self.coeffs / other)
        return tuple(map(poly1d, of(np.polydiv)(self.coeffs, poly1d(other).coeffs)))

    def __radd__(self, other: Any) -> Any:
        return other + self.coeffs if _is_array(other) else self + other

    def __rsub__(self, other: Any) -> Any:
        return other - self.coeffs if _is_array(other) else poly1d(other) - self

    def __rmul__(self, other: Any) -> Any:
        return other * self.coeffs if _is_array(other) else self * other

    def __rtruediv__(self, other: Any) -> Any:
        if _is_array(other):
            return other / self.coeffs
        return poly1d(other / self.coeffs) if _is_number(other) else poly1d(other) / self

    def __pow__(self, val: Any) -> Any:
        if not np.isscalar(val) or int(val) != val or val < 0:
            raise ValueError("Power to non-negative integers only.")
        ans = poly1d([1])
        for _ in range(int(val)):
            ans = self * ans
        return ans

    def integ(self, m: int = 1, k: Any = 0) -> Any:
        return poly1d(of(np.polyint)(self.coeffs, m=m, k=k))

    def deriv(self, m: int = 1) -> Any:
        return poly1d(of(np.polyder)(self.coeffs, m=m))


def _is_array(x: Any) -> bool:
    """What NumPy answers for: its arrays and numbers, and what stands for an array."""
    return isinstance(x, (np.ndarray, np.generic)) or (isbox(x) and x.ndim > 0)
