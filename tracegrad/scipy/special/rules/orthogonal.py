"""Orthogonal polynomials in x.

Each slope is a polynomial of one degree less: NIST DLMF 18.9.15 to 18.9.28.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from .slopes import declare


def _lower(fun, n, *args):
    """The polynomial of one degree less, and 0 below degree 0."""
    n = as_array(n)
    constant = n == 0
    return np.where(constant, 0.0, fun(np.where(constant, n, n - 1), *args))


def _jacobi(n, alpha, beta, x):
    """The slope of a Jacobi polynomial."""
    factor = 0.5 * (np.add(np.add(n, alpha), beta) + 1.0)
    return factor * _lower(special.eval_jacobi, n, np.add(alpha, 1.0), np.add(beta, 1.0), x)


declare(special.eval_jacobi, a=lambda g, x, y, z, a: g * _jacobi(x, y, z, a))
declare(
    special.eval_sh_jacobi,
    a=lambda g, x, y, z, a: g * (
        np.multiply(x, _lower(special.eval_sh_jacobi, x, np.add(y, 2.0), np.add(z, 1.0), a))
    ),
)  # fmt: skip
declare(
    special.eval_gegenbauer,
    z=lambda g, x, y, z: g * (
        np.multiply(2.0, y) * _lower(special.eval_gegenbauer, x, np.add(y, 1.0), z)
    ),
)  # fmt: skip
declare(special.eval_legendre, y=lambda g, x, y: g * _jacobi(x, 0.0, 0.0, y))
declare(special.eval_sh_legendre, y=lambda g, x, y: g * (2.0 * _jacobi(x, 0.0, 0.0, 2.0 * y - 1.0)))
declare(
    special.eval_chebyt, y=lambda g, x, y: g * np.multiply(x, _lower(special.eval_chebyu, x, y))
)
declare(
    special.eval_chebyc, y=lambda g, x, y: g * np.multiply(x, _lower(special.eval_chebys, x, y))
)
declare(
    special.eval_sh_chebyt,
    y=lambda g, x, y: g * (2.0 * np.multiply(x, _lower(special.eval_sh_chebyu, x, y))),
)
declare(
    special.eval_chebyu, y=lambda g, x, y: g * (2.0 * _lower(special.eval_gegenbauer, x, 2.0, y))
)
declare(special.eval_chebys, y=lambda g, x, y: g * _lower(special.eval_gegenbauer, x, 2.0, 0.5 * y))
declare(
    special.eval_sh_chebyu,
    y=lambda g, x, y: g * (4.0 * _lower(special.eval_gegenbauer, x, 2.0, 2.0 * y - 1.0)),
)
declare(special.eval_laguerre, y=lambda g, x, y: g * -_lower(special.eval_genlaguerre, x, 1.0, y))
declare(
    special.eval_genlaguerre,
    z=lambda g, x, y, z: g * -_lower(special.eval_genlaguerre, x, np.add(y, 1.0), z),
)
declare(
    special.eval_hermite,
    changes_dtype=True,
    y=lambda g, x, y: g * (2.0 * np.multiply(x, _lower(special.eval_hermite, x, y))),
)
declare(
    special.eval_hermitenorm,
    changes_dtype=True,
    y=lambda g, x, y: g * np.multiply(x, _lower(special.eval_hermitenorm, x, y)),
)


def _legendre_slope(m, v, x):
    """(1 - x²) P' = (v + m) P of degree v - 1, less v x P: DLMF 14.10.5."""
    m, v = as_array(m), as_array(v)
    lower = special.lpmv(m, np.where(v == 0, 0, v - 1), x) * np.where(v == 0, m * 1.0, v + m)
    return (lower - v * x * special.lpmv(m, v, x)) / (1.0 - x * x)


declare(special.lpmv, z=lambda g, x, y, z: g * _legendre_slope(x, y, z))
composed(
    of(special.assoc_laguerre),
    lambda x, n, k=0.0: special.eval_genlaguerre(n, k, x),
)
