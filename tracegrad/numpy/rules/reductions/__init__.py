"""Functions that fold axes: sums, means, extremes, quantiles."""

from . import (
    folds,
    quantiles,
    statistics,
    ufunc_methods,
)

__all__ = [
    "folds",
    "quantiles",
    "statistics",
    "ufunc_methods",
]
