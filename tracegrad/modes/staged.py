"""Rules in two stages, by argument position: the convention of autograd's `defvjp` and `defjvp`.

A maker is called when the operation is recorded, with its result and arguments, and gives the
linear map that is applied later. One rule serves all arguments of a primitive at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.primitive import Primitive
from ..core.tree import flatten, unflatten
from ..spaces import vspace
from .call import JOINT, Call
from .transpose import Derived, DerivedJoint

__all__ = ["JointRule", "set_joint_jvp", "set_joint_vjp", "set_own_transpose", "transposed_self"]


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
    primitive.short = primitive.composition = None
    primitive.alone = ()
    primitive.constant = False


def set_own_transpose(target: Primitive, maker: Callable) -> None:
    """Give a primitive this VJP where it has none of its own.

    A primitive that is its own JVP cannot be transposed by recording: the record would hold the
    primitive itself again.
    """
    if isinstance(target.vjps.get(JOINT), (DerivedJoint, _Transposed)):
        target.vjps = {JOINT: _Transposed(maker)}


class _Transposed(JointRule):
    """A VJP made from the values of a linear primitive."""


def transposed_self(target: Primitive, position: int, args: tuple, kwargs: dict) -> Callable:
    """The transpose of a primitive that is linear in one argument, from its values there.

    It costs a run of the primitive for each element of the argument.
    """
    leaves, structure = flatten(args[position])
    spaces = [vspace(leaf) for leaf in leaves]

    def value(i: int, unit: Any) -> Any:
        direction = [space.zeros() for space in spaces]
        direction[i] = unit
        moved = unflatten(structure, direction)
        return target(*args[:position], moved, *args[position + 1 :], **kwargs)

    def vjp(g: Any) -> Any:
        cotangents = []
        for i, space in enumerate(spaces):
            parts = [_paired(g, value(i, unit)) for unit in space.standard_basis()]
            if space.iscomplex:  # a part along 1 and one along i for each element
                parts = [a - b * 1j for a, b in zip(parts[::2], parts[1::2])]
            whole = numpy.stack(parts) if parts else space.zeros()
            cotangents.append(numpy.reshape(whole, space.shape))
        return unflatten(structure, cotangents)

    return vjp


def _paired(g: Any, y: Any) -> Any:
    """Re(sum(g * y)) over the leaves."""
    terms = zip(flatten(g)[0], flatten(y)[0])
    return sum([numpy.sum(numpy.real(a * b)) for a, b in terms])
