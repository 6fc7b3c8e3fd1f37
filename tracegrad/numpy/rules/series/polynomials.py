"""Polynomials with the highest power first: `np.poly`, `np.polyval`, `np.roots` …

NumPy drops leading coefficients that are zero. Of traced ones none is dropped: a coefficient that
happens to be zero has a derivative all the same.
"""

from __future__ import annotations

import warnings

import numpy as np

from ....core.box import getval, isbox
from ....core.primitive import Primitive
from ....spaces import match
from ...kinds import composed, custom
from ...namespace import primitive_of as of
from ..arrays import as_array
from ..safe import over, quietly

__all__ = ["check_samples", "over_slopes", "scaled", "simple_slopes"]


def _series(a):
    """Coefficients as a vector."""
    return np.atleast_1d(as_array(a))


def _trimmed(a):
    a = _series(a)
    a = a if isbox(a) else np.trim_zeros(a, "f")
    return a if a.size else np.zeros(1, a.dtype)


def _keeping_class(fun):
    """The function of coefficients, which gives `poly1d` where it is called with one."""

    def of_series(*args, **options):
        kinds = [type(a) for a in (*args, *options.values()) if isinstance(a, np.poly1d)]
        args = [_opened(a) for a in args]
        ans = fun(*args, **{name: _opened(a) for name, a in options.items()})
        if not kinds:
            return ans
        return tuple(map(kinds[0], ans)) if type(ans) is tuple else kinds[0](ans)

    return of_series


def _opened(a):
    return a.coeffs if isinstance(a, np.poly1d) else a


# -- arithmetic --------------------------------------------------------------------------------


def _aligned(a1, a2):
    """Both with as many coefficients."""
    a1, a2 = _series(a1), _series(a2)
    size = max(len(a1), len(a2))
    return [np.concatenate([np.zeros(size - len(a), a.dtype), a]) for a in (a1, a2)]


def _polyadd(a1, a2):
    a1, a2 = _aligned(a1, a2)
    return a1 + a2


def _polysub(a1, a2):
    a1, a2 = _aligned(a1, a2)
    return a1 - a2


def _polymul(a1, a2):
    return np.convolve(_trimmed(a1), _trimmed(a2))


def _polydiv(u, v):
    """Long division: each step takes off the leading coefficient."""
    rest, v = _series(u) + 0.0, _series(v) + 0.0
    rest = match(rest, np.result_type(rest.dtype, v.dtype))
    degree, steps = len(v) - 1, len(rest) - len(v) + 1
    scale = 1.0 / v[0]
    quotient = []
    for _ in range(steps):
        quotient.append(rest[0] * scale)
        low = rest[1 : degree + 1] - quotient[-1] * v[1:]
        rest = np.concatenate([low, rest[degree + 1 :]])
    quotient = np.stack(quotient) if quotient else np.zeros(1, rest.dtype)
    return quotient, _trimmed(rest)


composed(of(np.polyadd), _keeping_class(_polyadd))
composed(of(np.polysub), _keeping_class(_polysub))
composed(of(np.polymul), _keeping_class(_polymul))
composed(of(np.polydiv), _keeping_class(_polydiv))

# -- slopes, integrals, values -----------------------------------------------------------------


def _polyder(p, m=1):
    p, m = as_array(p), int(m)
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


def _polyint(p, m=1, k=None):
    p, m = as_array(p), int(m)
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    k = np.zeros(m) if k is None else _series(k)
    if len(k) == 1 and m > 1:
        k = k[0] * np.ones(m)
    if len(k) < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    for i in range(m):
        p = np.concatenate([p / np.arange(len(p), 0, -1), k[i : i + 1]])
    return p


def _polyval(p, x):
    """W. G. Horner's scheme."""
    p = as_array(_opened(p))
    if isinstance(x, np.poly1d):
        y = 0
    else:
        x = as_array(x)
        y = np.zeros_like(x)
    for coefficient in p:
        y = y * x + coefficient
    return y


composed(of(np.polyder), _keeping_class(_polyder))
composed(of(np.polyint), _keeping_class(_polyint))
composed(of(np.polyval), _polyval)

# -- from roots to coefficients and back -------------------------------------------------------

_characteristic = Primitive(np.poly, name="poly")


def _characteristic_vjp(g, ans, seq_of_zeros):
    """The coefficients of the adjugate of x - A, by U. Le Verrier and D. K. Faddeev.

    The slope of det(x - A) in A is minus that adjugate, transposed (Jacobi).
    """
    a = seq_of_zeros
    one = np.eye(len(a), dtype=a.dtype)
    adjugate, total = one, g[1] * one
    for k in range(2, len(a) + 1):
        adjugate = a @ adjugate + ans[k - 1] * one
        total = total + g[k] * adjugate
    return -total.T


custom(_characteristic, seq_of_zeros=_characteristic_vjp)


