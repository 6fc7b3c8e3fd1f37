"""Every public name of `scipy.sparse`, for constant structures with traced data.

Importing it also lets SciPy's own sparse matrices stand beside traced arrays.
"""

import scipy.sparse as _sparse

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_sparse, globals())
globals().pop("linalg", None)  # SciPy's own

from . import calling, linalg, making, meeting  # noqa: E402
from .matrix import Sparse  # noqa: E402

making.install(globals())
calling.refuse_others(globals())
meeting.meet()
