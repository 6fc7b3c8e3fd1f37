"""Every public name of `scipy.interpolate`: functions as primitives, interpolants as classes."""

import scipy.interpolate as _interpolate

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_interpolate, globals())

from . import fitpack  # noqa: E402
from .bivariate import (  # noqa: E402
    LSQBivariateSpline,
    RectBivariateSpline,
    SmoothBivariateSpline,
)
from .bsplines import BSpline  # noqa: E402
from .collocation import make_interp_spline, make_lsq_spline  # noqa: E402
from .cubic import (  # noqa: E402
    Akima1DInterpolator,
    CubicHermiteSpline,
    CubicSpline,
    PchipInterpolator,
)
from .grids import RegularGridInterpolator  # noqa: E402
from .lines import interp1d  # noqa: E402
from .pieces import BPoly, PPoly  # noqa: E402
from .polynomials import BarycentricInterpolator, KroghInterpolator  # noqa: E402
from .radial import Rbf, RBFInterpolator  # noqa: E402
from .scattered import LinearNDInterpolator, NearestNDInterpolator  # noqa: E402
from .univariate import (  # noqa: E402
    InterpolatedUnivariateSpline,
    LSQUnivariateSpline,
    UnivariateSpline,
)
from .unknown import make_smoothing_spline  # noqa: E402
from .unknown import refusing as _refusing  # noqa: E402

if hasattr(_interpolate, "make_splrep"):
    from .unknown import make_splrep
pchip = PchipInterpolator
for _name, _value in list(globals().items()):
    if _value is getattr(_interpolate, _name, None) and _name != "BivariateSpline":
        globals()[_name] = _refusing(_value) if isinstance(_value, type) else _value
