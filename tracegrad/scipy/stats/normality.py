"""Tests whether a sample is of a normal distribution, by its skewness and kurtosis."""

from __future__ import annotations

import numpy as np

from .distribution import laws
from .moments import excess, skewness
from .statistic import statistic, tail


def _skewtest(x):
    """R. B. D'Agostino, A. Belanger and R. B. D'Agostino Jr., "A suggestion for using powerful and
    informative tests of normality", The American Statistician 44 (1990) 316.
    """
    n = float(x.shape[-1])
    y = skewness(x) * np.sqrt((n + 1.0) * (n + 3.0) / (6.0 * (n - 2.0)))
    beta = 3.0 * (n * n + 27.0 * n - 70.0) * (n + 1.0) * (n + 3.0)
    beta = beta / ((n - 2.0) * (n + 5.0) * (n + 7.0) * (n + 9.0))
    w2 = np.sqrt(2.0 * (beta - 1.0)) - 1.0
    return np.arcsinh(y * np.sqrt(0.5 * (w2 - 1.0))) / np.sqrt(0.5 * np.log(w2))


def _kurtosistest(x):
    """F. J. Anscombe and W. J. Glynn, "Distribution of the kurtosis statistic b2 for normal
    samples", Biometrika 70 (1983) 227.
    """
    n = float(x.shape[-1])
    expected = -6.0 / (n + 1.0)  # of the kurtosis less 3
    variance = 24.0 * n * (n - 2.0) * (n - 3.0) / ((n + 1.0) ** 2 * (n + 3.0) * (n + 5.0))
    z = (excess(x) - expected) / np.sqrt(variance)
    root = 6.0 * (n * n - 5.0 * n + 2.0) / ((n + 7.0) * (n + 9.0))
    root *= np.sqrt(6.0 * (n + 3.0) * (n + 5.0) / (n * (n - 2.0) * (n - 3.0)))
    a = 6.0 + 8.0 / root * (2.0 / root + np.sqrt(1.0 + 4.0 / root**2))
    cube = np.cbrt((1.0 - 2.0 / a) / (1.0 + z * np.sqrt(2.0 / (a - 4.0))))
    return (1.0 - 2.0 / (9.0 * a) - cube) / np.sqrt(2.0 / (9.0 * a))


def _normal(z, alternative):
    return {"statistic": z, "pvalue": tail(laws["norm"], alternative, z)}


def _two_squares(statistic):
    """A sum of the squares of two normal variables."""
    return {"statistic": statistic, "pvalue": laws["chi2"].sf(statistic, 2.0)}


@statistic("skewtest", "a")
def _skewtest_of(a, alternative="two-sided"):
    return _normal(_skewtest(a), alternative)


@statistic("kurtosistest", "a")
def _kurtosistest_of(a, alternative="two-sided"):
    return _normal(_kurtosistest(a), alternative)


@statistic("normaltest", "a")
def _normaltest(a):
    return _two_squares(_skewtest(a) ** 2 + _kurtosistest(a) ** 2)


@statistic("jarque_bera", "x", flat=True)
def _jarque_bera(x):
    return _two_squares(x.shape[-1] / 6.0 * (skewness(x) ** 2 + 0.25 * excess(x) ** 2))
