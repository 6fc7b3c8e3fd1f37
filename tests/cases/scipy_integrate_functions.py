"""Integrals of functions. Those that choose their points are tested in `tests/scipy/`."""

from __future__ import annotations

import tracegrad.numpy as np
from tests.tester import Case

from .samples import normal, positive


def bell(x, c=1.0):
    return np.exp(-c * x * x)


def two(x):
    return np.stack([np.sin(x), x * x])


def value(fun, *args, **options):
    return fun(*args, **options)[0]


def rule(function, *args, options=None, **flags):
    return Case(
        "scipy.integrate.fixed_quad",
        (function, *args),
        options or [{}],
        use=value,
        small=False,
        **flags,
    )


ROWS = [
    rule(
        bell, normal(), positive(), options=[{"n": 3, "args": (positive(seed=1),)}, {"n": 2}],
        float32=False, complex=False,
    ),
    rule(two, normal(), normal(seed=1), float32=False, complex=False),
]  # fmt: skip
