"""A missing rule of one mode, derived from the other mode's by transposition.

A VJP is linear in its cotangent and a JVP in its tangent, and each is the transpose of the other
under the pairing Re(sum(g * t)). Reverse mode transposes a linear map: record it once at zero,
walk back from what is to be mapped. (Radul et al., "You only linearize once", POPL 2023.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.signature import Signature
from ..core.trace import CONTAINERS
from ..core.tree import flatten, unflatten
from ..spaces import VSpace, vspace
from .call import Call
from .reverse import pullback
from .rule import set_keeper

__all__ = ["Derived", "DerivedJoint", "transpose"]


def transpose(linear: Callable, space: VSpace) -> Callable:
    """The transpose of a linear map from `space`: takes and gives trees."""
    zeros, structure = flatten(space.zeros())
    _, vjp = pullback(lambda *parts: linear(unflatten(structure, parts)), *zeros)
    return lambda v: unflatten(structure, vjp(v))


def _apply(v: Any, space: VSpace, rule: Callable, *kept: Any) -> Any:
    return transpose(lambda u: _only(rule(u, *kept), v), space)(v)


def _only(result: Any, wanted: Any) -> Any:
    """A container without the items that are None in `wanted`."""
    if wanted is None:
        return None
    if type(wanted) is dict:
        return {key: _only(result[key], item) for key, item in wanted.items()}
    if type(wanted) in CONTAINERS:
        return type(wanted)([_only(part, item) for part, item in zip(result, wanted)])
    return result


class Derived:
    """The rule of one argument, transposed from its `rule` in the other mode.

    Args:
        rule: what to transpose.
        domain: whose space `rule` maps from: "ans" for a VJP rule, the argument for a JVP rule.
        signature: of the primitive.
    """

    elementwise = False
    fun = staticmethod(_apply)

    def __init__(self, rule: Any, domain: str, signature: Signature) -> None:
        self.rule = rule
        self.needs = (*rule.needs, domain)
        self._example: Callable
        set_keeper(self, "_example", (domain,), signature)

    def keep(self, *call: Any, **kwargs: Any) -> tuple:
        (example,) = self._example(*call, **kwargs)
        return (vspace(example), self.rule.fun, *self.rule.keep(*call, **kwargs))


class DerivedJoint:
    """The rule of all arguments at once, transposed from its `rule` in the other mode."""

    fun = staticmethod(_apply)

    def __init__(self, rule: Any, domain: str) -> None:
        self.rule = rule
        self.domain = domain

    def keep(self, call: Call, ans: Any, positions: tuple[int, ...]) -> tuple:
        example = ans if self.domain == "ans" else tuple([call.args[i] for i in positions])
        return (vspace(example), self.rule.fun, *self.rule.keep(call, ans, positions))