def _poly(seq_of_zeros):
    zeros = _series(seq_of_zeros)
    if zeros.ndim == 2 and zeros.shape[0] == zeros.shape[1] != 0:
        return _characteristic(zeros)
    if zeros.ndim != 1:
        raise ValueError("input must be 1d or non-empty square 2d array.")
    if not len(zeros):
        return 1.0
    zeros = match(zeros, np.dtype(np.mintypecode(zeros.dtype.char)))
    one = zeros.dtype.type(1)
    coefficients = np.ones(1, zeros.dtype)
    for zero in zeros:
        coefficients = np.convolve(coefficients, as_array([one, -zero]))
    value = getval(zeros)
    pairs = np.sort(value) == np.sort(value.conj())
    return coefficients.real if zeros.dtype.kind == "c" and pairs.all() else coefficients


composed(of(np.poly), _poly)

# With the backward error c·eps, a multiple root comes out as single ones for which the quantity
# below is about 1 / 2c; where it is small it is the relative error of the slope itself.
_SIMPLE = 1e-3


def simple_slopes(slope, curvature, size):
    """The slopes of a polynomial at its roots, NaN where the root may well be a multiple one.

    Args:
        slope, curvature: first and second derivative at the roots.
        size: there the sum of the absolute values of the polynomial's terms.
    """
    steep, bend = np.abs(getval(slope)), np.abs(getval(curvature))
    with quietly():
        simple = np.finfo(steep.dtype).eps * size * bend <= _SIMPLE * steep**2
    if np.all(simple & (steep > 0)):
        return slope
    return np.where(simple & (steep > 0), slope, slope.dtype.type(np.nan))


def over_slopes(g, slopes):
    """g over such slopes: NaN is said without a warning."""
    with quietly():
        return over(g, slopes)


def _root_slopes(ans, p):
    p = np.atleast_1d(p)
    slope = np.polyder(p)
    size = np.polyval(np.abs(getval(p)), np.abs(getval(ans)))
    return simple_slopes(np.polyval(slope, ans), np.polyval(np.polyder(slope), ans), size)


def _roots_vjp(g, ans, p, p_shape):
    """From p(r) = 0: each coefficient moves a root by minus its power of r over the slope."""
    size = p_shape[0] if p_shape else 1
    return -(over_slopes(g, _root_slopes(ans, p)) @ np.vander(ans, size)).reshape(p_shape)


def _roots_jvp(t, ans, p, p_shape):
    size = p_shape[0] if p_shape else 1
    return -over_slopes(np.vander(ans, size) @ np.atleast_1d(t), _root_slopes(ans, p))


custom(of(np.roots), p=_roots_vjp, jvps={"p": _roots_jvp})

# -- least squares -----------------------------------------------------------------------------


def scaled(a, factor):
    """a * factor in the dtype of a, as `a *= factor` has it."""
    product = a * factor
    if product.dtype.kind != a.dtype.kind:
        raise TypeError("a complex factor of real coefficients or data")
    return match(product, a.dtype)


def check_samples(x, y):
    """NumPy's errors for samples that no curve can be fitted to."""
    if x.ndim != 1:
        raise TypeError("expected 1D vector for x")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError("expected 1D or 2D array for y")
    if len(x) != len(y):
        raise TypeError("expected x and y to have same length")


def _polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    order = int(deg) + 1
    x, y = x + 0.0, y + 0.0
    if deg < 0:
        raise ValueError("expected deg >= 0")
    check_samples(x, y)
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    left, right = np.vander(x, order), y
    if w is not None:
        w = as_array(w) + 0.0
        if w.ndim != 1:
            raise TypeError("expected a 1-d array for weights")
        if w.shape[0] != y.shape[0]:
            raise TypeError("expected w and y to have the same length")
        left = scaled(left, w[:, None])
        right = scaled(right, w[:, None] if y.ndim == 2 else w)
    scale = np.sqrt((left * left).sum(axis=0))
    left = left / scale
    fitted, residuals, rank, singular = np.linalg.lstsq(left, right, rcond)
    fitted = (fitted.T / scale).T
    if full:
        return fitted, residuals, rank, singular, rcond
    if rank != order:
        warnings.warn("Polyfit may be poorly conditioned", np.exceptions.RankWarning, stacklevel=3)
    if not cov:
        return fitted
    covariance = np.linalg.inv(left.T @ left) / np.outer(scale, scale)
    if cov != "unscaled":
        if len(x) <= order:
            raise ValueError(
                "the number of data points must exceed order to scale the covariance matrix"
            )
        factor = residuals / (len(x) - order)
        covariance = (covariance if y.ndim == 1 else covariance[:, :, None]) * factor
    elif y.ndim == 2:
        covariance = covariance[:, :, None]
    return fitted, covariance


composed(of(np.polyfit), _polyfit)
