"""Distributions of whole numbers at loc 0, with derivatives in their parameters.

In k they jump. A distribution function without a formula is summed: downwards from the lower
median, upwards above it, so that no digits cancel in the tails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...core.box import getval, isbox
from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...numpy.kinds import elementwise
from ...numpy.rules.arrays import refuse
from ...numpy.rules.safe import quietly, times
from .law import attach, moment, partial, rules_for, where_finite

__all__ = ["Counting"]

FALL = 40.0  # exp(-40) is below the rounding of 1
LONGEST = 2.0**20


class Counting:
    """A discrete distribution of SciPy's without loc; its methods take boxes, but k is plain.

    Args:
        distribution: SciPy's.
        formulas: functions of the shape parameters in traced functions: `logpmf(k, *shapes)`,
            perhaps `cdf` or `sf` of the same arguments; `mean` and `var` of the shapes.
        whole: shape parameters that are whole numbers: they have no derivative.
    """

    def __init__(
        self, distribution: Any, formulas: dict[str, Callable], whole: tuple[str, ...] = ()
    ) -> None:
        self.distribution = distribution
        self.formulas = formulas
        self.whole = whole
        self.shapes = tuple(distribution.shapes.replace(" ", "").split(","))

        def slope(i, name):
            sign = 1.0 if name.endswith("cdf") else -1.0

            def slope(g, ans, args):
                with quietly():
                    rise = sign * self._rise(i, args)
                    if name.startswith("log"):
                        rise = np.where(getval(rise) == 0.0, 0.0, rise * np.exp(-ans))
                    return times(g, rise)

            return slope

        def declare(name):
            names = ("k", *self.shapes)
            fun, title = getattr(distribution, name), f"{distribution.name}.{name}"
            primitive = Primitive(fun, name=title, signature=", ".join(names))
            slopes = {p: slope(i, name) for i, p in enumerate(self.shapes, 1) if p not in whole}
            return elementwise(primitive, **rules_for(names, slopes))

        self.cdf, self.sf = declare("cdf"), declare("sf")
        self.logcdf, self.logsf = declare("logcdf"), declare("logsf")

    def logpmf(self, k, *shapes):
        value = self.distribution.logpmf(k, *map(getval, shapes))
        return attach(self._within(k, self._real(shapes), value), value)

    def pmf(self, k, *shapes):
        value = self.distribution.pmf(k, *map(getval, shapes))
        return attach(np.exp(self.logpmf(k, *shapes)), value)

    def mean(self, *shapes):
        return self._moment("mean", shapes)

    def var(self, *shapes):
        return self._moment("var", shapes)

    def entropy(self, *shapes):
        """The sum of -p log p, as far as its terms count."""
        plain = [getval(shape) for shape in self._real(shapes)]
        value = self.distribution.entropy(*plain)
        median = self.distribution.median(*plain)
        terms = self._terms(self._end(median, plain, -1.0), self._end(median, plain, 1.0), value)

        def formula(*shapes):
            log_p = self.logpmf(terms, *shapes)
            log_p = np.where(np.isneginf(getval(log_p)), 0.0, log_p)
            return -(self.pmf(terms, *shapes) * log_p).sum(axis=0)

        return moment(formula, value, shapes)

    def has(self, name):
        """Whether the derivative is known."""
        return name not in ("mean", "var", "std") or name.replace("std", "var") in self.formulas

    def _real(self, shapes):
        """The shape parameters, those refused that are whole numbers."""
        for name, shape in zip(self.shapes, shapes):
            if name in self.whole and isbox(shape):
                refuse(self.distribution.name, **{name: shape})
        return shapes

    def _moment(self, name, shapes):
        value = getattr(self.distribution, name)(*map(getval, self._real(shapes)))
        return moment(self.formulas[name], value, shapes)

    def _within(self, k, shapes, value):
        live = np.isfinite(value)
        if not np.all(live):
            k = np.where(live, k, self.distribution.median(*map(getval, shapes)))
        with quietly():
            return where_finite(self.formulas["logpmf"](k, *shapes), value)

    def _rise(self, i, args):
        """∂F/∂θ for the i-th argument θ; 0 where nothing or everything is below k."""
        k, shapes = np.floor(args[0]), args[1:]
        plain = [np.asarray(getval(shape)) for shape in shapes]
        value = self.distribution.cdf(k, *plain)
        live = (value > 0.0) & (self.distribution.sf(k, *plain) > 0.0)
        median = self.distribution.median(*plain)
        within = np.where(live, k, median)
        if "cdf" in self.formulas or "sf" in self.formulas:
            name = "cdf" if "cdf" in self.formulas else "sf"
            slope = partial(self.formulas[name], i, (within, *shapes))
            slope = -slope if name == "sf" else slope
        else:
            slope = self._summed(i, within, median, shapes, plain)
        return np.where(live, slope, np.where(np.isnan(value), np.nan, 0.0))

    def _summed(self, i, k, median, shapes, plain):
        above = k >= median
        low = self._end(k, plain, -1.0) if np.any(~above) else np.min(k) + 1.0
        high = self._end(k, plain, 1.0) if np.any(above) else np.max(k)
        terms = self._terms(low, high, k + sum(plain))
        slopes = partial(self.pmf, i, (terms, *shapes))
        taken = np.where(above, terms > k, terms <= k)
        return np.where(above, -1.0, 1.0) * np.where(taken, slopes, 0.0).sum(axis=0)

    def _terms(self, low, high, like):
        """The whole numbers from low to high, along an axis before those of `like`."""
        if not high - low < LONGEST:
            raise NoDerivative(
                f"{self.distribution.name}: too many terms would have to be summed.\n  "
                f"in {user_line()}"
            )
        return np.arange(low, high + 1.0).reshape(-1, *[1] * np.ndim(like))

    def _end(self, k, plain, sign):
        """Where the terms beyond all of k count no more."""
        start, step = self.distribution.logpmf(k, *plain), 1.0
        while step < LONGEST and np.any(
            self.distribution.logpmf(k + sign * step, *plain) > start - FALL
        ):
            step *= 2.0
        bound = self.distribution.support(*plain)[int(sign > 0.0)]
        return sign * np.max(np.minimum(sign * k + step, sign * bound))
