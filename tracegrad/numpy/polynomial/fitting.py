"""Least squares in any of the six bases."""

from __future__ import annotations

import warnings

import numpy as np

from ..rules.arrays import as_array
from ..rules.series.polynomials import check_samples

__all__ = ["least_squares"]


def least_squares(vander, x, y, deg, rcond, full, w):
    """The coefficients of degrees up to `deg`, or of the degrees in the list `deg`."""
    x, y, deg = x + 0.0, y + 0.0, np.asarray(deg)
    if deg.ndim > 1 or deg.dtype.kind not in "iu" or deg.size == 0:
        raise TypeError("deg must be an int or non-empty 1-D array of int")
    if deg.min() < 0:
        raise ValueError("expected deg >= 0")
    check_samples(x, y)
    highest = int(deg.max())
    degrees = np.sort(deg) if deg.ndim else np.arange(highest + 1)
    left, right = vander(x, highest)[:, degrees], y
    if w is not None:
        w = as_array(w) + 0.0
        if w.ndim != 1:
            raise TypeError("expected 1D vector for w")
        if len(x) != len(w):
            raise TypeError("expected x and w to have same length")
        left, right = left * w[:, None], right * (w if y.ndim == 1 else w[:, None])
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    scale = np.sqrt((left.real**2 + left.imag**2 if left.dtype.kind == "c" else left**2).sum(0))
    scale = np.where(scale == 0, scale.dtype.type(1), scale)
    fitted, residuals, rank, singular = np.linalg.lstsq(left / scale, right, rcond)
    fitted = (fitted.T / scale).T
    if deg.ndim:  # rows of zeros for the degrees between
        rows = np.eye(highest + 1, dtype=fitted.real.dtype)[:, degrees]
        fitted = rows @ fitted
    if full:
        return fitted, [residuals, rank, singular, rcond]
    if rank != len(degrees):
        warnings.warn("The fit may be poorly conditioned", np.exceptions.RankWarning, stacklevel=4)
    return fitted
