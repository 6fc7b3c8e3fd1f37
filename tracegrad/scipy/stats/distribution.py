"""SciPy's distributions with their methods traced, frozen ones too."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from ...core.box import getval, isbox
from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...core.trace import inside
from ...numpy.namespace import primitive_of, public
from ...numpy.rules.arrays import refuse
from .counting import Counting
from .law import Law, attach, double

__all__ = ["Distribution", "Frozen", "law", "laws", "methods_of"]


class _Laws(dict):
    """Distribution → its formulas, a `Law` or `Counting`; each is made when it is first read.

    Nobody uses more than a few of them, and making all takes longer than importing all else.
    """

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)()


laws = _Laws()


def law(name: str, whole: tuple[str, ...] = (), **formulas: Callable) -> None:
    """Declare a distribution by its formulas, where this SciPy has it.

    Args:
        name: SciPy's.
        whole: shape parameters that are whole numbers.
        formulas: see `Law` and `Counting`.
    """
    distribution = getattr(stats, name, None)
    if isinstance(distribution, stats.rv_discrete):
        laws[name] = functools.cache(lambda: Counting(distribution, formulas, whole))
    elif distribution is not None:
        laws[name] = functools.cache(lambda: Law(distribution, formulas))


def _positive(scale):
    """SciPy gives NaN elsewhere."""
    bad = ~(getval(scale) > 0.0)
    return scale * np.where(bad, np.nan, 1.0) if np.any(bad) else scale


# -- methods of a law with loc and scale: `(law, x, shapes, loc, scale)` ---------------------------


def _standard(x, loc, scale):
    """(x - loc) / scale; infinity stays where it is, whatever the loc and scale."""
    z = (x - loc) / scale
    far = np.isinf(getval(z))
    return np.where(far, getval(z), z) if np.any(far) else z


def _logpdf(law, x, shapes, loc, scale):
    return law.logpdf(_standard(x, loc, scale), *shapes) - np.log(scale)


def _pdf(law, x, shapes, loc, scale):
    return law.pdf(_standard(x, loc, scale), *shapes) / scale


def _standardised(name):
    return lambda law, x, shapes, loc, scale: getattr(law, name)(_standard(x, loc, scale), *shapes)


def _quantile(name):
    return lambda law, q, shapes, loc, scale: getattr(law, name)(q, *shapes) * scale + loc


_VALUES: dict[str, Callable] = {
    "logpdf": _logpdf, "pdf": _pdf, "ppf": _quantile("ppf"), "isf": _quantile("isf"),
    **{name: _standardised(name) for name in ("cdf", "sf", "logcdf", "logsf")},
}  # fmt: skip
_MOMENTS: dict[str, Callable] = {
    "mean": lambda law, shapes, loc, scale: loc + scale * law.mean(*shapes),
    "var": lambda law, shapes, loc, scale: scale * scale * law.var(*shapes),
    "std": lambda law, shapes, loc, scale: scale * np.sqrt(law.var(*shapes)),
    "entropy": lambda law, shapes, loc, scale: law.entropy(*shapes) + np.log(scale),
    "median": lambda law, shapes, loc, scale: loc + scale * law.ppf(0.5, *shapes),
}


def _counted(name):
    def method(law, k, shapes, loc):
        for parameter, value in (("k", k), ("loc", loc)):
            if isbox(value):  # between whole numbers there is nothing
                refuse(f"{law.distribution.name}.{name}", **{parameter: value})
        return getattr(law, name)(k - loc, *shapes)

    return method


_COUNTS = {name: _counted(name) for name in ("pmf", "logpmf", "cdf", "sf", "logcdf", "logsf")}
_COUNT_MOMENTS = {
    "mean": lambda law, shapes, loc: law.mean(*shapes) + loc,
    "var": lambda law, shapes, loc: law.var(*shapes),
    "std": lambda law, shapes, loc: np.sqrt(law.var(*shapes)),
    "entropy": lambda law, shapes, loc: law.entropy(*shapes),
}


def _binder(signature):
    """A function that binds a call to these parameters and gives them in order."""
    names = [part.split("=")[0].strip() for part in signature.split(",")]
    return eval(f"lambda {signature}: ({', '.join(names)},)")


def _method(law, name):
    """A method of a distribution that takes boxes."""
    distribution = law.distribution
    discrete = isinstance(law, Counting)
    values, moments = (_COUNTS, _COUNT_MOMENTS) if discrete else (_VALUES, _MOMENTS)
    first = "k" if discrete else "q" if name in ("ppf", "isf") else "x"
    place = ["loc=0"] if discrete else ["loc=0", "scale=1"]
    signature = ", ".join([first] * (name in values) + [*law.shapes, *place])
    bound = _binder(signature)

    def composition(*args, **kwargs):
        args = [double(arg) for arg in bound(*args, **kwargs)]
        if not discrete:
            args[-1] = _positive(args[-1])
        shape = np.broadcast_shapes(*map(np.shape, args))
        first, rest = args[: name in values], args[name in values :]
        shapes, place = rest[: len(law.shapes)], rest[len(law.shapes) :]
        formula = (values | moments)[name]
        ans = formula(law, *first, shapes, *place)
        return ans if np.shape(ans) == shape else np.broadcast_to(ans, shape)

    primitive = Primitive(
        getattr(distribution, name), name=f"{distribution.name}.{name}", signature=signature
    )
    primitive.composition = composition
    return primitive


def _rvs(law):
    """Samples, which move as quantiles do: dx/dθ = -(∂F/∂θ) / f."""
    distribution = law.distribution
    bound = _binder(", ".join([*law.shapes, "loc=0", "scale=1", "size=None", "random_state=None"]))

    def composition(*args, **kwargs):
        *parameters, size, random_state = bound(*args, **kwargs)
        parameters = [double(p) for p in parameters]
        plain = [getval(p) for p in parameters]
        value = np.asarray(distribution.rvs(*plain, size=size, random_state=random_state))[()]
        *shapes, loc, scale = parameters
        standard = (value - plain[-2]) / plain[-1]
        return attach(loc + scale * law.drawn(standard, *shapes), value)

    primitive = Primitive(distribution.rvs, name=f"{distribution.name}.rvs")
    primitive.composition = composition
    return primitive


def methods_of(name: str) -> dict[str, Primitive]:
    """The methods of a declared distribution that take boxes, by name."""
    law = laws[name]
    discrete = isinstance(law, Counting)
    names = (*_COUNTS, *_COUNT_MOMENTS) if discrete else (*_VALUES, *_MOMENTS)
    methods = {name: _method(law, name) for name in names if law.has(name)}
    return methods if discrete else {**methods, "rvs": _rvs(law)}


class Distribution:
    """A distribution of SciPy's with its methods traced; what has no rule refuses by name.

    Args:
        name: SciPy's.
        distribution: SciPy's.
        declared: gives the methods that take boxes, by name.
    """

    def __init__(
        self, name: str, distribution: Any, declared: Callable[[], dict[str, Primitive]]
    ) -> None:
        self._name = name
        self._distribution = distribution
        self._declared = declared
        self.__doc__ = distribution.__doc__

    @functools.cached_property
    def _methods(self) -> dict[str, Primitive]:
        methods = self._declared()
        for method, primitive in methods.items():
            primitive.remade = (getattr, (self, method))
        return methods

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self._methods.get(name)
        if found is not None:
            return found
        value = getattr(self.__dict__["_distribution"], name)
        return primitive_of(value) if callable(value) else value

    def __call__(self, *args: Any, **kwargs: Any) -> Frozen:
        return Frozen(self, args, kwargs)

    freeze = __call__

    def __reduce__(self) -> Any:
        return public, (__package__, self._name)

    def __repr__(self) -> str:
        return f"<tracegrad distribution {type(self._distribution).__name__}>"


class _FrozenMethod:
    """A method with the parameters given: they come after the place, where it takes one."""

    def __init__(self, method: Primitive, args: tuple, kwargs: dict) -> None:
        self.method, self.args, self.kwds = method, args, kwargs
        self.places = int(method.signature.names[0] in ("x", "X", "k", "q"))

    def __call__(self, *where: Any) -> Any:
        if len(where) != self.places:
            raise TypeError(f"{self.method.name} of given parameters takes {self.places} argument")
        return self.method(*where, *self.args, **self.kwds)


class Frozen:
    """A distribution with its parameters given, boxes among them or not."""

    def __init__(self, dist: Distribution, args: tuple, kwargs: dict) -> None:
        self.dist, self.args, self.kwds = dist, args, kwargs
        if not inside((*args, *kwargs.values())):
            dist._distribution(*args, **kwargs)  # which looks at the parameters

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        dist, args, kwargs = (self.__dict__[key] for key in ("dist", "args", "kwds"))
        method = dist._methods.get(name)
        if name == "rvs":
            return lambda size=None, random_state=None: dist.rvs(
                *args, **kwargs, size=size, random_state=random_state
            )
        if method is not None:
            return _FrozenMethod(method, args, kwargs)
        if inside((*args, *kwargs.values())):
            raise NoDerivative(
                f"{dist!r}.{name}: no derivative is known with respect to the parameters.\n  "
                f"in {user_line()}"
            )
        value = getattr(dist._distribution(*args, **kwargs), name)
        return primitive_of(value) if callable(value) else value
