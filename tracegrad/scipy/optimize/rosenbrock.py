"""Rosenbrock's function, Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)², with its gradient and Hessian."""

from __future__ import annotations

import numpy as np
import scipy.optimize as optimize

from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array

__all__: list[str] = []


def _rosen(x):
    x = as_array(x)
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2, axis=0)


def _rosen_der(x):
    x = as_array(x)
    above = 200.0 * (x[1:] - x[:-1] ** 2)
    edge = np.zeros_like(x[:1])
    inner = -2.0 * x[:-1] * above - 2.0 * (1.0 - x[:-1])
    return np.concatenate([inner, edge]) + np.concatenate([edge, above])


def _bands(x):
    """The Hessian's diagonal and what is beside it."""
    edge = np.zeros_like(x[:1])
    inner = 1200.0 * x[:-1] ** 2 - 400.0 * x[1:] + 2.0
    return np.concatenate([inner, edge]) + np.concatenate(
        [edge, edge + 200.0 + 0.0 * x[1:]]
    ), -400.0 * x[:-1]


def _rosen_hess(x):
    diagonal, beside = _bands(as_array(x))
    return np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)


def _rosen_hess_prod(x, p):
    x, p = as_array(x), as_array(p)
    diagonal, beside = _bands(x)
    edge = np.zeros_like(x[:1])
    return (
        diagonal * p
        + np.concatenate([beside * p[1:], edge])
        + np.concatenate([edge, beside * p[:-1]])
    )


composed(of(optimize.rosen), _rosen)
composed(of(optimize.rosen_der), _rosen_der)
composed(of(optimize.rosen_hess), _rosen_hess)
composed(of(optimize.rosen_hess_prod), _rosen_hess_prod)
