"""Tests whether groups have the same mean or the same variance, counts, and p-values combined."""

from __future__ import annotations

import numpy as np
from scipy import stats
from scipy.special import xlogy

from ...core.box import getval, isbox
from ...numpy.rules.arrays import as_array, refuse
from .distribution import laws
from .statistic import declare, mean, real, statistic, tail, var

# Whether what is trimmed off has no part in the spread either, as in older releases.
_PAIR = ([0.0, 2.0, 3.0, 4.0, 20.0], [0.0, 3.0, 5.0, 7.0, 30.0])
_LEVENE_DROPS = not np.isclose(
    stats.levene(*_PAIR, center="trimmed", proportiontocut=0.2)[0], stats.levene(*_PAIR)[0]
)


def _f(statistic, between, within):
    return {"statistic": statistic, "pvalue": laws["f"].sf(statistic, between, within)}


def _ratio(groups, middles):
    """The spread of the means of the groups, in units of the spread in the groups."""
    sizes = [float(x.shape[-1]) for x in groups]
    total, k = sum(sizes), len(groups)
    middle = sum(n * m for n, m in zip(sizes, middles)) / total
    between = sum(n * (m - middle) ** 2 for n, m in zip(sizes, middles)) / (k - 1.0)
    within = sum(np.sum((x - m[..., None]) ** 2, axis=-1) for x, m in zip(groups, middles))
    return _f(between / (within / (total - k)), k - 1.0, total - k)


@statistic("f_oneway", "samples")
def _f_oneway(*samples, equal_var=True):
    """B. L. Welch, "On the comparison of several mean values: an alternative approach",
    Biometrika 38 (1951) 330, where the variances may differ.
    """
    if equal_var:
        return _ratio(samples, list(map(mean, samples)))
    k = float(len(samples))
    weights = [x.shape[-1] / var(x) for x in samples]
    total = sum(weights)
    middle = sum(w * mean(x) for w, x in zip(weights, samples)) / total
    between = sum(w * (mean(x) - middle) ** 2 for w, x in zip(weights, samples)) / (k - 1.0)
    lost = sum((1.0 - w / total) ** 2 / (x.shape[-1] - 1.0) for w, x in zip(weights, samples))
    statistic = between / (1.0 + 2.0 * (k - 2.0) / (k * k - 1.0) * lost)
    return _f(statistic, k - 1.0, (k * k - 1.0) / (3.0 * lost))


@statistic("levene", "samples")
def _levene(*samples, center, proportiontocut):
    inner = samples
    if center == "trimmed":
        cuts = [int(proportiontocut * x.shape[-1]) for x in samples]
        inner = [np.sort(x, axis=-1)[..., c : x.shape[-1] - c] for x, c in zip(samples, cuts)]
    middle = np.median if center == "median" else np.mean
    away = [
        np.abs(x - middle(y, axis=-1)[..., None])
        for x, y in zip(inner if _LEVENE_DROPS else samples, inner)
    ]
    return _ratio(away, list(map(mean, away)))


@statistic("bartlett", "samples")
def _bartlett(*samples):
    freedom = [x.shape[-1] - 1.0 for x in samples]
    total, k = sum(freedom), len(samples)
    pooled = sum(df * var(x) for df, x in zip(freedom, samples)) / total
    apart = total * np.log(pooled) - sum(df * np.log(var(x)) for df, x in zip(freedom, samples))
    statistic = apart / (1.0 + (sum(1.0 / df for df in freedom) - 1.0 / total) / (3.0 * (k - 1.0)))
    return {"statistic": statistic, "pvalue": laws["chi2"].sf(statistic, k - 1.0)}


@statistic("alexandergovern", "samples")
def _alexandergovern(*samples):
    """R. A. Alexander and D. M. Govern, "A new and simpler approximation for ANOVA under variance
    heterogeneity", Journal of Educational Statistics 19 (1994) 91.
    """
    errors = [np.sqrt(var(x) / x.shape[-1]) for x in samples]
    total = sum(e**-2.0 for e in errors)
    middle = sum(mean(x) * e**-2.0 for x, e in zip(samples, errors)) / total
    found = 0.0
    for x, error in zip(samples, errors):
        v = x.shape[-1] - 1.0
        a = v - 0.5
        b = 48.0 * a * a
        t = (mean(x) - middle) / error
        c = np.sqrt(a * np.log1p(t * t / v)) * np.sign(t)
        z = c + (c**3 + 3.0 * c) / b
        z = z - (4.0 * c**7 + 33.0 * c**5 + 240.0 * c**3 + 855.0 * c) / (
            10.0 * b * b + 8.0 * b * c**4 + 1000.0 * b
        )
        found = found + z * z
    return {"statistic": found, "pvalue": laws["chi2"].sf(found, len(samples) - 1.0)}


