"""Interpolation by one polynomial, on grids and between points anywhere, of `scipy.interpolate`."""

from __future__ import annotations

import warnings

import numpy
import scipy.interpolate

import tracegrad.scipy.interpolate as interpolate

from .samples import normal, positive
from .scipy_interpolate_splines import WIDE, Y3, Q, X, Y, function, made

VALUE = numpy.float64(0.4)
ORDER = numpy.array([3, 0, 5, 1, 6, 2, 4])

# -- lines and steps -----------------------------------------------------------------------------


def line(x, y, q, **options):
    return interpolate.interp1d(x, y, **options)(q)


def filled(x, y, q, low, high, **options):
    options |= {"fill_value": (low, high), "bounds_error": False}
    return interpolate.interp1d(x, y, axis=1, **options)(q)


KINDS = ["nearest", "nearest-up", "previous", "next", "zero", "quadratic", 3]
ROWS = [
    made(line, X[ORDER], Y[ORDER], Q),
    made(line, X[ORDER], Y[ORDER], Q, options=[{"kind": kind} for kind in KINDS], order=1),
    made(line, X, Y, WIDE, options=[{"fill_value": "extrapolate", "assume_sorted": True}]),
    made(filled, X, Y3, WIDE, VALUE, normal(2),
         options=[{"kind": kind} for kind in ("linear", "next", "slinear")]),
]  # fmt: skip

# -- polynomials ---------------------------------------------------------------------------------


# SciPy 1.11 has neither derivatives nor weights there.
WITHOUT = [] if hasattr(scipy.interpolate.BarycentricInterpolator, "derivative") else [
    "BarycentricInterpolator"
]  # fmt: skip


def polynomial(name):
    def fun(x, y, q, axis=0):
        p = getattr(interpolate, name)(x, y, axis)
        if name in WITHOUT:
            return p(q)
        return p(q), p.derivative(q), p.derivatives(q, 3)

    return fun


def weighed(x, y, q, w):
    return interpolate.BarycentricInterpolator(x, y, wi=w)(q)


def twice(x, y, q):
    x = numpy.stack([x[0], x[0], x[1], x[2], x[2]])
    return interpolate.KroghInterpolator(x, y)(q)


