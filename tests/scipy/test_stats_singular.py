"""Densities on a plane: of normal and t distributions with a singular matrix."""

from __future__ import annotations

import numpy
import pytest
import scipy.stats

import tracegrad.numpy as np
from tests.cases.samples import normal
from tracegrad import grad, hessian, jacfwd
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy.stats import multivariate_normal, multivariate_t

ROOT, MEAN = normal(4, 2), normal(4, seed=1)
COV = ROOT @ ROOT.T
AT = MEAN + normal(3, 2, seed=2) @ ROOT.T


def test_slope_is_that_of_the_density_in_coordinates_of_the_plane():
    inverse = numpy.linalg.pinv(COV)
    log = lambda x, mean: np.sum(multivariate_normal.logpdf(x, mean, COV, allow_singular=True))
    want = -(AT - MEAN) @ inverse
    numpy.testing.assert_allclose(grad(log)(AT, MEAN), want, rtol=1e-9)
    numpy.testing.assert_allclose(jacfwd(log)(AT, MEAN), want, rtol=1e-9)
    numpy.testing.assert_allclose(grad(log, 1)(AT, MEAN), -want.sum(0), rtol=1e-9)
    numpy.testing.assert_allclose(hessian(log)(AT[0], MEAN), -inverse, rtol=1e-9, atol=1e-12)
    t = lambda x: multivariate_t.pdf(x, MEAN, COV, 3.5, allow_singular=True)
    size = 1 + numpy.sum((AT[0] - MEAN) @ inverse * (AT[0] - MEAN)) / 3.5
    value = scipy.stats.multivariate_t.pdf(AT[0], MEAN, COV, 3.5, allow_singular=True)
    slope = -7.5 / 3.5 * value / size * (AT[0] - MEAN) @ inverse
    numpy.testing.assert_allclose(grad(t)(AT[0]), slope, rtol=1e-9)


def test_off_the_plane_there_is_nothing():
    for method, value in (("logpdf", -numpy.inf), ("pdf", 0.0)):
        density = getattr(multivariate_normal, method)
        of = lambda x, density=density: density(x, MEAN, COV, allow_singular=True)
        assert of(AT[0] + 1.0) == value
        assert grad(of)(AT[0] + 1.0).tolist() == [0.0] * 4


def test_matrices_made_in_the_function():
    def log(x):
        cov = np.zeros((3, 3))
        cov[0, 0] = 4.0
        return multivariate_normal.logpdf(x, None, cov, allow_singular=True)

    assert grad(log)(numpy.array([1.0, 0.0, 0.0])).tolist() == [-0.25, 0.0, 0.0]
    point = lambda x: multivariate_normal.logpdf(x, cov=numpy.zeros((2, 2)), allow_singular=True)
    assert grad(point)(numpy.zeros(2)).tolist() == [0.0, 0.0]


def test_the_matrix():
    """Where it is regular all is as without the option; where not, there is no derivative."""
    log = lambda c, **option: multivariate_normal.logpdf(AT[0], MEAN, c, **option)
    allowing = lambda c: log(c, allow_singular=True)
    regular = COV + numpy.eye(4)
    assert numpy.array_equal(grad(log)(regular), grad(allowing)(regular))
    for distribution in (multivariate_normal, multivariate_t):
        with pytest.raises(NoDerivative, match="in coordinates of its support"):
            grad(lambda c, d=distribution: d.pdf(AT[0], MEAN, c, allow_singular=True))(COV)
    with pytest.raises(numpy.linalg.LinAlgError):
        grad(lambda x: multivariate_normal.logpdf(x, MEAN, COV))(AT[0])
