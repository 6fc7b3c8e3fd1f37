"""Classes of polynomials with traced coefficients; roots where they have no derivative."""

from __future__ import annotations

import pickle

import numpy
import pytest

import tracegrad.numpy as np
from tests import tester
from tests.tester import Case, Sample
from tracegrad import grad, jacobian
from tracegrad.core.errors import NoDerivative
from tracegrad.numpy import polynomial

P, Q = numpy.array([0.7, -2.1, 0.4]), numpy.array([1.3, 0.6])
X = numpy.linspace(-0.6, 0.8, 5)
DOMAIN = numpy.array([-1.2, 2.1])
CLASSES = ["Polynomial", "Chebyshev", "Legendre", "Hermite", "HermiteE", "Laguerre"]


def check(fun, *args):
    sample = Sample(Case(fun.__name__, args, fun=fun), {})
    tester.check_value(sample)
    tester.check_first(sample)
    tester.check_second(sample)


def arithmetic(kind):
    def fun(c, d, x, a):
        s, t = kind(c), kind(d)
        sums = [(s + t)(x), (s - t)(x), (s * t)(x), (s**2)(x), (s // t)(x), (s % t)(x), (-s)(x)]
        numbers = [(a * s + a - s / a)(x), (1.5 - s * a)(x), (x * 0 + divmod(a * s, t)[1](x))]
        return (*sums, *numbers)

    return fun


def calculus(kind):
    def fun(c, domain, k):
        s = kind(c, domain)
        return (
            s.deriv(2)(k), s.integ(2, [k], lbnd=k)(k), s.roots(), s.linspace(4)[1], s.trim()(k),
            kind.fromroots(c, domain)(k), kind.fromroots(c)(k), kind.fromroots(c, None)(k),
        )  # fmt: skip

    return fun


def fitting(kind):
    def fun(x, y):
        line, (residuals, *_) = kind.fit(x, y, 1, full=True)
        square = kind.fit(x, y, 2, domain=[], w=y)
        return line.coef, residuals, line.domain, square(0.3), kind.fit(x, y, 1, [-1, x[4]])(0.2)

    return fun


@pytest.mark.parametrize("name", CLASSES)
def test_series(name):
    kind = getattr(polynomial, name)
    check(arithmetic(kind), P, Q, X, numpy.float64(0.7))
    check(calculus(kind), P, DOMAIN, numpy.float64(0.3))
    check(fitting(kind), X, numpy.cos(X))


@pytest.mark.parametrize("name", CLASSES)
def test_plain_series_are_numpys(name):
    kind, plain = getattr(polynomial, name), getattr(numpy.polynomial, name)
    ours, theirs = kind(P, DOMAIN), plain(P, DOMAIN)
    assert isinstance(ours, plain)
    assert str(ours) == str(theirs)
    assert repr(ours) == repr(theirs)
    assert pickle.loads(pickle.dumps(ours)) == ours
    numpy.testing.assert_allclose(ours(X), theirs(X), rtol=0)
    numpy.testing.assert_allclose(ours.convert()(X), theirs(X))
    for both in (ours + theirs, theirs + ours):
        assert type(both) is kind
        numpy.testing.assert_allclose(both(X), 2 * theirs(X))


def test_traced_series_with_numpys_own():
    def fun(c):
        traced, plain = polynomial.Chebyshev(c), numpy.polynomial.Chebyshev(Q)
        return (plain - traced)(0.3) * (traced * plain)(0.2)

    check(fun, P)


def test_a_traced_series_shows_its_values():
    def fun(c):
        assert repr(polynomial.Chebyshev(c)) == repr(numpy.polynomial.Chebyshev(P))
        assert repr(np.poly1d(c)) == repr(numpy.poly1d(P))
        assert str(np.poly1d(c)) == str(numpy.poly1d(P))
        return c.sum()

    grad(fun)(P)


def test_series_of_series_is_refused():
    with pytest.raises(NoDerivative, match=r"Chebyshev.*convert"):
        grad(lambda c: polynomial.Chebyshev(c).convert(kind=polynomial.Polynomial)(0.3))(P)


def test_poly1d():
    def fun(c, d, x, a):
        p, q = np.poly1d(c), np.poly1d([a, 2.0, a * x[0]])
        quotient, rest = p / np.poly1d(d)
        return (
            (p + q)(x), (p - q)(x), (p * q)(x), (p**3)(x), (-p)(x), (p / a)(x), (p * a)(x),
            (1 + p * 2)(x), (1.0 - p)(x), p.deriv(2)(a), p.integ(2, a)(x), p.roots, p[1], p(q)(a),
            quotient(x), rest(x), (2.0 / np.poly1d([a]))(x), np.poly1d(c, True)(a),
            np.polyadd(np.poly1d([1.0]), c)(a),
        )  # fmt: skip

    check(fun, P, Q, X, numpy.float64(0.7))


def test_plain_poly1d_is_numpys():
    ours, theirs = np.poly1d(P, variable="z"), numpy.poly1d(P, variable="z")
    assert isinstance(ours, numpy.poly1d) and ours == theirs
    assert str(ours) == str(theirs) and repr(ours) == repr(theirs)
    assert ours(theirs) == theirs(theirs)
    for left in (numpy.float64(2), numpy.arange(3)):
        numpy.testing.assert_array_equal(left * ours, left * theirs)
        numpy.testing.assert_array_equal(left - ours, left - theirs)


def test_a_zero_coefficient_has_a_derivative():
    zero = numpy.array([0.0, 1.0])
    found = grad(lambda p: np.polyval(np.polymul(p, [3.0, 1.0]), 2.0))(zero)
    numpy.testing.assert_allclose(found, [14.0, 7.0])
    found = grad(lambda c: polynomial.Polynomial(c).integ()(2.0))(zero[:1])
    numpy.testing.assert_allclose(found, [2.0])


@pytest.mark.parametrize("roots", [np.roots, polynomial.polynomial.polyroots])
@pytest.mark.parametrize("zeros", [[1.0, 1.0, -2.0], [0.4, 0.4, 0.4, 2.0], [0.0, 0.0, 1.5]])
def test_multiple_roots_have_no_derivative(roots, zeros):
    p = numpy.poly(zeros)
    p = p if roots is np.roots else p[::-1]
    slopes = numpy.isfinite(jacobian(roots)(p)).all(axis=1)
    simple = numpy.abs(roots(p) - zeros[-1]) < 0.1
    simple = numpy.abs(roots(p) - zeros[0]) > 0.1 if zeros[0] == zeros[1] else simple
    numpy.testing.assert_array_equal(slopes, simple)


def test_the_characteristic_polynomial_of_equal_eigenvalues():
    weights = numpy.array([0.0, 1.0, 2.0, 3.0])
    found = grad(lambda a: (np.poly(a) * weights).sum())(numpy.eye(3))
    numpy.testing.assert_allclose(found, numpy.eye(3) * (-1.0 + 2.0 * 2.0 - 3.0), atol=1e-12)
