"""Every public name of `scipy.linalg`, its functions as primitives."""

import scipy.linalg as _linalg

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_linalg, globals())

from . import (  # noqa: E402
    banded,
    eigen,
    equations,
    factors,
    functions,
    pivots,
    similar,
    solving,
    structured,
)
