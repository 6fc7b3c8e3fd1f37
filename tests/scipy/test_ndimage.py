"""`scipy.ndimage`: functions of the user's, `output=`, ties, and what is refused."""

from __future__ import annotations

import numpy
import pytest
import scipy.ndimage

import tracegrad.numpy as np
from tests.cases.samples import apart
from tests.tester import differences
from tracegrad import deriv, grad, hessian
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import ndimage

X = apart(4, 5)
WEIGHTS = numpy.cos(numpy.arange(20.0)).reshape(4, 5)
S = numpy.array([0.31, 0.17])
LABELS = numpy.arange(20).reshape(4, 5) % 3


def check(fun, x):
    """Reverse is forward is differences."""
    t = numpy.cos(numpy.arange(x.size) + 1.0).reshape(x.shape)
    slope = differences(lambda x: (fun(x),), [x], [t])[0]
    numpy.testing.assert_allclose(numpy.sum(grad(fun)(x) * t), slope, rtol=1e-8, atol=1e-8)
    numpy.testing.assert_allclose(deriv(lambda h: fun(x + h * t))(0.0), slope, rtol=1e-8, atol=1e-8)


CLOSURES = {
    "generic_filter": lambda s: ndimage.generic_filter(
        X, lambda window: s[0] * window.max() ** 2 + s[1] * window[0], size=3
    ),
    "geometric_transform": lambda s: ndimage.geometric_transform(
        X, lambda point: (point[0] + s[0], point[1] * (1 - s[1])), mode="nearest"
    ),
    "labeled_comprehension": lambda s: ndimage.labeled_comprehension(
        X, LABELS, [0, 2, 1, 7], lambda pixels: (s[0] * pixels**2).sum(), float, 0.0
    ),
}


@pytest.mark.parametrize("name", CLOSURES)
def test_closures(name):
    """The function closes over what is traced, and the image is plain."""
    fun = CLOSURES[name]
    scale = WEIGHTS.ravel()[: fun(S).size].reshape(fun(S).shape)
    check(lambda s: np.sum(scale * fun(s) ** 2), S)
    want = hessian(lambda s: np.sum(scale * fun(s) ** 2))(S)
    numpy.testing.assert_allclose(want, want.T, rtol=1e-10, atol=1e-10)


def test_output_array():
    """An array made in the function takes the result; a plain one would drop the derivative."""

    def fun(make, x):
        y = make((4, 5), numpy.float32)
        assert ndimage.gaussian_filter(x, 0.8, output=y) is y
        return np.sum(WEIGHTS * y)

    got = grad(lambda x: fun(np.zeros, x))(X)
    want = grad(lambda x: np.sum(WEIGHTS * ndimage.gaussian_filter(x, 0.8)))(X)
    numpy.testing.assert_allclose(got, want, rtol=1e-5)
    with pytest.raises(TypeError, match="gaussian_filter cannot write a traced result"):
        grad(lambda x: fun(numpy.zeros, x))(X)


def test_integers():
    """An image of integers gives integers, unless floats are asked for."""
    image = numpy.arange(20).reshape(4, 5) ** 2
    with pytest.raises(NoDerivative, match="gaussian_filter: the result is of integers"):
        grad(lambda s: np.sum(ndimage.gaussian_filter(image, s)))(0.8)
    check(lambda s: np.sum(WEIGHTS * ndimage.gaussian_filter(image, s[0], output=float)), S + 0.5)


@pytest.mark.parametrize("name", ["maximum_filter", "minimum_filter", "median_filter"])
def test_ties_share(name):
    """Equal elements of a window share its cotangent evenly."""
    fun = getattr(ndimage, name)
    got = grad(lambda x: fun(x, size=3, mode="constant", cval=1.0)[1, 1])(numpy.ones((3, 3)))
    numpy.testing.assert_allclose(got, numpy.full((3, 3), 1 / 9), rtol=1e-14)


