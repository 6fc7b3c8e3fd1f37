"""Distances of `scipy.spatial`, shapes and great circles."""

from __future__ import annotations

import inspect
import warnings

import numpy
import scipy.spatial.distance

from tests.tester import Case

from .samples import apart, inside, normal, positive


def spatial(name, *args, options=None, **flags):
    flags = {"small": False, "complex": False, **flags}
    return Case(f"scipy.spatial.{name}", args, options or [{}], **flags)


def number(fun, *args, **options):
    """SciPy gives some distances as Python's numbers."""
    return fun(*args, **options) * numpy.float64(1.0)


def old(fun, *args, **options):
    """SciPy 1.18 warns of its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return fun(*args, **options)


HAUSDORFF = inspect.signature(scipy.spatial.distance.directed_hausdorff).parameters
U, V, W = apart(5), apart(5, seed=1) + 0.07, positive(5)
P = numpy.float64(2.7)
ONE = {"w": W}
S = positive(3, 3) + 3.0 * numpy.eye(3)
TRUTH = [name for name in (
    "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule", "kulczynski1")
    if hasattr(scipy.spatial.distance, name)]  # fmt: skip

ROWS = [
    *[spatial(f"distance.{name}", U, V, options=[{}, ONE], float32=False, use=number)
      for name in ("euclidean", "sqeuclidean", "cityblock", "chebyshev", "canberra", "braycurtis",
                   "cosine", "correlation")],
    *[spatial(f"distance.{name}", U, V) for name in ("cityblock", "canberra", "correlation")],
    spatial("distance.correlation", U, V, options=[{"centered": False}]),
    spatial("distance.minkowski", U, V, float32=False, use=number,
            options=[{}, *[{"p": p, **ONE} for p in (1, 2, 3, P, numpy.inf)]]),
    spatial("distance.minkowski", U, V, options=[{"p": 0.7}], loss=10.0),  # steep near 0
    spatial("distance.seuclidean", U, V, W, float32=False, use=number),
    spatial("distance.mahalanobis", U[:3], V[:3], S, float32=False),
    spatial("distance.jensenshannon", positive(4, 2), positive(4, 2, seed=1), float32=False,
            options=[{}, {"axis": 1, "base": 2}, {"base": P, "keepdims": True}]),
    *[spatial(f"distance.{name}", inside(4) ** 2, positive(4) / 3, options=[{}, {"w": W[:4]}],
              float32=False, use=number) for name in TRUTH],
    *[spatial(f"distance.{name}", [0.0, 1, 2, 0], [0.0, 1, 0, 3], W[:4], float32=False)
      for name in ("hamming", "jaccard")],
]  # fmt: skip

A, B = normal(3, 2), normal(4, 2) + 0.05
METRICS = [
    "euclidean", "sqe", "CB", "cheby", "canberra", "braycurtis", "cosine", "correlation",
    "seuclidean", "mahal", "minkowski",
]  # fmt: skip
SCALED = [
    {"metric": "minkowski", "p": P, "w": W[:2]}, {"metric": "minkowski", "p": 1},
    {"metric": "seuclidean", "V": W[:2]}, {"metric": "mahalanobis", "VI": S[:2, :2]},
    {"metric": "cityblock", "w": W[:2]},
    {"metric": "hamming", "w": W[:2]}, {"metric": "yule", "w": W[:2]},
]  # fmt: skip


def apart_by(u, v, power=2.0):
    return ((u - v) ** power).sum()


CALLED = [{"metric": apart_by, "power": 4.0}, {"metric": scipy.spatial.distance.canberra}]
ROWS += [
    spatial("distance.cdist", A, B, options=[{}, *[{"metric": m} for m in METRICS], *CALLED],
            float32=False, loss=10.0),  # some angles are small
    spatial("distance.cdist", A, B, options=SCALED, float32=False),
    spatial("distance.cdist", [[0.0, 1.0]], [[1.0, 1.0]], options=[{"metric": "dice", "w": W[:2]}]),
    spatial("distance.cdist", positive(2, 3), positive(2, 3, seed=1),
            options=[{"metric": "jensenshannon"}, {"metric": "dice"}]),
    spatial("distance.pdist", B, options=[{}, {"metric": "s"}, {"metric": "mah"}, CALLED[0],
                                          *SCALED[:2]], float32=False),
    spatial("distance.squareform", W[:3], options=[{}, {"force": "tomatrix"}], linear=True,
            complex=True),
    spatial("distance.squareform", normal(3, 3), options=[{"checks": False}], linear=True),
    spatial("distance.squareform", W[:3], linear=True),
    spatial("distance.directed_hausdorff", A, B, float32=False,
            use=lambda fun, *args, **options: number(lambda: fun(*args, **options)[0]),
            options=[{name: 1} for name in ("rng", "seed") if name in HAUSDORFF]),
    spatial("distance_matrix", A, B, options=[{}, *[{"p": p} for p in (1, P, numpy.inf)],
                                              {"threshold": 2}], float32=False, use=old),
    spatial("minkowski_distance", A, B[:3], options=[{}, {"p": 1}, {"p": P}], float32=False,
            small=True, use=old),
    spatial("minkowski_distance_p", A, B[:1], options=[{}, {"p": 3}, {"p": P}, {"p": numpy.inf}],
            float32=False, use=old),
    spatial("procrustes", normal(4, 2), normal(4, 2, seed=1)),
]  # fmt: skip


def between_units(fun, start, end, *args, **options):
    """SciPy wants unit vectors."""
    start, end = [numpy.multiply(x, numpy.ones(3)) for x in (start, end)]
    start, end = [x / numpy.sqrt(numpy.sum(x**2)) for x in (start, end)]
    return fun(start, end, *args, **options)


ROWS += [
    spatial("geometric_slerp", normal(3), normal(3, seed=1), t, options=[{}, {"tol": 1e-5}],
            use=between_units, float32=False)
    for t in (numpy.array([0.1, 0.3, 0.9]), numpy.float64(0.4))
]  # fmt: skip
