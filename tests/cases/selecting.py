"""Functions that choose among several arrays or rules."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import apart, normal

A = apart(2, 9)
X, LOW, HIGH = A[:, :3], A[:, 3:6], A[:, 6:]  # no element of one near one of another
NEW = int(numpy.__version__.split(".")[0]) >= 2


def real(name, args, options=None, **flags):
    return Case(name, args, options or [{}], complex=False, **flags)


ROWS = [
    real("clip", (X, -0.5, 0.7)),
    real("clip", (X, None, 0.7)),
    real("clip", (X, -0.5, None)),
    real("clip", (X, LOW, HIGH)),
    real("clip", (X, LOW[0], 0.3)),
    real("clip", (X,), [{"a_min": LOW, "a_max": None}, {"a_min": 0.2, "a_max": HIGH[:, :1]}]),
    Case("x.clip", (X,), fun=lambda x: x.clip(-0.5, 0.7), complex=False),
]
if NEW:
    ROWS.append(real("clip", (X,), [{"min": 0.2}, {"max": 0.2}, {"min": LOW, "max": HIGH}, {}]))

N, M, K = normal(2, 3), normal(2, 3, seed=1), normal(3)
WHICH, FAR = numpy.array([[0, 2, 1], [1, 0, 2]]), numpy.array([[0, 5, -1], [-4, 3, 2]])
CONDITIONS = [M > 0.5, M < -0.4]


def choice(*args, options=None, **flags):
    return Case("choose", args, options or [{}], small=False, linear=True, **flags)


ROWS += [
    choice(WHICH, [N, M, K], options=[{}, {"mode": "raise"}]),
    choice(FAR, [N, M, K], options=[{"mode": "wrap"}, {"mode": "clip"}]),
    choice(WHICH, normal(3, 2, 3)),
    choice(WHICH[0] > 0, [N, K]),
    choice(1, [N, K]),
    Case("select", (CONDITIONS, [N, K]), small=False, linear=True),
    Case("select", (CONDITIONS, [N, K]), [{"default": normal(3, seed=2)}], small=False),
    Case("select", (CONDITIONS, [N, 2.0], normal()), small=False),
    Case("select", ([M[0] > 0], [normal()]), small=False),
]