@pytest.mark.parametrize("name", ["laplace", "sobel", "gaussian_filter", "maximum_filter"])
def test_empty(name):
    options = {"gaussian_filter": (1.0,), "maximum_filter": (3,)}.get(name, ())
    fun = getattr(ndimage, name)
    assert grad(lambda x: np.sum(fun(x, *options)))(numpy.zeros((0, 3))).shape == (0, 3)


def test_kinks():
    """Where all pixels are equal, spread and steepness have slope 0."""
    flat = numpy.ones((3, 4))
    for fun in (
        ndimage.standard_deviation,
        lambda x: np.sum(ndimage.gaussian_gradient_magnitude(x, 1.0)),
    ):
        numpy.testing.assert_array_equal(grad(fun)(flat), numpy.zeros((3, 4)))


def test_long_series():
    """The transpose of the spline filter does not hang on the length."""
    x, g = numpy.random.default_rng(0).standard_normal((2, 70, 2))
    for mode in ("reflect", "nearest", "mirror", "grid-wrap"):
        got = grad(lambda x: np.sum(g * ndimage.spline_filter1d(x, 5, 0, mode=mode)))(x)
        matrix = scipy.ndimage.spline_filter1d(numpy.eye(70), 5, 0, mode=mode)
        numpy.testing.assert_allclose(got, matrix.T @ g, rtol=1e-12, atol=1e-12)


MODES = ["reflect", "nearest", "mirror", "grid-wrap", "wrap", "constant", "grid-constant"]


@pytest.mark.parametrize("mode", MODES)
def test_each_place_looks_up_the_same(mode):
    """The transpose takes the pixels that SciPy takes, far outside and on the borders too."""
    random = numpy.random.default_rng(0)
    places = random.uniform(-25, 25, (2, 200))
    places[:, :80] = numpy.round(2 * places[:, :80]) / 2
    g = random.standard_normal(200)
    for order in range(6):
        options = {"order": order, "mode": mode, "prefilter": False}
        back = grad(lambda x: np.sum(g * ndimage.map_coordinates(x, places, **options)))(X)
        want = numpy.sum(g * scipy.ndimage.map_coordinates(X, places, **options))
        numpy.testing.assert_allclose(numpy.sum(back * X), want, rtol=1e-10)


def test_slope_at_the_last_pixel():
    """Lines have the slope inside of the image there, as beyond it there is none."""
    places = numpy.array([[0.0, 1.0, 2.0]])
    slopes = grad(lambda x: np.sum(ndimage.map_coordinates([1.0, 2.0, 4.0], x, order=1)))(places)
    numpy.testing.assert_allclose(slopes, [[1.0, 2.0, 2.0]])


def test_lookup_far_outside():
    """Beyond the image there is `cval`, NaN as it may be, and no slope."""
    places = numpy.array([[1.2, -3.0, 9.0], [2.3, 1.0, 40.0]])

    def fun(x):
        return np.nansum(ndimage.map_coordinates(X, x, cval=numpy.nan))

    assert numpy.isnan(ndimage.map_coordinates(X, places, cval=numpy.nan)).sum() == 2
    slopes = grad(fun)(places)
    assert (slopes[:, 1:] == 0).all() and (slopes[:, 0] != 0).all()


REFUSED = {
    "zoom": lambda z: ndimage.zoom(z, 2, grid_mode=True, mode="nearest"),
    "median": lambda z: ndimage.median(z.real, LABELS, [9]),
    "distance_transform_edt": lambda z: ndimage.distance_transform_edt(z.real),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    with pytest.raises(NoDerivative, match=name):
        grad(lambda x: np.sum(REFUSED[name](x + 1j)).real)(X)


def test_positions_are_constant():
    """Positions, labels and counts neither fail nor carry a derivative."""

    def fun(x):
        counts = ndimage.histogram(x, -2, 2, 3)
        inside = ndimage.label(x > 0.1)[0] == 1
        return x[ndimage.maximum_position(x)] * counts[1] + np.sum(x * inside)

    check(fun, X)
