"""Every public name of `numpy.polynomial.chebyshev`, its functions as primitives."""

from numpy.polynomial import chebyshev as _chebyshev

from ..namespace import wrap_namespace as _wrap_namespace
from .classes import traced as _traced
from .series import declare as _declare

_wrap_namespace(_chebyshev, globals())
_declare(_chebyshev, "cheb")
Chebyshev = _traced(_chebyshev.Chebyshev)
