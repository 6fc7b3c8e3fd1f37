"""Every public name of `numpy.polynomial.hermite`, its functions as primitives."""

from numpy.polynomial import hermite as _hermite

from ..namespace import wrap_namespace as _wrap_namespace
from .classes import traced as _traced
from .series import declare as _declare

_wrap_namespace(_hermite, globals())
_declare(_hermite, "herm")
Hermite = _traced(_hermite.Hermite)
