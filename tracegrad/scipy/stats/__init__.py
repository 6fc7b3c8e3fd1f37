"""Every public name of `scipy.stats`, its functions and distributions' methods as primitives."""

import functools as _functools

import scipy.stats as _stats

from ...numpy.namespace import wrap_namespace as _wrap_namespace
from .. import special as _special
from . import bins as _bins
from . import distances as _distances
from . import groups as _groups
from . import lines as _lines
from . import moments as _moments
from . import normality as _normality
from . import powers as _powers
from . import ranks as _ranks
from . import samples as _samples
from . import spreads as _spreads
from . import trimmed as _trimmed
from . import ttests as _ttests
from . import vectors as _vectors
from .distribution import Distribution as _Distribution
from .distribution import laws as _laws
from .distribution import methods_of as _methods_of
from .families import betas as _betas
from .families import bounded as _bounded
from .families import counts as _counts
from .families import exponentials as _exponentials
from .families import extremes as _extremes
from .families import gammas as _gammas
from .families import hyperbolic as _hyperbolic
from .families import noncentral as _noncentral
from .families import normals as _normals
from .families import resonances as _resonances
from .families import skewed as _skewed
from .families import sums as _sums
from .families import tails as _tails
from .families import truncated as _truncated
from .kde import gaussian_kde as _gaussian_kde

_wrap_namespace(_stats, globals())
for _name, _value in list(vars(_stats).items()):
    if _name in _vectors.methods or (hasattr(_value, "rvs") and not isinstance(_value, type)):
        _methods = _methods_of if _name in _laws else _vectors.methods_of
        globals()[_name] = _Distribution(_name, _value, _functools.partial(_methods, _name))
gaussian_kde = _gaussian_kde
