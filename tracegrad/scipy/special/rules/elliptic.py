"""Elliptic integrals and functions. NIST DLMF, chapters 19 and 22.

All slopes come down to Carlson's R_D, which unlike quotients of differences of K and E cancels
nowhere. Its own slopes are those of the duplication algorithm that computes it.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from ....core.box import getval
from ....core.errors import NoDerivative
from ....numpy.kinds import composed, elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import quietly, times
from .slopes import declare, follows, outputs

# -- Carlson's integrals: DLMF 19.18 and 19.21 ---------------------------------------------------


def _rd(x, y, z):
    return special.elliprd(*np.broadcast_arrays(*map(as_array, (x, y, z))))


declare(
    special.elliprf,
    x=lambda g, x, y, z: times(g, _rd(y, z, x) / -6.0),
    y=lambda g, x, y, z: times(g, _rd(x, z, y) / -6.0),
    z=lambda g, x, y, z: times(g, _rd(x, y, z) / -6.0),
)


def _rg_slope(x, y, z):
    """In x: (3 R_F - x R_D(y, z, x)) / 12."""
    return 0.25 * special.elliprf(x, y, z) - np.multiply(x, _rd(y, z, x)) / 12.0


declare(
    special.elliprg,
    x=lambda g, x, y, z: times(g, _rg_slope(x, y, z)),
    y=lambda g, x, y, z: times(g, _rg_slope(y, z, x)),
    z=lambda g, x, y, z: times(g, _rg_slope(z, x, y)),
)


def _with_cut(x, y):
    """x and y, where y is on the cut, and y with a stand-in there."""
    x, y = as_array(x), as_array(y)
    cut = (y < 0) if y.dtype.kind == "f" else np.zeros(y.shape, bool)
    inside = np.where(cut, 1.0, y)
    return x, y, cut, inside


def _rc_by_y(ans, x, y):
    """-R_D(x, y, y) / 3; the principal value, where y < 0, by homogeneity."""
    x, y, cut, inside = _with_cut(x, y)
    with quietly():
        return np.where(
            cut, (np.sqrt(x) / y - ans) / (2.0 * (y - x)), _rd(x, inside, inside) / -3.0
        )


def _rc_by_x(ans, x, y):
    """R_D(y, y, x) / -6; the principal value: x ∂x + y ∂y = -1/2."""
    x, y, cut, inside = _with_cut(x, y)
    with quietly():
        return np.where(
            cut, (-0.5 * ans - y * _rc_by_y(ans, x, y)) / x, _rd(inside, inside, x) / -6.0
        )


declare(
    special.elliprc,
    x=lambda g, ans, x, y: times(g, _rc_by_x(ans, x, y)),
    y=lambda g, ans, x, y: times(g, _rc_by_y(ans, x, y)),
)


def _near(*args):
    """Whether the arguments are so near each other that the series below has all digits."""
    args = [np.asarray(getval(a)) for a in args]
    mean = sum(args) / len(args)
    with quietly():
        return all(np.all(~(abs(a - mean) > 3e-3 * abs(mean))) for a in args)


def _series(e2, e3, e4, e5):
    """DLMF 19.36.2."""
    return (
        1.0 - 3 / 14 * e2 + e3 / 6 + 9 / 88 * e2 * e2 - 3 / 22 * e4 - 9 / 52 * e2 * e3
        + 3 / 26 * e5 - e2**3 / 16 + 3 / 40 * e3 * e3 + 3 / 20 * e2 * e4
        + 45 / 272 * e2 * e2 * e3 - 9 / 68 * (e3 * e4 + e2 * e5)
    )  # fmt: skip


def _duplicated(x, y, z):
    """(√x √y + √y √z + √z √x), and the three roots."""
    a, b, c = np.sqrt(x), np.sqrt(y), np.sqrt(z)
    return a * b + b * c + c * a, a, b, c


def _carlson_d(x, y, z):
    total, scale = 0.0, 1.0
    for _ in range(60):
        rest, _, _, root = _duplicated(x, y, z)
        total = total + scale / (root * (z + rest))
        scale = 0.25 * scale
        x, y, z = 0.25 * (x + rest), 0.25 * (y + rest), 0.25 * (z + rest)
        if _near(x, y, z):
            break
    mean = (x + y + 3.0 * z) / 5.0
    a, b = (mean - x) / mean, (mean - y) / mean
    c = (a + b) / -3.0
    e2, e3 = a * b - 6.0 * c * c, (3.0 * a * b - 8.0 * c * c) * c
    e4, e5 = 3.0 * (a * b - c * c) * c * c, a * b * c**3
    return 3.0 * total + scale * _series(e2, e3, e4, e5) / (mean * np.sqrt(mean))


def _carlson_j(x, y, z, p):
    if np.any(np.real(getval(as_array(p))) < 0):
        raise NoDerivative("elliprj: the principal value, at p < 0, has no derivative here.")
    p = as_array(p)
    total, scale = 0.0, 1.0
    excess = (p - x) * (p - y) * (p - z)
    for _ in range(60):
        rest, a, b, c = _duplicated(x, y, z)
        root = np.sqrt(p)
        d = (root + a) * (root + b) * (root + c)
        total = total + scale / d * special.elliprc(
            np.ones_like(getval(d)), 1.0 + scale**3 * excess / (d * d)
        )
        scale = 0.25 * scale
        x, y, z, p = [0.25 * (v + rest) for v in (x, y, z, p)]
        if _near(x, y, z, p):
            break
    mean = (x + y + z + 2.0 * p) / 5.0
    a, b, c = [(mean - v) / mean for v in (x, y, z)]
    q = (a + b + c) * -0.5
    e2 = a * b + a * c + b * c - 3.0 * q * q
    abc = a * b * c
    e3 = abc + 2.0 * e2 * q + 4.0 * q**3
    e4, e5 = (2.0 * abc + e2 * q + 3.0 * q**3) * q, abc * q * q
    return 6.0 * total + scale * _series(e2, e3, e4, e5) / (mean * np.sqrt(mean))


follows(special.elliprd, _carlson_d, "xyz")
follows(special.elliprj, _carlson_j, "xyza")

# -- Legendre's complete integrals ---------------------------------------------------------------
elementwise(of(special.ellipk), x=lambda g, x: times(g, _rd(0.0, 1.0, 1.0 - x) / 6.0))
elementwise(of(special.ellipkm1), x=lambda g, x: times(g, _rd(0.0, 1.0, x) / -6.0))
elementwise(of(special.ellipe), x=lambda g, x: times(g, _rd(0.0, 1.0 - x, 1.0) / -6.0))
for _fun in (special.ellipk, special.ellipkm1, special.ellipe):
    for _rule in of(_fun).vjps.values():
        _rule.changes_dtype = True

# -- the incomplete ones: of the angle less the half turns, which count a complete one twice ----


def _angle(phi):
    turns = np.rint(getval(as_array(phi)) / np.pi)
    return 2.0 * turns, np.sin(phi - np.pi * turns), np.cos(phi - np.pi * turns) ** 2


def _over_turns(turns, complete, m):
    return np.where(turns == 0, 0.0, turns * complete(np.where(turns == 0, 0.5, m)))


def _first_kind_by_m(phi, m):
    turns, s, c = _angle(phi)
    complete = _over_turns(turns, lambda m: _rd(0.0, 1.0, 1.0 - m) / 6.0, m)
    return s**3 * _rd(c, 1.0, 1.0 - m * s * s) / 6.0 + complete


def _second_kind_by_m(phi, m):
    turns, s, c = _angle(phi)
    complete = _over_turns(turns, lambda m: _rd(0.0, 1.0 - m, 1.0) / -6.0, m)
    return s**3 * _rd(c, 1.0 - m * s * s, 1.0) / -6.0 + complete


def _delta(phi, m):
    return np.sqrt(1.0 - m * np.sin(phi) ** 2)


declare(
    special.ellipkinc,
    x=lambda g, x, y: times(g, 1.0 / _delta(x, y)),
    y=lambda g, x, y: times(g, _first_kind_by_m(x, y)),
)
declare(
    special.ellipeinc,
    x=lambda g, x, y: times(g, _delta(x, y)),
    y=lambda g, x, y: times(g, _second_kind_by_m(x, y)),
)

# -- Jacobi's functions: u = F(φ, m), so that dφ/du = dn and dφ/dm = -dn ∂F/∂m ------------------
_sn, _cn, _dn, _am = outputs(special.ellipj)


def _am_by_m(u, m):
    return -_dn(u, m) * _first_kind_by_m(_am(u, m), m)


def _dn_by_m(u, m):
    sn = _sn(u, m)
    return -(sn * sn + 2.0 * m * sn * _cn(u, m) * _am_by_m(u, m)) / (2.0 * _dn(u, m))


declare(_am, x=lambda g, x, y: g * _dn(x, y), y=lambda g, x, y: g * _am_by_m(x, y))
declare(
    _sn,
    x=lambda g, x, y: g * (_cn(x, y) * _dn(x, y)),
    y=lambda g, x, y: g * (_cn(x, y) * _am_by_m(x, y)),
)
declare(
    _cn,
    x=lambda g, x, y: g * -(_sn(x, y) * _dn(x, y)),
    y=lambda g, x, y: g * -(_sn(x, y) * _am_by_m(x, y)),
)
declare(
    _dn,
    x=lambda g, x, y: g * -(y * _sn(x, y) * _cn(x, y)),
    y=lambda g, x, y: g * _dn_by_m(x, y),
)
composed(of(special.ellipj), lambda x, y, /: (_sn(x, y), _cn(x, y), _dn(x, y), _am(x, y)))
