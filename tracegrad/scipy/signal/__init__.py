"""Every public name of `scipy.signal`, its functions as primitives."""

import scipy.signal as _signal

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_signal, globals())

from . import convolution, filters, smoothing  # noqa: E402
