"""Checks of derivatives against differences, for users' functions and rules as for our own."""

from .check_grads import check_grads, check_jvp, check_vjp
from .combos import check_equivalent, combo_check, make_numerical_jvp, scalar_close

__all__ = [
    "check_equivalent",
    "check_grads",
    "check_jvp",
    "check_vjp",
    "combo_check",
    "make_numerical_jvp",
    "scalar_close",
]
