"""Every public name of `scipy.spatial.distance`, its functions as primitives."""

import scipy.spatial.distance as _distance

from ....numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_distance, globals())

from . import between, metrics, vectors  # noqa: E402
