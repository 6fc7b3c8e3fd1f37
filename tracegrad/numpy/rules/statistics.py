"""Extremes under their other names, averages, and what leaves NaN out."""

from __future__ import annotations

import numpy as np

from ..kinds import composed
from ..namespace import primitive_of as of
from .arrays import refuse

if np.amax is not np.max:
    composed(of(np.amax), of(np.max))
if np.amin is not np.min:
    composed(of(np.amin), of(np.min))
