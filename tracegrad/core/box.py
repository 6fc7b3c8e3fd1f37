"""A `Box` is a value as one trace sees it."""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = ["Box", "box_types", "getval", "isbox", "new_box"]


class Box:
    """A value together with the trace that watches it.

    A box is what the user's variable names: writing into it (`x[0] = y`) puts another value in it.
    What keeps a value for later therefore keeps `held()` of a box that is not its own.

    Attributes:
        _value: the value; itself a `Box` of an older trace where derivatives are nested.
        _trace: the `Trace` this box belongs to.
        _node: what that trace knows of the value (reverse: a number on its tape; forward: the
            tangent).
        _link: set where another box shares this one's memory (`core.sharing`).
    """

    __slots__ = ("__weakref__", "_link", "_node", "_trace", "_value")
    types: ClassVar[set[type]] = set()

    def __init__(self, value: Any, trace: Any, node: Any) -> None:
        self._value = value
        self._trace = trace
        self._node = node

    def __bool__(self) -> bool:
        return bool(self._value)

    def held(self) -> Any:
        """The value as it is now, whatever is written into this box later."""
        if self._trace.over:
            return self._value
        return type(self)(self._value, self._trace, self._node)

    @classmethod
    def register(cls, value_type: type) -> None:
        """Box values of `value_type` in this class from now on."""
        cls.types.add(cls)
        box_types[value_type] = cls
        box_types[cls] = cls  # a box of an older trace is boxed like the value in it


class _BoxTypes(dict):
    """A subclass of a registered type is boxed like its nearest registered base."""

    def __missing__(self, kind: type) -> Any:
        for base in kind.__mro__:
            if self.get(base) is not None:
                self[kind] = self[base]
                return self[base]
        raise TypeError(f"a {kind.__module__}.{kind.__qualname__} cannot be traced")


box_types: dict[type, Any] = _BoxTypes()
"""Value type → what makes a box of it, called as `(value, trace, node)`."""


def new_box(value: Any, trace: Any, node: Any) -> Any:
    """Box `value`; TypeError where no box type is registered for it."""
    return box_types[type(value)](value, trace, node)


def isbox(x: Any) -> bool:
    """Whether `x` is being traced."""
    return isinstance(x, Box)


def getval(x: Any) -> Any:
    """The plain value under every box; anything else unchanged.

    Example:
        >>> getval(3.0)
        3.0
    """
    while isinstance(x, Box):
        x = x._value
    return x
