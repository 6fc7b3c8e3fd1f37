"""Functions that choose among several arrays or rules."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import apart

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
