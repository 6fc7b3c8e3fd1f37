"""Every public name of `scipy.optimize`.

The solvers give SciPy's own answers; what of them is determined by equations (roots, minima, fitted
parameters) carries derivatives with respect to whatever the user's functions close over or get as
arguments. What describes the way there (counts, messages, approximate Hessians) carries none.
"""

import scipy.optimize as _optimize

from ...numpy.kinds import constant as _constant
from ...numpy.namespace import primitive_of as _of
from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_optimize, globals())

from . import (  # noqa: E402
    differences,
    fitting,
    global_minima,
    isotonic,
    least_squares,
    linear,
    minima,
    roots,
    rosenbrock,
    scalar_minima,
    scalar_roots,
)
from .calling import solvers as _solvers  # noqa: E402

globals().update(_solvers)
_constant(_of(_optimize.linear_sum_assignment))
