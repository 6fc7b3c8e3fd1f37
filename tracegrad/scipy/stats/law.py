"""Continuous distributions at loc 0 and scale 1, with derivatives from their formulas.

Values are SciPy's own. The slope in x of a distribution function is the density, so a law without
shape parameters needs the formula of log f alone. The slope in a parameter θ is that of the formula
of F, 1 - F or one of their logarithms, taken in θ alone; and by the rule for inverse functions
x = F⁻¹(q) has dx/dq = 1 / f and dx/dθ = -(∂F/∂θ) / f.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...core.box import getval
from ...core.primitive import Primitive
from ...modes.forward import pushforward
from ...numpy.kinds import elementwise
from ...numpy.rules.arrays import as_array
from ...numpy.rules.safe import quietly, times

__all__ = ["Law", "attach", "double", "moment", "partial", "rules_for", "where_finite"]

attach = Primitive(lambda path, value: value, name="attach")
"""A value with the derivatives of another."""
elementwise(attach, path=lambda g: g, value=None)


def double(x):
    """The float64 array that SciPy computes with."""
    x = as_array(x)
    if x.dtype.kind == "c":
        raise TypeError("distributions take real numbers")
    return x if x.dtype == np.float64 else x.astype(np.float64)


def partial(formula, i, args):
    """The derivative of a formula in its i-th argument, element by element."""
    shape = np.broadcast_shapes(*map(np.shape, args))
    moved = np.broadcast_to(args[i], shape)
    return pushforward(
        lambda arg: formula(*args[:i], arg, *args[i + 1 :]), [moved], [np.ones(shape)]
    )[1]


def rules_for(names, slopes):
    """Rules with the parameters that their primitive has, for `elementwise`.

    Args:
        names: the primitive's parameters.
        slopes: parameter → function `(g, ans, args)`, or None.
    """
    names = ", ".join(names)
    return {
        name: slope and eval(f"lambda g_, ans, {names}: slope(g_, ans, ({names},))",
                             {"slope": slope})
        for name, slope in slopes.items()
    }  # fmt: skip


def where_finite(path, value):
    """A path as it is where its value is finite, 0 where that is infinite, else NaN."""
    bad = np.isnan(value)
    path = path * np.where(bad, np.nan, 1.0) if np.any(bad) else path
    return np.where(np.isinf(value), 0.0, path)


def moment(formula, value, shapes):
    """A moment's value with its formula's derivatives; where it is infinite it stays so."""
    with quietly():
        path = np.broadcast_to(formula(*shapes), np.shape(value))
        return attach(where_finite(path, value), value)


class Law:
    """A distribution of SciPy's without loc and scale; its methods take boxes.

    Args:
        distribution: SciPy's.
        formulas: functions of the shape parameters in traced functions: `logpdf(x, *shapes)`; for
            the derivatives of distribution functions in the shape parameters one of `cdf`, `sf`,
            `logcdf`, `logsf`, of the same arguments; `mean`, `var` and `entropy` of the shapes.
    """

    def __init__(self, distribution: Any, formulas: dict[str, Callable]) -> None:
        self.distribution = distribution
        self.formulas = formulas
        shapes = distribution.shapes
        self.shapes = tuple(shapes.replace(" ", "").split(",")) if shapes else ()
        known = bool({"cdf", "sf", "logcdf", "logsf"} & formulas.keys())

        def log_slope(name, sign):
            def x_slope(g, ans, args):
                with quietly(), np.errstate(over="ignore"):
                    log_density = self._log_height(args)
                    outside = getval(log_density) == -np.inf
                    return times(g, sign * np.exp(np.where(outside, -np.inf, log_density - ans)))

            def shape_slope(i):
                def slope(g, ans, args):
                    if name in formulas:
                        return g * self._within(lambda *a: partial(formulas[name], i, a), args)
                    with quietly(), np.errstate(over="ignore"):
                        slope = sign * self._rise(i, args) * np.exp(-ans)
                        return times(g, np.where(getval(ans) == -np.inf, 0.0, slope))

                return slope

            return x_slope, shape_slope

        def unit(i):
            def slope(g, ans, args):
                args = (ans, *args[1:])
                with quietly():
                    return times(-g * self._rise(i, args), np.exp(-self._log_height(args)))

            return slope

        def inverse(sign):
            def slope(g, ans, args):
                with quietly():
                    return times(g, sign * np.exp(-self._log_height((ans, *args[1:]))))

            return slope

        def declare(name, first, x_slope, shape_slope, fun=None):
            names = (first, *self.shapes)
            fun = fun or getattr(distribution, name)
            title = f"{distribution.name}.{name}"
            primitive = Primitive(fun, name=title, signature=", ".join(names))
            slopes = {first: x_slope}
            if known:
                slopes |= {p: shape_slope(i) for i, p in enumerate(self.shapes, 1)}
            return elementwise(primitive, **rules_for(names, slopes))

        self.cdf = declare(
            "cdf", "x", lambda g, ans, args: times(g, np.exp(self._log_height(args))),
            lambda i: lambda g, ans, args: g * self._rise(i, args),
        )  # fmt: skip
        self.sf = declare(
            "sf", "x", lambda g, ans, args: times(-g, np.exp(self._log_height(args))),
            lambda i: lambda g, ans, args: -g * self._rise(i, args),
        )  # fmt: skip
        self.logcdf = declare("logcdf", "x", *log_slope("logcdf", 1.0))
        self.logsf = declare("logsf", "x", *log_slope("logsf", -1.0))
        self.ppf = declare("ppf", "q", inverse(1.0), unit)
        self.isf = declare("isf", "q", inverse(-1.0), unit)
        self.drawn = declare("rvs", "x", None, unit, lambda x, *shapes: x)
        """A sample, which moves with the parameters as a quantile does."""

    def logpdf(self, *args):
        value = self.distribution.logpdf(*map(getval, args))
        return attach(self._log_height(args, value), value)

    def pdf(self, *args):
        value = self.distribution.pdf(*map(getval, args))
        return attach(np.exp(self._log_height(args)), value)

    def mean(self, *shapes):
        return self._moment("mean", shapes)

    def var(self, *shapes):
        return self._moment("var", shapes)

    def entropy(self, *shapes):
        return self._moment("entropy", shapes)

    def has(self, name):
        """Whether the derivative in every argument is known."""
        return name not in ("mean", "var", "std", "entropy") or (
            not self.shapes or name.replace("std", "var") in self.formulas
        )

    def _moment(self, name, shapes):
        value = getattr(self.distribution, name)(*map(getval, shapes))
        return moment(self.formulas[name], value, shapes) if shapes else value

    def _within(self, formula, args, value=None):
        """A formula where the density is positive and finite; elsewhere 0, beyond reason NaN."""
        x, *shapes = args
        if value is None:
            value = self._log_height_value(args)
        live = np.isfinite(value)
        if np.all(live):
            return formula(*args)
        still, *plain = np.broadcast_arrays(getval(x), *map(getval, shapes))
        still = np.array(still)
        still[~live] = self.distribution.median(*[shape[~live] for shape in plain])
        x = np.where(live, x, still)
        with quietly():
            return where_finite(formula(x, *shapes), value)

    def _log_height(self, args, known=None):
        value = self._log_height_value(args, known)
        return attach(self._within(self.formulas["logpdf"], args, value), value)

    def _log_height_value(self, args, known=None):
        """The logarithm of the density as the slope of distribution functions.

        Where SciPy's has under- or overflowed far out, it is the formula's, compared with its
        value at the median; at infinity it is -inf.
        """
        plain = np.broadcast_arrays(*map(getval, args))
        value = self._known_height(plain, known)
        low, high = self.distribution.support(*plain[1:])
        lost = np.isnan(value) & (low <= plain[0]) & (plain[0] <= high)
        lost = lost | (np.isneginf(value) & (low < plain[0]) & (plain[0] < high))
        if np.any(lost):
            x, *shapes = [arg[lost] for arg in plain]
            formula, middle = self.formulas["logpdf"], self.distribution.median(*shapes)
            with quietly(), np.errstate(over="ignore"):
                fall = formula(np.where(np.isinf(x), middle, x), *shapes)
                fall = fall - formula(middle, *shapes) + self._known_height([middle, *shapes])
            value[lost] = np.where(np.isnan(fall) | np.isinf(x), -np.inf, fall)
        return value[()]

    def _known_height(self, args, known=None):
        """SciPy's, of the density where that alone is a number."""
        value = np.array(self.distribution.logpdf(*args) if known is None else known)
        lost = ~np.isfinite(value)
        if np.any(lost):
            density = self.distribution.pdf(*[np.asarray(arg)[lost] for arg in args])
            with quietly():
                value[lost] = np.where(density > 0, np.log(density), value[lost])
        return value

    def _rise(self, i, args):
        """∂F/∂θ for the i-th argument θ."""
        name = next(n for n in ("cdf", "sf", "logcdf", "logsf") if n in self.formulas)
        slope = self._within(lambda *args: partial(self.formulas[name], i, args), args)
        if name.startswith("log"):
            slope = slope * np.exp(getattr(self, name)(*args))
        return -slope if name.endswith("sf") else slope
