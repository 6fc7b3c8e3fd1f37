"""Images looked up at other places: differentiated in the image and in the places."""

from __future__ import annotations

import warnings

import numpy as np
import scipy.ndimage as sn

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...numpy.rules.arrays import as_array, as_axis, refuse
from ...spaces import match
from .. import special
from .borders import padded
from .bsplines import outside, spline_sum
from .output import declare, sequence, watching
from .splines import coefficients

_MODES = ("reflect", "grid-mirror", "constant", "grid-constant", "nearest", "mirror",
          "grid-wrap", "wrap")  # fmt: skip
_MARGIN = 12  # as wide as SciPy's, where a mode has no exact boundary condition


def _margin(x, width, mode, cval):
    """As much of the image's continuation all around."""
    if mode == "nearest":
        return np.pad(x, width, mode="edge")
    return padded(x, width, constant_values=cval)


def _map_coordinates(
    input, coordinates, output=None, order=3, mode="constant", cval=0.0, prefilter=True
):  # fmt: skip
    x = as_array(coordinates)
    if x.dtype.kind == "c":
        raise TypeError("Complex type not supported")
    if mode not in _MODES:
        raise RuntimeError("boundary mode not supported")
    if not 0 <= order <= 5:
        raise RuntimeError("spline order not supported")
    if x.ndim < 2 or input.ndim < 1:
        raise RuntimeError("input and output rank must be > 0")
    if x.shape[0] != input.ndim:
        raise RuntimeError("invalid shape for coordinate array")
    if not input.size and x.size:
        raise NoDerivative(f"map_coordinates: the image is empty.\n  in {user_line()}")
    mode = "reflect" if mode == "grid-mirror" else mode
    cval = match(as_array(cval), np.dtype("D" if input.dtype.kind == "c" else float))
    c, beyond = input, mode == "constant" and outside(getval(x), input.shape)
    if prefilter and order > 1:
        if mode in ("nearest", "grid-constant"):
            c, x = _margin(c, _MARGIN, mode, cval), x + _MARGIN
        c = coefficients(c, order, mode=mode)
    if mode == "grid-constant":
        c = _margin(c, 1, mode, cval)
    ans = spline_sum(match(c, np.result_type(c.dtype, float)), x, order, (0,) * c.ndim, mode)
    return match(np.where(beyond, cval, ans) if np.any(beyond) else ans, input.dtype)


def _grid(shape):
    """The coordinates of each pixel of an image of this shape."""
    return np.indices(shape, float)


def _affine_transform(
    input, matrix, offset=0.0, output_shape=None, output=None, order=3, mode="constant",
    cval=0.0, prefilter=True,
):  # fmt: skip
    matrix, rank = as_array(matrix), input.ndim
    if matrix.ndim not in (1, 2) or len(matrix) < 1:
        raise RuntimeError("no proper affine matrix provided")
    if matrix.ndim == 2 and matrix.shape[1] == rank + 1 and len(matrix) in (rank, rank + 1):
        if len(matrix) == rank + 1 and not np.all(getval(matrix)[rank] == [0] * rank + [1]):
            raise ValueError(f"the bottom row of the homogeneous matrix is not {[0] * rank + [1]}")
        matrix, offset = matrix[:rank, :rank], matrix[:rank, rank]
    if len(matrix) != rank:
        raise RuntimeError("affine matrix has wrong number of rows")
    grid = _grid(input.shape if output_shape is None else tuple(output_shape))
    if matrix.ndim == 2 and matrix.shape[1] != len(grid):
        raise RuntimeError("affine matrix has wrong number of columns")
    offset = as_array(sequence(offset, rank))
    column = (-1,) + (1,) * (grid.ndim - 1)
    x = np.reshape(offset, column)
    if matrix.ndim == 1:
        x = x + np.reshape(matrix, column) * grid
    else:  # added up as SciPy does it: rounding may lead out of the image
        for axis, place in enumerate(grid):
            x = x + np.reshape(matrix[:, axis], column) * place
    return _map_coordinates(input, x, None, order, mode, cval, prefilter)


