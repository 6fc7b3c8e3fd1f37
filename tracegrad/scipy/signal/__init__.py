"""Every public name of `scipy.signal`, its functions as primitives."""

import scipy.signal as _signal

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_signal, globals())

from . import (  # noqa: E402
    convolution,
    designs,
    envelopes,
    filters,
    lomb,
    peaks,
    polynomials,
    ranking,
    resampling,
    responses,
    roots,
    short_time,
    smoothing,
    spectra,
    spirals,
    spline_filters,
    states,
    taps,
    waves,
)
from .windows import choosing as _choosing  # noqa: E402
