"""SciPy's hypothesis tests, with their p-values, and transformations to a normal shape."""

from __future__ import annotations

import numpy
import scipy.optimize

import tracegrad.numpy
from tracegrad.core.tree import flatten

from .samples import normal, positive
from .scipy_stats_functions import HOLES, fields, row

N, M, P = normal(3, 8), normal(3, 8, seed=1), positive(3, 8)
V, W, Q, R = normal(9), normal(9, seed=1), positive(9), positive(9, seed=1)
KEPT = {"axis": -1, "keepdims": True, "nan_policy": "propagate"}
FEW = [{"axis": 1}, KEPT]
SIDES = [{"alternative": "less"}, {"alternative": "greater"}]


def test(name, args, options=({},), *also, **flags):
    """A row of a test: its statistic, its p-value and what else it tells."""
    return row(name, args, options, use=fields("statistic", "pvalue", *also), **flags)


def t_test(name, args, options, **flags):
    def use(fun, *args, **options):
        found = fun(*args, **options)
        interval = found.confidence_interval(0.9)
        finite = [x for x in interval if numpy.all(numpy.abs(x) < numpy.inf)]
        return found.statistic, found.pvalue, found.df, *finite

    return row(name, args, options, use=use, **flags)


def bounds(fun, *args, **options):
    found = fun(*args, **options)
    interval = found.confidence_interval(confidence_level=0.8)
    return found.statistic, found.pvalue, *[x for x in interval if abs(x) < 1.0]


def of_numpy(fun, *args, **options):
    """SciPy gives some bounds as numbers of Python's."""
    leaves = flatten(fun(*args, **options))[0]
    return tuple([numpy.float64(x) if type(x) is float else x for x in leaves])


def sums_agree(fun, f_obs, f_exp, **options):
    f_obs, f_exp = [tracegrad.numpy.asarray(x).astype(float) for x in (f_obs, f_exp)]
    found = fun(f_obs, f_exp * (f_obs.sum() / f_exp.sum()), **options)
    return found.statistic, found.pvalue


STATS = [numpy.float64(x) for x in (1.3, 0.8, 2.1, 1.7)]

