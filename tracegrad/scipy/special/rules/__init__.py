"""Derivative rules of `scipy.special` by family. Importing this declares them all."""

from . import (
    bessel,
    bessel_integrals,
    distributions,
    elementary,
    elliptic,
    errors,
    gamma,
    harmonics,
    hypergeometric,
    incomplete,
    integrals,
    noncentral,
    orders,
    orthogonal,
    sums,
    waves,
)

__all__ = [
    "bessel",
    "bessel_integrals",
    "distributions",
    "elementary",
    "elliptic",
    "errors",
    "gamma",
    "harmonics",
    "hypergeometric",
    "incomplete",
    "integrals",
    "noncentral",
    "orders",
    "orthogonal",
    "sums",
    "waves",
]
