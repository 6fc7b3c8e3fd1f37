"""NumPy's random numbers, traced: samples have derivatives in the parameters they depend on.

Everything else is `numpy.random` as it is, its global state included.
"""

import functools as _functools
import types as _types

import numpy as _numpy

from ..core.trace import newest_trace as _newest_trace
from .rules.random import samples as _rules

globals().update(
    {name: getattr(_numpy.random, name) for name in dir(_numpy.random) if name[0] != "_"}
)

_ROADS = dict.fromkeys(_rules.PATHS, _rules.sample)
_ROADS |= dict.fromkeys(_rules.PICKS, _rules.pick)
_ROADS |= dict.fromkeys(_rules.COUNTS, _rules.count)
_ROADS |= dict.fromkeys(_rules.REFUSED, _rules.refused)

_all_plain = frozenset({
    float, int, bool, str, type(None), _numpy.ndarray, _numpy.float64, _numpy.float32, _numpy.int64
}).issuperset  # fmt: skip


def _method(kind, name):
    """A method of NumPy's, which goes another road where it meets a box."""
    method, road = getattr(kind, name), _ROADS[name]

    @_functools.wraps(method)
    def traced(self, *args, **kwargs):
        if _all_plain(map(type, args)) and (not kwargs or _all_plain(map(type, kwargs.values()))):
            return method(self, *args, **kwargs)
        if _newest_trace(args, kwargs) is None:
            return method(self, *args, **kwargs)
        return road(self, name, method, args, kwargs)

    return traced


def _methods(kind):
    return {name: _method(kind, name) for name in _ROADS if hasattr(kind, name)}


class Generator(_numpy.random.Generator):
    """`numpy.random.Generator`, whose samples have derivatives in the parameters.

    The numbers are NumPy's own, and the state moves on as it does there.

    Example:
        >>> from tracegrad import grad
        >>> noise = float(default_rng(0).standard_normal())
        >>> float(grad(lambda scale: default_rng(0).normal(2.0, scale))(3.0)) == noise
        True
    """

    locals().update(_methods(_numpy.random.Generator))

    def __reduce__(self):
        return type(self), (self.bit_generator,)


class RandomState(_numpy.random.RandomState):
    """`numpy.random.RandomState`, whose samples have derivatives in the parameters."""

    locals().update(_methods(_numpy.random.RandomState))

    def __reduce__(self):
        return type(self), (self._bit_generator,), self.get_state(legacy=False)


@_functools.wraps(_numpy.random.default_rng)
def default_rng(seed=None):
    rng = _numpy.random.default_rng(seed)
    return rng if isinstance(rng, Generator) else Generator(rng.bit_generator)


for _name in _ROADS:
    _global = getattr(_numpy.random, _name, None)
    if _global is not None:  # a method of the one global RandomState
        globals()[_name] = _types.MethodType(getattr(RandomState, _name), _global.__self__)
