"""Every public name of `numpy.polynomial.laguerre`, its functions as primitives."""

from numpy.polynomial import laguerre as _laguerre

from ..namespace import wrap_namespace as _wrap_namespace
from .classes import traced as _traced
from .series import declare as _declare

_wrap_namespace(_laguerre, globals())
_declare(_laguerre, "lag")
Laguerre = _traced(_laguerre.Laguerre)
