"""Functions and classes of SciPy that take traced sparse matrices among their arguments."""

from __future__ import annotations

import functools

from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...numpy.namespace import public
from .matrix import Sparse, simplest, traced

__all__ = ["Answering", "answers", "refuse_others"]


class Answering:
    """SciPy's function or class, which hands calls with something traced to a composition.

    Called with plain values it is SciPy's own.
    """

    def __init__(self, plain, composition, package):
        functools.update_wrapper(self, plain, updated=())
        self.plain, self.composition, self.package = plain, composition, package

    def __call__(self, *args, **options):
        args, options = simplest(args), simplest(options)
        fun = self.composition if traced((args, options)) else self.plain
        return fun(*args, **options)

    def __getattr__(self, name):
        return getattr(self.__dict__["plain"], name)

    def __instancecheck__(self, x):
        return isinstance(x.layout if isinstance(x, Sparse) else x, self.plain)

    def __mro_entries__(self, bases):
        return (self.plain,)

    def __repr__(self):
        return repr(self.plain)

    def __reduce__(self):
        return public, (self.package, self.plain.__name__)


def answers(namespace, module, **compositions):
    """Put into a namespace what answers for functions that SciPy's module has."""
    for name, composition in compositions.items():
        if hasattr(module, name):
            namespace[name] = Answering(getattr(module, name), composition, namespace["__name__"])


def refuse_others(namespace):
    """Let all other functions of a namespace refuse traced matrices by name."""
    for name, value in namespace.items():
        if isinstance(value, Primitive):
            namespace[name] = Answering(
                value.__wrapped__, functools.partial(_refuse, name), namespace["__name__"]
            )


def _refuse(name, *args, **options):
    raise NoDerivative(
        f"{name}: no derivative is known of sparse matrices.\n  in {user_line()}\n"
        "  Pass stop_gradient(...) of what is meant as a constant."
    )
