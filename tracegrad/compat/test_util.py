"""autograd.test_util: checks of derivatives by those of `tracegrad.testing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..operators.operator import Argnum
from ..spaces import vspace
from ..testing import check_equivalent, check_jvp, check_vjp, make_numerical_jvp, scalar_close
from ..testing.check_grads import Check
from ..testing.combos import at_combinations
from ..testing.differences import tolerance_of
from ..testing.subject import of_call
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
    """A function of `fun`'s arguments that checks the derivatives with respect to `argnum`.

    Smaller errors than `TOL` are let pass, as that is what solvers and integrals are tested by.
    """
    modes = [modes] if isinstance(modes, str) else list(modes)

    def check(*args: Any, **kwargs: Any) -> None:
        subject = of_call(fun, argnum, args, kwargs)
        default = tolerance_of(subject)
        atol, rtol = max(TOL, default.atol), max(RTOL, default.rtol)
        Check(subject, modes, order, atol, rtol, None, 0).run(subject, order)

    return check


def combo_check(fun: Callable, *args: Any, **kwargs: Any) -> Callable:
    """`check_grads` at all combinations of the arguments that are listed."""
    return at_combinations(check_grads(fun, *args, **kwargs))
