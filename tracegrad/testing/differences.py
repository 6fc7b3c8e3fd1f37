"""Derivatives by central differences, with an honest estimate of their own error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy

from .subject import Subject

__all__ = ["Along", "Tolerance", "along", "steps", "tolerance_of"]


class Along(NamedTuple):
    """The derivative along a direction: arrays like the results, and each one's rounding error."""

    values: list[numpy.ndarray]
    rounding: list[float]

    def finite(self) -> bool:
        """Whether the function was defined all around."""
        return all(numpy.isfinite(value).all() for value in self.values)

    def sharp(self, rtol: float, atol: float) -> bool:
        """Whether rounding stays below what is allowed anyway."""
        largest = [float(numpy.max(numpy.abs(value), initial=0.0)) for value in self.values]
        return all(r <= atol + rtol * size for r, size in zip(self.rounding, largest))


class Tolerance(NamedTuple):
    """How far a derivative may be from the differences: `atol + rtol * |expected|`."""

    rtol: float
    atol: float
    adjoint: float  # relative, between two exact ways to one number


_TOLERANCES = {
    # float64: fourth-order differences are good to ten digits; the rest is for steep functions
    8: Tolerance(1e-6, 1e-9, 1e-8),
    # float32 carries seven digits, and sums and cancellations inside f cost some of them
    4: Tolerance(1e-3, 1e-4, 1e-3),
    # float16 carries three
    2: Tolerance(5e-2, 5e-2, 5e-2),
}


def tolerance_of(subject: Subject) -> Tolerance:
    """The tolerance for the coarsest dtype among the leaves and results."""
    sizes = [_real(x.dtype).itemsize for x in (*subject.leaves, *subject.values)]
    return _TOLERANCES[min(8, *sizes)]


def steps(subject: Subject) -> tuple[float, ...]:
    """The step sizes to try, later ones for functions with a kink or an edge close by.

    The error of the differences is h⁴ f⁽⁵⁾/30 by truncation and eps f/h by rounding.
    """
    wide = [_widened(leaf) for leaf in subject.leaves]
    same = all(leaf.dtype == x.dtype for leaf, x in zip(subject.leaves, wide))
    results = subject.values if same else subject.at(wide)
    eps = max([float(numpy.finfo(_real(y.dtype)).eps) for y in results])
    return (1e-4, 1e-6, 1e-8) if eps < 1e-10 else (3e-2, 3e-3)


def along(subject: Subject, ts: Sequence, h: float) -> Along:
    """The derivative of the subject along `ts`, by fourth-order central differences.

    float32 leaves are taken as float64: the derivative is then known better than float32 can say.
    """
    leaves = [_widened(leaf) for leaf in subject.leaves]
    moves = [numpy.asarray(t).astype(leaf.dtype) for t, leaf in zip(ts, leaves)]

    def at(h: float) -> list[numpy.ndarray]:
        return subject.at([(x + h * t)[()] for x, t in zip(leaves, moves)])

    values, rounding = [], []
    with numpy.errstate(all="ignore"):
        for a, b, c, d in zip(at(h), at(-h), at(2 * h), at(-2 * h)):
            eps = float(numpy.finfo(_real(a.dtype)).eps)
            a, b, c, d = (_finest(y) for y in (a, b, c, d))
            values.append(numpy.asarray((8 * (a - b) - (c - d)) / (12 * h)))
            largest = float(numpy.max(numpy.abs(a), initial=0.0))
            rounding.append(30 * eps * largest / h if numpy.isfinite(largest) else 0.0)
    return Along(values, rounding)


def _real(dtype: numpy.dtype) -> numpy.dtype:
    """The dtype of the real part."""
    return numpy.zeros((), dtype).real.dtype


def _finest(y: numpy.ndarray) -> numpy.ndarray:
    return y.astype(numpy.result_type(y.dtype, numpy.float64))


_widened: Callable = _finest
