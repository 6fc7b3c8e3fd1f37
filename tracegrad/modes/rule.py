"""A `Rule` is one linear map of a derivative, whose parameter names say what it keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.signature import Signature

__all__ = ["ANS", "FIRST", "MORE", "NOTHING", "SECOND", "Rule", "set_keeper", "shape_of"]

NOTHING, FIRST, SECOND, ANS, MORE = range(5)


def shape_of(x: Any) -> Any:
    """The shape of an array or number; of a list or tuple, the tuple of its items' shapes."""
    shape = getattr(x, "shape", None)
    if shape is not None:
        return shape
    return tuple([shape_of(item) for item in x]) if type(x) in (list, tuple) else ()


def set_keeper(
    rule: Any,
    attribute: str,
    needs: tuple[str, ...],
    signature: Signature,
    missing: dict[str, str] | None = None,
) -> None:
    """Give a rule what takes the values of these names out of a call (see `Rule` for the names).

    It is called as `(ans, again, wanted, *args, **kwargs)` and gives a tuple. What the signature
    does not have comes from the expressions in `missing`. It is compiled when it is first called:
    all of them together would be a third of the time that importing takes.
    """
    items = []
    special = {"ans": "ans_", "again": "again_", "wanted": "wanted_"}
    for name in needs:
        whole = name.removesuffix("_shape")
        if name in special or name in signature.known:
            items.append(special.get(name, name))
        elif name != whole and (whole in signature.known or whole == "ans"):
            items.append(f"shape_of({special.get(whole, whole)})")
        elif missing and name in missing:
            items.append(missing[name])
        else:
            raise TypeError(f"a rule's parameter {name!r} is not among {sorted(signature.known)}")

    def compiled(*args: Any, **kwargs: Any) -> tuple:
        keep = signature.getter(items, ("ans_", "again_", "wanted_"), {"shape_of": shape_of})
        setattr(rule, attribute, keep)
        return keep(*args, **kwargs)

    setattr(rule, attribute, compiled)


class Rule:
    """`fun(g, *kept)`: the contribution of one argument to a cotangent or tangent.

    The names of `fun`'s parameters after the first choose what is kept from the call:

    - `ans`: the result;
    - an argument of the primitive by its name, options included;
    - `x_shape`, for an argument (or ans) `x`: its shape alone, so that the array itself is let go;
    - `wanted`: for an argument that is a container, the keys of its items that are traced;
    - `again`: the primitive with this call's arguments, some replaced: `again(x=t)`;
    - last, with a default: an option that only some versions of the function have.

    Attributes:
        needs: those names.
        keep: called as `(ans, again, wanted, *args, **kwargs)`, gives what `fun` is to get.
        keeps: the same as one of NOTHING, FIRST, SECOND (argument), ANS, MORE.
        elementwise: whether the map acts element by element, so that broadcasting is to be undone.
        changes_dtype: whether a function of one argument may give another dtype than that.
    """

    __slots__ = ("changes_dtype", "elementwise", "fun", "keep", "keeps", "needs")

    def __init__(self, fun: Callable, signature: Signature, elementwise: bool = False) -> None:
        self.fun = fun
        self.elementwise = elementwise
        given = Signature(fun)
        _, *kept = (*given.names, *filter(None, [given.star]), *given.keyword_only)
        self.needs = tuple([n for n in kept if n not in given.defaults or n in signature.known])
        self.keep: Callable
        set_keeper(self, "keep", self.needs, signature)
        self.changes_dtype = False
        names = (signature.names + ("", ""))[:2]
        self.keeps = {
            (): NOTHING,
            (names[0],): FIRST,
            (names[1],): SECOND,
            ("ans",): ANS,
        }.get(self.needs, MORE)
