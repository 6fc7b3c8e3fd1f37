"""Interpolants as objects: SciPy's own for plain data, traced points and data, refusals."""

from __future__ import annotations

import pickle

import numpy
import pytest
import scipy.interpolate

import tracegrad.numpy as np
import tracegrad.scipy.interpolate as interpolate
from tracegrad import deriv, grad
from tracegrad.core.errors import NoDerivative

X = numpy.linspace(0.0, 4.0, 6)
Y = numpy.sin(X)
P = numpy.random.default_rng(0).normal(size=(9, 2))
Z = P[:, 0] * P[:, 1]
GRID = numpy.outer(Y, Y)
MADE = {
    "CubicSpline": (X, Y), "PchipInterpolator": (X, Y), "Akima1DInterpolator": (X, Y),
    "CubicHermiteSpline": (X, Y, Y), "PPoly": (GRID[:4, :5], X), "BPoly": (GRID[:4, :5], X),
    "BSpline": (numpy.arange(8.0) - 2.0, Y, 1), "interp1d": (X, Y), "KroghInterpolator": (X, Y),
    "BarycentricInterpolator": (X, Y), "UnivariateSpline": (X, Y),
    "InterpolatedUnivariateSpline": (X, Y), "LSQUnivariateSpline": (X, Y, [2.1]), "Rbf": (X, Y),
}  # fmt: skip
PAIRS = {
    "RegularGridInterpolator": ((X, X), GRID), "LinearNDInterpolator": (P, Z),
    "NearestNDInterpolator": (P, Z), "RBFInterpolator": (P, Z),
}  # fmt: skip
POINT = numpy.array([[0.11, 0.23]])


@pytest.mark.filterwarnings("ignore:Output seems independent of input")
@pytest.mark.parametrize("name", MADE | PAIRS)
def test_plain(name):
    """SciPy's class and values, a copy by pickle, and derivatives at traced points."""
    arguments = (MADE | PAIRS)[name]
    made = getattr(interpolate, name)(*arguments)
    own = getattr(scipy.interpolate, name)(*arguments)
    assert isinstance(made, getattr(scipy.interpolate, name))
    point = POINT if name in PAIRS else 1.3
    for same in (made, pickle.loads(pickle.dumps(made))):
        numpy.testing.assert_allclose(same(point), own(point), rtol=1e-14)

    def value(h):
        return numpy.sum(made(point + h))

    slope = (value(1e-5) - value(-1e-5)) / 2e-5
    for got in (grad(value)(0.0), deriv(value)(0.0)):
        numpy.testing.assert_allclose(got, slope, atol=1e-8)


@pytest.mark.parametrize("kind", ["SmoothBivariateSpline", "LSQBivariateSpline"])
def test_fitted_surface(kind):
    knots = ([0.0], [0.0]) if kind.startswith("LSQ") else ()
    made = getattr(interpolate, kind)(*P.T, Z, *knots, kx=1, ky=1)
    slope = (made.ev(0.1 + 1e-6, 0.2) - made.ev(0.1 - 1e-6, 0.2)) / 2e-6
    numpy.testing.assert_allclose(grad(lambda x: made.ev(x, 0.2))(0.1), slope, atol=1e-8)
    with pytest.raises(NoDerivative, match=kind):
        grad(lambda a: getattr(interpolate, kind)(*P.T, Z * a, *knots).ev(0.1, 0.2))(1.0)


def test_attributes_are_traced():
    def fun(y):
        cubic, spline = interpolate.CubicSpline(X, y), interpolate.make_interp_spline(X, y)
        grid = interpolate.RegularGridInterpolator((X,), y)
        line = interpolate.interp1d(X, y)
        return cubic.c[-1].sum() + spline.tck[1].sum() + grid.values.sum() + line.y.sum()

    step = numpy.cos(X)
    slope = (fun(Y + 1e-6 * step) - fun(Y - 1e-6 * step)) / 2e-6
    numpy.testing.assert_allclose(numpy.sum(grad(fun)(Y) * step), slope, rtol=1e-8)


