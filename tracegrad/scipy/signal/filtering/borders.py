"""Series continued beyond their ends, as `upfirdn` and `resample_poly` have it."""

from __future__ import annotations

import numpy as np

from ....numpy.namespace import primitive_of as of

__all__ = ["continued"]


def _turns(n, edge):
    """How many times each point beyond the ends is reflected, and onto which one, ends doubled."""
    at = np.arange(-edge, n + edge)
    turn, place = at // n, at % n
    return turn, np.where(turn % 2, n - 1 - place, place)


def _lines(x, edge, before, after):
    """Straight lines from the ends, of slopes `before` and `after`."""
    steps = np.arange(1, edge + 1, dtype=x.real.dtype)
    return np.concatenate(
        [x[..., :1] - before * steps[::-1], x, x[..., -1:] + after * steps], -1
    )  # fmt: skip


def continued(x, edge, mode, cval=0):
    """The series along the last axis with `edge` points more at each end."""
    n = x.shape[-1]
    ends = [(0, 0)] * (x.ndim - 1) + [(edge, edge)]
    if mode == "constant":
        return of(np.pad)(x, ends, constant_values=cval)
    if mode == "smooth" and n > 1:
        return _lines(x, edge, x[..., 1:2] - x[..., :1], x[..., -1:] - x[..., -2:-1])
    if mode == "line" and n > 1:
        slope = (x[..., -1:] - x[..., :1]) / (n - 1)
        return _lines(x, edge, slope, slope)
    if mode == "antisymmetric":
        turn, place = _turns(n, edge)
        return x[..., place] * np.where(turn % 2, -1, 1).astype(x.real.dtype)
    if mode == "antireflect" and n > 1:
        return np.pad(x, ends, mode="reflect", reflect_type="odd")
    if mode in ("symmetric", "reflect", "wrap"):
        return np.pad(x, ends, mode=mode)
    if mode in ("edge", "smooth", "line", "antireflect"):
        return np.pad(x, ends, mode="edge")
    raise ValueError(f"Unknown mode: {mode}")
