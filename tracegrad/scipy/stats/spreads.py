"""Measures of spread, statistics of directions, quantiles, and the entropy of a density."""

from __future__ import annotations

import numpy as np
from scipy import stats

from ...core.box import getval, isbox
from ...numpy.rules.arrays import as_array, refuse
from .statistic import along_last, declare, mean, real, statistic

_NORMAL_IQR, _NORMAL_MAD = 1.3489795003921634, 0.6744897501960817


@statistic("iqr", "x", flat=True)
def _iqr(x, rng, scale, interpolation):
    low, high = [np.percentile(x, q, axis=-1, method=interpolation) for q in sorted(rng)]
    return (high - low) / (_NORMAL_IQR if isinstance(scale, str) else scale)


@statistic("median_abs_deviation", "x")
def _median_abs_deviation(x, center, scale):
    away = x - (center or np.median)(x, axis=-1)[..., None]
    return np.median(np.abs(away), axis=-1) / (_NORMAL_MAD if isinstance(scale, str) else scale)


@statistic("gstd", "a")
def _gstd(a, ddof):
    return np.exp(np.std(np.log(a), axis=-1, ddof=ddof))


# -- directions ------------------------------------------------------------------------------------


def _mean_direction(samples, high, low):
    """Sine and cosine of angles, in the mean."""
    angles = (samples - low) * (2.0 * np.pi / (high - low))
    return mean(np.sin(angles)), mean(np.cos(angles))


@statistic("circmean", "samples", flat=True)
def _circmean(samples, high, low):
    angle = np.arctan2(*_mean_direction(samples, high, low)) / (2.0 * np.pi)
    return (angle - np.floor(getval(angle))) * (high - low) + low


@statistic("circvar", "samples", flat=True)
def _circvar(samples, high, low):
    return 1.0 - np.hypot(*_mean_direction(samples, high, low))


@statistic("circstd", "samples", flat=True)
def _circstd(samples, high, low, normalize):
    square = -2.0 * np.log(np.hypot(*_mean_direction(samples, high, low)))
    spread = np.sqrt(np.where(getval(square) > 0.0, square, 0.0))  # with slope 0 at 0
    return spread if normalize else spread * ((high - low) / (2.0 * np.pi))


def _directional_stats(value, given):
    samples = real(given["samples"])
    samples = np.moveaxis(samples, given["axis"], 0)
    if given["normalize"]:
        samples = samples / np.linalg.norm(samples, axis=-1, keepdims=True)
    middle = np.mean(samples, axis=0)
    length = np.linalg.norm(middle, axis=-1, keepdims=True)
    return {"mean_direction": middle / length, "mean_resultant_length": length[..., 0]}


declare("directional_stats", _directional_stats)

# -- quantiles -------------------------------------------------------------------------------------


def _scoreatpercentile(value, given):
    a, axis, limit = real(given["a"]), given["axis"], given["limit"]
    if np.size(limit):
        a = a[(limit[0] <= getval(a)) & (getval(a) <= limit[1])]
    method = {"fraction": "linear"}.get(*[given["interpolation_method"]] * 2)
    return np.percentile(a, given["per"], axis=axis, method=method)


declare("scoreatpercentile", _scoreatpercentile)

# How fast the position grows with p: n and this. R. J. Hyndman and Y. Fan, "Sample quantiles in
# statistical packages", The American Statistician 50 (1996) 361. The other methods make steps.
_SLOPES = {
    "linear": -1.0, "interpolated_inverted_cdf": 0.0, "hazen": 0.0, "weibull": 1.0,
    "median_unbiased": 1.0 / 3.0, "normal_unbiased": 0.25,
}  # fmt: skip


def _quantile(value, given):
    """Between neighbours of the sorted sample; SciPy itself tells where, of 0, 1, ..., n - 1."""
    refuse("quantile", weights=given.get("weights"))
    method, axis, omit = given["method"], given["axis"], given["nan_policy"] == "omit"
    if method == "harrell-davis":
        refuse("quantile", method=method)
    x, p = real(given["x"]), as_array(given["p"])
    scalar = p.ndim == 0
    rank = max(x.ndim, p.ndim, 1)
    x = np.sort(along_last(x, axis, rank), axis=-1)  # NaN is last
    p = np.reshape(p, (1,)) if scalar else along_last(p, axis, rank)
    batch = np.broadcast_shapes(x.shape[:-1], p.shape[:-1])
    x = np.broadcast_to(x, batch + x.shape[-1:])
    p = np.broadcast_to(p, batch + p.shape[-1:])
    counts = x.shape[-1] - np.isnan(getval(x)).sum(-1) if omit else np.full(batch, x.shape[-1])
    position = np.zeros(p.shape)
    for i in np.ndindex(batch):
        position[i] = stats.quantile(np.arange(float(counts[i])), getval(p)[i], method=method)
    last = counts[..., None] - 1
    inner = (position > 0) & (position < last) | (method == "linear")
    slope = (counts[..., None] + _SLOPES[method]) * inner if method in _SLOPES else 0.0
    below = np.minimum(np.floor(np.nan_to_num(position)).astype(int), last)
    low = np.take_along_axis(x, below, -1)
    high = np.take_along_axis(x, np.minimum(below + 1, last), -1)
    if isbox(p):
        position = position + slope * (p - getval(p))
    found = low + (position - below) * (high - low)
    if scalar or axis is None:
        return found
    return np.moveaxis(found, -1, axis)


declare("quantile", _quantile)

# -- entropy ---------------------------------------------------------------------------------------


@statistic("differential_entropy", "values")
def _differential_entropy(values, window_length, base, method):
    """The estimates from spacings of the sorted sample that SciPy names and describes."""
    x, n = np.sort(values, axis=-1), values.shape[-1]
    m = window_length or int(np.floor(np.sqrt(n) + 0.5))
    if method == "auto":
        method = "van es" if n <= 10 else "ebrahimi" if n <= 1000 else "vasicek"
    if method == "van es":
        spacings = np.log((n + 1.0) / m * (x[..., m:] - x[..., :-m]))
        constant = np.sum(1.0 / np.arange(m, n + 1)) + np.log(m) - np.log(n + 1.0)
        entropy = np.sum(spacings, axis=-1) / (n - m) + constant
    else:
        at = np.clip(np.arange(n)[:, None] + np.arange(-m, m + 1), 0, n - 1)
        if method == "correa":
            window, j = x[..., at], np.arange(-m, m + 1.0)
            away = window - np.mean(window, axis=-1, keepdims=True)
            slope = np.sum(away * j, axis=-1) / (n * np.sum(away * away, axis=-1))
            entropy = -mean(np.log(slope))
        else:
            i, width = np.arange(1.0, n + 1.0), 2.0
            if method == "ebrahimi":
                width = np.where(i <= m, 1.0 + (i - 1.0) / m, 2.0)
                width = np.where(i >= n - m + 1, 1.0 + (n - i) / m, width)
            entropy = mean(np.log(n / (width * m) * (x[..., at[:, -1]] - x[..., at[:, 0]])))
    return entropy if base is None else entropy / np.log(base)
