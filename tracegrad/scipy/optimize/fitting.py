"""`curve_fit`: the parameters that bring a curve nearest to data, and their covariance."""

from __future__ import annotations

import numpy as np
from scipy.optimize import OptimizeResult

from ...core.box import getval
from ...numpy.rules.arrays import as_array
from ..linalg import cholesky, solve_triangular
from .calling import like, replaced, solver, vector_of
from .least_squares import covariance, curvature, limits, loss_of, squares
from .minima import solved

__all__: list[str] = []


@solver("curve_fit")
def _curve_fit(answer, given):
    place, pcov, *rest = answer
    residuals = _residuals(given)
    rho = loss_of(given.kwargs.get("loss", "linear"), given.kwargs.get("f_scale", 1.0))
    cost = squares(residuals, rho)
    popt = solved(cost, place, limits(given.bounds, place))
    if np.isfinite(pcov).all():
        r = vector_of(residuals(popt))
        scaled = lambda x: curvature(rho, r) * residuals(x)
        cov = covariance(scaled, popt)
        if not given.absolute_sigma:
            cov = cov * (2.0 * cost(popt) / (r.size - popt.size))
        pcov = like(cov, pcov)
    if rest:
        info, *rest = rest
        rest = [replaced(OptimizeResult(info), fvec=vector_of(residuals(popt))), *rest]
    return (like(popt, place), pcov, *rest)


def _residuals(given):
    """How far the curve is from the data, in units of their errors."""
    x, y = given.xdata, as_array(given.ydata)
    x = as_array(x) if isinstance(x, (list, tuple)) else x
    sigma = None if given.sigma is None else as_array(given.sigma)
    if given.nan_policy == "omit" and not given.check_finite:
        known = ~np.isnan(getval(y))
        missing = np.isnan(getval(x))
        known = known & ~missing.any(axis=tuple(range(missing.ndim - 1)))
        x, y = x[..., known], y[known]
        if sigma is not None and sigma.ndim:
            sigma = sigma[known][:, known] if sigma.ndim == 2 else sigma[known]
    errors = None
    if sigma is not None and sigma.ndim == 2:
        errors = cholesky(sigma, lower=True)

    def residuals(parameters):
        away = given.f(x, *parameters) - y
        if errors is not None:
            return solve_triangular(errors, away, lower=True)
        return away if sigma is None else away / sigma

    return residuals