def test_constants_and_writes():
    """Arrays made in the function, lists of boxes, a write after the interpolant was made."""

    def fun(a):
        y = np.zeros(4)
        y[1] = a
        made = interpolate.CubicSpline([0.0, 1.0, 2.0, 3.0], y)
        y[2] = 5.0 * a
        fixed = interpolate.CubicSpline(np.linspace(0, 3, 4), np.ones(4))(np.array(1.5))
        return made(1.7) + a * fixed + interpolate.CubicSpline([0, 1, 2], [a, a * a, 1.0])(0.5)

    slope = (fun(1.3 + 1e-6) - fun(1.3 - 1e-6)) / 2e-6
    numpy.testing.assert_allclose([grad(fun)(1.3), deriv(fun)(1.3)], slope, rtol=1e-8)


def test_float32():
    got = grad(lambda y: interpolate.PchipInterpolator(X, y)(1.3))(Y.astype(numpy.float32))
    assert got.dtype == numpy.float32
    numpy.testing.assert_allclose(
        got, grad(lambda y: interpolate.PchipInterpolator(X, y)(1.3))(Y), atol=1e-5
    )


def test_outside_there_is_no_slope():
    made = interpolate.Akima1DInterpolator(X, Y)
    slopes = grad(lambda x: np.where(x < 4.0, made(x), 0.0).sum())(numpy.array([1.3, 9.0]))
    assert numpy.isfinite(slopes).all()
    assert slopes[1] == 0.0


REFUSED = {
    "CubicSpline.solve": lambda a: interpolate.CubicSpline(X, Y * a).roots(),
    "CubicSpline.extend": lambda a: interpolate.CubicSpline(X, Y * a).extend(GRID[:4, :1], [5.0]),
    "UnivariateSpline.roots": lambda a: interpolate.UnivariateSpline(X, Y * a, s=0).roots(),
    "UnivariateSpline: .* s=": lambda a: interpolate.UnivariateSpline(X, Y * a)(1.3),
    "RectBivariateSpline: .* s=": lambda a: interpolate.RectBivariateSpline(X, X, GRID * a, s=1),
    "splrep: .* s=": lambda a: interpolate.splrep(X, Y * a, s=0.1),
    "splrep: .* per=": lambda a: interpolate.splrep(X, Y * a, per=1),
    "splint: .* full_output=": lambda a: interpolate.splint(0, a, (X, Y[:4], 1), full_output=1),
    "Rbf: .* norm=": lambda a: interpolate.Rbf(X, Y * a, norm="cityblock"),
    "Rbf: .* function=": lambda a: interpolate.Rbf(X, Y * a, function=lambda r: r),
    "griddata: .* method=": lambda a: interpolate.griddata(P, Z * a, POINT, "cubic"),
    "CloughTocher2DInterpolator": lambda a: interpolate.CloughTocher2DInterpolator(P, Z * a),
    "make_smoothing_spline": lambda a: interpolate.make_smoothing_spline(X, Y * a),
    "BSpline.from_power_basis": lambda a: interpolate.BSpline.from_power_basis(
        interpolate.CubicSpline(X, Y * a)
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    with pytest.raises(NoDerivative, match=what):
        grad(lambda a: REFUSED[what](a))(1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda a: interpolate.CubicSpline(X, np.stack([a, a])),
        lambda a: interpolate.CubicSpline(X[::-1], Y * a),
        lambda a: interpolate.interp1d(X, Y * a)(9.0),
        lambda a: interpolate.interp1d(X, Y)(a + 9.0),
        lambda a: interpolate.RegularGridInterpolator((X,), Y)([a + 9.0]),
        lambda a: interpolate.splev(a + 9.0, (X, Y, 1), ext=2),
        lambda a: interpolate.BSpline(X, Y * a, 5),
    ],
)
def test_wrong_calls(wrong):
    """SciPy's errors."""
    with pytest.raises(ValueError):
        grad(wrong)(1.0)


def test_new_makers():
    made = interpolate.make_smoothing_spline(X, Y)
    assert isinstance(made, scipy.interpolate.BSpline)
    slope = (made(1.3 + 1e-6) - made(1.3 - 1e-6)) / 2e-6
    numpy.testing.assert_allclose(grad(lambda x: made(x))(1.3), slope, rtol=1e-8)
    if hasattr(scipy.interpolate, "make_splrep"):
        got = grad(lambda a: interpolate.make_splrep(X, Y * a)(1.3))(2.0)
        numpy.testing.assert_allclose(got, scipy.interpolate.make_splrep(X, Y)(1.3))
        with pytest.raises(NoDerivative, match="make_splrep"):
            grad(lambda a: interpolate.make_splrep(X, Y * a, s=1.0)(1.3))(2.0)
