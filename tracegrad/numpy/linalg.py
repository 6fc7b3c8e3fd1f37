"""Every public name of `numpy.linalg`, its functions as primitives."""

import numpy as _numpy

from .namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy.linalg, globals())
