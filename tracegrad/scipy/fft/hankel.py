"""The fast Hankel transform: its matrix has the same entries along antidiagonals, but for a power
law on both sides, so it is symmetric."""

from __future__ import annotations

import scipy.fft as sf

from ...numpy.kinds import linear
from ...numpy.namespace import primitive_of as of

_fht, _ifht = of(sf.fht), of(sf.ifht)
linear(_fht, a=lambda g, dln, mu, offset, bias: _fht(g, dln, mu, offset, bias))
linear(_ifht, A=lambda g, dln, mu, offset, bias: _ifht(g, dln, mu, offset, bias))
