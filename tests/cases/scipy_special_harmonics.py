"""Legendre's functions, spherical harmonics and Dirichlet's kernel."""

from __future__ import annotations

import numpy
from scipy import special

from tests.tester import Case

Z, T, F = [numpy.array(x) for x in ([-0.6, 0.3, 0.8], [0.4, 1.2, 2.6], [0.3, -1.1, 2.0])]
N, M = [0, 2, 3], [0, -1, 3]
SLOPES = [{}, {"diff_n": 1}, {"diff_n": 2}]
NORMED = [*SLOPES, {"norm": True, "branch_cut": 2}]


def row(name, *args, options=None, **flags):
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.special.{name}", args, options or [{}], **flags)


ROWS = [  # SciPy's own values lose digits near whole turns
    row("diric", numpy.array([0.3, 0.0, 6.28, 2.5, 12.57]), n, float32=True, loss=10)
    for n in (3, 4)
]
if hasattr(special, "legendre_p"):
    ROWS += [
        row("legendre_p", N, Z, options=SLOPES),
        row("legendre_p_all", 3, Z, options=SLOPES),
        row("assoc_legendre_p", N, M, Z, options=NORMED),
        row("assoc_legendre_p_all", 3, 2, Z[:2], options=NORMED),
        row("sph_legendre_p", N, M, T, options=SLOPES),
        row("sph_legendre_p_all", 3, 2, T[:2], options=SLOPES),
        row("sph_harm_y", N, M, T, F, options=SLOPES),
    ]
