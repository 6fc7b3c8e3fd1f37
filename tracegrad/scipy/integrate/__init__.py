"""Every public name of `scipy.integrate`, its functions as primitives."""

import scipy.integrate as _integrate

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_integrate, globals())

from . import samples  # noqa: E402
