"""Exponential and trigonometric integrals, zeta functions, Lambert's W and Owen's T."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....core.box import getval
from ....core.primitive import Primitive
from ....numpy.kinds import composed, elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import times
from .slopes import declare, outputs, slope

PI = math.pi

elementwise(of(special.exp1), x=lambda g, x: times(g, -np.exp(-x) / x))
elementwise(of(special.expi), x=lambda g, x: times(g, np.exp(x) / x))


def _expn_slope(n, x):
    """-Eₙ₋₁, of which SciPy has none for n = 0."""
    at_0 = n == 0
    below = special.expn(np.where(at_0, 0, n - 1), x)
    return np.where(at_0, -np.exp(-x) * (1.0 + x) / (x * x), -below)


declare(special.expn, y=lambda g, x, y: times(g, _expn_slope(as_array(x), y)))


def _sinhc(x):
    """sinh(x) / x."""
    if x.dtype.kind == "c":
        return np.sinc(x * (1j / PI))
    return 0.5 * (special.exprel(x) + special.exprel(-x))


_si, _ci = outputs(special.sici)
_shi, _chi = outputs(special.shichi)
declare(_si, changes_dtype=True, x=lambda g, x: g * np.sinc(x / PI))
declare(_ci, changes_dtype=True, x=lambda g, x: times(g, np.cos(x) / x))
declare(_shi, changes_dtype=True, x=lambda g, x: times(g, _sinhc(x)))
declare(_chi, changes_dtype=True, x=lambda g, x: times(g, np.cosh(x) / x))
composed(of(special.sici), lambda x: (_si(x), _ci(x)))
composed(of(special.shichi), lambda x: (_shi(x), _chi(x)))


def _spence_slope(z):
    """-log(z) / (z - 1), near 1 by its series."""
    d = z - 1.0
    near = abs(d) < 0.1
    small, away = np.where(near, d, 0.0), np.where(near, 2.0, z)
    series = 0.0
    for k in range(18, 0, -1):
        series = (-1) ** k / k + series * small
    return np.where(near, series, -np.log(away) / (away - 1.0))


elementwise(of(special.spence), changes_dtype=True, x=lambda g, x: times(g, _spence_slope(x)))

# -- zeta functions ------------------------------------------------------------------------------

BERNOULLI = [
    1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798,
    -174611 / 330,
]  # fmt: skip


def _hurwitz(s, q):
    """Σ (q + k)⁻ˢ by Euler and Maclaurin (DLMF 25.11.5 and 25.2.9)."""
    q = as_array(q)
    total = 0.0
    for k in range(14):
        total = total + (q + k) ** -s
    top = q + 14.0
    total = total + top ** (1.0 - s) / (s - 1.0) + 0.5 * top**-s
    rising, power = s, top ** (-s - 1.0)
    for k, b in enumerate(BERNOULLI, 1):
        total = total + b / math.factorial(2 * k) * rising * power
        rising = rising * (s + (2 * k - 1)) * (s + 2 * k)
        power = power / (top * top)
    return total


def _riemann(s):
    """On the left by the functional equation, DLMF 25.4.1."""
    left = np.real(s) < 0.0
    low, right = np.where(left, s, -1.0), np.where(left, 2.0, s)
    mirrored = (
        2.0 * (2.0 * PI) ** (low - 1.0) * np.sin(0.5 * PI * low)
        * special.gamma(1.0 - low) * _hurwitz(1.0 - low, 1.0)
    )  # fmt: skip
    return np.where(left, mirrored, _hurwitz(right, 1.0))


_zeta_value = Primitive(lambda x, q: special.zeta(x, q), name="zeta")
declare(
    _zeta_value,
    changes_dtype=True,
    x=lambda g, x, q: times(g, slope(_hurwitz, 0)(x, q)),
    q=lambda g, x, q: times(g, -x * _zeta_value(np.add(x, 1.0), q)),
)
_riemann_value = Primitive(lambda x: special.zeta(x), name="zeta")
declare(_riemann_value, changes_dtype=True, x=lambda g, x: times(g, slope(_riemann, 0)(x)))
composed(
    of(special.zeta),
    lambda x, q=None, out=None: _riemann_value(x) if q is None else _zeta_value(x, as_array(q)),
)
elementwise(of(special.zetac), changes_dtype=True, x=lambda g, x: times(g, slope(_riemann, 0)(x)))

# -- w exp(w) = z --------------------------------------------------------------------------------


def _wright_slope(w):
    """w / (1 + w), which is 1 at infinity."""
    finite = np.isfinite(w)
    inner = np.where(finite, w, 1.0)
    return np.where(finite, inner / (1.0 + inner), 1.0)


elementwise(
    of(special.lambertw),
    changes_dtype=True,
    inert=("k", "tol"),
    z=lambda g, ans: times(g, np.exp(-ans) / (1.0 + ans)),
)
elementwise(of(special.wrightomega), changes_dtype=True, x=lambda g, ans: g * _wright_slope(ans))

# -- Owen's T and the arithmetic-geometric mean -------------------------------------------------


def _owens_by_h(h, a):
    return (
        -0.5
        * np.exp(-0.5 * h * h)
        / math.sqrt(2.0 * PI)
        * special.erf(np.multiply(a, h) / math.sqrt(2.0))
    )


def _owens_by_a(h, a):
    r = 1.0 + a * a
    return np.exp(-0.5 * r * np.multiply(h, h)) / (2.0 * PI * r)


declare(
    special.owens_t,
    x=lambda g, x, y: g * _owens_by_h(x, y),
    y=lambda g, x, y: g * _owens_by_a(x, y),
)


def _agm_slope(ans, a, b):
    """From π / (2 agm(a, b)) = R_F(0, a², b²), DLMF 19.22.9, and the slope of R_F."""
    edge = np.where(a == 0.0, np.inf, 0.0)  # of the mean with 0, which is 0
    zero = getval(ans) == 0.0
    inner, other = np.where(zero, 1.0, a), np.where(zero, 1.0, b)
    disc = special.elliprd(np.zeros(()), other * other, inner * inner)
    return np.where(zero, edge, 2.0 / (3.0 * PI) * ans * ans * abs(inner) * disc)


declare(
    special.agm,
    x=lambda g, ans, x, y: times(g, _agm_slope(ans, as_array(x), as_array(y))),
    y=lambda g, ans, x, y: times(g, _agm_slope(ans, as_array(y), as_array(x))),
)
