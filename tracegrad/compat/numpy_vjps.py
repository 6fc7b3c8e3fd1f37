"""autograd.numpy.numpy_vjps: what rules of one's own are written with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from .. import numpy as np
from ..spaces import fit
from .numpy_wrapper import metadata

__all__ = ["balanced_eq", "match_complex", "replace_zero", "unbroadcast", "unbroadcast_f"]


def __getattr__(name: str) -> Any:
    raise AttributeError(
        f"autograd.numpy.numpy_vjps.{name} has no counterpart in tracegrad: the VJP of a function "
        "is that of make_vjp, whatever its rule is"
    )


def unbroadcast(x: Any, target_meta: tuple, broadcast_idx: int = 0) -> Any:
    """The cotangent of an array that was broadcast: x summed to its shape, in its dtype.

    Args:
        x: the cotangent of the broadcast array.
        target_meta: the array's `metadata`.
        broadcast_idx: where broadcasting put new axes, 0 or -1.
    """
    shape, ndim, dtype, _ = target_meta
    x = x if hasattr(x, "shape") else numpy.asarray(x)
    while x.ndim > ndim:
        x = x.sum(axis=broadcast_idx)
    return fit(x, shape, dtype if dtype.kind in "fc" else numpy.dtype(float))


def unbroadcast_f(target: Any, f: Callable) -> Callable:
    """The function f of a cotangent, with its result summed to the shape of `target`."""
    meta = metadata(target)
    return lambda g: unbroadcast(f(g), meta)


def match_complex(target: Any, x: Any) -> Any:
    """x made complex if `target` is and x is not; the real part of x in the opposite case."""
    if np.iscomplexobj(target) == np.iscomplexobj(x):
        return x
    return np.real(x) if np.iscomplexobj(x) else x + 0j


def replace_zero(x: Any, val: Any) -> Any:
    """x with another value in place of zeros."""
    return np.where(x, x, val)


def balanced_eq(x: Any, z: Any, y: Any) -> Any:
    """1 where x is z, but 1/2 where y is z, too."""
    return (x == z) / (1.0 + (x == y))
