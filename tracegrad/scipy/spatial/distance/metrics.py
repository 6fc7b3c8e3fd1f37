"""Distances of vectors along the last axis, by SciPy's names for them.

Where two points coincide a distance has a kink, and its slope is 0.
"""

from __future__ import annotations

import numpy as np
import scipy.spatial.distance as sd

from ....core.box import getval, isbox
from ....numpy.rules.arrays import as_array
from ....numpy.rules.linear.norms import vector_norm
from ... import special

__all__ = ["METRICS", "OF_BOOLEANS", "jensenshannon", "powers", "root_of"]


def root_of(total, p=2.0):
    """The p-th root; where the total is 0 it is 0 and so is its slope."""
    flat = getval(total) == 0
    total = np.where(flat, 1.0, total)
    root = np.sqrt(total) if not isbox(p) and p == 2 else total ** (1.0 / p)
    return np.where(flat, 0.0, root)


def powers(x, p):
    """|x|ᵖ; where x is 0 the slope is 0."""
    if not isbox(p) and p in (1, 2):
        return abs(x) if p == 1 else (np.conjugate(x) * x).real
    flat = getval(x) == 0
    return np.where(flat, 0.0, abs(np.where(flat, 1.0, x)) ** p)


def _weighted(x, w):
    return x if w is None else as_array(w) * x


def _minkowski(u, v, p=2, w=None):
    away, order = u - v, getval(p)
    if order == np.inf:
        return np.max(abs(away) if w is None else abs(away) * (as_array(getval(w)) != 0), axis=-1)
    if w is None and not isbox(p):
        return vector_norm(away, -1, ord=order)
    return root_of(np.sum(_weighted(powers(away, p), w), axis=-1), p)


def _chebyshev(u, v, w=None):
    away = abs(u - v)
    return np.max(away if w is None else (as_array(getval(w)) > 0) * away, axis=-1)


def _canberra(u, v, w=None):
    total = abs(u) + abs(v)
    parts = np.where(getval(total) == 0, 0.0, abs(u - v)) / np.where(total == 0, 1.0, total)
    return np.sum(_weighted(parts, w), axis=-1)


def _braycurtis(u, v, w=None):
    return np.sum(_weighted(abs(u - v), w), -1) / np.sum(_weighted(abs(u + v), w), -1)


def _correlation(u, v, w=None, centered=True):
    """1 less the cosine of the angle, of which rounding may make less than 0."""
    if u.dtype.kind == "c" or v.dtype.kind == "c":
        raise TypeError("`u` and `v` must be real.")
    if centered:
        u, v = [x - np.expand_dims(_mean(x, w), -1) for x in (u, v)]
    uv, uu, vv = [np.sum(_weighted(a * b, w), axis=-1) for a, b in ((u, v), (u, u), (v, v))]
    ans = 1.0 - uv / np.sqrt(uu * vv)
    return ans + (np.clip(getval(ans), 0.0, 2.0) - getval(ans))


def _mean(x, w):
    if w is None:
        return np.mean(x, axis=-1)
    return np.sum(x * w, axis=-1) / np.sum(as_array(w), axis=-1)


def _mahalanobis(u, v, VI):
    away = u - v
    return root_of(np.sum((away @ np.atleast_2d(as_array(VI))) * away, axis=-1))


def jensenshannon(p, q, base=None, *, axis=0, keepdims=False):
    """The root of the mean entropy of p and q relative to their middle."""
    p, q = _share(p, axis), _share(q, axis)
    empty = (getval(p) == 0) & (getval(q) == 0)
    one, other = np.where(empty, 1.0, p), np.where(empty, 1.0, q)
    middle = (one + other) / 2.0
    each = special.rel_entr(one, middle) + special.rel_entr(other, middle)
    each = np.where(empty, (p + q) * _LOG_2, each)  # what one of them has alone
    total = np.sum(each, axis=axis, keepdims=keepdims)
    return root_of((total if base is None else total / np.log(base)) / 2.0)


_LOG_2 = float(np.log(2.0))


