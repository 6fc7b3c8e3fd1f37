"""Minima, free and held by constraints: against closed forms, in both modes, to second order."""

from __future__ import annotations

import numpy
import pytest
import scipy.optimize

import tracegrad.numpy as np
import tracegrad.scipy.optimize as optimize
from tests.scipy.closed_forms import agree
from tracegrad import grad, hessian
from tracegrad.extend import NoDerivative

A = 1.7


def cost(x, a):
    """The minimum is at log a, a log a."""
    return np.exp(x[0]) - a * x[0] + (x[1] - a * x[0]) ** 2


def slopes(x, a):
    away = 2.0 * (x[1] - a * x[0])
    return np.array([np.exp(x[0]) - a - a * away, away])


def free(a):
    return np.array([np.log(a), a * np.log(a), a - a * np.log(a)])


def held(a):
    """Where the first unknown may be no more than a/4."""
    return np.array([a / 4.0, a * a / 4.0, np.exp(a / 4.0) - a * a / 4.0])


def answer(found):
    return np.array([found.x[0], found.x[1], found.fun])


START = [0.1, 0.2]
QUIET = {"disp": 0}
NEWTON = ["Newton-CG", "dogleg", "trust-ncg", "trust-exact", "trust-krylov"]


@pytest.mark.parametrize("method", [None, "Nelder-Mead", "Powell", "CG", "TNC", "COBYLA", "SLSQP"])
def test_minimize(method):
    found = lambda a: answer(optimize.minimize(cost, START, (a,), method))
    agree(found, free, A, value=1e-2, derivative=1e-6)


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS-B", "trust-constr", "Newton-CG"])
def test_with_a_gradient(method):
    """The slopes at a free minimum are 0 wherever it is."""

    def found(a):
        found = optimize.minimize(lambda x: cost(x, a), START, (), method, lambda x: slopes(x, a))
        gradient = found.grad if method == "trust-constr" else found.jac
        return answer(found) + np.sum(gradient)

    agree(found, free, A, value=1e-3)


def test_value_and_gradient_in_one():
    pair = lambda x, a: (cost(x, a), slopes(x, a))
    agree(lambda a: answer(optimize.minimize(pair, START, (a,), jac=True)), free, A, value=1e-4)


def test_second_slopes_of_the_user():
    second = lambda x, a: hessian(cost)(x, a)
    found = lambda a: optimize.minimize(
        cost, START, (a,), "trust-exact", jac=slopes, hess=second, callback=lambda x: None, tol=1e-9
    )
    agree(lambda a: answer(found(a)), free, A)


