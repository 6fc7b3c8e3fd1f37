"""The gamma function and what is made of it. NIST DLMF, chapter 5."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....core.primitive import Primitive
from ....numpy.kinds import composed, constant, elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, refuse
from ....numpy.rules.safe import quietly, times
from .slopes import declare

__all__ = ["gap", "polygamma"]

PI = math.pi
BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510]


# -- polygamma of complex numbers too --------------------------------------------------------


def _cotangents(n, z):
    """The n-th derivative of cot, by d cot/dz = -(1 + cot²)."""
    polynomial = np.polynomial.Polynomial([0.0, 1.0])
    for _ in range(n):
        polynomial = polynomial.deriv() * np.polynomial.Polynomial([-1.0, 0.0, -1.0])
    return polynomial(1.0 / np.tan(z))


def _complex_polygamma(n, z):
    """Reflected to the right half plane, raised to Re z > 12, and there the asymptotic series.

    NIST DLMF 5.15.5 to 5.15.8.
    """
    if n == 0:
        return special.digamma(z)
    left = z.real < 0.5
    z_right = np.where(left, 1.0 - z, z)
    total, sign = 0.0, (-1) ** (n + 1) * math.factorial(n)
    for _ in range(12):
        total = total + sign / z_right ** (n + 1)
        z_right = z_right + 1.0
    series = math.factorial(n - 1) / z_right**n + math.factorial(n) / (2.0 * z_right ** (n + 1))
    for k, b in enumerate(BERNOULLI, 1):
        series = series + b * (
            math.factorial(2 * k + n - 1) / math.factorial(2 * k) / z_right ** (2 * k + n)
        )
    right = total + (-1) ** (n + 1) * series
    turn = np.where(left, z, 0.25)
    return np.where(left, (-1) ** n * right - PI ** (n + 1) * _cotangents(n, PI * turn), right)


def _any_polygamma(n, x):
    x = np.asarray(x)
    if x.dtype.kind == "c":
        wide = np.asarray(x, np.complex128)
        each = [np.where(n == m, _complex_polygamma(int(m), wide), 0.0) for m in np.unique(n)]
        return sum(each).astype(x.dtype)[()]
    ans = special.polygamma(n, x)
    return ans.astype(x.dtype) if x.dtype.kind == "f" else ans


polygamma = Primitive(_any_polygamma, name="polygamma", signature="n, x")
declare(polygamma, x=lambda g, n, x: times(g, polygamma(n + 1, x)))
elementwise(of(special.polygamma), x=lambda g, n, x: times(g, polygamma(np.asarray(n) + 1, x)))
elementwise(of(special.digamma), x=lambda g, x: times(g, polygamma(1, x)))

# -- Γ and its logarithm -----------------------------------------------------------------------


def _falling(x):
    """The slope of 1/Γ, -ψ/Γ; at the left by reflection, as ψ has poles where 1/Γ is 0."""
    left = np.real(x) < 0.5
    a, b = np.where(left, x, 0.25), np.where(left, 0.5, x)
    over_there = np.cos(PI * a) * special.gamma(1.0 - a)
    over_there = over_there - special.digamma(1.0 - a) * special.rgamma(a)
    return np.where(left, over_there, -special.digamma(b) * special.rgamma(b))


elementwise(of(special.gamma), x=lambda g, ans, x: times(g, ans * special.digamma(x)))
elementwise(of(special.gammaln), x=lambda g, x: times(g, special.digamma(x)))
elementwise(of(special.loggamma), x=lambda g, x: times(g, special.digamma(x)))
elementwise(of(special.rgamma), x=lambda g, x: times(g, _falling(x)))


def _multigammaln(a, d):
    a = as_array(a)
    if np.any(a <= 0.5 * (d - 1)) or not np.isscalar(d) or d != np.floor(d):
        special.multigammaln(np.asarray(0.0), d)  # SciPy's own error
    total = d * (d - 1) * 0.25 * math.log(PI)
    return sum([special.gammaln(a - 0.5 * j) for j in range(int(d))], total)


composed(of(special.multigammaln), _multigammaln)


# -- quotients of Γ ----------------------------------------------------------------------------


def gap(a, h):
    """ψ(a + h) - ψ(a), without cancellation where both arguments are positive.

    By ψ(a + 1) = ψ(a) + 1/a ten times, and the asymptotic series (DLMF 5.11.2) from there on.
    """
    a, h = as_array(a), as_array(h)
    positive = (a > 0.0) & (a + h > 0.0)
    low, step = np.where(positive, a, 1.0), np.where(positive, h, 0.0)
    total = 0.0
    for k in range(10):
        total = total + step / ((low + k) * (low + k + step))
    low = low + 10.0
    high = low + step
    total = total + np.log1p(step / low) + step / (2.0 * low * high)
    for k, b in enumerate(BERNOULLI[:7], 1):
        total = total + b / (2 * k) * (low ** (-2 * k) - high ** (-2 * k))
    with quietly():
        other = special.digamma(np.where(positive, 1.0, a + h)) - special.digamma(
            np.where(positive, 1.0, a)
        )
    return np.where(positive, total, other)


declare(
    special.beta,
    x=lambda g, ans, x, y: times(g, -ans * gap(x, y)),
    y=lambda g, ans, x, y: times(g, -ans * gap(y, x)),
)
declare(
    special.betaln,
    x=lambda g, x, y: times(g, -gap(x, y)),
    y=lambda g, x, y: times(g, -gap(y, x)),
)


def _binom_top(ans, n, k):
    """Γ(n + 1) / Γ(n - k + 1) may have a zero, which the second form is for."""
    inside = (n - k > -1.0) & (n > -1.0)
    m, j = np.where(inside, 1.0, n), np.where(inside, 1.0, k)
    with quietly():
        outside = special.gamma(m + 1.0) * special.rgamma(j + 1.0)
        outside = outside * (
            special.digamma(m + 1.0) * special.rgamma(m - j + 1.0) + _falling(m - j + 1.0)
        )
    return np.where(inside, ans * gap(np.where(inside, n - k + 1.0, 1.0), k), outside)


def _binom_bottom(ans, n, k):
    inside = (n - k > -1.0) & (k > -1.0)
    m, j = np.where(inside, 1.0, n), np.where(inside, 1.0, k)
    with quietly():
        outside = special.gamma(m + 1.0) * (
            _falling(j + 1.0) * special.rgamma(m - j + 1.0)
            - special.rgamma(j + 1.0) * _falling(m - j + 1.0)
        )
    return np.where(inside, ans * gap(np.where(inside, k + 1.0, 1.0), n - 2.0 * k), outside)


declare(
    special.binom,
    x=lambda g, ans, x, y: times(g, _binom_top(ans, as_array(x), as_array(y))),
    y=lambda g, ans, x, y: times(g, _binom_bottom(ans, as_array(x), as_array(y))),
)


def _poch_start(ans, z, m):
    """The slope of Γ(z + m) / Γ(z) in z; both may have poles, of which polynomials know nothing."""
    z, m = as_array(z), as_array(m)
    right, poles = z > 0.0, z + m <= 0.0
    mirrored = poles & (m == np.rint(m))
    h = np.where(mirrored, 1.0 - z - m, z)
    far = np.where(right | mirrored, 0.5, z)
    with quietly():
        other = special.gamma(far + m) * (
            special.digamma(far + m) * special.rgamma(far) + _falling(far)
        )
        return np.where(right | mirrored, ans * gap(h, m) * np.where(mirrored, -1.0, 1.0), other)


declare(
    special.poch,
    x=lambda g, ans, x, y: times(g, _poch_start(ans, x, y)),
    y=lambda g, ans, x, y: times(g, ans * special.digamma(np.add(x, y))),
)

# -- counting -----------------------------------------------------------------------------------


def _factorial(g, n, ans, exact, extend="zero"):
    if exact:
        refuse("factorial", exact=exact)
    n = as_array(n)
    slope = special.gamma(n + 1.0) * special.digamma(n + 1.0)
    return times(g, slope if extend == "complex" else np.where(n < 0, 0.0, slope))


elementwise(of(special.factorial), changes_dtype=True, n=_factorial)


def _counted(value, N, k):
    return np.where((k <= N) & (N >= 0) & (k >= 0), value, 0.0)


def _comb(N, k, exact=False, repetition=False):
    if exact:
        refuse("comb", exact=exact)
    N, k = as_array(N), as_array(k)
    N = N + k - 1.0 if repetition else N
    return _counted(special.binom(N, k), N, k)


def _perm(N, k, exact=False):
    if exact:
        refuse("perm", exact=exact)
    N, k = as_array(N), as_array(k)
    return _counted(special.poch(N - k + 1.0, k), N, k)


composed(of(special.comb), _comb)
composed(of(special.perm), _perm)
constant(of(special.gammasgn), of(special.round))
