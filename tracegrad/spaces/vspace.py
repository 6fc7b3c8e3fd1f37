"""`VSpace`: the vector space that a value and its cotangents live in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from ..core.box import getval

__all__ = ["VSpace", "vspace"]


class VSpace:
    """What can be done with the values of one space, whatever they are made of.

    Attributes:
        size: the real dimension counted in scalars (a complex scalar counts once).
        iscomplex: whether the scalars are complex.
    """

    mappings: ClassVar[dict[type, Callable[[Any], VSpace]]] = {}
    iscomplex = False
    size: int
    shape: Any
    dtype: Any

    @classmethod
    def register(cls, value_type: type, maker: Callable[[Any], VSpace] | None = None) -> None:
        """Use this class (or what `maker` makes of a value) for values of `value_type`."""
        VSpace.mappings[value_type] = maker or cls

    def zeros(self) -> Any:
        """The zero vector."""
        raise NotImplementedError

    def nothing(self) -> Any:
        """Zeros where no cotangent arrived, which a rule may tell from zeros that did."""
        return self.zeros()

    def ones(self) -> Any:
        """The vector of ones."""
        raise NotImplementedError

    def standard_basis(self) -> Iterator[Any]:
        """The unit vectors; of a complex space each once real and once imaginary."""
        raise NotImplementedError

    def randn(self) -> Any:
        """A vector of standard normal entries."""
        raise NotImplementedError

    def add(self, x: Any, y: Any) -> Any:
        """x + y, in a new vector; a missing (None) x is zero."""
        return y if x is None else x + y

    def mut_add(self, x: Any, y: Any) -> Any:
        """x + y, in x where it can be; a missing (None) x is zero."""
        x = self.zeros() if x is None else x
        x += y
        return x

    def scalar_mul(self, x: Any, a: Any) -> Any:
        """x times the number a."""
        return x * a

    def inner_prod(self, x: Any, y: Any) -> Any:
        """The real inner product of x and y."""
        raise NotImplementedError

    def covector(self, x: Any) -> Any:
        """The cotangent that pairs with tangents as `x` does in the inner product."""
        return x

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.__dict__})"


def vspace(value: Any) -> VSpace:
    """The vector space of a value (of what is in it, where it is a box).

    Raises:
        TypeError: no space is registered for such values.

    Example:
        >>> import numpy
        >>> vspace(numpy.ones((2, 3))).zeros().shape
        (2, 3)
    """
    value = getval(value)
    for kind in type(value).__mro__:
        if kind in VSpace.mappings:
            return VSpace.mappings[kind](value)
    raise TypeError(f"no vector space is known for values of type {type(value)!r}")
