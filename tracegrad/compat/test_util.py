"""autograd.test_util: checks of derivatives, as `tracegrad.testing` has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..operators.operator import Argnum
from ..spaces import vspace
from ..testing import (
    check_equivalent,
    check_jvp,
    check_vjp,
    combo_check,
    make_numerical_jvp,
    scalar_close,
)
from ..testing import check_grads as check_all_grads
from .core import make_jvp, make_vjp
from .wrap_util import get_name, unary_to_nary

__all__ = [
    "EPS", "RTOL", "TOL", "check_equivalent", "check_grads", "check_jvp", "check_vjp",
    "combo_check", "get_name", "make_jvp", "make_numerical_jvp", "make_vjp", "scalar_close",
    "unary_to_nary", "vspace",
]  # fmt: skip

TOL = RTOL = EPS = 1e-6


def check_grads(
    fun: Callable, argnum: Argnum = 0, modes: Iterable[str] = ("fwd", "rev"), order: int = 2
) -> Callable:
    """A function of `fun`'s arguments that checks the derivatives with respect to `argnum`."""
    return check_all_grads(fun, argnum, modes, order)
