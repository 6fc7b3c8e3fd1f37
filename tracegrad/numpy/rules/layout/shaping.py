"""Functions that rearrange elements: each is linear, its transpose puts them back."""

from __future__ import annotations

import numpy as np

from ....core.primitive import Primitive
from ....modes.sharing import as_view
from ....spaces import fit
from ...kinds import composed, constant, linear
from ...namespace import primitive_of as of
from ..arrays import NUMPY_2


def _unreshape(g, a_shape):
    return g.reshape(a_shape)


linear(of(np.reshape), a=_unreshape, inert=("newshape", "shape", "copy"))
linear(of(np.ravel), a=_unreshape)
linear(of(np.squeeze), a=_unreshape, inert=("axis",))
linear(of(np.expand_dims), a=_unreshape, inert=("axis",))


def _inverse(axes):
    return None if axes is None else tuple(np.argsort([axis % len(axes) for axis in axes]).tolist())


linear(of(np.transpose), a=lambda g, axes: np.transpose(g, _inverse(axes)))
linear(of(np.swapaxes), a=lambda g, axis1, axis2: np.swapaxes(g, axis1, axis2))
linear(of(np.moveaxis), a=lambda g, source, destination: np.moveaxis(g, destination, source))


def _matrix_transpose(x, /):
    if x.ndim < 2:
        raise ValueError(f"Input array must be at least 2-dimensional, but it is {x.ndim}")
    return np.swapaxes(x, -1, -2)


if NUMPY_2:
    composed(of(np.matrix_transpose), _matrix_transpose)
    composed(of(np.linalg.matrix_transpose), _matrix_transpose)


def _unrollaxis(g, axis, start):
    axis, start = axis % g.ndim, start + g.ndim if start < 0 else start
    return np.rollaxis(g, start - 1, axis) if start > axis else np.rollaxis(g, start, axis + 1)


linear(of(np.rollaxis), a=_unrollaxis)
linear(of(np.flip), m=lambda g, axis: np.flip(g, axis))
linear(of(np.fliplr), m=lambda g: np.fliplr(g))
linear(of(np.flipud), m=lambda g: np.flipud(g))
linear(of(np.rot90), m=lambda g, k, axes: np.rot90(g, -k, axes))


def _negated(shift):
    return tuple(-s for s in shift) if isinstance(shift, (tuple, list)) else -np.asarray(shift)


linear(of(np.roll), a=lambda g, shift, axis: np.roll(g, _negated(shift), axis))
linear(
    of(np.broadcast_to),
    array=lambda g, array_shape: fit(g, array_shape, g.dtype),
    inert=("shape", "subok"),
)


def _unrepeat(g, a_shape, repeats, axis):
    """Sum the copies of each element."""
    if axis is None or not a_shape:
        return _unrepeat(g, (int(np.prod(a_shape)),), repeats, 0).reshape(a_shape)
    axis = axis % len(a_shape)
    n = a_shape[axis]
    if np.ndim(repeats) == 0 or np.size(repeats) == 1:
        split = (*g.shape[:axis], n, int(np.reshape(repeats, ())), *g.shape[axis + 1 :])
        return g.reshape(split).sum(axis=axis + 1)
    sums = np.concatenate([np.zeros_like(np.take(g, [0], axis)), np.cumsum(g, axis)], axis)
    ends = np.cumsum(repeats)
    return np.take(sums, ends, axis) - np.take(sums, ends - repeats, axis)


linear(of(np.repeat), a=_unrepeat)


def _untile(g, A_shape, reps):
    """Sum the copies of the array."""
    reps = (int(reps),) if np.ndim(reps) == 0 else tuple(int(r) for r in reps)
    reps = (1,) * (len(A_shape) - len(reps)) + reps
    shape = (1,) * (len(reps) - len(A_shape)) + A_shape
    split = [n for pair in zip(reps, shape) for n in pair]
    return g.reshape(split).sum(axis=tuple(range(0, 2 * len(reps), 2))).reshape(A_shape)


linear(of(np.tile), A=_untile)


def _resize(a, new_shape):
    """The elements over and over, as many as there is room for."""
    new_shape = (new_shape,) if np.ndim(new_shape) == 0 else tuple(new_shape)
    if any(n < 0 for n in new_shape):
        raise ValueError("all elements of `new_shape` must be non-negative")
    size = int(np.prod(new_shape))
    if not a.size:
        return np.zeros_like(a, shape=new_shape)
    return np.reshape(np.tile(np.ravel(a), -(-size // a.size))[:size], new_shape)


composed(of(np.resize), _resize)
# of a vector they make a matrix whose rows repeat it
linear(of(np.tril), m=lambda g, m_shape, k: fit(np.tril(g, k), m_shape, g.dtype))
linear(of(np.triu), m=lambda g, m_shape, k: fit(np.triu(g, k), m_shape, g.dtype))


def _diagonal(a, offset=0, axis1=0, axis2=1):
    a = np.moveaxis(a, (axis1, axis2), (-2, -1))
    rows, columns = a.shape[-2:]
    below, right = max(-offset, 0), max(offset, 0)
    i = np.arange(max(0, min(rows - below, columns - right)))
    return a[..., i + below, i + right]


def _diagonal_view(a, offset=0, axis1=0, axis2=1):
    return as_view(_diagonal(a, offset, axis1, axis2), a, np.diagonal, offset, axis1, axis2)


def _trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return np.sum(_diagonal(a, offset, axis1, axis2), axis=-1, dtype=dtype)


composed(of(np.diagonal), _diagonal_view)
composed(of(np.trace), _trace)

_of_diagonal = Primitive(lambda v, k: np.diag(v, k), name="diag")
linear(_of_diagonal, v=lambda g, k: np.diagonal(g, k))
composed(of(np.diag), lambda v, k=0: _of_diagonal(v, k) if np.ndim(v) == 1 else np.diagonal(v, k))
composed(of(np.diagflat), lambda v, k=0: _of_diagonal(np.ravel(v), k))


def _padded(shape, rank):
    """The shape that atleast_{rank}d gives: at rank 3, new axes stand at both ends."""
    if rank == 3 and len(shape) in (1, 2):
        return (1, *shape, 1) if len(shape) == 1 else (*shape, 1)
    return (1,) * (rank - len(shape)) + tuple(shape)


def _at_least(rank, arrays):
    done = [np.reshape(a, _padded(np.shape(a), rank)) for a in arrays]
    return done[0] if len(done) == 1 else tuple(done)


composed(of(np.atleast_1d), lambda *arrays: _at_least(1, arrays))
composed(of(np.atleast_2d), lambda *arrays: _at_least(2, arrays))
composed(of(np.atleast_3d), lambda *arrays: _at_least(3, arrays))

constant(*map(of, (np.zeros, np.ones, np.empty, np.eye, np.identity, np.tri)))
constant(*map(of, (np.zeros_like, np.ones_like, np.empty_like, np.shape, np.size, np.ndim)))
constant(*map(of, (np.iscomplexobj, np.isrealobj, np.isscalar, np.result_type, np.iterable)))
constant(*map(of, (np.isfortran, np.common_type, np.min_scalar_type, np.can_cast)))
constant(*map(of, (np.may_share_memory, np.shares_memory, np.array_repr, np.array_str)))
constant(*map(of, (np.array2string, np.diag_indices_from, np.tril_indices_from)))
constant(*map(of, (np.triu_indices_from, np.einsum_path)))
