"""Every public name of `scipy.ndimage`, its functions as primitives."""

import scipy.ndimage as _ndimage

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_ndimage, globals())
for _name in ("generate_binary_structure", "iterate_structure", "test"):  # they take no image
    globals()[_name] = getattr(_ndimage, _name)

from . import (  # noqa: E402
    calling,
    constants,
    gaussians,
    groups,
    kernels,
    ranks,
    slopes,
    spectra,
    splines,
    warps,
)
