"""Densities with Gaussian kernels: values, slopes and curvatures in data, weights and bandwidth."""

from __future__ import annotations

import numpy
import pytest
import scipy.stats

from tests.tester import Case, Sample, check_first, check_second
from tracegrad import grad
from tracegrad.core.box import isbox
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import stats

RANDOM = numpy.random.default_rng(0)
DATA, LINE = RANDOM.normal(size=(2, 9)), RANDOM.normal(size=9)
AT, WEIGHTS = RANDOM.normal(size=(2, 3)), RANDOM.uniform(0.5, 1.5, 9)


def made(fun):
    """The same of SciPy's class for plain arrays and of the traced one."""

    def call(*args):
        plain = not any(map(isbox, args))
        ans = fun((scipy.stats if plain else stats).gaussian_kde, *args)
        return numpy.asarray(ans)[()] if plain else ans  # SciPy 1.11 gives Python numbers

    return call


def renewed(kde, data):
    found = kde(data)
    found.set_bandwidth("silverman")
    return found(0.3)


PROGRAMS = {
    "evaluate": (lambda kde, data, at: kde(data)(at), DATA, AT),
    "logpdf": (lambda kde, data, at: kde(data, "silverman").logpdf(at), DATA, AT),
    "weights": (lambda kde, w, data: kde(data, weights=w).pdf(AT), WEIGHTS, DATA),
    "number": (lambda kde, width: kde(DATA, width)(AT), numpy.float64(0.4)),
    "function": (lambda kde, w: kde(DATA, lambda k: 2.0 * k.scotts_factor(), w)(AT), WEIGHTS),
    "set_bandwidth": (renewed, LINE),
    "inv_cov": (lambda kde, data: kde(data).inv_cov, DATA),
    "integrate_gaussian": (
        lambda kde, data, mean: kde(data).integrate_gaussian(mean, numpy.eye(2)), DATA, AT[:, 0],
    ),
    "integrate_kde": (lambda kde, x, y: kde(x).integrate_kde(kde(y)), DATA, AT),
    "integrate_box_1d": (lambda kde, data: kde(data).integrate_box_1d(-0.5, 1.0), LINE),
    "integrate_box": (lambda kde, data: kde(data).integrate_box([-0.5], [1.0]), LINE),
    "marginal": (lambda kde, data: kde(data).marginal([1])(0.3), DATA),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_derivatives(name):
    fun, *args = PROGRAMS[name]
    sample = Sample(Case(f"gaussian_kde {name}", tuple(args), fun=made(fun)), {})
    check_first(sample)
    check_second(sample)


def test_plain_values_are_scipys():
    found = stats.gaussian_kde(LINE, weights=WEIGHTS)
    assert isinstance(found, scipy.stats.gaussian_kde)
    want = scipy.stats.gaussian_kde(LINE, weights=WEIGHTS)
    numpy.testing.assert_array_equal(found.evaluate(AT[0]), want.evaluate(AT[0]))
    numpy.testing.assert_array_equal(found.inv_cov, want.inv_cov)


@pytest.mark.parametrize(
    "fun",
    [
        lambda data: stats.gaussian_kde(data).resample(3, seed=0).sum(),
        lambda data: stats.gaussian_kde(data).integrate_box([0.0, 0.0], [1.0, 1.0]),
    ],
)
def test_refused(fun):
    with pytest.raises(NoDerivative, match="gaussian_kde"):
        grad(fun)(DATA)