def coefficients(fun, *args, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # SciPy 1.18
        found = fun(*args, **options)
    return [p.coeffs for p in found] if isinstance(found, tuple) else found.coeffs


AT = numpy.array([X[0], 2.15])  # one of the points, too
DER = [{}, {"axis": 0}, {"der": 2}, {"der": [0, 1]}]
KNOWN = interpolate.barycentric_interpolate.signature.known
BARYCENTRIC = [option for option in [*DER, {"rng": 1}] if option.keys() <= KNOWN]
ROWS += [
    *[made(polynomial(name), X[:5], Y[:5], AT)
      for name in ("BarycentricInterpolator", "KroghInterpolator")],
    *[made(polynomial(name), X, Y3, AT[1], options=[{"axis": 1}])
      for name in ("BarycentricInterpolator", "KroghInterpolator")],
    made(twice, X[:3], Y[:5], AT),
    function("barycentric_interpolate", X[:4], Y[:4], AT,
             options=BARYCENTRIC),
    function("krogh_interpolate", X[:4], Y[:4], AT, options=DER),
    function("lagrange", X[:4], Y[:4], use=coefficients, loss=10.0),
    function("pade", positive(6), 2, use=coefficients, options=[{}, {"n": 1}], loss=10.0),
]  # fmt: skip

if not WITHOUT:
    ROWS += [made(weighed, X[:4], Y[:4], AT, numpy.array([1.0, -2.0, 2.5, -1.0]))]

# -- grids ---------------------------------------------------------------------------------------

G, H = X[:4], numpy.array([0.4, 0.9, 1.3, 1.8, 2.6])
Z = normal(4, 5)
XI = numpy.array([[0.9, 1.0], [1.3, 2.3]])
NEW = hasattr(scipy.interpolate, "FloaterHormannInterpolator")
CUBIC = "cubic_legacy" if NEW else "cubic"  # the new one is solved to five digits only
METHODS = [{"method": name} for name in ("linear", "nearest", "slinear", CUBIC, "pchip")]


def on_grid(x, y, z, xi, **options):
    return interpolate.RegularGridInterpolator((x, y), z, **options)(xi)


def outside(x, y, z, xi, fill):
    p, q = numpy.transpose(xi)
    x, options = numpy.flip(x), {"bounds_error": False, "fill_value": fill}
    return interpolate.RegularGridInterpolator((x, y), z, **options)((p, q - 0.7))


def beyond(x, y, z, xi):
    return on_grid(x, y, z, numpy.add(xi, 2.0), bounds_error=False, fill_value=None)


def interpn(fun, x, y, *args, **options):
    return fun((x, y), *args, **options)


def rectangle(x, y, z, p, q, **options):
    return interpolate.RectBivariateSpline(x, y, z, kx=3, ky=2)(p, q, **options)


def rectangle_all(x, y, z, p, q, a, b):
    spline = interpolate.RectBivariateSpline(x, y, z, bbox=[0.3, None, None, None])
    return spline.partial_derivative(1, 1)(p, q), VALUE * spline.integral(a, b, a, b)


ROWS += [
    made(on_grid, G, H, Z, XI, options=METHODS, loss=100.0),  # pchip: curved
    made(on_grid, G, H, normal(4, 5, 2), XI, options=METHODS[:1]),
    made(outside, G, H, Z, XI, VALUE),
    made(beyond, G, H, Z, XI),
    function("interpn", G, H, Z, XI, use=interpn,
             options=[{}, {"method": "nearest", "bounds_error": False, "fill_value": 0.0},
                      {"method": "splinef2d"}]),
    made(rectangle, G, H, Z, Q[:2], Q[:2],
         options=[{}, {"dx": 1, "dy": 1}, {"grid": False, "dx": 1}]),
    made(rectangle_all, G, H, Z, Q[:2], Q[:2], VALUE + 0.1, VALUE + 1.0),
]  # fmt: skip
if NEW:
    ROWS += [made(lambda *args: on_grid(*args[:3], args[3], method="slinear"), G, H, Z, XI)]

# -- points anywhere -----------------------------------------------------------------------------

P = numpy.array([[0.1, 0.2], [2.1, 0.1], [0.3, 1.9], [1.8, 2.2], [0.9, 1.2], [1.4, 0.6]])
TWO = numpy.array([[0.8, 0.9], [1.45, 1.35]])
D = normal(6)
KERNELS = {"linear": 0, "cubic": 1, "quintic": -1, "multiquadric": 0}
KERNELS |= {"inverse_multiquadric": -1, "inverse_quadratic": -1, "gaussian": 1}
OLD_KERNELS = ["inverse", "gaussian", "linear", "cubic", "quintic", "thin_plate"]


def radial(p, d, x, smoothing, epsilon, **options):
    options |= {"smoothing": smoothing, "epsilon": epsilon}
    return interpolate.RBFInterpolator(p, d, **options)(x)


def rbf(p, d, x, **options):
    return interpolate.Rbf(*numpy.transpose(p), d, **options)(*numpy.transpose(x))


def triangles(p, d, x, fill, rescale=False):
    return interpolate.LinearNDInterpolator(p, d, fill, rescale)(numpy.subtract(x, 0.1))


def griddata(fun, p, d, x, **options):
    return fun(p, d, tuple(numpy.transpose(x)), **options)


ROWS += [
    made(radial, P, D, TWO, VALUE, VALUE + 0.7, options=[{}, {"degree": 1}], loss=10.0),
    *[made(radial, P, D, TWO, VALUE, VALUE + 0.7, options=[{"kernel": kernel, "degree": degree}],
           order=1) for kernel, degree in KERNELS.items()],
    made(radial, P, normal(6, 2), TWO, positive(6), VALUE, options=[{"neighbors": 4}], loss=10.0),
    made(rbf, P, D, TWO),
    made(rbf, P, D, TWO, options=[{"function": name} for name in OLD_KERNELS], loss=10.0, order=1),
    made(rbf, P, normal(6, 2), TWO, options=[{"mode": "N-D", "epsilon": VALUE, "smooth": VALUE}]),
    made(triangles, P, D, TWO, VALUE),
    made(triangles, P, normal(6, 2), TWO, VALUE,
         options=[{"rescale": True}]),
    made(lambda p, d, x: interpolate.NearestNDInterpolator(p, d)(x), P, D, TWO),
    function("griddata", P, D, TWO, use=griddata,
             options=[{"method": "linear", "fill_value": 0.0, "rescale": False},
                      {"method": "nearest"}]),
    function("griddata", X, Y, Q, options=[{"method": "cubic"}]),
]  # fmt: skip
