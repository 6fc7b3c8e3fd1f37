"""NumPy's namespace, traced: every public name of `numpy`, its functions as primitives."""

import numpy as _numpy

from .namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy, globals())

from .rules import binary, elementwise, indexing, joining, products, reductions, shaping  # noqa
from .rules import einsum as _einsum  # noqa: E402  (not to hide the function)
from .box import ArrayBox as ArrayBox  # noqa: E402
