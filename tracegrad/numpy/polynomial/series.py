"""Rules for the six modules of `numpy.polynomial`, the same for each.

A series is the sum of c[j] P[j](x) over the polynomials P of its module. What a module knows of
them (how they multiply, what their slopes and integrals are, their values) is asked of NumPy's
own functions, so that no recurrence stands here.

NumPy drops trailing coefficients that are zero. Of traced ones none is dropped: a coefficient that
happens to be zero has a derivative all the same.
"""

from __future__ import annotations

import functools
import inspect
import operator

import numpy as np
from numpy.polynomial import polyutils

from ...core.box import getval, isbox
from ...core.primitive import Primitive
from ...spaces import fit, match
from ..kinds import composed, custom, multilinear
from ..namespace import primitive_of as of
from ..rules.arrays import as_array, as_axis
from ..rules.series.polynomials import over_slopes, scaled, simple_slopes
from .fitting import least_squares

__all__ = ["as_series", "declare"]


def as_series(c):
    """Coefficients as a vector; trailing zeros go where none is traced."""
    c = as_array(c)
    if not isbox(c):
        return polyutils.as_series([c])[0]
    c = np.atleast_1d(c)
    if c.size == 0:
        raise ValueError("Coefficient array is empty")
    if c.ndim != 1:
        raise ValueError("Coefficient array is not 1-d")
    return c


def _padded(c, size):
    return np.concatenate([c, np.zeros(size - len(c), c.dtype)]) if len(c) < size else c


def _map(matrix, c):
    """The matrix, in the precision of c, times the first axis of c."""
    return np.tensordot(matrix.astype(c.real.dtype), c, 1)


def _floating(c):
    c = np.atleast_1d(as_array(c))
    return c if c.dtype.kind in "fc" else c + 0.0


def _named(raw, prefix):
    """A module's function: `named("val")` is the primitive of `chebval`."""
    return lambda name: of(getattr(raw, prefix + name))


def declare(raw, prefix):
    """Give the functions of a module of `numpy.polynomial` their derivatives."""
    named = _named(raw, prefix)
    product = _product(named("mul").fun)
    _declare_values(named)
    _declare_points(named)
    _declare_arithmetic(named, product)
    _declare_from_numbers(named, product, getattr(raw, prefix + "x"))
    _declare_calculus(named)
    _declare_roots(named)
    if prefix == "poly":
        composed(named("valfromroots"), _from_factors)
    else:
        composed(named("weight"), named("weight").fun)
        into, back = getattr(raw, f"poly2{prefix}"), getattr(raw, f"{prefix}2poly")
        composed(of(into), lambda pol: _change(into, pol))
        composed(of(back), lambda c: _change(back, c))


# -- values ------------------------------------------------------------------------------------


def _declare_values(named):
    val, der, vander = map(named, ("val", "der", "vander"))

    def slope(x, c, tensor):
        return val(x, der(c), tensor)

    def val_x(g, x, c, tensor):
        return fit(g * slope(x, c, tensor), np.shape(x), g.dtype)

    def val_c(g, x, c_shape, tensor):
        size, *others = c_shape or (1,)
        shape = np.shape(x)
        values = np.moveaxis(vander(x, size - 1).reshape((*shape, size)), -1, 0)
        values = values.reshape((size, *(1,) * (g.ndim - len(shape)), *shape))
        if tensor:
            others += [1] * len(shape)
        others = [1] * (g.ndim - len(others)) + others
        return fit(g * values, (size, *others), g.dtype).reshape(c_shape)

    jvps = {
        "x": lambda t, x, c, tensor: slope(x, c, tensor) * t,
        "c": lambda t, c, again: again(c=t),
    }
    custom(val, x=val_x, c=val_c, jvps=jvps)

    def slopes(values):
        """The slopes of P[0], P[1], …, which have these values along the last axis."""
        size = values.shape[-1]
        matrix = np.zeros((size, size), values.real.dtype)
        matrix[: size - 1] = der(np.eye(size))[: size - 1]
        return values @ matrix

    custom(
        vander,
        x=lambda g, ans, x_shape: (g * slopes(ans)).sum(-1).reshape(x_shape),
        jvps={"x": lambda t, ans: slopes(ans) * np.atleast_1d(t)[..., None]},
        inert=("deg",),
    )


