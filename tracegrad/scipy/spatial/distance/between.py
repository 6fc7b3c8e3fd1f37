"""Distances between all points of two sets or of one, and the matrices that hold them."""

from __future__ import annotations

import numpy as np
import scipy.spatial.distance as sd

from ....core.box import getval, isbox
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.namespace import primitives
from ....numpy.rules.arrays import as_array, refuse
from ....operators.constants import stop_gradient
from ....spaces import match
from .metrics import METRICS, OF_BOOLEANS

_SHORT = {
    "chebyshev": "ch cheb chebychev cheby", "cityblock": "c cb cblock", "correlation": "co",
    "cosine": "cos", "euclidean": "e eu euclid", "hamming": "h ha hamm matching",
    "jaccard": "j ja jacc", "jensenshannon": "js", "mahalanobis": "mah mahal",
    "minkowski": "m mi pnorm", "seuclidean": "s se", "sqeuclidean": "sqe sqeuclid",
}  # fmt: skip
_NAMES = {short: name for name, every in _SHORT.items() for short in every.split()}


def _with_defaults(name, points, options):
    """The scales that SciPy takes from the points themselves."""
    options = {key: value for key, value in options.items() if value is not None}
    if name == "seuclidean" and "V" not in options:
        options["V"] = np.var(points, axis=0, ddof=1)
    if name == "mahalanobis" and "VI" not in options:
        options["VI"] = np.linalg.inv(np.atleast_2d(np.cov(points.T))).T
    return options


def _distances(known, metric, points, first, second, options):
    """The metric between the points at `first` and those at `second`; `known` has its value."""
    name = metric.lower().removeprefix("test_")
    name = _NAMES.get(name, name)
    options = _with_defaults(name, points, options)
    if name in OF_BOOLEANS:
        points = getval(points).astype(bool)
    if name == "dice" and "w" in options and not _all_true_or_false(points):
        refuse("dice (weighted, of numbers that are neither 0 nor 1)", w=options["w"])
    ans = METRICS[name](points[first], points[second], **options)
    return match(ans, known.dtype) if isbox(ans) else known


def _all_true_or_false(points):
    return not isbox(points) and np.isin(points, (0, 1)).all()


def _called(metric, points, first, second, options):
    """The user's function of each pair; SciPy's own functions are meant traced."""
    metric = primitives.get(metric, metric)
    shape = np.broadcast_shapes(first.shape, second.shape)
    pairs = np.nditer([np.broadcast_to(i, shape) for i in (first, second)], ["zerosize_ok"])
    ans = [metric(points[int(i)], points[int(j)], **options) for i, j in pairs]
    return np.reshape(as_array(ans) if ans else np.zeros(0), shape)


def _points(x):
    """Distances are of doubles, or of complex numbers where the metric is the user's."""
    x = as_array(x)
    return x.astype(np.promote_types(x.dtype, float))


def _cdist(XA, XB, metric="euclidean", *, out=None, **kwargs):
    XA, XB = _points(XA), _points(XB)
    if XA.ndim != 2 or XB.ndim != 2 or XA.shape[1] != XB.shape[1]:
        raise ValueError("XA and XB must be 2-dimensional, with as many columns")
    points = np.concatenate([XA, XB])
    first = np.arange(len(XA))[:, None]
    second = np.arange(len(XA), len(points))[None]
    if callable(metric):
        return _called(metric, points, first, second, kwargs)
    known = sd.cdist(getval(XA), getval(XB), metric, **stop_gradient(kwargs))
    return _distances(known, metric, points, first, second, kwargs)


def _pdist(X, metric="euclidean", *, out=None, **kwargs):
    X = _points(X)
    if X.ndim != 2:
        raise ValueError("A 2-dimensional array must be passed.")
    first, second = np.triu_indices(len(X), 1)
    if callable(metric):
        return _called(metric, X, first, second, kwargs)
    known = sd.pdist(getval(X), metric, **stop_gradient(kwargs))
    return _distances(known, metric, X, first, second, kwargs)


composed(of(sd.cdist), _cdist)
composed(of(sd.pdist), _pdist)


def _squareform(X, force="no", checks=True):
    """Above the diagonal, and below it once more."""
    X = as_array(X)
    known = sd.squareform(getval(X), force, checks)
    if X.ndim == 2:
        return X[np.triu_indices(len(X), 1)]
    n = len(known)
    which = np.full((n, n), X.size)  # on the diagonal there is a 0
    which[np.triu_indices(n, 1)] = np.arange(X.size)
    return np.append(X, np.zeros(1, X.dtype))[np.minimum(which, which.T)]


def _directed_hausdorff(u, v, *args, **options):
    """The length of the way that SciPy finds, from one of u to one of v."""
    u, v = _points(u), _points(v)
    _, i, j = sd.directed_hausdorff(getval(u), getval(v), *args, **options)
    return np.linalg.norm(u[i] - v[j]), i, j


composed(of(sd.squareform), _squareform)
composed(of(sd.directed_hausdorff), _directed_hausdorff)
