"""The periodogram of unevenly sampled series."""

from __future__ import annotations

import inspect

import numpy as np
import scipy.signal as ss

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array

__all__ = []


def _scalar_product(weights, x, y):
    return np.sum(weights[:, None] * x * y, 0)


def _lombscargle(
    x, y, freqs, *, precenter=False, normalize=False, weights=None, floating_mean=False
):
    """The least-squares fit of a sine for each frequency, its cosines and sines turned to be
    orthogonal: Zechmeister and Kuerster 2009, "The generalised Lomb-Scargle periodogram"."""
    x, y, freqs = as_array(x), as_array(y), as_array(freqs)
    weights = np.ones(y.shape) if weights is None else as_array(weights)
    if not (x.ndim == 1 and x.size > 0 and x.shape == y.shape == weights.shape):
        raise ValueError("Parameters x, y, weights must be 1-D arrays of equal non-zero length!")
    if freqs.ndim != 1 or not freqs.size:
        raise ValueError("Parameter freqs must be a 1-D array of non-zero length!")
    normalize = {False: "power", True: "normalize"}.get(normalize, normalize)
    if normalize not in ("power", "normalize", "amplitude"):
        raise ValueError(
            "Normalize must be: False (or 'power'), True (or 'normalize'), or 'amplitude'."
        )
    weights = weights / weights.sum()
    if precenter is True:
        y = y - y.mean()
    middle = np.sum(weights * y) if floating_mean else 0.0
    y = y[:, None] - middle

    def centred(c):
        return c - np.sum(weights[:, None] * c, 0) if floating_mean else c

    angles = freqs * x[:, None]
    c, s = centred(np.cos(angles)), centred(np.sin(angles))
    cross = _scalar_product(weights, c, s)
    difference = _scalar_product(weights, c, c) - _scalar_product(weights, s, s)
    tau = 0.5 * np.arctan2(2 * cross, difference)
    c, s = centred(np.cos(angles - tau)), centred(np.sin(angles - tau))
    a, b = [
        _scalar_product(weights, y, part) / np.maximum(_scalar_product(weights, part, part), _TINY)
        for part in (c, s)
    ]
    if normalize == "amplitude":
        return (a + b * 1j) * np.exp(tau * 1j)
    power = a * _scalar_product(weights, y, c) + b * _scalar_product(weights, y, s)
    if normalize == "power":
        return power * (x.size / 2.0)
    return power / np.sum(weights * y[:, 0] ** 2)


_TINY = np.finfo(np.float64).epsneg


def _older(x, y, freqs, precenter=False, normalize=False):
    """Scaled by the power of what was given, the mean included."""
    y = as_array(y)
    power = _lombscargle(x, y - y.mean() if precenter else y, freqs)
    return power * (2 / np.sum(y * y)) if normalize else power


_new = "weights" in inspect.signature(ss.lombscargle).parameters
composed(of(ss.lombscargle), _lombscargle if _new else _older)
