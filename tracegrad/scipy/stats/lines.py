"""Correlation and lines through points: least squares, and medians of the slopes between points."""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from ...numpy.rules.arrays import refuse
from .distribution import laws
from .statistic import declare, mean, real, statistic, tail


def _centred(x):
    return x - np.mean(x, axis=-1, keepdims=True)


def correlation(x, y, alternative="two-sided"):
    """r and its p-value: (1 + r) / 2 has a beta distribution where x and y are independent."""
    x, y = _centred(x), _centred(y)
    r = np.sum(x * y, axis=-1) / np.sqrt(np.sum(x * x, axis=-1) * np.sum(y * y, axis=-1))
    half = 0.5 * x.shape[-1] - 1.0
    if half == 0.0:  # r is 1 or -1
        return r * 0.0, r * 0.0
    if alternative == "less":
        return r, laws["beta"].cdf(0.5 * (1.0 + r), half, half)
    two = alternative == "two-sided"
    p = laws["beta"].sf(0.5 * (1.0 + (np.abs(r) if two else r)), half, half)
    return r, 2.0 * p if two else p


@statistic("pearsonr", "x", "y", paired=True)
def _pearsonr(x, y, alternative, method):
    refuse("pearsonr", method=method)
    r, p = correlation(x, y, alternative)
    return {"statistic": r, "correlation": r, "pvalue": p}


@statistic("pointbiserialr", "x", "y", paired=True)
def _pointbiserialr(x, y):
    r, p = correlation(x, y)
    return {"statistic": r, "correlation": r, "pvalue": p}


@statistic("linregress", "x", "y", paired=True)
def _linregress(x, y, alternative):
    """G. A. F. Seber and A. J. Lee, "Linear Regression Analysis", 2003, chapter 6."""
    if y is None:
        raise TypeError("linregress: pass x and y, each on its own")
    df, x_away, y_away = x.shape[-1] - 2.0, _centred(x), _centred(y)
    xx, yy = mean(x_away * x_away), mean(y_away * y_away)
    xy = mean(x_away * y_away)
    slope, r = xy / xx, xy / np.sqrt(xx * yy)
    found = {"slope": slope, "intercept": mean(y) - slope * mean(x)}
    if df == 0.0:  # a line through two points
        nothing = 0.0 * slope
        return {**found, **dict.fromkeys(
            ("rvalue", "pvalue", "stderr", "intercept_stderr"), nothing)}  # fmt: skip
    error = np.sqrt((yy / xx - slope * slope) / df)
    return {
        **found,
        "rvalue": r,
        "pvalue": tail(laws["t"], alternative, r * np.sqrt(df / (1.0 - r * r)), df),
        "stderr": error,
        "intercept_stderr": error * np.sqrt(xx + mean(x) ** 2),
    }


# -- medians of slopes -----------------------------------------------------------------------------


def _points(given):
    y = real(given["y"])
    x = given["x"]
    x = np.arange(float(y.size)) if x is None else real(x)
    if given.get("axis") is not None and y.ndim > 1:
        refuse("the median of slopes", axis=given["axis"])
    x, y = np.broadcast_arrays(x, y) if x.shape != y.shape else (x, y)
    x, y = x.ravel(), y.ravel()
    if given.get("nan_policy") == "omit":
        seen = ~np.isnan(getval(x) + getval(y))
        x, y = x[seen], y[seen]
    return x, y


def _theilslopes(value, given):
    """The bounds are the two of the slopes that SciPy chose."""
    x, y = _points(given)
    i, j = np.nonzero(getval(x)[:, None] > getval(x))
    slopes = (y[i] - y[j]) / (x[i] - x[j])
    slope = np.median(slopes)
    if given["method"] == "joint":
        intercept = np.median(y - slope * x)
    else:
        intercept = np.median(y) - slope * np.median(x)

    def chosen(bound):
        return slopes[np.argmin(np.abs(getval(slopes) - bound))]

    low, high = chosen(value.low_slope), chosen(value.high_slope)
    return {"slope": slope, "intercept": intercept, "low_slope": low, "high_slope": high}


def _siegelslopes(value, given):
    """A. F. Siegel, "Robust regression using repeated medians", Biometrika 69 (1982) 242."""
    x, y = _points(given)
    slopes, intercepts = [], []
    for k in range(len(x)):
        (others,) = np.nonzero(getval(x) != getval(x)[k])
        run = x[others] - x[k]
        slopes.append(np.median((y[others] - y[k]) / run))
        intercepts.append(np.median((y[k] * x[others] - y[others] * x[k]) / run))
    slope = np.median(np.stack(slopes))
    if given["method"] == "separate":
        intercept = np.median(np.stack(intercepts))
    else:
        intercept = np.median(y - slope * x)
    return {"slope": slope, "intercept": intercept}


declare("theilslopes", _theilslopes)
declare("siegelslopes", _siegelslopes)
