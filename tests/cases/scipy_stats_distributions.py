"""Distributions: for each one row, which goes through all of its methods at once."""

from __future__ import annotations

import numpy
import scipy.stats

import tracegrad.scipy.stats as stats
from tests.tester import Case
from tracegrad.scipy.stats.distribution import laws

LOC, SCALE = numpy.float64(0.4), numpy.float64(1.7)
Q = numpy.array([0.15, 0.4, 0.8])

# Where the parameters are none of 1.3, 0.8: large enough for the moments to exist.
SHAPES = {
    "fisk": (6.5,), "burr": (6.5, 1.3), "burr12": (6.5, 1.3), "invweibull": (6.5,),
    "f": (3.3, 12.5), "betaprime": (2.3, 9.1), "pareto": (6.2,), "lomax": (6.1,),
    "invgamma": (6.3,), "genpareto": (0.12,), "genextreme": (0.2,), "t": (9.3,),
    "truncnorm": (-1.2, 1.7), "loguniform": (0.6, 2.3), "reciprocal": (0.6, 2.3),
    "triang": (0.45,), "erlang": (2.0,),
    "norminvgauss": (1.9, 0.7), "skewcauchy": (0.3,), "wrapcauchy": (0.3,),
    "ncf": (3.3, 12.5, 1.4), "nct": (9.3, 0.8), "loglaplace": (6.5,), "trapezoid": (0.3, 0.7),
    "truncpareto": (1.3, 4.0), "truncweibull_min": (1.3, 0.4, 2.2), "mielke": (1.3, 6.5),
    "genexpon": (1.3, 0.8, 1.6), "crystalball": (1.3, 6.2), "genhyperbolic": (0.8, 1.9, 0.7),
    "jf_skew_t": (4.3, 5.1), "kappa4": (0.3, 0.2), "tukeylambda": (0.3,), "irwinhall": (4,),
    "dpareto_lognorm": (0.3, 0.8, 6.2, 2.1), "gausshyper": (1.3, 2.2, 0.8, 0.7),
    "zipfian": (1.4, 30),
    "binom": (7, 0.4), "bernoulli": (0.3,), "geom": (0.3,), "nbinom": (3.3, 0.4),
    "betabinom": (6, 1.2, 2.1), "betanbinom": (4, 12.2, 2.1), "logser": (0.6,),
    "boltzmann": (0.7, 8), "zipf": (7.3,), "yulesimon": (7.3,),
}  # fmt: skip
# Methods whose derivatives in the shape parameters are not known.
UNKNOWN = {"cdf", "sf", "logcdf", "logsf", "ppf", "isf", "median"}
WITHOUT = {"rice": UNKNOWN, "norminvgauss": UNKNOWN, "zipf": {"entropy"}, "yulesimon": {"entropy"}}
# Here SciPy or the derivative integrates: what is left goes through all that is the law's own.
for _name in ("ncx2", "ncf", "nct", "geninvgauss", "genhyperbolic", "gausshyper", "irwinhall",
              "dpareto_lognorm", "rel_breitwigner", "argus", "vonmises_line"):  # fmt: skip
    WITHOUT[_name] = {"pdf", "sf", "logcdf", "isf", "std", "median"}
WITHOUT["gausshyper"] |= {"ppf", "var"}
WITHOUT["vonmises_line"] |= {"logsf", "ppf"}
WITHOUT["recipinvgauss"] = {"mean", "var", "std"}  # SciPy's take seconds
# At the median of these the density is 0.
WITHOUT |= {"dweibull": {"median"}, "dgamma": {"median"}}
# What is checked to second order: one of each way of writing a law.
SECOND = {"norm", "lognorm", "gamma", "t", "truncnorm", "weibull_min", "vonmises", "triang"}
SECOND |= {"pearson3", "nct", "crystalball"}
SECOND |= {"poisson", "binom", "betabinom", "skellam"}
MOMENTS = {"mean", "var", "std", "entropy", "median"}


def methods(name):
    """The methods of a distribution that have derivatives, or finite values."""
    found = set(getattr(stats, name)._methods) - {"rvs"} - WITHOUT.get(name, set())
    if name in ("cauchy", "halfcauchy", "levy", "levy_l"):
        found -= {"mean", "var", "std"}
    return sorted(found)


def continuous(name):
    n = len(laws[name].shapes)
    shapes = SHAPES.get(name, (1.3, 0.8)[:n])
    shapes = [numpy.float64(shape) if isinstance(shape, float) else shape for shape in shapes]
    x = getattr(scipy.stats, name).ppf(Q, *shapes, LOC, SCALE)
    x = x + 0.01 * SCALE  # at a distance from the kinks of those that are symmetric

    def fun(x, q, *parameters):
        dist, out = getattr(stats, name), []
        for method in methods(name):
            where = () if method in MOMENTS else (q,) if method in ("ppf", "isf") else (x,)
            out.append(getattr(dist, method)(*where, *parameters))
        return tuple(out)

    # quantiles and logarithms bend by large factors near the ends of their domain
    return Case(
        f"stats.{name}", (x, Q, *shapes, LOC, SCALE), fun=fun,
        order=1 + (name in SECOND), complex=False, float32=False, small=False, loss=100.0,
    )  # fmt: skip


def discrete(name):
    n = len(laws[name].shapes)
    shapes = SHAPES.get(name, (1.3, 0.8)[:n])
    shapes = [numpy.float64(shape) if isinstance(shape, float) else shape for shape in shapes]
    k = getattr(scipy.stats, name).ppf(Q, *shapes).astype(int)
    k = k - (name in ("bernoulli", "binom", "betabinom", "boltzmann")) * (k > 0)

    def fun(*shapes):
        dist, out = getattr(stats, name), []
        for method in methods(name):
            where = () if method in MOMENTS else (k,)
            out.append(getattr(dist, method)(*where, *shapes, 0))
        return tuple(out)

    return Case(
        f"stats.{name}", tuple(shapes), fun=fun,
        order=1 + (name in SECOND), complex=False, float32=False, small=False,
    )  # fmt: skip


ROWS = [
    discrete(name) if isinstance(getattr(scipy.stats, name), scipy.stats.rv_discrete)
    else continuous(name)
    for name in laws
]  # fmt: skip
