"""Distances between the distributions of two samples."""

from __future__ import annotations

import numpy as np

from ...core.box import getval
from .statistic import declare, real


def _steps(given):
    """How far apart the distribution functions are between neighbours, and the lengths of these."""
    u, v = real(given["u_values"]), real(given["v_values"])
    values = np.concatenate([u, v])
    order = np.argsort(getval(values), kind="stable")

    def share(name, x):
        weights = given[f"{name}_weights"]
        weights = np.ones(x.shape) if weights is None else real(weights)
        return weights / np.sum(weights)

    jumps = np.concatenate([share("u", u), -share("v", v)])[order]
    return np.cumsum(jumps)[:-1], np.diff(values[order])


def _wasserstein_distance(value, given):
    apart, lengths = _steps(given)
    return np.sum(np.abs(apart) * lengths)


def _energy_distance(value, given):
    apart, lengths = _steps(given)
    return np.sqrt(2.0 * np.sum(apart * apart * lengths))


declare("wasserstein_distance", _wasserstein_distance)
declare("energy_distance", _energy_distance)