def _declare_points(named):
    """Values at points in a plane or in space, and on grids."""
    val, vander = named("val"), named("vander")

    def at_points(c, *points):
        points = list(map(as_array, points))
        if len({point.shape for point in points}) > 1:
            names = "x, y, z" if len(points) == 3 else "x, y"
            raise ValueError(f"{names} are incompatible")
        c = val(points[0], c)
        for point in points[1:]:
            c = val(point, c, tensor=False)
        return c

    def on_grid(c, *points):
        for x in points:
            c = val(x, c)
        return c

    def products(deg, *points):
        if len(deg) != len(points):
            raise ValueError(f"Expected {len(points)} dimensions of degrees, got {len(deg)}")
        ans = None
        for i, (x, degree) in enumerate(zip(as_array(list(points)) + 0.0, deg)):
            ones = [1] * len(points)
            ones[i] = -1
            values = vander(x, degree)
            values = values.reshape((*values.shape[:-1], *ones))
            ans = values if ans is None else ans * values
        return ans.reshape((*ans.shape[: -len(points)], -1))

    composed(named("val2d"), lambda x, y, c: at_points(c, x, y))
    composed(named("val3d"), lambda x, y, z, c: at_points(c, x, y, z))
    composed(named("grid2d"), lambda x, y, c: on_grid(c, x, y))
    composed(named("grid3d"), lambda x, y, z, c: on_grid(c, x, y, z))
    composed(named("vander2d"), lambda x, y, deg: products(deg, x, y))
    composed(named("vander3d"), lambda x, y, z, deg: products(deg, x, y, z))


def _from_factors(x, r, tensor=True):
    """The product of x - r over the roots."""
    x, r = as_array(x), _floating(r)
    if tensor:
        r = r.reshape(r.shape + (1,) * x.ndim)
    elif x.ndim and x.ndim >= r.ndim:
        raise ValueError("x.ndim must be < r.ndim when tensor == False")
    return np.prod(x - r, axis=0)


# -- arithmetic --------------------------------------------------------------------------------


def _product(mul):
    """The product of two series with all its coefficients, zero or not."""

    def whole(c1, c2):
        return _padded(mul(c1, c2), len(c1) + len(c2) - 1).astype(np.result_type(c1, c2))

    product = Primitive(whole, name=mul.__name__)

    def unmultiply(g, size, c):
        units = np.eye(size, dtype=c.real.dtype)
        return np.stack([(g * product(unit, c)).sum() for unit in units])

    return multilinear(
        product,
        c1=lambda g, c1_shape, c2: unmultiply(g, c1_shape[0], c2),
        c2=lambda g, c1, c2_shape: unmultiply(g, c2_shape[0], c1),
    )


def _declare_arithmetic(named, product):
    def aligned(c1, c2):
        c1, c2 = as_series(c1), as_series(c2)
        size = max(len(c1), len(c2))
        return _padded(c1, size), _padded(c2, size)

    highest = inspect.signature(named("pow").fun).parameters["maxpower"].default

    def power(c, pow, maxpower=highest):
        c, times = as_series(c), int(pow)
        if times != pow or times < 0:
            raise ValueError("Power must be a non-negative integer.")
        if maxpower is not None and times > maxpower:
            raise ValueError("Power is too large")
        if times == 1:
            return np.copy(c)
        return functools.reduce(product, [c] * times) if times else np.ones(1, c.dtype)

    def divide(c1, c2):
        """Each step takes off the highest coefficient of what remains."""
        rest, c2 = np.copy(as_series(c1)), as_series(c2)
        rest = match(rest, np.result_type(rest.dtype, c2.dtype))
        if getval(c2[-1]) == 0:
            raise ZeroDivisionError("the highest coefficient of the divisor is 0")
        if len(c2) == 1:
            return rest / c2[-1], rest[:1] * 0
        plain = named("div").fun(getval(rest), getval(c2))  # its precision is not always theirs
        quotient = []
        for i in range(len(rest) - len(c2), -1, -1):
            part = product(np.eye(i + 1, dtype=c2.real.dtype)[i], c2)
            quotient.insert(0, rest[-1] / part[-1])
            rest = rest[:-1] - quotient[0] * part[:-1]
        quotient = np.stack(quotient) if quotient else rest[:1] * 0
        return match(quotient, plain[0].dtype), match(rest, plain[1].dtype)

    composed(named("add"), lambda c1, c2: operator.add(*aligned(c1, c2)))
    composed(named("sub"), lambda c1, c2: operator.sub(*aligned(c1, c2)))
    composed(named("mul"), lambda c1, c2: product(as_series(c1), as_series(c2)))
    composed(named("pow"), power)
    composed(named("div"), divide)


