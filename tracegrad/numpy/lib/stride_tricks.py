"""Every public name of `numpy.lib.stride_tricks`, its functions as primitives."""

import numpy as _numpy

from ..namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy.lib.stride_tricks, globals())
