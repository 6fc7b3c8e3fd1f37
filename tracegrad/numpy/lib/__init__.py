"""Every public name of `numpy.lib`, its functions as primitives."""

from typing import Any as _Any

import numpy as _numpy

from ..namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy.lib, globals())
globals().pop("stride_tricks", None)  # NumPy's own: `from . import` would find it

from . import stride_tricks as stride_tricks  # noqa: E402


def __getattr__(name: str) -> _Any:
    """What NumPy imports only when it is asked for: `numpy.lib.recfunctions` …"""
    if name.startswith("_"):
        raise AttributeError(name)
    return getattr(_numpy.lib, name)
