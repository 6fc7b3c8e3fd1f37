"""Values on a grid."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import normal, positive

V, M = normal(6), normal(3, 4)
X, Y, Z = [numpy.cumsum(positive(n)) for n in (6, 3, 4)]
H, K = positive(), positive(seed=1)


def gradient(*args, options=None, **flags):
    """Of a number it is an empty tuple."""
    return Case("gradient", args, options or [{}], small=False, **flags)


ROWS = [
    gradient(V, options=[{}, {"edge_order": 2}, {"axis": 0}], linear=True),
    gradient(M, options=[{}, {"edge_order": 2}, {"axis": 1}, {"axis": (1, 0)}], linear=True),
    gradient(V, 0.5, linear=True),
    gradient(V, H, options=[{}, {"edge_order": 2}]),
    gradient(V, X, options=[{}, {"edge_order": 2}]),
    gradient(M, 2.0, Z.tolist(), options=[{}, {"edge_order": 2}]),
    gradient(M, Y, Z, options=[{}, {"edge_order": 2}]),
    gradient(M, H, K, options=[{"axis": (1, 0)}]),
    gradient(M, Y, K, options=[{"axis": (-2, -1), "edge_order": 2}]),
    gradient(M, Z, options=[{"axis": 1}]),
]
TRAPEZOID = "trapezoid" if hasattr(numpy, "trapezoid") else "trapz"
ROWS += [
    Case(TRAPEZOID, (M,), [{}, {"axis": 0}, {"dx": 0.5}, {"axis": 1, "dx": 0.3}], linear=True),
    Case(TRAPEZOID, (M,), [{"x": Z}, {"x": Y, "axis": 0}, {"x": M.T.tolist(), "axis": 0}][:2]),
    Case(TRAPEZOID, (M, 2.0 * M + 1.0), [{"axis": 0}, {}]),
    Case(TRAPEZOID, (V,), [{"dx": H}]),
    Case("convolve", (V, X), [{}, {"mode": "full"}, {"mode": "same"}, {"mode": "valid"}]),
    Case("convolve", (V, X[:3]), [{}, {"mode": "same"}, {"mode": "valid"}], analytic=True),
    Case("convolve", (X[:2], V), [{}, {"mode": "same"}, {"mode": "valid"}], analytic=True),
    Case("correlate", (V, X), [{}, {"mode": "full"}, {"mode": "same"}, {"mode": "valid"}]),
    Case("correlate", (V, X[:2]), [{}, {"mode": "same"}, {"mode": "full"}]),
    Case("correlate", (X[:2], V), [{}, {"mode": "same"}, {"mode": "full"}]),
]

# -- differences and running sums
ENDS = [{}, {"to_end": 2.0}, {"to_begin": [1.0, 3.0], "to_end": 2}, {"to_begin": H, "to_end": X}]
ROWS += [Case("ediff1d", (V,), ENDS), Case("ediff1d", (M,), ENDS)]
if hasattr(numpy, "cumulative_sum"):
    F64 = {"dtype": numpy.float64}
    for _name in ("cumulative_sum", "cumulative_prod"):
        ROWS += [
            Case(_name, (V,), [{}, {"axis": 0}, {"axis": -1, "include_initial": True}]),
            Case(_name, (M,), [{"axis": 0}, {"axis": -1, "include_initial": True}]),
            Case(_name, (M,), [{"axis": 1, **F64}], complex=False, float32=False),
        ]

# -- angles without jumps
ANGLES = numpy.array([[0.3, 2.9, 6.4, 13.1, 7.2], [1.0, -4.5, -4.1, 2.6, 9.0]])
ROWS += [
    Case(
        "unwrap",
        (ANGLES,),
        [{}, {"axis": 0}, {"axis": -1, "discont": 5.0}, {"period": 2.5}, {"discont": 1.0}],
        complex=False,
        linear=False,
    ),
    Case("unwrap", (ANGLES,), [{"period": numpy.float64(2.7)}], complex=False, float32=False),
    Case("unwrap", (ANGLES,), [{"period": 3, "discont": 2}], complex=False),
]

# -- interpolation
KNOTS = numpy.array([-1.0, 0.2, 0.9, 2.0])
AT = numpy.array([[-0.3, 1.1, -2.0], [0.5, 1.9, 2.7]])


def interp(*args, options=None, **flags):
    """NumPy interpolates in float64; of the arguments fp alone may be complex."""
    flags = {"complex": False, "float32": False, **flags}
    return Case("interp", args, options or [{}], **flags)


ROWS += [
    interp(AT, KNOTS, normal(4)),
    interp(AT, KNOTS, normal(4), options=[{"left": H, "right": K}, {"left": 0.5}, {"right": H}]),
    interp(AT, KNOTS, normal(4), options=[{"period": 3.5}, {"period": numpy.float64(-3.5)}]),
    interp(AT, KNOTS[[2, 0, 3, 1]], normal(4), options=[{"period": 7.1 + H}]),
    interp(AT, KNOTS[:1], normal(1), options=[{}, {"left": H}]),
    interp(AT.tolist(), KNOTS.tolist(), normal(4), complex=True),
    interp(AT.tolist(), KNOTS.tolist(), normal(4), options=[{"left": H}, {"period": 3.5}]),
    interp(AT, KNOTS, normal(4) + 0.5j * normal(4, seed=1), options=[{}, {"left": 1j + H}]),
    # steps, and x on them
    interp(AT, [-1.0, 0.2, 0.2, 2.0], normal(4)),
    interp([-1.0, 0.2, 2.0, 3.0], [-1.0, 0.2, 0.2, 2.0], normal(4)),
    interp([0.2, -1.0, 2.0], KNOTS.tolist(), normal(4), options=[{}, {"left": H, "right": K}]),
]
