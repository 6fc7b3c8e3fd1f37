"""NumPy's namespace, traced: every public name of `numpy`, its functions as primitives."""

from typing import Any as _Any

import numpy as _numpy

from .namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy, globals())
for _name in ("fft", "linalg", "random"):  # NumPy's own: `from . import fft` would find them
    globals().pop(_name, None)

from . import fft, linalg, random  # noqa: E402
from . import rules as _rules  # noqa: E402
from .box import ArrayBox as ArrayBox  # noqa: E402


def __getattr__(name: str) -> _Any:
    """What NumPy imports only when it is asked for: `numpy.testing`, `numpy.polynomial` …"""
    if name.startswith("_"):
        raise AttributeError(name)
    return getattr(_numpy, name)
