"""Initial value problems: variational and adjoint equations."""

from __future__ import annotations

import functools

import numpy
import pytest
import scipy.integrate as si

import tracegrad.numpy as np
from tests.scipy.differences import differences
from tracegrad import deriv, grad, jacfwd, jacobian, jvp
from tracegrad.core.box import getval
from tracegrad.scipy import integrate as ti

TIGHT = {"rtol": 1e-10, "atol": 1e-10}
FAIR = {"method": "DOP853", "rtol": 1e-8, "atol": 1e-8}
P = numpy.array([1.1, 0.4, 0.3, 0.1, 0.2, 1.0, 2.0])


def prey(p, method="DOP853", t_eval=None, **options):
    """Lotka and Volterra's equations: start, ends and parameters are traced."""

    def f(t, y, a):
        return [p[0] * y[0] - a * y[0] * y[1], -y[1] + p[2] * y[0] * y[1] * np.cos(t)]

    options = {**TIGHT, **options}
    res = ti.solve_ivp(f, (p[3], 1.0 + p[4]), p[5:], method, t_eval, args=(p[1],), **options)
    return np.sum(np.sin(res.y[:, -1] if t_eval is None else res.y))


@pytest.mark.parametrize("t_eval", [None, [0.5, 0.8, 1.1]], ids=["ends", "t_eval"])
@pytest.mark.parametrize("method", ["RK23", "RK45", "DOP853", "Radau", "BDF", "LSODA"])
def test_methods(method, t_eval):
    """Derivatives are as accurate as the method that solves for them."""
    loose = {"rtol": 1e-6, "atol": 1e-6} if method in ("RK23", "Radau", "BDF") else TIGHT
    tolerance = 100 * loose["rtol"]
    want = differences(functools.partial(prey, t_eval=t_eval, rtol=1e-12, atol=1e-12), P)
    fun = functools.partial(prey, method=method, t_eval=t_eval, **loose)
    numpy.testing.assert_allclose(grad(fun)(P), want, atol=tolerance)
    v = numpy.cos(numpy.arange(7.0))
    numpy.testing.assert_allclose(jvp(fun, (P,), (v,))[1], want @ v, atol=tolerance)


def small(p, **options):
    f = lambda t, y: np.array([y[1], -p[0] * np.sin(y[0])])
    res = ti.solve_ivp(f, (0.0, 1.0), np.stack([p[1], 0.0 * p[1]]), **{**FAIR, **options})
    return res.y[0, -1] ** 2


def test_second_order():
    want = differences(grad(small), P[:2])
    for inner in (grad, jacfwd):
        for outer in (jacobian, jacfwd):
            numpy.testing.assert_allclose(outer(inner(small))(P[:2]), want, atol=1e-6)


def test_third_order():
    f = lambda k: ti.solve_ivp(lambda t, y: -k * y, (0.0, 1.0), [1.0], **FAIR).y[0, -1]
    for orders in ((deriv, grad, deriv), (grad, grad, grad)):
        g = f
        for order in orders:
            g = order(g)
        numpy.testing.assert_allclose(g(0.5), -numpy.exp(-0.5), rtol=1e-6)


@pytest.mark.slow
def test_the_steps_suit_the_derivative():
    """The solution stays at zero, in steps as large as there are; its derivatives do not."""
    f = lambda y0, k: ti.solve_ivp(lambda t, y: k * y, (0.0, 1.0), [y0], **TIGHT).y[0, -1]
    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(f)(0.0, -40.0), numpy.exp(-40.0), atol=1e-9)
        numpy.testing.assert_allclose(slope(f)(0.0, 3.0), numpy.exp(3.0), rtol=1e-8)
    driven = lambda p: ti.solve_ivp(
        lambda t, y: [p * np.sin(50 * t)], (0.0, 1.0), [0.0], **TIGHT
    ).y[0, -1]
    for slope in (grad, deriv):
        numpy.testing.assert_allclose(slope(driven)(0.0), (1 - numpy.cos(50)) / 50, atol=1e-8)


