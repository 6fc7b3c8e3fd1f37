"""NumPy's namespace, traced: every public name of `numpy`, its functions as primitives."""

import numpy as _numpy

from .namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_numpy, globals())

from .rules import binary, elementwise, indexing, joining, products, reductions, shaping  # noqa
from .rules import einsum as _einsum  # noqa: E402  (not to hide the function)
from .rules import decompositions, determinants, norms  # noqa: E402
from .rules import padding, ranges, selecting, series, statistics  # noqa: E402
from .rules import fft as _fft_rules, linalg as _linalg_rules  # noqa: E402
from .box import ArrayBox as ArrayBox  # noqa: E402

del fft, linalg, random  # noqa: F821  (NumPy's own, copied above: an import would find them)
from . import fft, linalg, random  # noqa: E402
