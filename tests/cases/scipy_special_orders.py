"""Functions of `scipy.special` in their orders, degrees and parameters, beside their argument."""

from __future__ import annotations

import numpy

from tests.cases.scipy_special_bessel import A, B, N, P, U, X, row

V = numpy.array([1.3, 0.4, -2.2])
DEGREE = numpy.array([2.3, 0.8, 4.6])
# slopes by differences: some 30 times the rounding errors of the function, and that squared twice
ROUGH = {"loss": 10.0}

ROWS = [
    *[row(name, V, X, **ROUGH) for name in (
        "jv", "yv", "iv", "kv", "jve", "yve", "ive", "kve", "struve", "modstruve",
    )],
    *[row(name, V, X + 0.4j, **ROUGH) for name in ("jv", "hankel1", "hankel2e")],
    *[row(name, V, X, **ROUGH) for name in ("hankel2", "hankel1e")],
    *[row(name, V, X, options=[{}, {"n": 2}], order=1, **ROUGH)
      for name in ("jvp", "yvp", "ivp", "kvp", "h1vp", "h2vp")],
    row("besselpoly", X, A, B, **ROUGH),
    row("hyp0f1", A, N, **ROUGH),
    row("hyp1f1", A, B, N, **ROUGH),
    row("hyp2f1", A, B, DEGREE, U, **ROUGH),
    row("wright_bessel", A, B, P, **ROUGH),
    row("eval_jacobi", DEGREE, A, B, U, **ROUGH),
    row("eval_sh_jacobi", DEGREE, A + B, B, P, **ROUGH),
    row("eval_gegenbauer", DEGREE, A, U, **ROUGH),
    row("eval_genlaguerre", DEGREE, A, X, **ROUGH),
    row("eval_laguerre", DEGREE, X, **ROUGH),
    *[row(f"eval_{name}", DEGREE, U, **ROUGH)
      for name in ("legendre", "chebyt", "chebyu", "chebyc", "chebys")],
    *[row(f"eval_sh_{name}", DEGREE, P, **ROUGH) for name in ("legendre", "chebyt", "chebyu")],
    row("lpmv", 1, DEGREE, U, **ROUGH),
]  # fmt: skip
