"""The methods of ufuncs at kinks and with odd arguments; their derivatives are in the table."""

from __future__ import annotations

import pickle

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.core.errors import NoDerivative
from tracegrad.numpy.rules.reductions.ufunc_methods import called

INF, NAN = numpy.inf, numpy.nan


@pytest.mark.parametrize(
    "fun, x, want",
    [
        (np.maximum.reduce, [2.0, 1, 2], [0.5, 0, 0.5]),
        (np.fmax.reduce, [NAN, 2, 2], [0, 0.5, 0.5]),
        (lambda x: np.maximum.accumulate(x)[3], [1.0, 2, 2, 2], [0, 1 / 3, 1 / 3, 1 / 3]),
        (lambda x: np.minimum.accumulate(x)[2], [2.0, 2, 1], [0, 0, 1]),
        (lambda x: np.fmin.accumulate(x)[2], [NAN, 2, NAN], [0, 1, 0]),
        (np.hypot.reduce, [0.0, 0], [0, 0]),
        (np.logaddexp.reduce, [-INF, -INF], [0, 0]),
        (np.logaddexp.reduce, [INF, 1, INF], [0.5, 0, 0.5]),
        (lambda x: np.logaddexp.reduce(x, where=[False, True]), [1e5, 1.0], [0, 1]),
        (lambda x: np.divide.reduce(x, where=[True, False], initial=1.0), [2.0, 0], [-0.25, 0]),
    ],
)
def test_kinks(fun, x, want):
    numpy.testing.assert_allclose(grad(fun)(numpy.array(x)), want, atol=1e-15)


def test_lists_of_boxes():
    got = grad(lambda x: np.maximum.reduce([x[0] * x, x[1] * x]).sum())(numpy.array([1.0, 2.0]))
    numpy.testing.assert_allclose(got, [2.0, 5.0])


def test_what_has_no_derivative():
    x = numpy.array([3.0, 2.0])
    added = numpy.frompyfunc(lambda a, b: a + b, 2, 1)
    with pytest.raises(NoDerivative, match="reduce"):
        grad(lambda x: called(added, "reduce", (x,), {}))(x)
    with pytest.raises(TypeError, match="out"):
        grad(lambda x: np.add.reduce(x, out=numpy.zeros(())))(x)
    assert grad(lambda x: called(numpy.floor_divide, "reduce", (x,), {}) * x[0])(x)[0] == 1
    with pytest.raises(ValueError, match="not reorderable"):
        grad(lambda x: np.subtract.reduce(x, axis=None))(x[None])


def test_attributes():
    assert (np.add.nin, np.modf.nout, np.multiply.identity) == (2, 2, 1)
    assert np.sin.types == numpy.sin.types
    assert pickle.loads(pickle.dumps(np.add.reduce)) is np.add.reduce
