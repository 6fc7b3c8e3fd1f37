"""np.pad in each of its modes."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import apart, normal

N, V, A = normal(2, 3), normal(4), apart(3, 4)
ONE, TWO = normal(2), normal(2, 2, seed=1)
NEW = int(numpy.__version__.split(".")[0]) >= 2
NARROW, WIDE, UNEVEN = 1, 5, ((2, 1), (0, 3))


def mode(name, *options, x=N, widths=(NARROW, WIDE, UNEVEN), **flags):
    options = [{"mode": name, **option} for option in (options or ({},))]
    return [Case("pad", (x, width), options, **flags) for width in widths]


def mirrored(line, width, axis, options):
    """Written into by the user's function: what stands at one end, times a factor."""
    before, after = width
    line[:before] = line[before] * options.get("constant_values", 2.0)
    if after:
        line[-after:] = line[before : before + 1] * (axis + 1.0)


LENGTHS = ({}, {"stat_length": 2}, {"stat_length": ((1, 2), (3, 9))})
ROWS = [
    Case("pad", (N, 2), linear=True),
    Case("pad", (V, (1, 3)), linear=True),
    Case("pad", (N, UNEVEN, "constant"), linear=True),
    *mode("constant", {}, {"constant_values": 0}, linear=True),
    *mode("constant", {"constant_values": 1.5}, {"constant_values": ((1.0, 2.0), (3.0, 4.0))}),
    # a complex constant in a real array: NumPy refuses it
    *mode("constant", {"constant_values": ONE}, {"constant_values": TWO}, complex=False),
    *mode("constant", {"constant_values": normal()}, linear=True),
    *mode("edge", linear=True),
    *mode(mirrored, {}, {"constant_values": 3.0}, linear=True),
    *mode(mirrored, {"constant_values": normal()}),
    *mode("wrap", linear=True),
    *mode("reflect", {}, {"reflect_type": "even"}, {"reflect_type": "odd"}, linear=True),
    *mode("symmetric", {}, {"reflect_type": "even"}, {"reflect_type": "odd"}, linear=True),
    *mode("linear_ramp", {}, {"end_values": 0}, linear=True),
    *mode("linear_ramp", {"end_values": 2.0}, {"end_values": ONE}, {"end_values": TWO}),
    *mode("mean", *LENGTHS, linear=True),
    *mode("maximum", *LENGTHS, x=A, complex=False),
    *mode("minimum", *LENGTHS, x=A, complex=False),
]
if NEW:
    ROWS.append(Case("pad", (N, {-1: (1, 2)}), [{"mode": "edge"}], linear=True))
