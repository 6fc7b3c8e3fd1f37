"""autograd.numpy.linalg: helpers that it has beside NumPy's functions."""

from __future__ import annotations

from typing import Any

from .. import numpy as np
from .numpy_wrapper import wrap_namespace

__all__ = ["T", "_dot", "wrap_namespace"]


def T(x: Any) -> Any:
    """Stacked matrices, transposed."""
    return np.swapaxes(x, -1, -2)


def _dot(a: Any, b: Any) -> Any:
    """The products of stacked matrices."""
    return np.einsum("...ij,...jk->...ik", a, b)
