"""Sums of squares: `least_squares`, `leastsq` and `curve_fit`.

They are minima of ½ Σ ρ(r²), and are moved as such: with the whole Hessian, of which
the solvers use the part without second derivatives of r.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import OptimizeResult

from ...core.box import getval
from ...modes.forward import pushforward
from .calling import like, replaced, solver, vector_of
from .conditions import conditions_of
from .implicit import slopes_of
from .minima import solved
from .optimality import gradient_of
from .roots import equations

__all__ = ["covariance", "curvature", "limits", "loss_of", "squares"]

_LOSSES = {
    "linear": lambda z: z,
    "soft_l1": lambda z: 2.0 * (np.sqrt(1.0 + z) - 1.0),
    "huber": lambda z: np.where(z <= 1.0, z, 2.0 * np.sqrt(np.where(z <= 1.0, 1.0, z)) - 1.0),
    "cauchy": np.log1p,
    "arctan": np.arctan,
}


def loss_of(loss, scale):
    """ρ as a function of r², in units of the scale."""
    rho = (lambda z: loss(z)[0]) if callable(loss) else _LOSSES[loss]
    return lambda z: scale**2 * rho(z / scale**2)


def squares(residuals, rho=_LOSSES["linear"]):
    """½ Σ ρ(r²)."""
    return lambda x: 0.5 * np.sum(rho(vector_of(residuals(x)) ** 2))


def limits(bounds, x):
    """Bounds as `least_squares` takes them: `Bounds`, or the pair of lower and upper ones."""
    if isinstance(bounds, tuple) and len(bounds) == 2:
        bounds = np.stack([np.broadcast_to(vector_of(side), x.shape) for side in bounds], axis=-1)
    return conditions_of(bounds)


def curvature(rho, r):
    """What SciPy multiplies the rows of the Jacobian with: √(ρ' + 2 ρ" r²), never 0."""
    one = np.ones_like(r)
    first = lambda z: pushforward(rho, [z], [np.ones_like(z)])[1]
    slope, bend = pushforward(first, [r * r], [one])
    square = slope + 2.0 * bend * r * r
    eps = np.finfo(float).eps
    return np.sqrt(np.where(getval(square) < eps, eps, square))


@solver("least_squares")
def _least_squares(answer, given):
    residuals = lambda x: given.fun(x, *_tuple(given.args), **(given.kwargs or {}))
    rho = loss_of(given.loss, given.f_scale)
    cost = squares(residuals, rho)
    x = solved(cost, answer.x, limits(given.bounds, answer.x))
    r = vector_of(residuals(x))
    jac = curvature(rho, r)[:, None] * slopes_of(residuals, x)
    return replaced(answer, x=x, cost=cost(x), fun=r, grad=gradient_of(cost, x), jac=jac)


def _tuple(args):
    return args if isinstance(args, tuple) else (args,)


def covariance(residuals, x):
    """(JᵀJ)⁻¹."""
    slopes = slopes_of(residuals, x)
    return np.linalg.inv(slopes.T @ slopes)


@solver("leastsq")
def _leastsq(answer, given):
    residuals = equations(given.func, given.args)
    place, *rest = answer
    x = solved(squares(residuals), place)
    if not given.full_output:
        return (like(x, place), *rest)
    cov, info, *rest = rest
    cov = None if cov is None else like(covariance(residuals, x), cov)
    return (
        like(x, place),
        cov,
        replaced(OptimizeResult(info), fvec=vector_of(residuals(x))),
        *rest,
    )
