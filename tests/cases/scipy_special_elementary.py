"""Exponentials, logarithms, powers, losses, sums of exponentials, the error function."""

from __future__ import annotations

import numpy
from scipy import special

from tests.tester import NUMPY_2, Case

from .samples import inside, normal, positive

N, P, I = normal(2, 3), positive(2, 3), inside(2, 3)
Q = positive(2, 3, seed=1)
U = abs(I)
INF = numpy.inf


def real(name, *args, options=None, **flags):
    return Case(f"scipy.special.{name}", args, options or [{}], **{"complex": False, **flags})


def both(name, *args, options=None, **flags):
    return real(name, *args, options=options, **{"complex": True, **flags})


AXES = [{}, {"axis": -1}, {"axis": (0, 1)}]

ROWS = [
    real("expit", N),
    real("log_expit", N),
    real("logit", U),
    *([real("softplus", N)] if hasattr(special, "softplus") else []),
    real("cbrt", N),
    real("exp2", N),
    real("exp10", N),
    both("expm1", N),
    both("log1p", P),
    real("cosm1", N),
    real("sindg", 40.0 * N),
    real("cosdg", 40.0 * N),
    real("tandg", 40.0 * I),
    real("cotdg", 40.0 * P, float32=False),  # whose tangent is exact in neither of its digits
    real("radian", N, P, Q, linear=True),
    real("exprel", N),
    real("exprel", 4.0 * N, float32=False),
    both("xlogy", N, P, broadcast=True),
    both("xlog1py", N, P),
    real("entr", P),
    real("rel_entr", P, Q),
    real("kl_div", P, Q),
    real("powm1", P, N),
    real("boxcox", P, N),
    real("boxcox1p", P, N),
    real("boxcox", P, numpy.zeros(())),
    real("inv_boxcox", P, Q),
    real("inv_boxcox1p", P, Q),
    real("huber", P, N),
    real("pseudo_huber", P, N),
    # -- sums of exponentials
    real("logsumexp", N, options=[
        *AXES, {"axis": 0, "keepdims": True}, {"b": P, "axis": 1}, {"b": N, "return_sign": True},
    ]),
    *([real("logsumexp", N + 0.3j, options=[*AXES, {"return_sign": True}], float32=False)]
      if NUMPY_2 else []),
    real("softmax", N, options=AXES),
    real("log_softmax", N, options=AXES),
    # -- the error function
    both("erf", N),
    both("erfc", N),
    both("erfcx", N),
    both("erfcx", 10.0 * P, complex=False, float32=False),
    both("erfi", I),
    both("dawsn", N),
    both("dawsn", 10.0 * P, complex=False, float32=False),
    both("ndtr", N),
    both("log_ndtr", N),
    both("log_ndtr", -10.0 * P, complex=False, float32=False),
    real("wofz", N + 0.4j, float32=False),
    real("erfinv", I),
    real("erfcinv", U),
    real("ndtri", U),
    real("ndtri_exp", -P),
    real("voigt_profile", N, P, Q),
    both("fresnel", I),
    real("modfresnelp", P),
    real("modfresnelm", P),
]  # fmt: skip