def _obrientransform(value, given):
    samples = list(map(real, given["samples"]))
    if len({x.shape for x in samples}) > 1:  # SciPy's result is an array of arrays
        refuse("obrientransform", samples="of different sizes")

    def transformed(x):
        n, away = float(len(x)), (x - np.mean(x)) ** 2
        both = (n - 1.5) * n * away - 0.5 * np.sum(away)
        return both / ((n - 1.0) * (n - 2.0))

    return np.stack(list(map(transformed, samples)))


declare("obrientransform", _obrientransform)

# -- counts ----------------------------------------------------------------------------------------

_POWERS = {
    "pearson": 1.0, "log-likelihood": 0.0, "freeman-tukey": -0.5, "mod-log-likelihood": -1.0,
    "neyman": -2.0, "cressie-read": 2.0 / 3.0,
}  # fmt: skip


@statistic("chisquare", "f_obs", "f_exp", paired=True)
def _chisquare(f_obs, f_exp, ddof, **options):
    return _power_divergence(f_obs, f_exp, ddof, None)


@statistic("power_divergence", "f_obs", "f_exp", paired=True)
def _power_divergence(f_obs, f_exp, ddof, lambda_):
    """N. Cressie and T. R. C. Read, "Multinomial goodness-of-fit tests", Journal of the Royal
    Statistical Society B 46 (1984) 440.
    """
    if isbox(lambda_) and getval(lambda_) in (0.0, -1.0):  # where the formula is a limit
        refuse("power_divergence", lambda_=lambda_)
    power = 1.0 if lambda_ is None else _POWERS.get(lambda_) if isinstance(
        lambda_, str) else lambda_  # fmt: skip
    expected = np.mean(f_obs, axis=-1, keepdims=True) if f_exp is None else f_exp
    if isbox(power) or power not in (1.0, 0.0, -1.0):
        terms = f_obs * ((f_obs / expected) ** power - 1.0) * (2.0 / (power * (power + 1.0)))
    elif power == 1.0:
        terms = (f_obs - expected) ** 2 / expected
    elif power == 0.0:
        terms = 2.0 * xlogy(f_obs, f_obs / expected)
    else:
        terms = 2.0 * xlogy(expected, expected / f_obs)
    statistic = np.sum(terms, axis=-1)
    freedom = terms.shape[-1] - 1.0 - as_array(ddof)
    return {"statistic": statistic, "pvalue": laws["chi2"].sf(statistic, freedom)}


# -- p-values --------------------------------------------------------------------------------------


@statistic("combine_pvalues", "pvalues", "weights", paired=True)
def _combine_pvalues(pvalues, weights, method):
    n = float(pvalues.shape[-1])
    if method == "fisher":
        statistic = -2.0 * np.sum(np.log(pvalues), axis=-1)
        p = laws["chi2"].sf(statistic, 2.0 * n)
    elif method == "pearson":
        statistic = 2.0 * np.sum(np.log1p(-pvalues), axis=-1)
        p = laws["chi2"].cdf(-statistic, 2.0 * n)
    elif method == "mudholkar_george":
        statistic = np.sum(np.log1p(-pvalues) - np.log(pvalues), axis=-1)
        df = 5.0 * n + 4.0
        p = laws["t"].sf(statistic * np.sqrt(3.0 / n * df / (df - 2.0)) / np.pi, df)
    elif method == "tippett":
        statistic = np.min(pvalues, axis=-1)
        p = laws["beta"].cdf(statistic, 1.0, n)
    else:
        weights = np.ones(pvalues.shape[-1]) if weights is None else weights
        statistic = np.sum(weights * laws["norm"].isf(pvalues), axis=-1)
        statistic = statistic / np.sqrt(np.sum(weights * weights, axis=-1))
        p = tail(laws["norm"], "greater", statistic)
    return {"statistic": statistic, "pvalue": p}
