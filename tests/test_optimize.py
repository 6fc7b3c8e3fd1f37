"""`tracegrad.optimize.minimize`: functions of containers, with the gradients of tracegrad."""

from __future__ import annotations

import sys
import types

import numpy
import pytest
import scipy.optimize

import tracegrad.numpy as np
from tests.scipy.closed_forms import agree
from tracegrad import grad
from tracegrad.extend import NoDerivative
from tracegrad.optimize import minimize

A = 1.7
METHODS = [
    None, "Nelder-Mead", "Powell", "CG", "BFGS", "Newton-CG", "L-BFGS-B", "TNC", "COBYLA", "SLSQP",
    "trust-constr", "dogleg", "trust-ncg", "trust-exact", "trust-krylov",
]  # fmt: skip


def cost(x, a):
    """The minimum is at log a, a log a."""
    return np.exp(x[0]) - a * x[0] + (x[1] - a * x[0]) ** 2


def place(a):
    return np.array([np.log(a), a * np.log(a)])


@pytest.mark.parametrize("method", METHODS)
def test_methods(method):
    found = minimize(cost, [0.1, 0.2], (A,), method)
    assert type(found) is scipy.optimize.OptimizeResult and found.success
    assert type(found.x) is numpy.ndarray
    numpy.testing.assert_allclose(found.x, place(A), atol=1e-2)


def tree_cost(p, a):
    """w is a everywhere, z is a + 2i, b is log a."""
    z = p["z"] - a - 2j
    off = np.sum((p["w"] - a) ** 2) + z.real**2 + z.imag**2
    return off + np.exp(p["rest"][0]) - a * p["rest"][0]


START = {"w": numpy.zeros((2, 2)), "z": 0j, "rest": [0.1, "a name"]}


def numbers(found):
    p = found.x
    assert p.keys() == START.keys() and p["rest"][1] == "a name"
    return np.array([*np.ravel(p["w"]), np.real(p["z"]), np.imag(p["z"]), p["rest"][0]])


def test_containers():
    exact = lambda a: np.array([a, a, a, a, a, 2.0 + 0.0 * a, np.log(a)])
    agree(lambda a: numbers(minimize(tree_cost, START, (a,))), exact, A, value=1e-4)
    found = lambda a: minimize(lambda p: tree_cost(p, a), START, method="Newton-CG")
    agree(lambda a: numbers(found(a)), exact, A, value=1e-4, orders=1)


@pytest.mark.slow
def test_bounds_like_the_container():
    bounds = lambda a: {"w": (np.array([0.0, 2.0 * a]), None), "rest": [(None, a / 4.0), None]}
    found = lambda a: numbers(minimize(tree_cost, START, (a,), bounds=bounds(a)))
    exact = lambda a: np.array([a, 2.0 * a, a, 2.0 * a, a, 2.0 + 0.0 * a, a / 4.0])
    agree(found, exact, A, value=1e-4, orders=1)
    agree(lambda a: minimize(lambda x: x**2, 5.0, bounds=(a, None)).x, lambda a: a, A)
    pairs = lambda a: minimize(lambda x: np.sum(x**2), [5.0, 5.0], bounds=[(a, None), (None, 9)]).x
    agree(pairs, lambda a: np.array([a, 0.0]), A, value=1e-4, orders=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "constraint",
    [
        {"type": "eq", "fun": lambda p: p["rest"][0] - 0.25},
        {"type": "ineq", "fun": lambda p: [0.25 - p["rest"][0]]},
        scipy.optimize.NonlinearConstraint(lambda p: p["rest"][0], -9.0, 0.25),
    ],
)
def test_constraints_of_the_container(constraint):
    found = lambda a: numbers(minimize(tree_cost, START, (a,), constraints=constraint, tol=1e-9))
    exact = lambda a: np.array([a, a, a, a, a, 2.0 + 0.0 * a, 0.25 + 0.0 * a])
    agree(found, exact, A, value=1e-4, orders=1)


def test_linear_constraints_are_on_the_vector():
    limit = scipy.optimize.LinearConstraint([[1.0, 1.0]], 2.0, 2.0)
    found = minimize(lambda x: np.sum(x**2), [5.0, 1.0], constraints=[limit])
    numpy.testing.assert_allclose(found.x, [1.0, 1.0], atol=1e-6)


def test_dtypes_are_kept():
    start = {"x": numpy.zeros(2, "f4"), "z": numpy.complex64(0)}
    found = minimize(lambda p: np.sum((p["x"] - 1.0) ** 2) + np.real(p["z"] - 1) ** 2, start)
    assert found.x["x"].dtype == "f4" and found.x["z"].dtype == "c8"


def test_callbacks_see_the_container():
    seen = []
    minimize(tree_cost, START, (A,), callback=seen.append)
    assert seen and seen[-1]["w"].shape == (2, 2)
    results = []

    def callback(intermediate_result):
        results.append(intermediate_result)

    minimize(tree_cost, START, (A,), callback=callback)
    assert results[-1].x["w"].shape == (2, 2) and results[-1].fun < 1.0


def test_a_callback_may_stop():
    def callback(x):
        raise StopIteration

    assert minimize(tree_cost, START, (A,), callback=callback).nit == 1


def test_progress(monkeypatch):
    steps = []

    class Bar:
        def __init__(self, **options):
            assert options["total"] == 7

        update = staticmethod(lambda: steps.append(1))
        close = staticmethod(lambda: steps.append("closed"))

    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    found = minimize(cost, [0.1, 0.2], (A,), options={"maxiter": 7}, progress=True)
    assert steps == [1] * found.nit + ["closed"]
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match=r"tracegrad\[progress\]"):
        minimize(cost, [0.1, 0.2], (A,), progress=True)


@pytest.mark.parametrize(
    "bounds, error, message",
    [
        ({"q": (0, 1)}, ValueError, r"x0 has no \['q'\]"),
        ({"z": (0, 1)}, TypeError, "complex numbers have no order"),
        ({"rest": []}, ValueError, "2 items, not 0"),
    ],
)
def test_wrong_bounds(bounds, error, message):
    with pytest.raises(error, match=message):
        minimize(tree_cost, START, (A,), bounds=bounds)


def test_refused():
    with pytest.raises(TypeError, match="real scalar"):
        minimize(lambda x: 2.0 * x, [1.0, 2.0])
    with pytest.raises(NoDerivative, match="singular"):
        grad(lambda a: minimize(lambda x: (x[0] - a * x[1]) ** 2, [1.0, 0.0]).x[0])(A)
