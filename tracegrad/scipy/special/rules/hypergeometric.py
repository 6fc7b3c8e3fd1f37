"""Hypergeometric functions in their argument.

NIST DLMF 13.3.15, 13.3.22, 15.5.1 and 16.3.1; Wright's function by its series, term by term.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from ....numpy.rules.safe import times
from .slopes import declare


def _plus(x, n=1.0):
    return np.add(x, n)


declare(special.hyp0f1, y=lambda g, x, y: times(g, special.hyp0f1(_plus(x), y) / x))
declare(
    special.hyp1f1,
    z=lambda g, x, y, z: times(g, np.divide(x, y) * special.hyp1f1(_plus(x), _plus(y), z)),
)
declare(
    special.hyperu,
    z=lambda g, x, y, z: times(g, np.negative(x) * special.hyperu(_plus(x), _plus(y), z)),
)
declare(
    special.hyp2f1,
    a=lambda g, x, y, z, a: times(
        g, np.multiply(x, y) / z * special.hyp2f1(_plus(x), _plus(y), _plus(z), a)
    ),
)
declare(
    special.wright_bessel,
    z=lambda g, x, y, z: times(g, special.wright_bessel(x, np.add(x, y), z)),
)
if hasattr(special, "log_wright_bessel"):
    declare(
        special.log_wright_bessel,
        z=lambda g, ans, x, y, z: times(
            g, np.exp(special.log_wright_bessel(x, np.add(x, y), z) - ans)
        ),
    )