ROWS = [
    # -- means
    *t_test("ttest_1samp", (V, numpy.float64(0.3)), [{}, *SIDES]),
    *t_test("ttest_1samp", (N, 0.3), FEW, order=1),
    *t_test("ttest_1samp", (HOLES, 0.3), [{"axis": 1, "nan_policy": "omit"}], order=1),
    *t_test("ttest_rel", (N, M), [*FEW, *SIDES], order=1),
    *t_test("ttest_ind", (V, W[:6]), [{}, {"equal_var": False}]),
    *t_test("ttest_ind", (N, M[:, :6]), [*FEW, {"axis": 1, **SIDES[0]}], order=1),
    *t_test("ttest_ind", (HOLES[:2], M[:2]), [
        {"axis": 1, "equal_var": False, "nan_policy": "omit"}], order=1),
    *test("ttest_ind", (V, W), [{"trim": 0.2, "equal_var": False},
                                {"permutations": None, "random_state": None, "method": None}],
          order=1),
    *test("ttest_ind_from_stats", (*STATS[:2], 9, *STATS[2:], 7), [
        {}, {"equal_var": False, "alternative": "less"}]),
    *test("f_oneway", (N, M, P), [{"axis": 1, "equal_var": False}, KEPT], order=1),
    *test("f_oneway", (V, W[:6], Q), [{}]),
    *test("alexandergovern", (V, W[:6], Q), [{}, {"nan_policy": "propagate"}, {
        "axis": 0, "keepdims": True}]),
    # -- variances
    *test("bartlett", (V, W[:6], Q), [{}, {"axis": 0, "keepdims": True, "nan_policy": "omit"}]),
    *test("levene", (V, W[:6], Q), [{}, {"center": "mean"}, {
        "center": "trimmed", "proportiontocut": 0.2},
        {"axis": 0, "keepdims": True, "nan_policy": "omit"}]),
    *row("obrientransform", (V, W.tolist(), Q.tolist()), [{}, {"nan_policy": "propagate"}]),
    # -- shapes
    *test("skewtest", (normal(3, 10),), [{"axis": -1, **SIDES[0]}, KEPT]),
    *test("kurtosistest", (normal(2, 21),), [{"axis": -1, **SIDES[1]}, KEPT]),
    *test("normaltest", (normal(2, 21),), [KEPT]),
    *test("jarque_bera", (N,), FEW),
    # -- counts and p-values
    *test("chisquare", (P,), [{}, {"axis": 1, "ddof": 1}, KEPT, {"axis": None}]),
    *row("chisquare", (Q, R), [{}, {"sum_check": True, "axis": 0}], use=sums_agree),
    *[r for power in (None, "log-likelihood", -1, "neyman", 0.4)
      for r in test("power_divergence", (P,), [{"lambda_": power, "axis": 1}])],
    *test("power_divergence", (P,), [{"lambda_": numpy.float64(0.7)}, KEPT, {"ddof": 1}]),
    *row("power_divergence", (Q, R), [{"lambda_": -0.5}], use=sums_agree),
    *[r for method in ("fisher", "pearson", "mudholkar_george", "tippett", "stouffer")
      for r in test("combine_pvalues", (Q / 3.0,), [{"method": method}])],
    *test("combine_pvalues", (Q / 3.0, "stouffer", R), [{}, KEPT]),
    # -- lines
    *row("pearsonr", (V, W), [{}, *SIDES, {"method": None}], use=bounds),
    *[r for r in test("pearsonr", (N, M), [{"axis": 1}]) if "axis" in r.options[0]],
    *test("pointbiserialr", (numpy.arange(9) % 2 == 0, V), [{}, {
        "axis": 0, "keepdims": True, "nan_policy": "propagate"}]),
    *row("linregress", (V, W), [{}, *SIDES, {"axis": 0, "keepdims": True, "nan_policy": "omit"}],
         use=fields("slope", "intercept", "rvalue", "pvalue", "stderr", "intercept_stderr")),
    *row("theilslopes", (V, W), [{}, {"method": "joint", "alpha": 0.7}, {
        "axis": None, "nan_policy": "propagate", "keepdims": True}]),
    *row("theilslopes", (V,)),
    *row("siegelslopes", (V, W), [{}, {"method": "separate"}, {
        "axis": None, "nan_policy": "propagate", "keepdims": True}],
         use=fields("slope", "intercept")),
    # -- powers
    # a minimizer finds the best power to half the digits, and differences of it lose 1 / STEP more
    *[r for method in ("pearsonr", "mle", "all")
      for r in row("boxcox_normmax", (Q,), [{"method": method}], loss=1e5)],
    *row("boxcox_normmax", (Q,), [{"brack": (-1.0, 3.0)}, {
        "optimizer": scipy.optimize.minimize_scalar, "ymax": 1e9, "nan_policy": "omit"}], loss=1e5),
    *row("boxcox", (Q,), [{"alpha": 0.1}, {}, {
        "optimizer": scipy.optimize.minimize_scalar}], loss=1e5, use=of_numpy),
    *row("yeojohnson_normmax", (V,), [{}, {"brack": (-2, 2), "nan_policy": "omit"}], loss=1e5),
    *row("yeojohnson", (V,), loss=1e5),
    *row("boxcox", (Q, numpy.float64(0.3)), [{}, {"nan_policy": "propagate"}]),
    *row("boxcox_llf", (numpy.float64(0.3), P), [{}, KEPT]),
    *row("yeojohnson", (V, numpy.float64(0.3)), [{}, {"nan_policy": "propagate"}]),
    *row("yeojohnson_llf", (numpy.float64(0.3), N), [{}, KEPT]),
]  # fmt: skip
del test  # no test of its own
