"""Functions that make arrays, where autograd takes more than NumPy does."""

from __future__ import annotations

from typing import Any

from ..core.trace import inside
from ..numpy.namespace import Maker

__all__ = ["ArrayOfNumbers", "Choosing", "Joining"]


class Joining(Maker):
    """A function that joins arrays, which may come from anything that can be iterated over."""

    def __call__(self, arrays: Any, *args: Any, **kwargs: Any) -> Any:
        if not hasattr(arrays, "__getitem__"):
            arrays = list(arrays)
        return self.primitive(arrays, *args, **kwargs)

    def __reduce__(self) -> Any:
        return Joining, (self.primitive,)


class Choosing(Maker):
    """`where`, whose arguments may be named; of Python's numbers and lists it gives such."""

    def __call__(self, condition: Any, *args: Any, **kwargs: Any) -> Any:
        args = (condition, *args, *[kwargs.pop(n) for n in "xy" if n in kwargs])
        ans = self.primitive(*args, **kwargs)
        return ans.tolist() if len(args) == 3 and not any(map(_holds_array, args)) else ans

    def __reduce__(self) -> Any:
        return Choosing, (self.primitive,)


def _holds_array(x: Any) -> bool:
    return any(map(_holds_array, x)) if isinstance(x, (list, tuple)) else hasattr(x, "dtype")


class ArrayOfNumbers(Maker):
    """Makes an array; of traced numbers that are to be objects, one of numbers."""

    def __call__(self, A: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("dtype") in (object, "O") and inside((A,)):
            kwargs["dtype"] = None
        return self.primitive(A, *args, **kwargs)

    def __reduce__(self) -> Any:
        return ArrayOfNumbers, (self.primitive,)
