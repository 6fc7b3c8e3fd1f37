"""Every public name of `numpy.polynomial.hermite_e`, its functions as primitives."""

from numpy.polynomial import hermite_e as _hermite_e

from ..namespace import wrap_namespace as _wrap_namespace
from .classes import traced as _traced
from .series import declare as _declare

_wrap_namespace(_hermite_e, globals())
_declare(_hermite_e, "herme")
HermiteE = _traced(_hermite_e.HermiteE)
