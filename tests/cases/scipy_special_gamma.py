"""The gamma function and its family, incomplete ones and distribution functions."""

from __future__ import annotations

import inspect

import numpy
from scipy import special

from tests.tester import Case

A = numpy.array([1.7, 3.2, 0.6])
B = numpy.array([2.3, 0.8, 5.1])
X = numpy.array([0.4, 2.9, 1.1])
P = numpy.array([0.3, 0.55, 0.8])
LEFT = numpy.array([-1.4, -0.3, 2.6])
FACTORIAL = [{}, {"exact": False}]
if "extend" in inspect.signature(special.factorial).parameters:
    FACTORIAL.append({"extend": "zero"})


def row(name, *args, options=None, **flags):
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.special.{name}", args, options or [{}], **flags)


def both(name, *args, **flags):
    return row(name, *args, **{"complex": True, "float32": True, "small": True, **flags})


def since(name, *args, **flags):
    """Functions that only newer versions have."""
    return [row(name, *args, **flags)] if hasattr(special, name) else []


ROWS = [
    both("gamma", LEFT),
    row("gammaln", LEFT, float32=True, small=True),
    both("loggamma", A),
    both("rgamma", LEFT),
    both("digamma", LEFT),
    row("polygamma", 2, A),
    row("polygamma", numpy.array([0, 1, 3]), A),
    row("multigammaln", numpy.array([2.1, 3.4]), 3),
    row("beta", A, B, float32=True, small=True, broadcast=True),
    row("betaln", A, B, float32=True, small=True),
    row("poch", A, B),
    row("poch", LEFT, X + 0.15),
    row("binom", A + 3.0, X),
    row("binom", LEFT, X + 0.05),
    row("factorial", A, options=FACTORIAL),
    row("comb", A + 4.0, B / 2.0, options=[{}, {"exact": False, "repetition": True}]),
    row("perm", A + 5.0, B, options=[{}, {"exact": False}]),
    # -- incomplete
    row("gammainc", A, X, float32=True, broadcast=True),
    row("gammaincc", A, X, float32=True),
    row("gammaincinv", A, P),
    row("gammainccinv", A, P),
    row("betainc", A, B, P, float32=True),
    row("betaincinv", A, B, P),
    *since("betaincc", A, B, P),
    *since("betainccinv", A, B, P),
    # -- distributions
    row("chdtr", A, X),
    row("chdtrc", A, X),
    row("chdtri", A, P),
    row("chdtriv", P, X),
    row("gdtr", A, B, X),
    row("gdtrc", A, B, X),
    # Where there is a loss, SciPy before 1.15 finds a root to so many digits fewer.
    row("gdtria", P, B, X),
    row("gdtrib", A, P, X),
    row("gdtrix", A, B, P),
    row("pdtr", numpy.array([0, 2, 5]), X),
    row("pdtrc", numpy.array([0, 2, 5]), X),
    row("pdtri", numpy.array([0, 2, 5]), P),
    row("pdtrik", numpy.array([0.2, 0.4, 0.6]), A + 3.0, loss=300),
    row("fdtr", A, B, X),
    row("fdtrc", A, B, X),
    row("fdtri", A, B, P),
    row("fdtridfd", A, special.fdtr(A, B, X), X, order=1, loss=10),
    row("bdtr", numpy.array([0, 2, 3]), 6, P),
    row("bdtrc", numpy.array([0, 2, 3]), 6, P),
    row("bdtri", numpy.array([0, 2, 3]), 6, P),
    row("bdtrik", numpy.array([0.5, 0.6, 0.7]), A + 6.0, P, loss=30),
    row("bdtrin", A, numpy.array([0.3, 0.4, 0.5]), P, loss=300),
    row("nbdtr", numpy.array([0, 2, 3]), 4, P),
    row("nbdtrc", numpy.array([0, 2, 3]), 4, P),
    row("nbdtri", numpy.array([0, 2, 3]), 4, P),
    row("nbdtrik", numpy.array([0.5, 0.6, 0.9]), A + 2.0, P, loss=10),
    row("nbdtrin", A, numpy.array([0.3, 0.4, 0.5]), P, loss=30),
    row("btdtria", P, B, P[::-1].copy()),
    row("btdtrib", A, P, P[::-1].copy()),
    row("stdtr", A, LEFT),
    row("stdtrit", A, P),
    row("stdtridf", numpy.array([0.75, 0.8, 0.9]), numpy.array([0.8, 1.1, 2.0]), loss=300),
    row("nrdtrimn", P, A, X),
    row("nrdtrisd", X - 2.0, P + 0.15, X, loss=10),
    row("tklmbda", numpy.array([0.4, -0.6, 1.1]), numpy.array([0.3, -0.4, 0.8])),
    row("kolmogorov", numpy.array([0.6, 0.95, 1.4])),
    row("kolmogi", P),
    row("smirnov", 4, P),
    row("smirnovi", 4, P),
]
