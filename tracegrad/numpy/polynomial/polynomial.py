"""Every public name of `numpy.polynomial.polynomial`, its functions as primitives."""

from numpy.polynomial import polynomial as _polynomial

from ..namespace import wrap_namespace as _wrap_namespace
from .classes import traced as _traced
from .series import declare as _declare

_wrap_namespace(_polynomial, globals())
_declare(_polynomial, "poly")
Polynomial = _traced(_polynomial.Polynomial)
