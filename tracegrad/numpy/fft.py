"""Every public name of `numpy.fft`, its functions as primitives."""

import numpy as _numpy

from .namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy.fft, globals())