def _declare_from_numbers(named, product, x):
    """`x` is the series of the polynomial x itself."""

    def times_x(c):
        c = as_series(c)
        return product(x.astype(c.real.dtype), c)

    def line(off, scl):
        off, scl = as_array(off), as_array(scl)
        dtype = np.result_type(off.dtype, scl.dtype)
        if not isbox(scl) and scl == 0:
            return np.reshape(off, 1).astype(dtype)
        return off * np.eye(1, 2, dtype=dtype.type(0).real.dtype)[0] + scl * x.astype(dtype)

    def from_roots(roots):
        return functools.reduce(product, [line(-root, 1) for root in _floating(roots)], np.ones(1))

    composed(named("mulx"), times_x)
    composed(named("line"), line)
    composed(named("fromroots"), from_roots)


def _change(change, c):
    """To or from powers of x: a linear map, known by what it makes of the unit vectors."""
    c = as_series(c)
    matrix = np.stack([_padded(change(unit), len(c)) for unit in np.eye(len(c))], 1)
    return match(_map(matrix, c), change(getval(c)).dtype)


# -- slopes and integrals ----------------------------------------------------------------------


def _times(m, verb):
    m = operator.index(m)
    if m < 0:
        raise ValueError(f"The order of {verb} must be non-negative")
    return m


def _declare_calculus(named):
    val, der, integral = named("val"), named("der").fun, named("int").fun

    def slope(c, m=1, scl=1, axis=0):
        m, c = _times(m, "derivation"), _floating(c)
        axis = as_axis(axis, c.ndim)
        if m == 0:
            return np.copy(c)
        rows = np.moveaxis(c, axis, 0)
        if m >= len(rows):  # zeros, for which some modules leave the axis in front
            return np.reshape(rows[:1] * 0, der(getval(c), m, axis=axis).shape)
        rows = scaled(_map(der(np.eye(len(rows)), m), rows), scl**m)
        return np.moveaxis(rows, 0, axis)

    def antiderivative(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006
        m, c = _times(m, "integration"), _floating(c)
        k = list(k) if np.iterable(k) else [k]
        if len(k) > m:
            raise ValueError("Too many integration constants")
        if np.ndim(lbnd) != 0:
            raise ValueError("lbnd must be a scalar.")
        if np.ndim(scl) != 0:
            raise ValueError("scl must be a scalar.")
        axis = as_axis(axis, c.ndim)
        rows = np.moveaxis(np.copy(c), axis, 0)
        for constant in k + [0] * (m - len(k)):
            if len(rows) == 1 and not isbox(rows) and not rows.any():
                rows = rows + constant
                continue
            rows = _map(integral(np.eye(len(rows))), scaled(rows, scl))
            first = rows[:1] + (constant - val(lbnd, rows))
            rows = match(np.concatenate([first, rows[1:]]), c.dtype)
        return np.moveaxis(rows, 0, axis)

    composed(named("der"), slope)
    composed(named("int"), antiderivative)


# -- roots and fits ----------------------------------------------------------------------------


def _declare_roots(named):
    val, der, vander, companion = map(named, ("val", "der", "vander", "companion"))

    def slopes(ans, c):
        slope, values = der(c), vander(getval(ans), max(np.size(c) - 1, 0))
        size = np.abs(values) @ np.abs(np.atleast_1d(getval(c)))
        return simple_slopes(val(ans, slope), val(ans, der(slope)), size)

    def roots_vjp(g, ans, c, c_shape):
        """A coefficient moves a root by minus its polynomial there, over the slope."""
        values = vander(ans, max(np.size(c) - 1, 0))
        return -(over_slopes(g, slopes(ans, c)) @ values).reshape(c_shape)

    def roots_jvp(t, ans, c):
        values = vander(ans, max(np.size(c) - 1, 0))
        return -over_slopes(values @ np.atleast_1d(t), slopes(ans, c))

    custom(named("roots"), c=roots_vjp, jvps={"c": roots_jvp})

    def companion_matrix(c):
        """The coefficients over the highest one are in the last column, each in its row."""
        c = as_series(c)
        if len(c) < 2:
            raise ValueError("Series must have maximum degree of at least 1.")
        unit = np.eye(len(c), dtype=c.real.dtype)[-1]
        base = companion.fun(unit)
        weights = companion.fun(np.ones_like(unit))[:, -1] - base[:, -1]
        column = weights * c[:-1] / c[-1]
        return base + column[:, None] * unit[1:]

    composed(companion, companion_matrix)

    def fit_series(x, y, deg, rcond=None, full=False, w=None):
        return least_squares(vander, x, y, deg, rcond, full, w)

    composed(named("fit"), fit_series)