def _shift(input, shift, output=None, order=3, mode="constant", cval=0.0, prefilter=True):
    shift = as_array(sequence(shift, input.ndim))
    x = _grid(input.shape) - np.reshape(shift, (-1,) + (1,) * input.ndim)
    return _map_coordinates(input, x, None, order, mode, cval, prefilter)


def _zoom(
    input, zoom, output=None, order=3, mode="constant", cval=0.0, prefilter=True, *,
    grid_mode=False,
):  # fmt: skip
    """How large the result is hangs on the zoom by steps; between these nothing changes."""
    zoom = [float(getval(z)) for z in sequence(zoom, input.ndim)]
    shape = [round(n * z) for n, z in zip(input.shape, zoom)]
    if all(z == 1 for z in zoom) and prefilter:
        return np.positive(input)
    if input.dtype.kind == "c":  # of these SciPy forgets it
        refuse("zoom (of complex images)", grid_mode=grid_mode or None)
    if grid_mode and mode in ("constant", "wrap"):
        warnings.warn(
            f"It is recommended to use mode = grid-{mode} instead of {mode} when grid_mode is "
            "True.",
            stacklevel=3,
        )
    edge = 0 if grid_mode else 1
    ratio = [(n - edge) / (m - edge) if m != edge else 1.0 for n, m in zip(input.shape, shape)]
    half = 0.5 if grid_mode else 0.0
    ratio = np.reshape(ratio, (-1,) + (1,) * input.ndim)
    x = (_grid(shape) + half) * ratio - half
    return _map_coordinates(input, x, None, order, mode, cval, prefilter)


def _geometric_transform(
    input, mapping, output_shape=None, output=None, order=3, mode="constant", cval=0.0,
    prefilter=True, extra_arguments=(), extra_keywords=None,
):  # fmt: skip
    shape = input.shape if output_shape is None else tuple(output_shape)
    keywords = extra_keywords or {}
    points = [mapping(i, *extra_arguments, **keywords) for i in np.ndindex(*shape)]
    x = np.reshape(as_array([list(point) for point in points]), (*shape, input.ndim))
    return _map_coordinates(input, np.moveaxis(x, -1, 0), None, order, mode, cval, prefilter)


def _rotate(
    input, angle, axes=(1, 0), reshape=True, output=None, order=3, mode="constant", cval=0.0,
    prefilter=True,
):  # fmt: skip
    if input.ndim < 2:
        raise ValueError("input array should be at least 2D")
    if len(axes) != 2:
        raise ValueError("axes should contain exactly two values")
    axes = sorted([as_axis(int(axis), input.ndim) for axis in axes])
    angle = as_array(angle) + 0.0
    cosine, sine = special.cosdg(angle), special.sindg(angle)
    matrix = as_array([[cosine, sine], [-sine, cosine]])
    shape = np.array([input.shape[axis] for axis in axes])
    out_shape = shape
    if reshape:
        corners = getval(matrix) @ [[0, 0, shape[0], shape[0]], [0, shape[1], 0, shape[1]]]
        out_shape = (np.ptp(corners, axis=1) + 0.5).astype(int)
    offset = (shape - 1) / 2 - matrix @ ((out_shape - 1) / 2)
    how = (matrix, offset, tuple(out_shape.tolist()), None, order, mode, cval, prefilter)
    if input.ndim == 2:
        return _affine_transform(input, *how)
    planes = np.moveaxis(input, axes, (-2, -1))
    rest = planes.shape[:-2]
    turned = [_affine_transform(plane, *how) for plane in planes.reshape(-1, *shape.tolist())]
    return np.moveaxis(np.stack(turned).reshape(*rest, *out_shape.tolist()), (-2, -1), axes)


declare(sn.map_coordinates, _map_coordinates)
declare(sn.affine_transform, _affine_transform)
declare(sn.shift, _shift)
declare(sn.zoom, _zoom)
watching(declare(sn.geometric_transform, _geometric_transform), "mapping")
declare(sn.rotate, _rotate)
