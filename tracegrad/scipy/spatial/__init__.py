"""Every public name of `scipy.spatial`, its functions as primitives.

Trees, hulls and rotations are SciPy's classes: they take plain arrays alone.
"""

import scipy.spatial as _spatial

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_spatial, globals())
for _name in ("distance", "transform"):  # SciPy's modules, whose traced namesakes stand here
    globals().pop(_name, None)

from . import alignment, distance, lengths, transform  # noqa: E402
