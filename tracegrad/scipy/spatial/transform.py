"""`scipy.spatial.transform`: its classes take plain arrays alone."""

import scipy.spatial.transform as _transform

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_transform, globals())
