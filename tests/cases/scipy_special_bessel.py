"""Bessel, Struve, Airy, Kelvin and spheroidal functions, elliptic integrals, polynomials."""

from __future__ import annotations

import numpy
from scipy import special

from tests.tester import Case

X = numpy.array([0.7, 1.9, 3.1])
N = numpy.array([0.7, -1.9, 3.1])
U = numpy.array([0.3, -0.6, 0.75])
M = numpy.array([0.2, 0.55, -0.7])
A = numpy.array([1.7, 3.2, 0.6])
B = numpy.array([2.3, 0.8, 5.1])
P = numpy.array([0.3, 0.55, 0.8])
INTEGER = numpy.array([0, 1, 4])
ORDER = 1.3


def row(name, *args, options=None, **flags):
    """Where x is at a distance from poles."""
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.special.{name}", args, options or [{}], **flags)


def both(name, *args, **flags):
    return row(name, *args, **{"complex": True, **flags})


def simple(name, *args, **flags):
    return row(name, *args, **{"float32": True, "small": True, **flags})


ROWS = [
    *[simple(name, N) for name in ("j0", "j1", "i0", "i1", "i0e", "i1e")],
    *[simple(name, X) for name in ("y0", "y1", "k0", "k1", "k0e", "k1e")],
    *[both(name, ORDER, X) for name in ("jv", "yv", "iv", "kv", "kve")],
    *[both(name, ORDER, X) for name in ("jve", "yve", "ive")],
    *[row(name, ORDER, X + 0.4j) for name in ("hankel1", "hankel2", "hankel1e", "hankel2e")],
    row("hankel1", 2, X),
    row("yn", INTEGER, X),
    row("kn", INTEGER, X),
    *[row(name, ORDER, X, options=[{}, {"n": 2}])
      for name in ("jvp", "yvp", "ivp", "kvp", "h1vp", "h2vp")],
    *[row(name, INTEGER, X, options=[{}, {"derivative": True}])
      for name in ("spherical_jn", "spherical_yn", "spherical_in", "spherical_kn")],
    row("struve", 0.5, X),
    row("modstruve", 0.5, X),
    row("besselpoly", X, 1.0, 0.0),
    row("besselpoly", X, 1.0, 2.0),
    # -- Airy, Kelvin
    both("airy", N),
    row("airye", X),
    row("airye", X + 0.3j),
    row("itairy", X, loss=1e3),  # by asymptotic forms, which SciPy joins with a step of 1e-9
    *[simple(name, X) for name in (
        "ber", "bei", "ker", "kei", "berp", "beip", "kerp", "keip", "kelvin",
    )],
    *[row(name, X) for name in (
        "itj0y0", "iti0k0", "it2j0y0", "it2i0k0", "itstruve0", "itmodstruve0", "it2struve0",
    )],
    # -- exponential integrals and others
    both("exp1", X),
    both("expi", N),
    row("expn", INTEGER, X),
    both("sici", X),
    both("shichi", X),
    both("spence", X),
    row("zeta", X + 1.5, options=[{}, {"q": B}]),
    row("zetac", numpy.array([2.4, 3.1, -1.5])),
    row("lambertw", X, options=[{}, {"k": -1, "tol": 1e-10}]),
    row("lambertw", X + 0.5j),
    both("wrightomega", X),
    simple("owens_t", N, U, broadcast=True),
    simple("agm", A, B),
    # -- elliptic
    row("elliprc", A, numpy.array([2.3, -0.8, 5.1])),
    row("elliprf", A, B, X),
    row("elliprd", A, B, X),
    row("elliprg", A, B, X),
    row("elliprj", A, B, X, A + 0.4),
    both("elliprd", A, B, X),
    simple("ellipk", M),
    simple("ellipkm1", P),
    simple("ellipe", M),
    row("ellipkinc", N, M),
    row("ellipeinc", N, M),
    row("ellipj", N, P),
    # -- hypergeometric
    row("hyp0f1", ORDER, N),
    both("hyp1f1", 0.8, 1.7, N),
    row("hyperu", 0.8, 1.7, X),
    both("hyp2f1", 0.8, 1.7, 2.2, U),
    row("wright_bessel", 0.8, 1.7, X),
    *([row("log_wright_bessel", 0.8, 1.7, X)]
      if hasattr(special, "log_wright_bessel") else []),
    # -- polynomials
    *[row(f"eval_{name}", INTEGER, U) for name in (
        "legendre", "chebyt", "chebyu", "chebyc", "chebys", "sh_legendre", "sh_chebyt",
        "sh_chebyu", "laguerre", "hermite", "hermitenorm",
    )],
    both("eval_legendre", 3, U),
    row("eval_jacobi", INTEGER, 0.4, 1.2, U),
    row("eval_sh_jacobi", INTEGER, 2.4, 1.2, P),
    row("eval_gegenbauer", INTEGER, 0.7, U),
    row("eval_genlaguerre", INTEGER, 0.7, U),
    row("assoc_laguerre", U, 3, options=[{}, {"k": 0.5}]),
    row("lpmv", 1, INTEGER, U),
    # -- wave equations
    *[row(name, 1.3, X, order=1) for name in ("pbdv", "pbvv", "pbwa")],
    *[row(name, 2, 1.5, 20.0 * X) for name in ("mathieu_cem", "mathieu_sem")],
    *[row(name, 2, 1.5, X / 2.0, order=1) for name in (
        "mathieu_modcem1", "mathieu_modcem2", "mathieu_modsem1", "mathieu_modsem2",
    )],
    *[row(name, 2, X, order=1) for name in ("mathieu_a", "mathieu_b")],
    *[row(name, 1, 2, 1.5, U, order=1) for name in ("pro_ang1", "obl_ang1")],
    *[row(name, 1, 2, 1.5, X + 1.0, order=1) for name in ("pro_rad1",)],
    *[row(name, 1, 2, 1.5, X, order=1) for name in ("obl_rad1",)],
    *[row(f"{name}_cv", 1, 2, 1.5, special.pro_cv(1, 2, 1.5).item(), x, order=1)
      for name, x in (("pro_ang1", U), ("pro_rad1", X + 1.0))],
    *[row(f"{name}_cv", 1, 2, 1.5, special.obl_cv(1, 2, 1.5).item(), x, order=1)
      for name, x in (("obl_ang1", U), ("obl_rad1", X))],
]  # fmt: skip
