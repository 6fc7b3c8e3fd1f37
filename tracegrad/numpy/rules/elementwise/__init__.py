"""Functions applied element by element."""

from . import (
    bessel,
    binary,
    emath,
    splitting,
    unary,
)

__all__ = [
    "bessel",
    "binary",
    "emath",
    "splitting",
    "unary",
]
