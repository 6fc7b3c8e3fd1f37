"""Piecewise polynomials and splines of one variable, of `scipy.interpolate`."""

from __future__ import annotations

import numpy

import tracegrad.scipy.interpolate as interpolate
from tests.tester import Case

from .samples import normal, positive

FLAGS = {"complex": False, "float32": False, "small": False}
"""SciPy interpolates in double precision."""


def function(name, *args, options=None, use=lambda fun, *args, **options: fun(*args, **options),
             **flags):  # fmt: skip
    return Case(f"scipy.interpolate.{name}", args, options or [{}], use=use, **FLAGS | flags)


def made(fun, *args, options=None, **flags):
    """A class, called with plain arrays SciPy's own: what is made of it and of points."""
    return Case("interpolants", args, options or [{}], fun=fun, **FLAGS | flags)


X = numpy.array([0.5, 1.1, 1.8, 2.3, 3.1, 3.6, 4.4])
Y, Y3 = normal(7), normal(2, 7, 2)
Q = numpy.array([0.7, 2.15, 3.9])  # at a distance from the points and their middles
WIDE = numpy.array([0.2, 1.3, 3.3, 4.9])
VALUE = numpy.float64(0.4)


# -- pieces of cubics ----------------------------------------------------------------------------


def spline(name):
    def fun(x, y, q, nu=0, outside=None, **options):
        return getattr(interpolate, name)(x, y, **options)(q, nu, outside)

    return fun


def closed(x, y, q):
    y = numpy.concatenate([y, y[:1]])
    return interpolate.CubicSpline(x, y, bc_type="periodic")(q)


def whole(name, *ends):
    """Everything that a piecewise polynomial has."""

    def fun(c, x, q, a, b):
        piecewise = getattr(interpolate, name)(c, x, *ends)
        more, less = piecewise.antiderivative(2), piecewise.derivative()
        return piecewise(q), more(q, extrapolate=True), less(q), piecewise.integrate(a, b)

    return fun


PIECES = (normal(3, 6, 2), X, Q, numpy.float64(0.9), numpy.float64(3.3))
CUBIC = [{}, {"nu": 1}, {"bc_type": "natural"}, {"bc_type": ((1, VALUE), (2, VALUE))}]
ROWS = [
    made(spline("CubicSpline"), X, Y, WIDE, options=CUBIC),
    made(spline("CubicSpline"), X, Y, WIDE, options=[{"outside": "periodic"}]),
    made(lambda y: interpolate.CubicSpline(X, y)(WIDE), Y, complex=True, linear=True),
    made(lambda y: interpolate.make_interp_spline(X, y)(Q, 1), Y, complex=True, linear=True),
    made(spline("CubicSpline"), X, Y, Q, options=[{"outside": False}], order=1),
    made(spline("CubicSpline"), X, Y3, Q.reshape(3, 1), options=[{"axis": -2}]),
    *[made(spline("CubicSpline"), X[:n], Y[:n], Q[:1]) for n in (2, 3)],
    *[made(closed, X[:n], Y[: n - 1], Q[:1]) for n in (3, 5)],
    made(lambda x, y, d, q: interpolate.CubicHermiteSpline(x, y, d)(q), X, Y, numpy.cos(Y), Q),
    *[made(spline("PchipInterpolator"), X[:n], Y[:n], Q[:1]) for n in (2, 7)],
    made(spline("PchipInterpolator"), X, Y3, Q, options=[{"axis": 1}], loss=10.0),  # steep
    *[made(spline("Akima1DInterpolator"), X[:n], Y[:n], Q[:1]) for n in (3, 7)],
    *[made(whole(name), *PIECES) for name in ("PPoly", "BPoly")],
    *[made(whole(name, "periodic"), *PIECES[:-2], VALUE - 8.8, VALUE + 8.0)
      for name in ("PPoly", "BPoly")],
    made(lambda c, x, q: interpolate.PPoly.from_bernstein_basis(interpolate.BPoly(c, x))(q),
         *PIECES[:3]),
    made(whole("PPoly"), PIECES[0], X[::-1], *PIECES[2:]),
    function("pchip_interpolate", X, Y, Q, options=[{}, {"der": 1}, {"der": [0, 1], "axis": 0}]),
]  # fmt: skip
if hasattr(interpolate, "FloaterHormannInterpolator"):  # the first with makima, too
    ROWS += [
        made(spline("Akima1DInterpolator"), X, Y, Q, options=[{"method": "makima"}]),
        made(spline("Akima1DInterpolator"), X[:2], Y[:2], Q[:1]),
    ]

# -- B-splines -----------------------------------------------------------------------------------

T = numpy.cumsum(positive(10)) * 0.5
IN = T[3:6] + 0.11


def b_spline(t, c, q, a, b, extrapolate=True):
    spline = interpolate.BSpline(t, c, 3, extrapolate)
    parts = spline.derivative()(q), spline.antiderivative()(q), spline.integrate(a, b)
    return spline(q), spline(q, 2), *parts


def through(x, y, q, **options):
    return interpolate.make_interp_spline(x, y, **options)(q)


