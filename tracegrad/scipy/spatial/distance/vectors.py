"""The distance of one vector to another: the functions that have the metrics' names."""

from __future__ import annotations

import functools

import numpy as np
import scipy.spatial.distance as sd

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....operators.constants import stop_gradient
from ....spaces import match
from .metrics import METRICS, jensenshannon

__all__ = ["declare_vectors"]


def declare_vectors(fun, metric):
    """SciPy's checks and its result's dtype, in which the distance is computed."""

    @functools.wraps(metric)
    def of_vectors(u, v, *args, **options):
        plain, known_options = stop_gradient(((u, v, *args), options))
        dtype = np.asarray(fun(*plain, **known_options)).dtype
        dtype = dtype if dtype.kind in "fc" else np.dtype(float)  # SciPy 1.11 gives 0 for 0.0
        u, v = [x.astype(np.promote_types(x.dtype, dtype)) for x in map(as_array, (u, v))]
        return match(as_array(metric(u, v, *args, **options)), dtype)

    composed(of(fun), of_vectors)


for _name, _metric in METRICS.items():
    if hasattr(sd, _name) and _name != "jensenshannon":
        declare_vectors(getattr(sd, _name), _metric)


def _jensenshannon(p, q, base=None, *, axis=0, keepdims=False):
    return jensenshannon(as_array(p), as_array(q), base, axis=axis, keepdims=keepdims)


composed(of(sd.jensenshannon), _jensenshannon)
