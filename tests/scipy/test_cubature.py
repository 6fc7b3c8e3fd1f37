"""Integrals over cuboids: closures, arguments and faces; and means over points that are given."""

from __future__ import annotations

import functools

import numpy
import pytest
import scipy.integrate as si
from scipy.stats import qmc

import tracegrad.numpy as np
from tests.scipy.differences import P, agree
from tracegrad import deriv, grad, jacfwd, jacobian
from tracegrad.core.box import getval
from tracegrad.core.errors import NoDerivative
from tracegrad.scipy import integrate as ti

modern = pytest.mark.skipif(not hasattr(si, "cubature"), reason="SciPy 1.15")


def line(p, **options):
    f = lambda x: np.exp(-p[0] * x[:, 0] ** 2) * np.cos(p[1] * x[:, 0])
    return ti.cubature(f, [p[1]], [p[2]], **options).estimate


def plane(p, **options):
    """Two values at each point; limits, an argument and what is closed over are traced."""

    def f(x, c):
        y, z = x.T
        return np.stack([np.exp(-p[0] * y * z) * np.sin(c + y), p[2] * y**2 * z], -1)

    found = ti.cubature(f, [0.0, p[1]], np.stack([p[2], 1.0]), args=(p[1],), **options)
    return np.sum(np.sin(found.estimate))


def reversed_plane(p):
    return ti.cubature(lambda x: np.cos(x @ p[:2]), [1.0, p[2]], [p[1], 0.3]).estimate


def half_spaces(p):
    """Limits at infinity stay there; the finite ones move."""
    f = lambda x: np.exp(-p[0] * x[:, 0] ** 2 - x[:, 1] ** 2 * (1 + p[2]))
    one = ti.cubature(f, [-np.inf, -np.inf], [np.inf, p[1]], rtol=1e-10).estimate
    return one + ti.cubature(f, [p[2], 0.1], [np.inf, p[1]], rtol=1e-10).estimate


@modern
def test_a_mirrored_value_is_told():
    """SciPy integrates from -b to inf, where it is asked to from -inf to b."""
    f = lambda b: ti.cubature(lambda x: np.exp(x[:, 0]), [-np.inf], [b]).estimate
    try:
        np.testing.assert_allclose(grad(f)(0.3), np.exp(0.3))
    except NoDerivative as error:
        assert "from -b to inf" in str(error)


@pytest.mark.slow
@modern
@pytest.mark.parametrize(
    "fun", [line, plane, reversed_plane, half_spaces], ids=lambda f: f.__name__
)
def test_closures_arguments_and_limits(fun):
    agree(fun, second=fun in (line, plane))


@modern
@pytest.mark.parametrize(
    "options",
    [{"rule": "gk15"}, {"rule": "gauss-kronrod", "points": [[0.5, 0.6]]},
     {"rule": "genz-malik", "rtol": 1e-6, "atol": 1e-6}, {"max_subdivisions": 100, "workers": map}],
    ids=str,
)  # fmt: skip
def test_options(options):
    agree(functools.partial(plane, **options), tolerance=1e-5 if "atol" in options else 1e-8)


@modern
def test_rules_that_are_objects():
    rules = pytest.importorskip("scipy.integrate._rules")
    rule = rules.ProductNestedFixed([rules.GaussKronrodQuadrature(15)] * 2)
    agree(functools.partial(plane, rule=rule))

    class Midpoint(rules.Rule):
        def estimate(self, f, a, b, args=()):
            return f((a + b)[None] / 2, *args)[0] * numpy.prod(b - a)

        def estimate_error(self, f, a, b, args=()):
            return 0.0 * self.estimate(f, a, b, args)

    with pytest.raises(NoDerivative, match="rule="):
        grad(lambda p: plane(p, rule=Midpoint()))(P)


@modern
def test_third_order():
    f = lambda a: ti.cubature(lambda x: np.exp(-a * x[:, 0]), [0.0], [a]).estimate
    want = grad(grad(grad(lambda a: (1 - np.exp(-a * a)) / a)))(0.8)
    for one, two in ((grad, deriv), (deriv, grad)):
        numpy.testing.assert_allclose(grad(one(two(f)))(0.8), want, rtol=1e-9)


@modern
def test_a_derivative_that_is_zero_by_symmetry():
    runs = []

    def f(m):
        def bell(x):
            runs.append(0)
            return np.exp(-np.sum((x - m) ** 2, -1))

        return ti.cubature(bell, [-1.0, -1.0], [1.0, 1.0]).estimate

    for slope in (grad, deriv):
        assert abs(slope(f)(0.0)) < 1e-15
    assert len(runs) < 50


@modern
def test_the_derivative_has_cuboids_of_its_own():
    """At a = 0 the value is flat, and what is integrated for the derivative is not."""
    f = lambda a: (
        ti.cubature(
            lambda x: a * np.exp(-np.sum((x - 0.37) ** 2, -1) * 1e3), [0.0, 0.0], [1.0, 1.0]
        ).estimate
    )
    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(f)(0.0), numpy.pi / 1e3, rtol=1e-8)


@modern
def test_a_jump_inside_is_met_by_the_limit():
    f = lambda b: (
        ti.cubature(
            lambda x: np.where(x[:, 0] < 0.5, 1.0, 3.0), [0.0], [b], points=[[0.5]]
        ).estimate
    )
    assert grad(f)(1.0) == 3.0 == deriv(f)(1.0)