def through_closed(x, y, q, k):
    y = numpy.concatenate([y, y[:1]])
    return interpolate.make_interp_spline(x, y, k, bc_type="periodic")(q)


def between(x, y, t, q):
    t = numpy.concatenate([[0.4] * 2, t, [2.5] * 2])
    return interpolate.make_interp_spline(x, y, 1, t)(q)


def near(x, y, t, q, w, axis=0):
    t = numpy.concatenate([[0.1] * 3, t, [5.0] * 3])
    return interpolate.make_lsq_spline(x, y, t, k=2, w=w, axis=axis)(q)


INNER = numpy.array([1.45, 2.7])
DEGREES = [{"k": k} for k in (0, 1, 2, 5)]
BOUNDS = [{"bc_type": "clamped"}, {"bc_type": ([(2, VALUE)], [(1, VALUE)])}]
A, B = numpy.float64(IN[0]), numpy.float64(IN[2])
ROWS += [
    made(b_spline, T, normal(6, 2), IN, A, B, options=[{}, {"extrapolate": False}]),
    made(b_spline, T, normal(6), IN, A - 5.0, B + 9.0, options=[{"extrapolate": "periodic"}]),
    made(lambda t, c, q: interpolate.BSpline(t, c, 3, axis=-1)(q), T, normal(2, 6), IN),
    made(lambda t, c, q: interpolate.PPoly.from_spline(interpolate.BSpline(t, c, 2))(q),
         T, normal(10), IN),
    made(through, X, Y, Q, options=[{}, BOUNDS[1]]),
    made(through, X, Y, Q, options=[*DEGREES, BOUNDS[0]], order=1),
    made(through, X, Y3, WIDE, options=[{"axis": 1}]),
    made(between, X[:4], Y[:4], numpy.array([0.9, 2.0]), Q[:2]),
    *[made(through_closed, X[:5], Y[:4], Q, options=[{"k": k}]) for k in (2, 3)],
    made(near, X, Y, INNER, Q, positive(7)),
    made(near, X, Y3, INNER, Q, positive(7), options=[{"axis": -2}]),
]  # fmt: skip
# -- FITPACK's -----------------------------------------------------------------------------------

KNOTS, C = numpy.cumsum(positive(11, seed=1)) * 0.5, normal(11)
END = numpy.float64(4.5)
START = numpy.float64(0.4)


def tck_of(fun, *args, **options):
    *args, t, c = args
    return numpy_of(fun(*args, (t, c, 3), **options))


def numpy_of(x):
    return x * numpy.float64(1.0) if isinstance(x, float) else x


def curve(fun, q, t, c, **options):
    return fun(q, (t, [c, numpy.multiply(c, 2.0)], 3), **options)


def first(fun, t, c, **options):
    return fun((t, c, 3), **options)


MIDDLE = KNOTS[3:6] + 0.13
AROUND = numpy.array([KNOTS[3] - 0.3, *MIDDLE, KNOTS[7] + 0.2])
SPLREP = [{"k": k, "s": 0} for k in (1, 2, 3, 4)]
SPLREP += [{"task": 0, "full_output": 0, "per": 0, "quiet": 1, "t": INNER}]
UNIVARIATE = [{}, {"nu": 2}, {"ext": 1}, {"ext": "const"}, {"nu": 1, "ext": 3}]


def univariate(x, y, q, nu=0, ext=0):
    return interpolate.UnivariateSpline(x, y, s=0)(q, nu, ext)


def univariate_all(x, y, q, a, b):
    spline = interpolate.InterpolatedUnivariateSpline(x, y, bbox=[0.3, None], k=2)
    parts = spline.get_knots(), spline.get_coeffs(), spline.derivatives(a)
    return spline.derivative()(q), spline.antiderivative()(q), spline.integral(a, b) * VALUE, *parts


ROWS += [
    function("splrep", X, Y, options=SPLREP),
    function("splrep", X, Y, positive(7), START, END, options=[{"t": INNER, "k": 2}]),
    function("splev", AROUND, KNOTS, C, use=tck_of,
             options=[{}, {"ext": 1}, {"ext": 3}, {"der": 2, "ext": 0}]),
    function("splev", MIDDLE, KNOTS, C, use=curve, options=[{"ext": 2}]),
    function("splint", A, B, KNOTS, C, use=tck_of, options=[{}, {"full_output": 0}]),
    function("splint", B + 9.0, A, KNOTS, C, use=tck_of),
    function("splder", KNOTS, C, use=first, options=[{}, {"n": 2}, {"n": -1}]),
    function("splantider", KNOTS, C, use=first, options=[{}, {"n": 2}]),
    function("spalde", MIDDLE, KNOTS, C, use=tck_of),
    function("spalde", MIDDLE[0], KNOTS, C, use=tck_of),
    made(univariate, X, Y, WIDE, options=UNIVARIATE, order=1),
    made(univariate_all, X, Y, WIDE, VALUE + 0.5, VALUE + 2.0),
    made(lambda x, y, t, q, w: interpolate.LSQUnivariateSpline(x, y, t, w, k=2)(q),
         X, Y, INNER, Q, positive(7)),
]  # fmt: skip
