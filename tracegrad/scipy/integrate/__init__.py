"""Every public name of `scipy.integrate`, its functions as primitives."""

import scipy.integrate as _integrate

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_integrate, globals())

from . import samples  # noqa: E402
from .boundary import solve_bvp  # noqa: E402
from .ivp import odeint, solve_ivp  # noqa: E402
from .nested import dblquad, nquad, tplquad  # noqa: E402
from .quadrature import quad  # noqa: E402
from .random_points import qmc_quad  # noqa: E402
from .vectors import quad_vec  # noqa: E402

if hasattr(_integrate, "cubature"):  # SciPy 1.15
    from .cuboids import cubature
    from .elementwise import tanhsinh
    from .sums import nsum
