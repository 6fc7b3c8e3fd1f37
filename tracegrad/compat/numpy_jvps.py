"""autograd.numpy.numpy_jvps: what rules of one's own are written with."""

from __future__ import annotations

from typing import Any

from .. import numpy as np

__all__ = ["broadcast"]


def __getattr__(name: str) -> Any:
    raise AttributeError(
        f"autograd.numpy.numpy_jvps.{name} has no counterpart in tracegrad: the JVP of a function "
        "is that of make_jvp, whatever its rule is"
    )


def broadcast(x: Any, target: Any) -> Any:
    """x broadcast to the shape of `target`, complex if that is."""
    x = np.broadcast_to(x, np.shape(target))
    return x + 0j if np.iscomplexobj(target) and not np.iscomplexobj(x) else x
