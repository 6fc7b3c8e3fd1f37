"""Interpolation, measurements and Fourier filters of `scipy.ndimage`."""

from __future__ import annotations

import numpy

from tests.tester import Case

from .samples import apart, normal, positive


def image(name, *args, options=None, **flags):
    flags = {"small": False, **flags}
    return Case(f"scipy.ndimage.{name}", args, options or [{}], **flags)


X = normal(4, 5)
# inside and outside of the image, at a distance from knots
AT = numpy.array([[0.3, 1.7, 2.3, -0.7, 5.2, 1.15], [2.2, 3.3, 0.2, 1.3, 3.8, -5.7]])
IN = AT[:, :3]
CVAL = numpy.float64(0.7)
MODES = ["reflect", "grid-mirror", "nearest", "mirror", "grid-wrap", "wrap"]
BORDERS = [{"mode": mode} for mode in MODES]
BORDERS += [{"mode": mode, "cval": CVAL} for mode in ("constant", "grid-constant")]

ROWS = [
    image("spline_filter1d", X, options=[{"axis": 0}, {"output": float, "order": 5},
                                         *[{"mode": mode, "order": 2} for mode in MODES],
                                         {"order": 1}], linear=True),
    image("spline_filter1d", X[:2, :1], options=[{"axis": 0}, {}], linear=True),
    image("spline_filter", X, options=[{}, {"order": 4, "mode": "reflect", "output": float}],
          linear=True),
    image("map_coordinates", X, AT, options=[{}, *BORDERS], complex=False),
    image("map_coordinates", X, AT, options=[{"order": 2, **BORDERS[i]} for i in (0, 2, 7)],
          complex=False),
    image("map_coordinates", X, IN, options=[
        {"order": k, "prefilter": k != 4, "output": float} for k in (0, 1, 2, 4, 5)],
        complex=False),
    image("map_coordinates", normal(6), numpy.array([[[0.3, 3.6], [4.4, 5.6]]]),
          options=[{"order": 3, "mode": "reflect"}], complex=False),
    image("map_coordinates", normal(1, 3), [[0.0, 0.0], [0.3, 1.2]],
          options=[{"mode": mode} for mode in ("mirror", "wrap", "reflect")]),
    image("map_coordinates", X, AT.tolist(), options=[{}, *BORDERS[-2:]]),
    image("affine_transform", X, numpy.array([[0.8, 0.17], [-0.23, 0.9]]), complex=False,
          options=[{"offset": numpy.array([0.21, 0.37]), "output_shape": (3, 2)},
                   {"offset": 0.13, "order": 1, "prefilter": False, **BORDERS[-2]}]),
    image("affine_transform", X, numpy.array([0.83, 0.91]), complex=False,
          options=[{"offset": [0.13, 0.21], "mode": "mirror", "output": float}]),
    image("affine_transform", X, numpy.array([[0.8, 0.17, 0.21], [-0.23, 0.9, 0.37]]),
          options=[{"mode": "nearest"}], complex=False),
    image("affine_transform", X, [[0.8, 0.17, 0.2], [-0.23, 0.9, 0.36], [0, 0, 1]]),
    image("shift", X, numpy.array([0.31, -0.43]), complex=False,
          options=[{}, {"order": 1, "prefilter": False, "output": float, **BORDERS[-2]}]),
    image("shift", X, numpy.float64(0.37), options=[{"mode": "grid-wrap"}], complex=False),
    image("shift", X, 0.37),
    image("rotate", X, numpy.float64(23.0), complex=False,
          options=[{}, {"reshape": False, "order": 1, "prefilter": False, **BORDERS[-2]},
                   {"axes": (0, -1), "mode": "reflect", "output": float}]),
    image("rotate", normal(3, 2, 4), numpy.float64(23.0), options=[{"axes": (2, 0)}],
          complex=False),
    image("rotate", X, 90),
    image("zoom", X, 1.6),
    image("zoom", X, (0.6, 1.4), complex=False, options=[
        {"order": 1, "prefilter": False, "output": float}, BORDERS[2], BORDERS[-2],
        {"grid_mode": True, "mode": "grid-mirror"}]),
    image("zoom", X, 1, options=[{}, {"order": 2}]),
]  # fmt: skip


def moved(point, by=0.21, *, scale=0.9):
    return point[0] * scale + by, point[1] - 0.13 * point[0]


ROWS += [
    image("geometric_transform", X, moved, complex=False, options=[
        {}, {"output_shape": (3, 2), "extra_arguments": (CVAL,), "extra_keywords": {"scale": CVAL}},
        {"order": 1, "prefilter": False, "output": float, **BORDERS[-2]}]),
]  # fmt: skip

# -- measurements
A = apart(4, 5)
LABELS = numpy.array([[0, 1, 1, 3, 3], [1, 1, 0, 0, 3], [2, 2, 0, 1, 3], [2, 0, 0, 1, 3]])
GROUPS = [{}, {"labels": LABELS}, {"labels": LABELS, "index": 3},
          {"labels": LABELS, "index": [3, 1, 1]}]  # fmt: skip
MISSING = {"labels": LABELS, "index": [[2, 7]]}


def measured(name, *more, **flags):
    return image(name, A, options=[*GROUPS, *more], complex=False, **flags)


def magnitude(pixels, places=0):
    return (pixels**2).sum() + numpy.sum(places)


ROWS += [
    *[measured(name, MISSING, linear=True) for name in ("sum", "sum_labels")],
    *[measured(name) for name in ("mean", "variance", "standard_deviation")],
    *[image(name, A[0], options=[{"labels": LABELS - 1, "index": [-1, 2]}], complex=False)
      for name in ("sum", "mean", "variance")],
    *[measured(name, MISSING, order=1) for name in ("maximum", "minimum", "extrema")],
    measured("median", order=1),
    image("center_of_mass", positive(4, 5), options=GROUPS, complex=False),
    *[image("labeled_comprehension", A, labels, index, magnitude, float, -1.0, complex=False,
            options=[{}, {"pass_positions": True}])
      for labels, index in ((None, None), (LABELS, None), (LABELS, 3), (LABELS, [3, 8, 1]))],
]  # fmt: skip

# -- Fourier filters
W = normal(4, 5)
SIZES = numpy.array([0.7, 1.3])
HALF = {"n": 9, "axis": 1, "output": numpy.complex128}
for _name in ("fourier_gaussian", "fourier_uniform", "fourier_ellipsoid", "fourier_shift"):
    ROWS += [
        image(_name, W, SIZES, options=[{}, HALF, {"n": 6, "axis": 0}], complex=False),
        image(_name, W, 0.8),
        image(_name, W, 0.8, options=[HALF], complex=False),
        image(_name, normal(5), numpy.float64(0.8), complex=False),
        image(_name, normal(2, 3, 4), numpy.float64(0.8), complex=False),
    ]
