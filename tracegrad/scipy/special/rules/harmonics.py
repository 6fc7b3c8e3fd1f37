"""Legendre's functions and spherical harmonics, of whole degrees and orders, with the slopes that
diff_n asks for; and Dirichlet's kernel.

The derivatives of Legendre polynomials are Jacobi polynomials: NIST DLMF 18.9.15, 14.7.10.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, refuse
from .slopes import slope

__all__: list[str] = []


def _derived(n, m, z):
    """The m-th derivative of the Legendre polynomial of degree n, 0 <= m."""
    inside = m <= n
    low = np.where(inside, n - m, 0)
    factor = np.exp(special.gammaln(n + m + 1.0) - special.gammaln(n + 1.0)) / 2.0**m
    return np.where(inside, factor * special.eval_jacobi(low, 1.0 * m, 1.0 * m, z), 0)


def _associated(n, m, z, root, normed):
    """`root` is the square root of 1 - z²; m may be negative."""
    order = abs(m)
    there = order <= n
    ratio = special.gammaln(np.where(there, n - order, 0) + 1.0) - special.gammaln(n + order + 1.0)
    if normed:
        factor = np.sqrt((n + 0.5) * np.exp(ratio))
    else:
        factor = np.where(m < 0, np.exp(ratio), 1.0)
    sign = np.where((m > 0) & (m % 2 == 1), -1.0, 1.0)  # Condon's and Shortley's
    power = np.where(order > 0, root ** np.where(order > 0, order, 1), 1)
    return np.where(there, sign * factor * power * _derived(n, order, z), 0)


def _orders(f, x, diff_n):
    """f and its first derivatives, along a new first axis."""
    if not 0 <= diff_n <= 2:
        raise ValueError(
            f"diff_n is currently only implemented for orders 0, 1, and 2, got {diff_n}"
        )
    found = [f(x)]
    for _ in range(diff_n):
        f = slope(f, 0)
        found.append(f(x))
    return np.stack(found)


def _whole(*numbers):
    """Degrees and orders; they do not move."""
    for number in numbers:
        if number is not getval(number):
            refuse("a function of whole degree and order", n=number)
    return [np.asarray(number).astype(int) for number in numbers]


def _degrees(n, z):
    return np.arange(n + 1).reshape((-1,) + (1,) * z.ndim)


def _both(n, m, z):
    """All degrees up to n, all orders 0 … m, -m … -1."""
    orders = np.concatenate([np.arange(m + 1), np.arange(-m, 0)])
    ones = (1,) * z.ndim
    return np.arange(n + 1).reshape(-1, 1, *ones), orders.reshape(1, -1, *ones)


def _legendre_p(n, z, *, diff_n=0):
    (n,) = _whole(n)
    return _orders(lambda z: special.eval_legendre(n, z), as_array(z), diff_n)


def _legendre_p_all(n, z, *, diff_n=0):
    z = as_array(z)
    degrees = _degrees(n, z)
    return _orders(lambda z: special.eval_legendre(degrees, z), z, diff_n)


def _cut(z, branch_cut):
    z = as_array(z)
    if branch_cut != 2 or z.dtype.kind == "c":
        refuse("assoc_legendre_p beyond the interval", branch_cut=branch_cut)
    return z


def _assoc_legendre_p(n, m, z, *, branch_cut=2, norm=False, diff_n=0):
    n, m = _whole(n, m)
    z = _cut(z, branch_cut)
    return _orders(lambda z: _associated(n, m, z, np.sqrt(1 - z * z), norm), z, diff_n)


def _assoc_legendre_p_all(n, m, z, *, branch_cut=2, norm=False, diff_n=0):
    z = _cut(z, branch_cut)
    n, m = _both(n, m, z)
    return _orders(lambda z: _associated(n, m, z, np.sqrt(1 - z * z), norm), z, diff_n)


def _spherical(n, m):
    def f(theta):
        normed = _associated(n, m, np.cos(theta), abs(np.sin(theta)), True)
        return normed / math.sqrt(2 * math.pi)

    return f


def _sph_legendre_p(n, m, theta, *, diff_n=0):
    return _orders(_spherical(*_whole(n, m)), as_array(theta), diff_n)


def _sph_legendre_p_all(n, m, theta, *, diff_n=0):
    theta = as_array(theta)
    return _orders(_spherical(*_both(n, m, theta)), theta, diff_n)


def _harmonics(n, m, theta, phi, diff_n):
    """The value, the gradient and the Hessian in the angles."""
    wave = np.exp(m * phi * 1j)
    values = [part * wave for part in _orders(_spherical(n, m), theta, diff_n)]
    turn = m * 1j
    shapes = [lambda v: v[0], lambda v: [v[1], turn * v[0]],
              lambda v: [[v[2], turn * v[1]], [turn * v[1], turn * turn * v[0]]]]  # fmt: skip
    return [shape(values) for shape in shapes[: diff_n + 1]]


def _stacked(part, depth):
    if not depth:
        return part
    return np.stack([_stacked(item, depth - 1) for item in part], -depth)


def _sph_harm_y(n, m, theta, phi, *, diff_n=0):
    n, m = _whole(n, m)
    parts = _harmonics(n, m, as_array(theta), as_array(phi), diff_n)
    parts = [_stacked(part, depth) for depth, part in enumerate(parts)]
    return tuple(parts) if diff_n else parts[0]


for _fun in (
    _legendre_p, _legendre_p_all, _assoc_legendre_p, _assoc_legendre_p_all, _sph_legendre_p,
    _sph_legendre_p_all, _sph_harm_y,
):  # fmt: skip
    if hasattr(special, _fun.__name__[1:]):
        composed(of(getattr(special, _fun.__name__[1:])), _fun)

# -- Dirichlet's kernel ------------------------------------------------------------------------


def _diric(x, n):
    """sin(n x / 2) / (n sin(x / 2)); near whole turns, where that is 0 / 0, by its series."""
    x = as_array(x)
    n = np.asarray(getval(n))
    x = x * 1.0 + 0 * n  # a number n does not change the precision before NumPy 2
    n = n.astype(x.dtype)
    turns = np.round(getval(x) / (2 * np.pi)).astype(x.dtype)
    u = x - turns * x.dtype.type(2 * np.pi)
    near = abs(getval(u) * n) < 1e-2
    sign = np.where((turns * (n - 1)) % 2 == 1, -1, 1).astype(x.dtype)
    square = np.where(near, u, 0) ** 2
    series = 1 - (n * n - 1) * square / 24 * (1 - (3 * n * n - 7) * square / 240)
    half = np.where(near, 1, x / 2)
    ratio = np.sin(n * half) / (n * np.sin(half))
    known = (n > 0) & (n == np.floor(n))
    return np.where(known, np.where(near, sign * series, ratio), np.nan).astype(x.dtype)


composed(of(special.diric), _diric)
