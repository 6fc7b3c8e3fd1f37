"""Functions of the user's as a solver that works on plain values sees them."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from ..core.trace import depth
from ..core.tree import flatten
from ..operators.constants import stop_gradient

__all__ = ["Watch"]


class Watch:
    """Strips what passes through it to plain values; `traced` tells if there was need."""

    def __init__(self) -> None:
        self.traced = False

    def strip(self, x: Any) -> Any:
        """A number, array or container of such without its boxes."""
        if type(x) is np.ndarray or isinstance(x, float):
            return x
        self.traced = self.traced or any(map(depth, flatten(x)[0]))
        return stop_gradient(x)

    def __call__(self, fun: Any) -> Any:
        """The function with its results stripped; what is none, unchanged."""
        if not callable(fun):
            return fun

        @functools.wraps(fun, updated=("__dict__",) if hasattr(fun, "__dict__") else ())
        def watched(*args: Any, **kwargs: Any) -> Any:
            return self.strip(fun(*args, **kwargs))

        return watched
