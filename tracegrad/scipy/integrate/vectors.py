"""Integrals of functions that give arrays, or take them: `quad_vec`, `fixed_quad`."""

from __future__ import annotations

import numpy as np
import scipy.integrate as si
from scipy.special import roots_legendre

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...operators.constants import stop_gradient
from ..standing import stands_for
from ..watching import Watch
from .closures import frozen, is_traced
from .integrals import Way, integral

__all__ = ["quad_vec"]


class Together(Way):
    """∫ f(x) dx from a to b by `quad_vec`, all components at the same points."""

    def __init__(self, **options):
        self.options = options

    def plain(self, fun, shape, bounds):
        return si.quad_vec(fun, *bounds, **self.options)[0]

    def slope(self, fun, bounds, k):
        return _end(fun, bounds[k]) * (-1.0, 1.0)[k]


def _end(fun, x):
    """The integrand where the interval ends; at infinity it has no say."""
    return np.zeros_like(fun(0.0)) if np.isinf(getval(x)) else fun(x)


@stands_for(si.quad_vec)
def quad_vec(
    f,
    a,
    b,
    epsabs=1e-200,
    epsrel=1e-8,
    norm="2",
    cache_size=100e6,
    limit=10000,
    workers=1,
    points=None,
    quadrature=None,
    full_output=False,
    *,
    args=(),
):
    watch = Watch()
    args = args if isinstance(args, tuple) else (args,)
    ends, points = stop_gradient(((a, b), points))
    options = {"epsabs": epsabs, "epsrel": epsrel, "norm": norm, "cache_size": cache_size,
               "limit": limit, "points": points, "quadrature": quadrature}  # fmt: skip
    traced = is_traced(a, b, args)
    # other processes are given the function itself, and know no trace
    alone = workers == 1 or traced
    known = si.quad_vec(
        watch(f) if alone else f, *ends, workers=1 if alone else workers,
        full_output=full_output, args=args, **options,
    )  # fmt: skip
    if not (traced or watch.traced):
        return known
    same, *args = map(frozen, (f, *args))
    bounds = tuple([as_array(x).astype(float)[()] for x in (a, b)])
    value = integral(lambda x: as_array(same(x, *args)), None, bounds, Together(**options))
    return (value, *known[1:])


def _fixed_quad(func, a, b, args=(), n=5):
    """The rule of Gauss and Legendre with n points."""
    if np.isinf(getval(a)) or np.isinf(getval(b)):
        raise ValueError("Gaussian quadrature is only available for finite limits.")
    x, w = roots_legendre(n)
    half = (b - a) / 2.0
    return half * np.sum(w * func(half * (x + 1) + a, *args), axis=-1), None


composed(of(si.fixed_quad), _fixed_quad)