@modern
@pytest.mark.filterwarnings("ignore:Casting complex")
def test_complex_and_float32():
    wave = lambda p: ti.cubature(lambda x: np.exp(1j * x * p[:2]), [0.0], [p[2]]).estimate
    agree(lambda p: np.sum((wave(p) * (1 + 0.5j)) ** 2).imag)
    p = P.astype(numpy.float32)
    assert grad(line)(p).dtype == numpy.float32
    ends = numpy.float32([0.0]), numpy.float32([1.0])
    f = lambda a: ti.cubature(lambda x: a * x[:, 0] ** 2, *ends, rtol=1e-4).estimate
    for slope in (grad, deriv):
        g = slope(f)(numpy.float32(2.0))
        assert g.dtype == numpy.float32
        numpy.testing.assert_allclose(g, 1 / 3, rtol=1e-5)


@modern
def test_arrays_of_any_shape():
    f = lambda p: (
        ti.cubature(lambda x: np.cos(x[:, 0, None, None] * p[:, None] * p), [0.0], [1.0]).estimate
    )
    want = jacfwd(lambda p: np.sinc(p[:, None] * p / np.pi))(P)
    assert f(P).shape == (3, 3)
    numpy.testing.assert_allclose(jacobian(f)(P), want, atol=1e-9)
    numpy.testing.assert_allclose(jacfwd(f)(P), want, atol=1e-9)


@modern
def test_what_is_written_to_later():
    def f(p):
        y = p * 2.0
        closed = ti.cubature(lambda x: y[0] * x[:, 0], [0.0], [1.0]).estimate
        given = ti.cubature(lambda x, c: c[1] * x[:, 0], [0.0], [1.0], args=(y,)).estimate
        y[:2] = 7.0
        return closed + given

    numpy.testing.assert_allclose(grad(f)(P), [1.0, 1.0, 0.0], rtol=1e-12)


@modern
def test_no_convergence_is_told():
    f = lambda a: (
        ti.cubature(lambda x: np.abs(x[:, 0] - a) ** 0.1, [0.0], [1.0], max_subdivisions=3).estimate
    )
    with pytest.warns(si.IntegrationWarning, match="cubature"):
        grad(f)(0.3)


@modern
def test_plain_calls_are_scipys():
    f = lambda x: numpy.cos(x[:, 0])
    got, want = ti.cubature(f, [0], [1]), si.cubature(f, [0], [1])
    assert got == want
    seen = []
    grad(lambda a: seen.append(ti.cubature(lambda x: a * f(x), [0], [1])) or seen[0].estimate)(1.0)
    assert type(seen[0]) is type(want) and getval(seen[0].estimate) == want.estimate
    assert (seen[0].status, seen[0].error, seen[0].subdivisions) == ("converged", want.error, 0)
    with pytest.raises(ValueError, match="unknown rule"):
        ti.cubature(f, [0], [1], rule="gk17")


# -- qmc_quad --------------------------------------------------------------------------------------


def points(p, a=(0.1, -0.2), **options):
    """Some limits are reversed."""
    f = lambda x: np.exp(-p[0] * np.sum(x**2, 0))
    ends = np.stack([p[1], a[1]]), np.stack([a[0], p[2]])
    res = ti.qmc_quad(f, *ends, qrng=qmc.Halton(2, seed=1), n_points=32, **options)
    return res.integral + 3.0 * res.standard_error


@pytest.mark.parametrize("options", [{}, {"n_estimates": 3}], ids=str)
def test_qmc_quad(options):
    agree(functools.partial(points, **options), second=not options)


def test_logarithms_of_qmc_quad():
    """exp(-900) would be zero."""

    def f(p):
        ends = np.stack([p[1], 0.5]), np.stack([1.5, p[2]])
        res = ti.qmc_quad(
            lambda x: -p[0] * np.sum(x**2, 0) - 900.0, *ends, qrng=qmc.Halton(2, seed=1),
            n_points=32, log=True,
        )  # fmt: skip
        return res.integral + 2.0 * res.standard_error

    agree(f)
    below = lambda b: ti.qmc_quad(lambda x: x[0], 1.0, b, qrng=qmc.Halton(1, seed=1), log=True)
    assert getval(below(0.0).integral).imag == numpy.pi
    numpy.testing.assert_allclose(
        grad(lambda b: below(b).integral.real)(0.0), -1 / (numpy.e - 1), rtol=1e-3
    )


def test_qmc_quad_is_scipys():
    given = {"n_points": 16, "n_estimates": 2}
    f, engine = (lambda x: x[0] ** 2), lambda: qmc.Halton(1, seed=3)
    got, want = [m.qmc_quad(f, 0, 2, qrng=engine(), **given) for m in (ti, si)]
    assert got == want and type(got) is type(want)
    seen = []
    quad = lambda a: ti.qmc_quad(lambda x: a * f(x), 0, 2, qrng=engine(), **given)
    g = grad(lambda a: seen.append(quad(a)) or seen[0].integral)(1.0)
    assert tuple(map(getval, seen[0])) == want and type(seen[0]) is type(want)
    numpy.testing.assert_allclose(g, want.integral, rtol=1e-12)


def test_qmc_quad_refuses():
    with pytest.raises(NoDerivative, match="seed="):
        grad(lambda a: ti.qmc_quad(lambda x: a * x[0], 0, 1).integral)(1.0)
    engine = qmc.Halton(1, seed=3)
    with pytest.warns(UserWarning, match="was equal"):
        with pytest.raises(NoDerivative, match="volume"):
            grad(lambda a: ti.qmc_quad(lambda x: x[0], a, 1.0, qrng=engine).integral)(1.0)
