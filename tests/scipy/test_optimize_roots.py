"""Roots of equations: against closed forms, in both modes and to second order."""

from __future__ import annotations

import numpy
import pytest
import scipy.optimize

import tracegrad.numpy as np
import tracegrad.scipy.optimize as optimize
from tests.scipy.closed_forms import agree
from tracegrad import deriv, grad, jacobian
from tracegrad.extend import NoDerivative

A = 1.7


def system(x, a):
    """The root is √(2/a), √(2a)."""
    return np.array([x[0] ** 2 * a - 2.0, x[1] - a * x[0]])


def place(a):
    return np.array([np.sqrt(2.0 / a), np.sqrt(2.0 * a)])


START = [1.1, 1.8]
METHODS = ["hybr", "lm", "broyden1", "anderson", "krylov", "df-sane"]


@pytest.mark.parametrize("method", METHODS)
def test_root(method):
    def by_args(a):
        found = optimize.root(system, START, args=(a,), method=method)
        return np.concatenate([found.x, 0.0 * found.fun])

    agree(by_args, lambda a: np.concatenate([place(a), np.zeros(2)]), A, value=1e-4)
    agree(lambda a: optimize.root(lambda x: system(x, a), START, method=method).x, place, A, 1e-4)


def test_root_with_a_jacobian():
    def pair(x, a):
        return system(x, a), np.array([[2.0 * a * x[0], 0.0], [-a, 1.0]])

    agree(lambda a: optimize.root(pair, START, args=(a,), jac=True).x, place, A)
    slopes = lambda x, a: pair(x, a)[1]
    agree(lambda a: optimize.root(system, START, (a,), jac=slopes).x, place, A)
    agree(lambda a: optimize.fsolve(system, START, (a,), slopes), place, A)


def test_the_residuals_are_zero_wherever_the_root_is():
    def residuals(a):
        info = optimize.fsolve(system, START, (a,), full_output=True)[1]
        return info["fvec"] + optimize.root(system, START, (a,)).fun

    agree(residuals, lambda a: a * np.zeros(2), A)


def test_more_equations_than_unknowns():
    line = lambda x, a: np.array([x[0] - a, x[0] - a**2, 2.0 * x[0] - 1.0])
    agree(
        lambda a: optimize.root(line, [0.0], args=(a,), method="lm").x[0],
        lambda a: (a + a**2 + 2.0) / 6.0, A,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["broyden1", "anderson", "newton_krylov"])
def test_quasi_newton(name):
    solver = getattr(optimize, name)
    agree(lambda a: solver(lambda x: system(x, a), START), place, A, value=1e-4)


def test_complex_unknowns():
    """z² = a + i; and an equation that is not holomorphic: z + z̄/2 = a + i."""
    agree(
        lambda a: np.real(optimize.newton(lambda z: z**2 - a - 1j, 1.0 + 1.0j)),
        lambda a: np.real(np.sqrt(a + 1j)), A,
    )  # fmt: skip

    def mixed(a):
        fun = lambda z: z + 0.5 * np.conj(z) - a - 1j
        z = optimize.newton_krylov(fun, numpy.array([1.0 + 1.0j]), f_tol=1e-10)[0]
        return np.array([z.real, z.imag])

    agree(mixed, lambda a: np.array([a / 1.5, 2.0 + 0.0 * a]), A)


@pytest.mark.parametrize("options", [{}, {"method": "iteration"}])
def test_fixed_point(options):
    newton = lambda x, a: 0.5 * (x + a / x)
    agree(lambda a: optimize.fixed_point(newton, 1.0, (a,), **options), np.sqrt, A)
    both = lambda x, a: 0.5 * np.array([x[1], 1.0]) * a + 0.0 * x
    agree(
        lambda a: optimize.fixed_point(both, [1.0, 1.0], args=(a,), method="iteration"),
        lambda a: np.array([a * a / 4.0, a / 2.0]), A,
    )  # fmt: skip


cube = lambda x, a: x**3 - a


@pytest.mark.parametrize("name", ["bisect", "brenth", "brentq", "ridder", "toms748"])
def test_brackets(name):
    solver = getattr(optimize, name)
    agree(lambda a: solver(cube, 0.0, 3.0, args=(a,)), np.cbrt, A)

    def full(a):
        x, report = solver(lambda x: cube(x, a), 0.0, 3.0 + a, full_output=True)
        assert report.converged is True and type(report.iterations) is int
        return x * report.root

    agree(full, lambda a: np.cbrt(a) ** 2, A)


SLOPE, BEND = (lambda x, a: 3.0 * x**2), (lambda x, a: 6.0 * x)


@pytest.mark.parametrize(
    "options",
    [{}, {"x1": 2.0}, {"fprime": SLOPE}, {"fprime": SLOPE, "fprime2": BEND}, {"tol": 1e-3}],
)
def test_newton(options):
    """However early it stops, the derivative is that at the root."""
    agree(lambda a: optimize.newton(cube, 1.2, args=(a,), **options), np.cbrt, A, value=1e-3)


