"""Every public name of `numpy.polynomial.polyutils`, its functions as primitives."""

import numpy as _numpy
from numpy.polynomial import polyutils as _polyutils

from ...core.box import getval as _getval
from ...spaces import match as _match
from ..kinds import composed as _composed
from ..namespace import primitive_of as _of
from ..namespace import wrap_namespace as _wrap_namespace
from ..rules.arrays import as_array as _as_array
from .series import as_series as _as_series

_wrap_namespace(_polyutils, globals())


def _getdomain(x):
    x = _as_array(x)
    if x.dtype.kind == "c":
        low, high = [f(x.real) + f(x.imag) * 1j for f in (_numpy.min, _numpy.max)]
        return _match(_numpy.stack([low, high]), _numpy.dtype(complex))
    return _numpy.stack([_numpy.min(x), _numpy.max(x)])


def _mapdomain(x, old, new):
    off, scl = _polyutils.mapparms(old, new)
    return off + scl * x


def _trimcoef(c, tol=0):
    if tol < 0:
        raise ValueError("tol must be non-negative")
    c = _as_series(c)
    large = _numpy.flatnonzero(_numpy.abs(_getval(c)) > tol)
    return _numpy.copy(c[: large[-1] + 1]) if large.size else c[:1] * 0


_composed(_of(_polyutils.getdomain), _getdomain)
_composed(_of(_polyutils.mapparms), _polyutils.mapparms)
_composed(_of(_polyutils.mapdomain), _mapdomain)
_composed(_of(_polyutils.trimcoef), _trimcoef)
