"""Every public name of `scipy.signal.windows`, its functions as primitives."""

import scipy.signal.windows as _windows

from ....numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_windows, globals())

from . import choosing, shapes, slepian  # noqa: E402
