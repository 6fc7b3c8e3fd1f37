"""Functions that make arrays, where autograd takes more than NumPy does."""

from __future__ import annotations

from typing import Any

from ..core.trace import inside
from ..numpy.namespace import Maker

__all__ = ["ArrayOfNumbers", "Joining"]


class Joining(Maker):
    """A function that joins arrays, which may come from an iterator."""

    def __call__(self, arrays: Any, *args: Any, **kwargs: Any) -> Any:
        if hasattr(arrays, "__next__"):
            arrays = list(arrays)
        return self.primitive(arrays, *args, **kwargs)

    def __reduce__(self) -> Any:
        return Joining, (self.primitive,)


class ArrayOfNumbers(Maker):
    """Makes an array; of traced numbers that are to be objects, one of numbers."""

    def __call__(self, A: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("dtype") in (object, "O") and inside((A,)):
            kwargs["dtype"] = None
        return self.primitive(A, *args, **kwargs)

    def __reduce__(self) -> Any:
        return ArrayOfNumbers, (self.primitive,)
