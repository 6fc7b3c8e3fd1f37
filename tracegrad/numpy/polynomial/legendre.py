"""Every public name of `numpy.polynomial.legendre`, its functions as primitives."""

from numpy.polynomial import legendre as _legendre

from ..namespace import wrap_namespace as _wrap_namespace
from .classes import traced as _traced
from .series import declare as _declare

_wrap_namespace(_legendre, globals())
_declare(_legendre, "leg")
Legendre = _traced(_legendre.Legendre)
