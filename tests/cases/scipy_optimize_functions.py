"""Functions of arrays in `scipy.optimize`."""

from __future__ import annotations

import numpy
import scipy.optimize

from tests.tester import Case

from .samples import normal

X = normal(4)


def optimize(name, *args, options=None, **flags):
    flags = {"small": False, "complex": False, "float32": False} | flags
    return Case(f"scipy.optimize.{name}", args, options or [{}], **flags)


def fitted(fun, y, **options):
    """The sequence, without which values share a block."""
    found = fun(y, **options)
    return found.x, found.weights


ROWS = [
    optimize("rosen", X),
    optimize("rosen", normal(3, 2)),
    optimize("rosen_der", X),
    optimize("rosen_hess", X),
    optimize("rosen_hess_prod", X, normal(4)),
]
if hasattr(scipy.optimize, "isotonic_regression"):
    Y = numpy.array([1.0, 3.1, 2.0, 0.7, 4.0, 3.5])
    ROWS += [
        optimize(
            "isotonic_regression", Y, use=fitted,
            options=[{}, {"weights": 1.0 + Y**2}, {"increasing": False}],
        ),
    ]  # fmt: skip