def test_stiff():
    """Robertson's reactions; backwards in time the solution itself would explode."""

    def fun(s, method, solve=ti.solve_ivp, **options):
        q = np.exp(s) * numpy.array([0.04, 1e4, 3e7])

        def f(t, y):
            slow, fast, last = q[0] * y[0], q[1] * y[1] * y[2], q[2] * y[1] ** 2
            return [fast - slow, slow - fast - last, last]

        options = {"rtol": 1e-5, "atol": 1e-8, **options}
        return solve(f, (0.0, 100.0), [1.0, 0, 0], method, **options).y[2, -1]

    s = numpy.zeros(3)
    exact = functools.partial(fun, method="LSODA", solve=si.solve_ivp, rtol=1e-11, atol=1e-13)
    want = differences(exact, s, 1e-2)
    for method in ("BDF", "LSODA"):
        numpy.testing.assert_allclose(grad(fun)(s, method), want, rtol=2e-4)


@pytest.mark.slow
def test_events():
    """A ball with drag: when it is highest, and when it meets the ground."""

    def fun(p):
        def hit(t, y, c):
            return y[0] - p[2] * c

        hit.terminal, hit.direction = True, -1
        res = ti.solve_ivp(
            lambda t, y, c: [y[1], -9.81 - p[0] * y[1]], (0.0, 10.0), [1.0, p[1]],
            events=[lambda t, y, c: y[1], hit], args=(1.0,), **FAIR,
        )  # fmt: skip
        assert res.status == 1 and len(res.t_events[0]) == len(res.t_events[1]) == 1
        top = res.t_events[0][0] * res.y_events[0][0, 0]
        return top + res.t_events[1][0] + res.y_events[1][0, 1] + res.t[-1] * res.y[1, -1]

    p = numpy.array([0.3, 2.0, 0.2])
    want = differences(fun, p)
    numpy.testing.assert_allclose(grad(fun)(p), want, atol=1e-5)
    numpy.testing.assert_allclose(jacfwd(fun)(p), want, atol=1e-5)
    v = numpy.array([1.0, -0.5, 0.3])
    moved = jvp(grad(fun), (p,), (v,))[1]
    numpy.testing.assert_allclose(moved, differences(grad(fun), p) @ v, atol=1e-4)


def test_dense_output_of_complex_values():
    def fun(p):
        res = ti.solve_ivp(
            lambda t, y: 1j * p[0] * y + p[1], (0.0, 1.0), np.stack([1.0 + p[2] * 1j]),
            "DOP853", dense_output=True, **TIGHT,
        )  # fmt: skip
        assert res.sol.t_max == 1.0
        middle = res.sol(np.stack([0.7 + p[0] * 0.1, 0.2]))[0]
        return np.abs(res.y[0, -1]) ** 2 + np.sum(middle**2).imag + res.sol(0.5)[0].real

    p = P[:3]
    want = differences(fun, p)
    numpy.testing.assert_allclose(grad(fun)(p), want, atol=1e-7)
    numpy.testing.assert_allclose(jacfwd(fun)(p), want, atol=1e-7)


@pytest.mark.parametrize(
    "options",
    [
        {"vectorized": True}, {"max_step": 0.1}, {"first_step": 0.01},
        {"method": "BDF", "jac": lambda t, y: [[0.0, 1.0], [-numpy.cos(y[0]), 0.0]]},
        {"method": "LSODA", "min_step": 1e-8, "rtol": 1e-9}, {"atol": [1e-10, 1e-9]},
    ],
    ids=lambda o: "-".join(o),
)  # fmt: skip
def test_options(options):
    tolerance = 1e-3 if "jac" in options else 1e-6
    options = {**({"rtol": 1e-6, "atol": 1e-6} if "jac" in options else {}), **options}
    want = differences(small, P[:2])
    numpy.testing.assert_allclose(grad(small)(P[:2], **options), want, atol=tolerance)
    numpy.testing.assert_allclose(jacfwd(small)(P[:2], **options), want, atol=tolerance)


