"""NumPy's namespace, traced: every public name of `numpy`, its functions as primitives."""

from importlib import import_module as _import_module
from typing import Any as _Any

import numpy as _numpy

from .namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy, globals())
for _name in ("emath", "fft", "lib", "linalg", "polynomial", "random"):
    globals().pop(_name, None)  # NumPy's own: `from . import fft` would find them

from . import emath, fft, lib, linalg, random  # noqa: E402
from . import placing as _placing  # noqa: E402
from . import rules as _rules  # noqa: E402
from .box import ArrayBox as ArrayBox  # noqa: E402
from .poly1d import poly1d as poly1d  # noqa: E402
from .rules.layout.tricks import c_ as c_  # noqa: E402
from .rules.layout.tricks import r_ as r_  # noqa: E402
from .rules.selection.iterating import broadcast, ndenumerate, nditer  # noqa: E402
from .rules.selection.vectorizing import vectorize  # noqa: E402


def __getattr__(name: str) -> _Any:
    """What NumPy imports only when it is asked for: `numpy.testing`, `numpy.polynomial` …"""
    if name.startswith("_"):
        raise AttributeError(name)
    if name == "polynomial":
        return _import_module(f"{__name__}.{name}")
    return getattr(_numpy, name)
