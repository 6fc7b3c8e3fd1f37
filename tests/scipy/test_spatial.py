"""`scipy.spatial`: coincident points, functions of the user's, and what is refused."""

from __future__ import annotations

import numpy
import pytest
import scipy.spatial.distance

import tracegrad.numpy as np
from tests.cases.samples import normal
from tracegrad import grad, hessian
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import spatial
from tracegrad.scipy.spatial import distance
from tracegrad.scipy.spatial.transform import Rotation

U = numpy.array([1.0, 2.0, 0.5])
A = normal(4, 3)
ONES = numpy.ones(3)
COINCIDENT = {
    "euclidean": {"w": ONES}, "cityblock": {}, "chebyshev": {}, "canberra": {}, "braycurtis": {},
    "minkowski": {"p": 1.5, "w": ONES}, "seuclidean": {"V": ONES}, "mahalanobis": {"VI": np.eye(3)},
    "jensenshannon": {},
}  # fmt: skip


@pytest.mark.parametrize("name", COINCIDENT)
def test_coincident(name):
    """Where two points meet a distance has a kink: its slope is 0, never NaN."""
    metric = getattr(distance, name)
    slopes = grad(lambda u: metric(u, U, **COINCIDENT[name]))(U)
    numpy.testing.assert_allclose(slopes, 0.0, atol=1e-15)


def test_empty_bins():
    """One empty bin: the slope is infinite there alone; a bin empty in both has log 2."""
    p, q = numpy.array([0.0, 0.5, 0.3, 0.0]), numpy.array([0.2, 0.4, 0.4, 0.0])

    def fun(p):
        return distance.jensenshannon(p, q)

    slopes = grad(fun)(p)
    near = [
        (fun(p + h * e) - fun(p - h * e)) / (2 * h) for h, e in zip([1e-6] * 2, numpy.eye(4)[1:3])
    ]
    numpy.testing.assert_allclose(slopes[1:3], near, rtol=1e-7)
    assert slopes[0] == -numpy.inf
    h = 1e-9
    numpy.testing.assert_allclose(slopes[3], (fun(p + h * numpy.eye(4)[3]) - fun(p)) / h, rtol=1e-6)


def test_coincident_rows():
    assert numpy.isfinite(grad(lambda a: np.sum(distance.cdist(a, a)))(A)).all()
    assert numpy.isfinite(grad(lambda a: np.sum(spatial.distance_matrix(a, A, p=3)))(A)).all()


def test_angle_of_equal_vectors():
    """The cosine is smooth where the distance is smallest: its Hessian is not clipped."""
    unit = U / numpy.linalg.norm(U)
    want = (numpy.eye(3) - numpy.outer(unit, unit)) / (U @ U)
    got = hessian(lambda u: distance.cosine(u, U))(U)
    numpy.testing.assert_allclose(got, want, atol=1e-12)


def test_metrics_by_their_functions():
    """SciPy's own functions stand for the traced ones."""
    want = grad(lambda a: np.sum(distance.cdist(a, A + 1.0, "canberra")))(A)
    for metric in (distance.canberra, scipy.spatial.distance.canberra):
        got = grad(lambda a: np.sum(distance.cdist(a, A + 1.0, metric)))(A)
        numpy.testing.assert_allclose(got, want, rtol=1e-12)


def test_equality_is_constant():
    """What only asks whether elements are equal or true carries no derivative."""

    def fun(a):
        return sum(np.sum(distance.pdist(a, m)) for m in ("hamming", "jaccard", "yule")) + a[0, 0]

    numpy.testing.assert_array_equal(grad(fun)(A), numpy.eye(12)[0].reshape(4, 3))


def test_slerp_where_the_ends_meet():
    """The derivatives there are those of nearby ends."""
    t = numpy.array([0.2, 0.7])

    def fun(turn, start):
        end = np.array([np.cos(start + turn), np.sin(start + turn)])
        begin = numpy.array([numpy.cos(start), numpy.sin(start)])
        return np.sum(spatial.geometric_slerp(begin, end, t)[:, 1])

    for derivative in (grad(fun), grad(grad(fun))):
        there, near = derivative(0.0, 0.3), derivative(1e-5, 0.3)
        numpy.testing.assert_allclose(there, near, atol=1e-4)


REFUSED = {
    "KDTree": lambda a: spatial.KDTree(a).query([0.0, 0.0, 0.0])[0],
    "ConvexHull": lambda a: spatial.ConvexHull(a).volume,
    "Rotation": lambda a: np.sum(Rotation.from_rotvec(a[0]).as_matrix()),
    "apply": lambda a: np.sum(Rotation.from_rotvec([0.1, 0.2, 0.3]).apply(a)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_classes_are_refused(name):
    with pytest.raises(TypeError, match="would drop its derivative"):
        grad(REFUSED[name])(A)


def test_weighted_dice_of_numbers():
    with pytest.raises(NoDerivative, match="dice"):
        grad(lambda w: np.sum(distance.cdist(A, A, "dice", w=w)))(ONES)


def test_checks_are_scipys():
    with pytest.raises(ValueError, match="Unknown Distance Metric"):
        grad(lambda a: np.sum(distance.cdist(a, a, "far")))(A)
    with pytest.raises(ValueError, match="diagonal must be zero"):
        grad(lambda a: np.sum(distance.squareform(a)))(normal(3, 3) * 0.0 + numpy.eye(3))
