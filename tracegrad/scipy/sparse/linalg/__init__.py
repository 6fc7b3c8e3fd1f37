"""Every public name of `scipy.sparse.linalg`, its functions as primitives."""

import scipy.sparse.linalg as _linalg

from ....numpy.namespace import wrap_namespace as _wrap_namespace
from ..calling import refuse_others as _refuse_others

_wrap_namespace(_linalg, globals())

from . import direct, eigen, functions, iterative, least, operators  # noqa: E402

for _file in (direct, eigen, functions, iterative, least, operators):
    _file.install(globals())
_refuse_others(globals())