def test_newton_of_an_array():
    wanted = lambda a: np.cbrt(a * np.arange(1.0, 4.0))
    fun = lambda x, a: x**3 - a * np.arange(1.0, 4.0)
    agree(lambda a: optimize.newton(fun, numpy.ones(3), args=(a,)), wanted, A)
    full = lambda a: optimize.newton(fun, numpy.ones(3), args=(a,), full_output=True).root
    agree(full, wanted, A)


@pytest.mark.parametrize(
    "options",
    [{"bracket": (0.0, 3.0)}, {"bracket": (0.0, 3.0), "method": "toms748"},
     {"x0": 1.0, "fprime": SLOPE}, {"x0": 1.0, "fprime": SLOPE, "fprime2": BEND},
     {"x0": 1.0, "x1": 2.0}],
)  # fmt: skip
def test_root_scalar(options):
    agree(lambda a: optimize.root_scalar(cube, args=(a,), **options).root, np.cbrt, A)


def test_root_scalar_of_a_pair():
    pair = lambda x, a: (cube(x, a), SLOPE(x, a))
    found = lambda a: optimize.root_scalar(lambda x: pair(x, a), x0=1.0, fprime=True).root
    agree(found, np.cbrt, A)


def test_third_order():
    root = lambda a: optimize.brentq(cube, 0.0, 3.0, args=(a,))
    for operators in ((grad, grad, grad), (deriv, grad, deriv), (deriv, deriv, deriv)):
        third = root
        for operator in operators:
            third = operator(third)
        numpy.testing.assert_allclose(third(A), 10.0 / 27.0 * A ** (-8.0 / 3.0), rtol=1e-9)


def test_a_box_of_each_of_two_traces():
    f = lambda a, b: optimize.brentq(lambda x: x**3 * b - a, 0.0, 9.0)
    mixed = grad(lambda b: grad(f)(A, b))(2.0)  # ∂²/∂a∂b of (a/b)^(1/3)
    numpy.testing.assert_allclose(mixed, -((A / 2.0) ** (1.0 / 3.0)) / (9.0 * A * 2.0), rtol=1e-9)


def test_parameters_in_float32():
    a = numpy.float32(A)
    slope = grad(lambda a: optimize.brentq(cube, 0.0, 3.0, args=(a,)))(a)
    assert slope.dtype == numpy.float32
    numpy.testing.assert_allclose(slope, A ** (-2.0 / 3.0) / 3.0, rtol=1e-5)


def test_where_it_starts_does_not_move_the_root():
    slope = jacobian(lambda x: optimize.root(lambda x: system(x, A), x).x)
    with pytest.warns(UserWarning, match="independent"):
        assert not slope(numpy.array(START)).any()


def test_plain_calls_are_those_of_scipy():
    for solvers in (optimize, scipy.optimize):
        found = solvers.root(lambda x: x - 1.0, [0.0])
        assert type(found) is scipy.optimize.OptimizeResult
        assert found.keys() == scipy.optimize.root(lambda x: x - 1.0, [0.0]).keys()
        with pytest.raises(ValueError, match="different signs"):
            solvers.brentq(lambda x: x, 1.0, 2.0)
        with pytest.raises(TypeError, match="positional argument"):
            solvers.brentq(lambda x: x)
    assert grad(lambda a: a * optimize.brentq(lambda x: x - 1.0, 0.0, 2.0))(A) == 1.0


@pytest.mark.parametrize(
    "fun, message",
    [
        (lambda x, a: np.array([(x[0] - a) ** 2, x[1]]), "singular|find no root"),
        (lambda x, a: np.array([(x[0] - 1.0 - 3e-8) ** 2 - 9e-16 * A / a, x[1]]), "singular"),
        (lambda x, a: np.array([x[0] - x[1], a * x[0] - a * x[1]]), "singular"),
    ],
)
def test_refused(fun, message):
    with pytest.raises(NoDerivative, match=message):
        grad(lambda a: optimize.root(fun, [1.0, 1.0], args=(a,)).x[0])(A)


def test_a_root_that_was_not_found():
    with pytest.warns(RuntimeWarning), pytest.raises(NoDerivative, match="near it"):
        grad(lambda a: optimize.fsolve(lambda x: x**2 + a, [1.0])[0])(A)


def test_what_is_withheld():
    with pytest.raises(NoDerivative, match="'fjac' of the result moves"):
        grad(lambda a: optimize.root(system, START, (a,)).fjac[0, 0])(A)
    constant = lambda a: a * optimize.root(system, START, (a,)).get("fjac")[0, 0]
    assert grad(constant)(A) == scipy.optimize.root(system, START, (A,)).fjac[0, 0]
