"""Every public name of `scipy.signal`, its functions as primitives."""

import scipy.signal as _signal

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_signal, globals())

from . import filtering, series, spectra, systems  # noqa: E402
from .windows import choosing as _choosing  # noqa: E402
