"""Arrays brought to one shape, and coordinates laid out along axes."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import normal

N, V, W, ONE = normal(2, 1), normal(3), normal(4, seed=1), normal()


def linear(name, args, options=None, **flags):
    return Case(name, args, options or [{}], linear=True, **flags)


def vander(*args, options=None):
    return Case("vander", args, options or [{}])


ROWS = [
    linear("broadcast_arrays", (N, V), [{}, {"subok": True}]),
    linear("broadcast_arrays", (V, ONE, numpy.arange(6).reshape(2, 3))),
    linear("broadcast_arrays", (V,)),
    linear("meshgrid", (V, W), [{}, {"indexing": "ij"}, {"sparse": True}, {"copy": False}]),
    linear("meshgrid", (V, W, N), [{}, {"indexing": "ij", "sparse": True}, {"sparse": True}]),
    linear("meshgrid", (V,), [{}, {"sparse": True}]),
    linear("meshgrid", (ONE, V)),
    linear("ix_", (V, W)),
    linear("ix_", (V, numpy.array([True, False, True]), numpy.array([1, 0]))),
    linear("ix_", (V,)),
    Case("fromfunction", (lambda i, j, s=1.0: s**2 * i + s * j, (2, 3)), [{"s": ONE}]),
    Case("fromfunction", (lambda i, s: s * i, (3,)), [{"s": ONE, "dtype": int, "like": None}]),
    Case("fromfunction", (ONE,), fun=lambda s: np.fromfunction(lambda i: s**2 * i, (3,))),
    *[vander(V, options=[{"N": n, "increasing": up} for up in (True, False)]) for n in range(5)],
    vander(W),
    vander(numpy.array([0.0, 1.5, 0.0]), options=[{}, {"N": 5}]),
]
