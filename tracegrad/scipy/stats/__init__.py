"""Every public name of `scipy.stats`, its functions and distributions' methods as primitives."""

import scipy.stats as _stats

from ...numpy.namespace import wrap_namespace as _wrap_namespace
from .. import special as _special
from . import samples as _samples
from . import vectors as _vectors
from .distribution import Distribution as _Distribution
from .distribution import laws as _laws
from .distribution import methods_of as _methods_of
from .families import betas as _betas
from .families import counts as _counts
from .families import exponentials as _exponentials
from .families import extremes as _extremes
from .families import gammas as _gammas
from .families import normals as _normals

_wrap_namespace(_stats, globals())
for _name, _value in list(vars(_stats).items()):
    if _name in _vectors.methods or (hasattr(_value, "rvs") and not isinstance(_value, type)):
        _methods = _methods_of(_laws[_name]) if _name in _laws else _vectors.methods.get(_name, {})
        globals()[_name] = _Distribution(_name, _value, _methods)
