"""`numpy.polynomial`, traced: series in six bases, as functions and as classes."""

from typing import Any as _Any

import numpy.polynomial as _polynomial

from . import chebyshev, hermite, hermite_e, laguerre, legendre, polynomial, polyutils
from .chebyshev import Chebyshev
from .hermite import Hermite
from .hermite_e import HermiteE
from .laguerre import Laguerre
from .legendre import Legendre
from .polynomial import Polynomial

__all__ = [
    "Chebyshev",
    "Hermite",
    "HermiteE",
    "Laguerre",
    "Legendre",
    "Polynomial",
    "chebyshev",
    "hermite",
    "hermite_e",
    "laguerre",
    "legendre",
    "polynomial",
    "polyutils",
]


def __getattr__(name: str) -> _Any:
    """The rest is NumPy's own: `set_default_printstyle` …"""
    if name.startswith("_"):
        raise AttributeError(name)
    return getattr(_polynomial, name)
