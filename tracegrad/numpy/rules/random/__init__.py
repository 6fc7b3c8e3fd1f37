"""Random samples as functions of their parameters."""

from . import (
    implicit,
    samples,
)

__all__ = [
    "implicit",
    "samples",
]
