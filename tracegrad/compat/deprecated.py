"""Rules declared by methods of the primitive, the way of autograd before 1.2, which still works."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any

from ..core.primitive import Primitive
from ..extend import defvjp as define
from ..spaces import vspace

__all__ = ["let_primitives_define"]


def let_primitives_define() -> None:
    """From now on primitives have the methods `defgrad`, `defvjp` and `defvjp_is_zero`."""
    for method in (defgrad, defvjp, defvjp_is_zero):
        setattr(Primitive, method.__name__, method)


def defgrad(self: Any, maker: Callable, argnum: int = 0) -> None:
    """The rule of one argument, as the function `defvjp` takes it."""
    _add(self, "defgrad", {argnum: maker})


def defvjp(self: Any, vjp: Callable, argnum: int = 0) -> None:
    """The rule of one argument: of the cotangent, the result, their spaces and the arguments."""

    def maker(ans: Any, *args: Any, **kwargs: Any) -> Callable:
        return lambda g: vjp(g, ans, vspace(args[argnum]), vspace(g), *args, **kwargs)

    _add(self, "defvjp", {argnum: maker})


def defvjp_is_zero(self: Any, argnums: Iterable[int] = (0,)) -> None:
    """The derivatives by these arguments are zero."""
    _add(self, "defvjp_is_zero", dict.fromkeys(argnums))


def _add(primitive: Any, method: str, makers: dict) -> None:
    warnings.warn(
        f"the method {method} of primitives is deprecated: use autograd.extend.defvjp", stacklevel=3
    )
    all_makers = primitive.__dict__.setdefault("makers", {})
    all_makers.update(makers)
    argnums = sorted(all_makers)
    define(primitive, *[all_makers[i] for i in argnums], argnums=argnums)
