"""Rules in two stages, by argument position: the convention of autograd's `defvjp` and `defjvp`.

A maker is called when the operation is recorded, with its result and arguments, and gives the
linear map that is applied later. One rule serves all arguments of a primitive at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.primitive import Primitive
from .call import JOINT, Call
from .transpose import Derived, DerivedJoint

__all__ = ["JointRule", "set_joint_jvp", "set_joint_vjp"]


class JointRule:
    """`maker(positions, ans, args, kwargs)` gives the map between the arguments and the result.

    For reverse mode the map takes g and gives a tuple with a cotangent for each position; for
    forward mode it takes such a tuple of tangents and gives the result's.
    """

    def __init__(self, maker: Callable) -> None:
        self.maker = maker

    def keep(self, call: Call, ans: Any, positions: tuple[int, ...]) -> tuple:
        return (self.maker(positions, ans, tuple(call.args), call.kwargs),)

    @staticmethod
    def fun(v: Any, linear: Callable) -> Any:
        return linear(v)


def _derived(table: dict) -> bool:
    return all(rule is None or isinstance(rule, (Derived, DerivedJoint)) for rule in table.values())


def set_joint_vjp(primitive: Primitive, maker: Callable) -> None:
    """Give a primitive this VJP for all its arguments; the JVP is derived where there is none."""
    rule = JointRule(maker)
    primitive.vjps = {JOINT: rule}
    _forget_other_roads(primitive)
    if _derived(primitive.jvps):
        primitive.jvps = {JOINT: DerivedJoint(rule, "ans")}


def set_joint_jvp(primitive: Primitive, maker: Callable) -> None:
    """Give a primitive this JVP for all its arguments; the VJP is derived where there is none."""
    rule = JointRule(maker)
    primitive.jvps = {JOINT: rule}
    _forget_other_roads(primitive)
    if _derived(primitive.vjps):
        primitive.vjps = {JOINT: DerivedJoint(rule, "args")}


def _forget_other_roads(primitive: Primitive) -> None:
    primitive.short = primitive.first = None
    primitive.composition = None
    primitive.constant = False
