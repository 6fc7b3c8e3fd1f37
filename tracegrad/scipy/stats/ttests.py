"""Tests of means: Student's, Welch's and Yuen's t."""

from __future__ import annotations

import numpy as np

from ...numpy.rules.arrays import refuse
from .distribution import laws
from .statistic import declare, mean, real, statistic, tail, var


def _tested(estimate, error, df, alternative, shift=0.0):
    t = (estimate - shift) / error
    return {
        "statistic": t,
        "pvalue": tail(laws["t"], alternative, t, df),
        "df": df,
        "_standard_error": error,
        "_estimate": estimate,
    }


def _one(a, popmean, alternative):
    n = a.shape[-1]
    error = np.sqrt(var(a) / n)
    return _tested(mean(a), error, n - 1.0, alternative, popmean)


@statistic("ttest_1samp", "a", "popmean")
def _ttest_1samp(a, popmean, alternative):
    return _one(a, popmean[..., 0], alternative)


@statistic("ttest_rel", "a", "b", paired=True)
def _ttest_rel(a, b, alternative):
    return _one(a - b, 0.0, alternative)


def _spread(var1, n1, var2, n2, equal_var):
    """The standard error of a difference of means, and its degrees of freedom.

    B. L. Welch, "The generalization of `Student's' problem when several different population
    variances are involved", Biometrika 34 (1947) 28.
    """
    if equal_var:
        df = n1 + n2 - 2.0
        pooled = ((n1 - 1.0) * var1 + (n2 - 1.0) * var2) / df
        return np.sqrt(pooled * (1.0 / n1 + 1.0 / n2)), df
    part1, part2 = var1 / n1, var2 / n2
    df = (part1 + part2) ** 2 / (part1**2 / (n1 - 1.0) + part2**2 / (n2 - 1.0))
    return np.sqrt(part1 + part2), df


def _trimmed(x, trim):
    """Mean, variance and size of what is left; the variance is that of the winsorized sample.

    K. K. Yuen, "The two-sample trimmed t for unequal population variances", Biometrika 61 (1974)
    165.
    """
    n = x.shape[-1]
    cut = int(trim * n)
    if cut == 0:
        return mean(x), (var(x) if n > 1 else 0.0), float(n)
    x, left = np.sort(x, axis=-1), n - 2.0 * cut
    winsorized = x[..., np.clip(np.arange(n), cut, n - cut - 1)]
    scale = (n - 1.0) / (left - 1.0)
    return mean(x[..., cut : n - cut]), var(winsorized) * scale, left


@statistic("ttest_ind", "a", "b")
def _ttest_ind(a, b, equal_var, alternative, trim, **options):
    options.pop("random_state", None)
    refuse("ttest_ind", **options)  # permutations are counted, under one name or another
    (mean1, var1, n1), (mean2, var2, n2) = _trimmed(a, trim), _trimmed(b, trim)
    error, df = _spread(var1, n1, var2, n2, equal_var)
    return _tested(mean1 - mean2, error, df, alternative)


def _ttest_ind_from_stats(value, given):
    alternative, equal_var = given.pop("alternative"), given.pop("equal_var")
    mean1, std1, n1, mean2, std2, n2 = map(real, given.values())
    error, df = _spread(std1 * std1, n1, std2 * std2, n2, equal_var)
    tested = _tested(mean1 - mean2, error, df, alternative)
    return {name: tested[name] for name in ("statistic", "pvalue")}


declare("ttest_ind_from_stats", _ttest_ind_from_stats)