limited = {
    "pairs": lambda a: {"bounds": [(None, a / 4.0), (None, 9.0)]},
    "bounds": lambda a: {"bounds": scipy.optimize.Bounds(-9.0, np.array([a / 4.0, 9.0]))},
    "fixed": lambda a: {"bounds": [(a / 4.0, a / 4.0), (None, None)]},
    "ineq": lambda a: {"constraints": {"type": "ineq", "fun": lambda x: a / 4.0 - x[0]}},
    "eq": lambda a: {
        "constraints": [{"type": "eq", "fun": lambda x, b: b - 4.0 * x[0], "args": (a,)}]
    },
    "linear": lambda a: {
        "constraints": scipy.optimize.LinearConstraint(np.array([[4.0 / a, 0.0]]), -np.inf, 1.0)
    },
    "nonlinear": lambda a: {
        "constraints": scipy.optimize.NonlinearConstraint(
            lambda x: [x[0] / a, x[1]], -9.0, [0.25, 9.0]
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", limited)
def test_limits(kind):
    found = lambda a: answer(
        optimize.minimize(cost, START, (a,), jac=slopes, tol=1e-9, **limited[kind](a))
    )
    agree(found, held, A, value=0.1)  # L-BFGS-B stops early


@pytest.mark.slow
@pytest.mark.parametrize(
    "method, kind",
    [("Nelder-Mead", "pairs"), ("Powell", "pairs"), ("TNC", "pairs"), ("trust-constr", "linear"),
     ("COBYLA", "ineq")],
)  # fmt: skip
def test_methods_with_limits(method, kind):
    """However far from the limit a method stops."""
    found = lambda a: answer(optimize.minimize(cost, START, (a,), method, **limited[kind](a)))
    agree(found, held, A, value=1e-2)


def test_limits_that_a_method_ignores():
    with pytest.warns(RuntimeWarning, match="cannot handle bounds"):
        found = lambda a: answer(optimize.minimize(cost, START, (a,), "CG", **limited["pairs"](a)))
        agree(found, free, A, value=1e-4)


def test_limits_that_do_not_hold():
    found = lambda a: answer(optimize.minimize(cost, START, (a,), bounds=[(-9, 3 * a), (-a, 9)]))
    agree(found, free, A, value=1e-4)


by_name = {
    "fmin": ({"disp": 0}, free), "fmin_powell": ({"disp": 0}, free),
    "fmin_bfgs": ({"fprime": slopes, "disp": 0}, free), "fmin_cg": ({"disp": 0}, free),
    "fmin_ncg": ({"fprime": slopes, "disp": 0}, free),
    "fmin_slsqp": ({"disp": 0, "ieqcons": [lambda x, a: a / 4.0 - x[0]]}, held),
    "fmin_cobyla": ({"cons": lambda x, a: a / 4.0 - x[0], "rhoend": 1e-7}, held),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", by_name)
def test_by_name(name):
    options, exact = by_name[name]
    found = lambda a: getattr(optimize, name)(cost, START, args=(a,), **options)
    agree(found, lambda a: exact(a)[:2], A, value=1e-3)
    if name != "fmin_cobyla":
        found = lambda a: getattr(optimize, name)(cost, START, args=(a,), full_output=1, **options)
        agree(lambda a: np.append(*found(a)[:2]), exact, A, value=1e-3)


@pytest.mark.slow
def test_more_by_name():
    limits = lambda a: [(None, a / 4.0), (None, None)]
    pair = lambda x, a: (cost(x, a), slopes(x, a))

    def quasi_newton(a):
        x, value, report = optimize.fmin_l_bfgs_b(pair, START, args=(a,), bounds=limits(a))
        return np.array([*x, value, report["grad"][0]])

    agree(
        quasi_newton, lambda a: np.append(held(a), np.exp(a / 4.0) - a), A, value=0.5
    )  # it stops early
    truncated = lambda a: optimize.fmin_tnc(cost, START, slopes, (a,), bounds=limits(a), disp=0)[0]
    agree(truncated, lambda a: held(a)[:2], A, value=1e-3)
    equal = lambda a: optimize.fmin_slsqp(
        lambda x: cost(x, a), START, f_eqcons=lambda x: np.array([x[0] - a / 4.0]), disp=0
    )
    agree(equal, lambda a: held(a)[:2], A, value=1e-4)


def test_inverse_hessian():
    inverse = lambda a: np.linalg.inv(hessian(cost)(free(a)[:2], a))
    found = lambda a: optimize.fmin_bfgs(cost, START, args=(a,), full_output=1, disp=0)[3]
    agree(found, inverse, A, value=0.2, derivative=1e-6)


def bowl(x, a):
    """The minimum is at log a."""
    return np.exp(x) - a * x


scalar = {
    "minimize_scalar": lambda a: optimize.minimize_scalar(bowl, args=(a,)).x,
    "bounded": lambda a: optimize.minimize_scalar(bowl, bounds=(-a, 3 * a), args=(a,)).x,
    "brent": lambda a: optimize.brent(bowl, (a,)),
    "golden": lambda a: optimize.golden(lambda x: bowl(x, a), full_output=True)[0],
    "fminbound": lambda a: optimize.fminbound(bowl, -1.0, 3.0, args=(a,)),
}  # fmt: skip


@pytest.mark.parametrize("name", scalar)
def test_of_one_number(name):
    agree(scalar[name], np.log, A, value=1e-4)


def test_of_one_number_held():
    def found(a):
        found = optimize.minimize_scalar(lambda x: bowl(x, a), bounds=(a - 1.0, 3.0))
        x, value, *_ = optimize.fminbound(bowl, a - 1.0, 3.0, args=(a,), full_output=True)
        return np.array([found.x, found.fun, x, value])

    exact = lambda a: np.array([a - 1.0, bowl(a - 1.0, a)] * 2)
    agree(found, exact, A, value=1e-4)


LIMITS = [(-1.0, 1.2), (-1.0, 3.0)]
everywhere = {
    "basinhopping": lambda a: optimize.basinhopping(
        cost, START, niter=1, minimizer_kwargs={"args": (a,)}
    ),
    "differential_evolution": lambda a: optimize.differential_evolution(
        cost, LIMITS, (a,), popsize=4, seed=1
    ),
    "vectorized": lambda a: optimize.differential_evolution(
        cost, LIMITS, (a,), popsize=4, seed=1, vectorized=True, updating="deferred", polish=False
    ),
    "dual_annealing": lambda a: optimize.dual_annealing(cost, LIMITS, (a,), maxiter=2, seed=1),
    "direct": lambda a: optimize.direct(cost, LIMITS, args=(a,)),
    "shgo": lambda a: optimize.shgo(cost, LIMITS, (a,)),
}


@pytest.mark.parametrize("name", everywhere)
def test_global(name):
    agree(lambda a: answer(everywhere[name](a)), free, A, value=1e-1, derivative=1e-6)


@pytest.mark.slow
def test_global_and_held():
    limits = lambda a: [(-1.0, a / 4.0), (-1.0, 3.0)]
    found = lambda a: optimize.dual_annealing(cost, limits(a), (a,), maxiter=20, seed=1)
    agree(lambda a: answer(found(a)), held, A, value=1e-1)
    every = lambda a: optimize.shgo(cost, LIMITS, (a,))
    agree(lambda a: np.append(every(a).xl[0], every(a).funl[0]), free, A, value=1e-3)


def test_brute():
    found = lambda a: optimize.brute(cost, LIMITS, (a,), Ns=4)
    agree(found, lambda a: free(a)[:2], A, value=1e-3)

    def grid(a):
        x, value, _, values = optimize.brute(bowl, [(0.0, 2.0)], (a,), 3, True, None)
        return np.array([*values, value, x])

    agree(grid, lambda a: np.array([*[bowl(x, a) for x in (0.0, 1.0, 2.0, 0.0)], 0.0]), A)
    with pytest.raises(NoDerivative, match="ranges"):
        grad(lambda a: optimize.brute(bowl, [(0.0, a)], (1.0,), finish=None))(A)


refused = {
    "flat": (lambda x, a: (x[0] - a * x[1]) ** 2, {}, "singular|no root near"),
    "quartic": (lambda x, a: np.sum((x - a) ** 4), {}, "singular|no root near"),
    "kink": (lambda x, a: np.sum(np.abs(x - a)), {"method": "Nelder-Mead"}, "singular"),
    "letting go": (lambda x, a: np.sum((x - a) ** 2), {"bounds": [(A, None)] * 2}, "has a kink"),
    "twice": (
        cost, {"bounds": [(A / 4, A / 4), (None, None)],
               "constraints": {"type": "eq", "fun": lambda x: x[0] - A / 4}}, "singular",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", refused)
def test_refused(name):
    fun, options, message = refused[name]
    with pytest.raises(NoDerivative, match=message):
        grad(lambda a: optimize.minimize(fun, [2.0, 2.5], (a,), **options).x[0])(A)


def test_integers_are_refused():
    with pytest.raises(NoDerivative, match="integrality"):
        grad(
            lambda a: (
                optimize.differential_evolution(
                    cost, LIMITS, (a,), maxiter=1, popsize=2, integrality=[True, False]
                ).fun
            )
        )(A)


def test_what_is_withheld():
    with pytest.raises(NoDerivative, match="'hess_inv' of the result moves"):
        grad(lambda a: optimize.minimize(cost, START, (a,)).hess_inv[0, 0])(A)


def test_minima_in_minima():
    """The inner minimum, log b, is as exact as its solver; its derivatives are exact."""

    def outer(a):
        inner = lambda b: optimize.minimize(lambda x: bowl(x[0], b), [0.1], tol=1e-9).x[0]
        return optimize.minimize_scalar(lambda b: (inner(b) - a) ** 2, bounds=(1.0, 9.0)).x

    numpy.testing.assert_allclose(grad(outer)(A), numpy.exp(A), rtol=1e-5)
