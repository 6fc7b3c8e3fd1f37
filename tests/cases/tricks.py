"""`r_` and `c_`."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import normal, positive

V, W, M, ONE = normal(3), normal(2, seed=1), normal(2, 3), normal()
LOW, HIGH = positive(), 6.0 + positive(seed=1)


def joined(title, fun, *args, **flags):
    return Case(f"{title}[...]", args, fun=fun, **flags)


def grid(title, fun, *args):
    """What is laid out between two ends; the ends are numbers and stay so."""
    return Case(f"{title}[...]", args, fun=fun, complex=False, float32=False, small=False)


ROWS = [
    joined("r_", lambda x: np.r_[x], V),
    joined("r_", lambda x, y: np.r_[x, y, x], V, W),
    joined("r_", lambda x: np.r_[x, 0, [0] * 2, 0.0, True], V),
    joined("r_", lambda x, y: np.r_[x, [y, 1, 2.0 * y]], V, ONE),
    joined("r_", lambda x: np.r_["-1", x, x], M),
    joined("r_", lambda x: np.r_["0,2", x, x], V),
    joined("r_", lambda x, y: np.r_["0,2", x, y, 1:4], M, V),
    joined("r_", lambda x, y: np.r_["1,2,0", x, [1, y]], W, ONE),
    joined("r_", lambda x: np.r_["0,2,0", x, x], V),
    joined("r_", lambda x: np.r_["1,3,1", x, x], M),
    joined("r_", lambda x: np.r_["-1,4,-3", x, x], M),
    joined("r_", lambda x: np.r_["0,3,0", x, 2], V, small=False),
    joined("c_", lambda x, y: np.c_[x, y], V, 2.0 * V),
    joined("c_", lambda x, y: np.c_[x, y], M, W),
    joined("c_", lambda x: np.c_[[x, 1.0]], ONE),
    joined("c_", lambda x: np.c_[x, 0:3], V),
    joined("c_", lambda x: np.c_[x, [1, 2, 3], numpy.arange(3.0)], V),
    joined("c_", lambda x: np.c_["0", x, x], M),
    grid("r_", lambda a, b: np.r_[a:b], LOW, HIGH),
    grid("r_", lambda a, b: np.r_[a:b:5j, 1, b], LOW, HIGH),
    grid("r_", lambda a, b: np.r_[a:b:a, 0:3], LOW, HIGH),
    grid("r_", lambda a: np.r_[:a:3j], HIGH),
    grid("c_", lambda a, b: np.c_[a:b:4j, b:a:4j], LOW, HIGH),
]
