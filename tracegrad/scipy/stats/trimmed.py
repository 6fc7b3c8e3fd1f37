"""Statistics of what lies within limits, and of samples without their extremes."""

from __future__ import annotations

import numpy as np
from scipy import stats

from ...core.box import getval
from .statistic import along_last, declare, mean, real, statistic


def _within(a, limits, inclusive):
    """Which elements count."""
    value, here = getval(a), np.ones(a.shape, bool)
    low, high = (None, None) if limits is None else map(getval, limits)
    if low is not None:
        here &= value >= low if inclusive[0] else value > low
    if high is not None:
        here &= value <= high if inclusive[1] else value < high
    return here


def _tvar(a, limits, inclusive, ddof):
    return np.var(a, axis=-1, ddof=ddof, where=_within(a, limits, inclusive))


@statistic("tmean", "a")
def _tmean(a, limits, inclusive):
    return np.mean(a, axis=-1, where=_within(a, limits, inclusive))


statistic("tvar", "a")(_tvar)


@statistic("tstd", "a")
def _tstd(a, **options):
    return np.sqrt(_tvar(a, **options))


_RAVELS = np.ndim(stats.tsem([[0.0, 1.0], [0.0, 3.0]])) == 0  # SciPy 1.11, whatever the axis


@statistic("tsem", "a", whole=_RAVELS)
def _tsem(a, limits, inclusive, ddof):
    count = _within(a, limits, inclusive).sum(axis=-1)
    return np.sqrt(_tvar(a, limits, inclusive, ddof) / count)


@statistic("tmin", "a")
def _tmin(a, lowerlimit, inclusive):
    here = _within(a, (lowerlimit, None), (inclusive, True)) | np.isnan(getval(a))
    return np.min(a, axis=-1, where=here, initial=np.inf)


@statistic("tmax", "a")
def _tmax(a, upperlimit, inclusive):
    here = _within(a, (None, upperlimit), (True, inclusive)) | np.isnan(getval(a))
    return np.max(a, axis=-1, where=here, initial=-np.inf)


@statistic("mode", "a")
def _mode(a):
    """The most common value moves with its elements, evenly."""
    here = getval(a) == stats.mode(getval(a), axis=-1, keepdims=True).mode
    return {"mode": np.sum(np.where(here, a, 0.0), axis=-1) / here.sum(axis=-1)}


# -- without a part at the ends --------------------------------------------------------------------


@statistic("trim_mean", "a")
def _trim_mean(a, proportiontocut):
    n = a.shape[-1]
    cut = int(proportiontocut * n)
    return mean(np.sort(a, axis=-1)[..., cut : n - cut])


def _placed(value, a, axis, cut):
    """The sorted elements of a slice, in the order in which SciPy leaves them."""
    a = real(a)
    rows = along_last(a, axis, max(a.ndim, 1))
    if axis is None:
        value, axis = value.reshape(-1), 0
    order = np.moveaxis(np.argsort(np.argsort(value, axis=axis), axis=axis), axis, -1)
    kept = np.sort(rows, axis=-1)[..., cut]
    return np.moveaxis(np.take_along_axis(kept, order, -1), -1, axis)


def _trimboth(value, given):
    a, axis = real(given["a"]), given["axis"]
    n = a.size if axis is None else a.shape[axis]
    cut = int(given["proportiontocut"] * n)
    return _placed(value, a, axis, slice(cut, n - cut))


def _trim1(value, given):
    a, axis = real(given["a"]), given["axis"]
    n = a.size if axis is None else a.shape[axis]
    cut = int(given["proportiontocut"] * n)
    right = given["tail"].lower() == "right"
    return _placed(value, a, axis, slice(0, n - cut) if right else slice(cut, n))


declare("trimboth", _trimboth)
declare("trim1", _trim1)


def _sigmaclip(value, given):
    """The last of the steps changes nothing: its bounds are those of what is left."""
    a = real(given["a"]).ravel()
    here = np.ones(a.shape, bool)
    if given.get("nan_policy") == "omit":
        here = ~np.isnan(getval(a))
    low, high = getval(given["low"]), getval(given["high"])
    while True:
        left = getval(a)[here]
        middle, spread = left.mean(), left.std()
        inside = (getval(a) >= middle - spread * low) & (getval(a) <= middle + spread * high)
        if not (here & ~inside).any():
            break
        here &= inside
    clipped = a[here]
    middle, spread = np.mean(clipped), np.std(clipped)
    return {
        "clipped": clipped,
        "lower": middle - spread * given["low"],
        "upper": middle + spread * given["high"],
    }


declare("sigmaclip", _sigmaclip)
