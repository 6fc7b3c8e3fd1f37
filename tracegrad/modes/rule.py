"""A `Rule` is one linear map of a derivative, whose parameter names say what it keeps."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from ..core.signature import Signature

__all__ = ["Rule", "shape_of"]


def shape_of(x: Any) -> Any:
    """The shape of an array or number; of a list or tuple, the tuple of its items' shapes."""
    if type(x) in (list, tuple):
        return tuple([shape_of(item) for item in x])
    return getattr(x, "shape", ())


class Rule:
    """`fun(g, *kept)`: the contribution of one argument to a cotangent or tangent.

    The names of `fun`'s parameters after the first choose what is kept from the call:

    - `ans`: the result;
    - an argument of the primitive by its name, options included;
    - `x_shape`, for an argument (or ans) `x`: its shape alone, so that the array itself is let go;
    - `wanted`: for an argument that is a container, which of its items are traced;
    - `again`: the primitive with this call's arguments, some replaced: `again(x=t)`;
    - `args`, `kwargs`: the call itself.
    """

    __slots__ = ("elementwise", "fun", "needs", "save", "shapes")

    def __init__(self, fun: Callable, signature: Signature, elementwise: bool = False) -> None:
        self.fun = fun
        self.elementwise = elementwise
        parameters = list(inspect.signature(fun).parameters)[1:]
        special = {"ans", "wanted", "again", "args", "kwargs"}
        self.shapes = [
            (name, name[:-6])
            for name in parameters
            if name.endswith("_shape") and name not in signature.known
        ]
        unknown = {*parameters, "ans"} - special - signature.known - {n for n, _ in self.shapes}
        unknown |= {whole for _, whole in self.shapes} - signature.known - {"ans"}
        if unknown:
            raise TypeError(f"rule parameters {sorted(unknown)} are not among {signature.known}")
        self.needs = tuple(parameters)
        if not parameters:
            self.save = lambda bound: ()
        elif len(parameters) == 1:
            (only,) = parameters
            self.save = lambda bound: (bound[only],)
        else:
            self.save = itemgetter(*parameters)

    def keep(self, bound: dict[str, Any]) -> tuple:
        """What the rule needs of a call: arguments by name, `ans`."""
        for name, whole in self.shapes:
            if name not in bound:
                bound[name] = shape_of(bound[whole])
        return self.save(bound)
