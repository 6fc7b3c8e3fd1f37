"""Values taken out of every derivative."""

from __future__ import annotations

from typing import Any

from ..core.box import getval
from ..core.tree import map_leaves

__all__ = ["stop_gradient"]


def stop_gradient(x: Any) -> Any:
    """The plain value of x, a constant to every derivative; x may be a container.

    Example:
        >>> from tracegrad import grad
        >>> grad(lambda x: x * stop_gradient(x))(3.0)
        np.float64(3.0)
    """
    return map_leaves(getval, x)
