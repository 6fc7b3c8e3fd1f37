"""Products, norms and linear algebra."""

from . import (
    decompositions,
    determinants,
    einsum,
    linalg,
    matrices,
    norms,
    products,
    vectors,
)

__all__ = [
    "decompositions",
    "determinants",
    "einsum",
    "linalg",
    "matrices",
    "norms",
    "products",
    "vectors",
]
