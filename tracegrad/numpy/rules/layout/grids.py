"""Arrays brought to one shape, and coordinates laid out along axes."""

from __future__ import annotations

import numpy as np

from ....core.box import isbox
from ...kinds import composed
from ...namespace import primitive_of as of
from ..arrays import NUMPY_2, as_array

_several = tuple if NUMPY_2 else list


def _broadcast_arrays(*args, subok=False):
    arrays = [as_array(a) for a in args]
    shape = np.broadcast_shapes(*[np.shape(a) for a in arrays])
    return _several([np.broadcast_to(a, shape, subok) for a in arrays])


composed(of(np.broadcast_arrays), _broadcast_arrays)


def _along(points, axis, rank):
    return np.reshape(points, (1,) * axis + (-1,) + (1,) * (rank - axis - 1))


def _meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    axes = list(range(len(xi)))
    if indexing == "xy":
        axes[:2] = axes[:2][::-1]
    grids = [_along(as_array(x), axis, len(xi)) for x, axis in zip(xi, axes)]
    grids = grids if sparse else _broadcast_arrays(*grids)
    return _several([np.copy(grid) if copy else grid for grid in grids])


composed(of(np.meshgrid), _meshgrid)


def _ix(*args):
    grids = []
    for axis, index in enumerate(args):
        points = as_array(index)
        if not isbox(points):
            (points,) = np.ix_(index)  # makes positions of truth values
        if points.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        grids.append(_along(points, axis, len(args)))
    return tuple(grids)


composed(of(np.ix_), _ix)
composed(of(np.fromfunction), np.fromfunction)  # its function is called with boxes as they are


def _vander(x, N=None, increasing=False):
    """Each column is the one before times x: no power of 0 has a slope to be careful with."""
    if x.ndim != 1:
        raise ValueError("x must be a one-dimensional array or sequence.")
    n = len(x) if N is None else N
    if n < 0:
        raise ValueError("negative dimensions are not allowed")
    x = x.astype(np.promote_types(x.dtype, int))
    powers = [np.ones(x.shape, x.dtype)]
    for _ in range(n - 1):
        powers.append(powers[-1] * x)
    columns = np.stack(powers, axis=1)[:, :n]
    return columns if increasing else columns[:, ::-1]


composed(of(np.vander), _vander)