def _share(p, axis):
    """p by its sum; an infinite slope where p is 0 does not reach the sum."""
    total = np.sum(p, axis=axis, keepdims=True)
    return np.where(getval(p) == 0, p / getval(total), p / total)


# -- of booleans, or of numbers that say how true each is ----------------------------------------


def _agreement(u, v, w):
    """How much is false in both, true in v alone, in u alone, in both."""
    u, v = as_array(u) * 1.0, as_array(v) * 1.0
    pairs = ((1.0 - u, 1.0 - v), (1.0 - u, v), (u, 1.0 - v), (u, v))
    return [np.sum(_weighted(a * b, w), axis=-1) for a, b in pairs]


def _dice(u, v, w=None):
    _, ft, tf, tt = _agreement(u, v, w)
    return (tf + ft) / (2.0 * tt + tf + ft)


def _rogerstanimoto(u, v, w=None):
    ff, ft, tf, tt = _agreement(u, v, w)
    return 2.0 * (tf + ft) / (tt + ff + 2.0 * (tf + ft))


def _russellrao(u, v, w=None):
    total = u.shape[-1] if w is None else np.sum(as_array(w))
    return (total - _agreement(u, v, w)[3]) / total


def _sokalsneath(u, v, w=None):
    _, ft, tf, tt = _agreement(u, v, w)
    return 2.0 * (tf + ft) / (tt + 2.0 * (tf + ft))


def _kulczynski1(u, v, *, w=None):
    _, ft, tf, tt = _agreement(u, v, w)
    return tt / (tf + ft)


def _yule(u, v, w=None):
    ff, ft, tf, tt = _agreement(u, v, w)
    total = tt * ff + tf * ft
    return np.where(total == 0, 0.0, 2.0 * tf * ft) / np.where(total == 0, 1.0, total)


# -- of equal and unequal elements ---------------------------------------------------------------

_TRUTH = sd.jaccard([1.0, 0.0], [2.0, 0.0]) == 0  # SciPy 1.11 has the numbers themselves differ


def _hamming(u, v, w=None):
    unequal = (getval(u) != getval(v)) * 1.0
    return _mean(unequal, w)


def _jaccard(u, v, w=None):
    u, v = getval(u), getval(v)
    unequal = (u != 0) != (v != 0) if _TRUTH else u != v
    some = np.sum(_weighted(((u != 0) | (v != 0)) * 1.0, w), axis=-1)
    ans = np.sum(_weighted(unequal * 1.0, w), axis=-1)
    return np.where(getval(some) == 0, 0.0, ans) / np.where(getval(some) == 0, 1.0, some)


METRICS = {
    "braycurtis": _braycurtis,
    "canberra": _canberra,
    "chebyshev": _chebyshev,
    "cityblock": lambda u, v, w=None: np.sum(_weighted(abs(u - v), w), axis=-1),
    "correlation": _correlation,
    "cosine": lambda u, v, w=None: _correlation(u, v, w, centered=False),
    "dice": _dice,
    "euclidean": lambda u, v, w=None: _minkowski(u, v, 2, w),
    "hamming": _hamming,
    "jaccard": _jaccard,
    "jensenshannon": lambda u, v, base=None: jensenshannon(u, v, base, axis=-1),
    "kulczynski1": _kulczynski1,
    "mahalanobis": _mahalanobis,
    "minkowski": _minkowski,
    "rogerstanimoto": _rogerstanimoto,
    "russellrao": _russellrao,
    "seuclidean": lambda u, v, V: root_of(np.sum((u - v) ** 2 / as_array(V), axis=-1)),
    "sokalmichener": _rogerstanimoto,
    "sokalsneath": _sokalsneath,
    "sqeuclidean": lambda u, v, w=None: np.sum(_weighted((u - v) ** 2, w), axis=-1),
    "yule": _yule,
}
"""Name → distance of two arrays of vectors that broadcast against each other."""

OF_BOOLEANS = {
    "kulczynski1", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule",
}  # fmt: skip
"""Those before which `cdist` and `pdist` make numbers true or false, as they do not for dice."""
