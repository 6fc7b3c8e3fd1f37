"""Every public name of `scipy.special`, its functions as primitives."""

import scipy.special as _special

from ...numpy.namespace import wrap_namespace as _wrap_namespace
from . import rules as rules

_wrap_namespace(_special, globals())
