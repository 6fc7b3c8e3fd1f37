"""Calls of SciPy's solvers with functions and data that may be traced.

A solver runs on plain values: what is traced among its arguments, and among what the user's
functions give it, is stripped on the way in. Where there was anything to strip, the answer is
written once more, as an expression in what is traced.
"""

from __future__ import annotations

import copy
import inspect
from types import SimpleNamespace

import numpy as np
import scipy.optimize as optimize

from ...core.box import Box
from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...core.trace import CONTAINERS, depth
from ...core.tree import flatten
from ...numpy.kinds import elementwise
from ...numpy.namespace import primitive_of
from ..standing import Standing
from ..watching import Watch

__all__ = ["like", "orders", "replaced", "solver", "solvers", "vector_of"]

solvers = {}
"""SciPy's name → the function that is called instead."""

# How SciPy calls the parameters for functions that are given values and give values.
_FUNCTIONS = {
    "F", "Dfun", "f", "f_eqcons", "f_ieqcons", "fhess", "fhess_p", "fprime", "fprime2",
    "fprime_eqcons", "fprime_ieqcons", "fun", "func", "hess", "hessp", "jac", "loss",
}  # fmt: skip
_LISTS_OF_FUNCTIONS = {"cons", "eqcons", "ieqcons"}


def solver(*names):
    """Declares how the answers of solvers are written again: `again(answer, given)`.

    `given` has the arguments of the call, traced as they are, under their names in SciPy. A name
    that this SciPy lacks is passed over.
    """

    def declare(again):
        for name in names:
            if hasattr(optimize, name):
                solvers[name] = _calling(getattr(optimize, name), again)
        return again

    return declare


def _calling(fun, again):
    signature = inspect.signature(fun)

    def call(*args, **kwargs):
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError:
            return fun(*args, **kwargs)  # SciPy's own words
        watch = _Watch()
        given = copy.copy(bound)
        given.arguments = dict(bound.arguments)
        for name, value in given.arguments.items():
            bound.arguments[name] = watch.stripped(value, name)
        answer = fun(*bound.args, **bound.kwargs)
        if not watch.traced:
            return answer
        given.apply_defaults()
        return again(answer, SimpleNamespace(**given.arguments))

    return Standing(fun, call)


class _Watch(Watch):
    """One that goes through the arguments of a call."""

    def stripped(self, x, name=None):
        """An argument, with the user's functions in it watched."""
        if isinstance(x, Box):
            return self.strip(x)
        if type(x) is dict:
            return {key: self.stripped(item, key) for key, item in x.items()}
        if type(x) in CONTAINERS:
            inside = "fun" if name in _LISTS_OF_FUNCTIONS else None
            return type(x)([self.stripped(item, inside) for item in x])
        if isinstance(x, _RECORDS):
            plain = copy.copy(x)
            vars(plain).update({key: self.stripped(item, key) for key, item in vars(x).items()})
            return plain
        return self(x) if name in _FUNCTIONS or name in _LISTS_OF_FUNCTIONS else x


_RECORDS = (optimize.Bounds, optimize.LinearConstraint, optimize.NonlinearConstraint)


def orders(x):
    """How many orders of derivatives may be asked of what is in a container."""
    return max(map(depth, flatten(x)[0]), default=0)


def vector_of(x):
    """Numbers and arrays, boxes in them or not, as one vector."""
    return np.ravel(x if hasattr(x, "dtype") else primitive_of(np.array)(x))


_valued = Primitive(lambda x, value: value, name="valued", signature="x, value")
elementwise(_valued, x=lambda g: g, value=None)


def replaced(answer, **parts):
    """A result object of SciPy's with some of its values replaced by traced ones.

    Each keeps SciPy's value and takes its derivatives from the traced one. What moves as well but
    has no derivative here is withheld.
    """
    held_back = _WITHHELD & answer.keys() - parts.keys()
    answer = _Answer(answer) if held_back else copy.copy(answer)
    for name in parts.keys() & answer.keys():
        answer[name] = like(parts[name], answer[name])
    if held_back:
        object.__setattr__(answer, "_withheld", held_back)
    return answer


# Approximations that the solvers arrive at, and places on the way.
_WITHHELD = {
    "allvecs", "constr", "cov_x", "final_simplex", "fjac", "hess", "hess_inv", "jac",
    "lagrangian_grad", "multipliers", "population", "population_energies", "qtf", "r", "v",
}  # fmt: skip


class _Answer(optimize.OptimizeResult):
    """A result that refuses to give, as if it were a constant, what is none."""

    _withheld = frozenset()

    def __getitem__(self, name):
        if name in self._withheld:
            raise NoDerivative(
                f"{name!r} of the result moves, but its derivative is not known.\n  in "
                f"{user_line()}\n  result.get({name!r}) gives it as a constant."
            )
        return super().__getitem__(name)


def like(x, value):
    """SciPy's value, with the derivatives of x."""
    value = np.asarray(value)[()]
    return _valued(np.reshape(x, value.shape), value)