def test_the_result_is_scipys():
    f = lambda t, y, k: -k * y
    t_eval = numpy.array([0.2, 0.4])
    got = []

    def fun(k):
        got[:] = [ti.solve_ivp(f, (0, 1), [1.0, 2.0], t_eval=t_eval, args=(k,))]
        return got[0].y.sum()

    grad(fun)(0.5)
    want = si.solve_ivp(f, (0, 1), [1.0, 2.0], t_eval=t_eval, args=(0.5,))
    assert type(got[0]) is type(want) and got[0].keys() == want.keys()
    numpy.testing.assert_allclose(getval(got[0].y), want.y, rtol=1e-14)
    numpy.testing.assert_array_equal(got[0].t, want.t)
    assert (got[0].nfev, got[0].status, got[0].message) == (want.nfev, 0, want.message)
    plain = ti.solve_ivp(f, (0, 1), [1.0, 2.0], args=(0.5,))
    assert type(plain.y) is numpy.ndarray
    with pytest.raises(ValueError, match="1-dimensional"):
        ti.solve_ivp(f, (0, 1), 1.0)


def test_backwards_in_time_and_float32():
    f = lambda y0: ti.solve_ivp(lambda t, y: -t * y, (1.0, 0.0), y0, t_eval=[0.5, 0.0], **TIGHT).y
    y0 = numpy.array([1.0, 2.0], numpy.float32)
    g = grad(lambda y0: f(y0)[:, 1].sum())(y0)
    assert g.dtype == numpy.float32
    numpy.testing.assert_allclose(g, numpy.exp([0.5, 0.5]), rtol=1e-6)


def test_no_solution_is_told():
    blows_up = lambda y0: ti.solve_ivp(lambda t, y: y**2, (0.0, 2.0), [y0]).y[0, -1]
    with pytest.raises(RuntimeError, match="no solution for the derivative"):
        grad(blows_up)(1.0)


# -- odeint --------------------------------------------------------------------------------------


def pendulum(p, tfirst=False, **options):
    f = lambda y, t, a: [y[1], -a * np.sin(y[0]) - p[1] * y[1]]
    g = (lambda t, y, a: f(y, t, a)) if tfirst else f
    times = np.array([0.0, 0.5, 1.0]) * (1 + p[0] * 0.1)
    options = {"rtol": 1e-10, "atol": 1e-10, **options}
    y = ti.odeint(g, [1.0, p[2]], times, args=(p[0],), tfirst=tfirst, **options)
    return np.sum((y[0] if options.get("full_output") else y) ** 2)


@pytest.mark.parametrize(
    "options",
    [{}, {"tfirst": True}, {"full_output": 1}, {"hmax": 0.1, "mxstep": 5000}, {"h0": 0.01},
     {"Dfun": lambda y, t, a: [[0.0, 1.0], [-getval(a) * numpy.cos(y[0]), -0.4]], "mxordn": 8}],
    ids=lambda options: ", ".join(options),
)  # fmt: skip
def test_odeint(options):
    p = P[:3]
    want = differences(functools.partial(pendulum, **options), p)
    numpy.testing.assert_allclose(grad(pendulum)(p, **options), want, atol=1e-7)
    numpy.testing.assert_allclose(jacfwd(pendulum)(p, **options), want, atol=1e-7)


def test_odeint_of_a_number():
    f = lambda k: ti.odeint(lambda y, t: -k * y, 1.0, numpy.array([0.0, 1.0]))
    assert f(0.5).shape == (2, 1)
    numpy.testing.assert_allclose(grad(lambda k: f(k)[1, 0])(0.5), -numpy.exp(-0.5), atol=1e-6)
    numpy.testing.assert_allclose(
        deriv(grad(lambda k: f(k)[1, 0]))(0.5), numpy.exp(-0.5), atol=1e-5
    )
