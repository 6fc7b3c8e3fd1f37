"""`qmc_quad`: means over points that a generator gives, differentiated with the points."""

from __future__ import annotations

import numpy as np
import scipy.integrate as si

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...numpy.rules.arrays import as_array
from ...operators.constants import stop_gradient
from ..optimize.calling import like
from ..standing import stands_for
from ..watching import Watch
from .closures import is_traced

__all__ = ["qmc_quad"]


@stands_for(si.qmc_quad)
def qmc_quad(func, a, b, *, n_estimates=8, n_points=1024, qrng=None, log=False):
    watch, visited = Watch(), []
    watched = watch(func)

    def seen(x):
        visited.append(np.array(x))
        return watched(x)

    known = si.qmc_quad(
        seen if callable(func) else func, *stop_gradient((a, b)),
        n_estimates=n_estimates, n_points=n_points, qrng=qrng, log=log,
    )  # fmt: skip
    if not (watch.traced or is_traced(a, b)):
        return known
    if qrng is None:
        raise NoDerivative(
            "qmc_quad: points that nobody has seeded are others in each call, and so is the "
            f"derivative.\n  in {user_line()}\n  Pass qrng=scipy.stats.qmc.Halton(d, seed=...)."
        )
    a, b = [np.atleast_1d(as_array(x).astype(float)) for x in (a, b)]
    a, b = np.broadcast_arrays(a, b)
    ends = [getval(x)[:, None] for x in (a, b)]
    if np.any(ends[0] == ends[1]):
        if is_traced(a, b):
            raise NoDerivative(
                "qmc_quad: no points are drawn in a region without a volume, which the derivative "
                f"by its limits would need.\n  in {user_line()}"
            )
        return known
    width = (b - a)[:, None]
    estimates = []
    for x in visited[-n_estimates:]:
        part = (x - ends[0]) / (ends[1] - ends[0])
        values = as_array(func(a[:, None] + part * width))
        if log:  # divided by the value's size
            values = np.exp(values - np.real(known.integral))
        estimates.append(np.sum(values) * (np.prod(width) / n_points))
    estimates = np.stack(estimates)
    mean, spread = np.mean(estimates), np.std(estimates, ddof=1) / np.sqrt(n_estimates)
    if log:
        mean, spread = np.log(np.abs(mean)), np.log(spread)
    return type(known)(like(mean, known.integral), like(spread, known.standard_error))
