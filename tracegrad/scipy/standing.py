"""Functions of ours in the place of SciPy's, where they are no primitives."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..numpy.namespace import public

__all__ = ["Standing", "stands_for"]


class Standing:
    """A function that looks like the one it stands for, and pickles by its name in our package."""

    def __init__(self, plain: Callable, fun: Callable) -> None:
        functools.update_wrapper(self, plain, updated=())
        self._fun = fun
        self._package = fun.__module__.rpartition(".")[0]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._fun(*args, **kwargs)

    def __reduce__(self) -> Any:
        return public, (self._package, self.__name__)  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        return f"<{self._package}.{self.__name__}>"  # type: ignore[attr-defined]


def stands_for(plain: Callable) -> Callable[[Callable], Standing]:
    """Decorates what is public under the name of a function of SciPy's."""
    return functools.partial(Standing, plain)
