"""The modified Bessel function and its window."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

LARGE = numpy.array([[20.0, -8.1, 5.0], [13.0, 7.9, -30.0]])

ROWS = [
    Case("i0", (normal(2, 3),), complex=False),
    # values up to 1e12, relative to which differences are as exact as others
    Case("i0", (LARGE,), complex=False, float32=False),
    Case("i0", (numpy.zeros(2),), complex=False),
    *[Case("kaiser", (m, positive()), complex=False) for m in (1, 2, 7, 8)],
    Case("kaiser", (6, 4.0 * positive()), complex=False),
]
