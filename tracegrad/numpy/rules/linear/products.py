"""Products of arrays: linear in each factor, so each transpose is a product with the others."""

from __future__ import annotations

import numpy as np

from ....core.primitive import Primitive
from ....spaces import fit
from ...kinds import composed, multilinear
from ...namespace import primitive_of as of

# -- dot: sums over the last axis of a and the last but one of b -------------------------------


def _dot(a, b):
    """np.dot, by the method where both are arrays: it is twice as fast on small ones."""
    return a.dot(b) if type(a) is type(b) is np.ndarray else np.dot(a, b)


def _dot_a(g, a_shape, b):
    b_rank = getattr(b, "ndim", 0)
    if b_rank == 2 and a_shape:
        return _dot(g, b.T)
    if b_rank == 1 and a_shape:
        return g[..., None] * b if len(a_shape) > 1 else g * b
    if b_rank == 0 or not a_shape:
        return fit(g * b, a_shape, g.dtype)
    others = [i for i in range(b_rank) if i != b_rank - 2]
    return np.tensordot(g, b, (list(range(len(a_shape) - 1, g.ndim)), others))


def _dot_b(g, a, b_shape):
    a_rank = getattr(a, "ndim", 0)
    if a_rank == 2 and 1 <= len(b_shape) <= 2:
        return _dot(a.T, g)
    if a_rank == 1 and b_shape:
        return g * a if len(b_shape) == 1 else a[:, None] * g[..., None, :]
    if a_rank == 0 or not b_shape:
        return fit(g * a, b_shape, g.dtype)
    rows = list(range(a_rank - 1))
    summed = np.tensordot(a, g, (rows, rows))
    return np.moveaxis(summed, 0, -2) if len(b_shape) > 1 else summed


multilinear(of(np.dot), a=_dot_a, b=_dot_b)

# -- matmul: stacks of matrices; a vector is a matrix with one row or column -------------------


def _matmul_x(g, x_shape, y):
    if y.ndim == 1:
        return fit(g[..., None] * y, x_shape, g.dtype)
    if len(x_shape) == 1:
        return fit(np.matmul(y, g[..., None])[..., 0], x_shape, g.dtype)
    return fit(np.matmul(g, np.swapaxes(y, -1, -2)), x_shape, g.dtype)


def _matmul_y(g, x, y_shape):
    if x.ndim == 1:
        return fit(g[..., None, :] * x[:, None] if len(y_shape) > 1 else g * x, y_shape, g.dtype)
    if len(y_shape) == 1:
        return fit(np.matmul(np.swapaxes(x, -1, -2), g[..., None])[..., 0], y_shape, g.dtype)
    return fit(np.matmul(np.swapaxes(x, -1, -2), g), y_shape, g.dtype)


multilinear(of(np.matmul), x=_matmul_x, y=_matmul_y, inert=("casting", "order", "subok", "dtype"))

# -- tensordot ---------------------------------------------------------------------------------


def _axes(axes, a_rank, b_rank):
    """The summed axes of a and of b, counted from the front."""
    if np.ndim(axes) == 0 and not isinstance(axes, (tuple, list)):
        n = int(axes)
        return list(range(a_rank - n, a_rank)), list(range(n))
    a_axes, b_axes = axes
    a_axes = [a_axes] if np.ndim(a_axes) == 0 else list(a_axes)
    b_axes = [b_axes] if np.ndim(b_axes) == 0 else list(b_axes)
    return [i % a_rank for i in a_axes], [i % b_rank for i in b_axes]


def _tensordot_a(g, a_shape, b, axes):
    rank = len(a_shape)
    a_axes, b_axes = _axes(axes, rank, np.ndim(b))
    a_free = [i for i in range(rank) if i not in a_axes]
    b_free = [i for i in range(np.ndim(b)) if i not in b_axes]
    out = np.tensordot(g, b, (list(range(len(a_free), g.ndim)), b_free))
    summed = [a_axes[i] for i in np.argsort(b_axes)]
    return np.transpose(out, np.argsort(a_free + summed).tolist())


def _tensordot_b(g, a, b_shape, axes):
    rank = len(b_shape)
    a_axes, b_axes = _axes(axes, np.ndim(a), rank)
    a_free = [i for i in range(np.ndim(a)) if i not in a_axes]
    b_free = [i for i in range(rank) if i not in b_axes]
    out = np.tensordot(a, g, (a_free, list(range(len(a_free)))))
    summed = [b_axes[i] for i in np.argsort(a_axes)]
    return np.transpose(out, np.argsort(summed + b_free).tolist())


multilinear(of(np.tensordot), a=_tensordot_a, b=_tensordot_b)

# -- others, in terms of these -----------------------------------------------------------------


def _outer(a, b, out=None):
    return np.ravel(a)[:, None] * np.ravel(b)[None, :]


def _inner(a, b):
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return np.multiply(a, b)
    return np.tensordot(a, b, (-1, -1))


def _kron(a, b):
    rank = max(np.ndim(a), np.ndim(b))
    a_shape = (1,) * (rank - np.ndim(a)) + np.shape(a)
    b_shape = (1,) * (rank - np.ndim(b)) + np.shape(b)
    a = np.reshape(a, [n for pair in zip(a_shape, (1,) * rank) for n in pair])
    b = np.reshape(b, [n for pair in zip((1,) * rank, b_shape) for n in pair])
    return (a * b).reshape([m * n for m, n in zip(a_shape, b_shape)])


composed(of(np.outer), _outer)
composed(of(np.inner), _inner)
composed(of(np.vdot), lambda a, b: np.dot(np.conjugate(np.ravel(a)), np.ravel(b)))
composed(of(np.kron), _kron)


# -- cross: g . (a x b) = a . (b x g) = b . (g x a) where all have three components ------------

_cross3 = multilinear(
    Primitive(np.cross, signature="a, b"),
    a=lambda g, a_shape, b: fit(_cross3(b, g), a_shape, g.dtype),
    b=lambda g, a, b_shape: fit(_cross3(g, a), b_shape, g.dtype),
)


def _to_end(x, axis):
    return x if axis in (-1, x.ndim - 1) else np.moveaxis(x, axis, -1)


def _cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = _to_end(a, axisa), _to_end(b, axisb)
    if a.shape[-1] not in (2, 3) or b.shape[-1] not in (2, 3):
        raise ValueError("both arrays must have 2 or 3 components along the axis")
    if a.shape[-1] == b.shape[-1] == 3:
        ans = _cross3(a, b)
        return ans if axisc in (-1, ans.ndim - 1) else np.moveaxis(ans, -1, axisc)
    a1, a2, b1, b2 = a[..., 0], a[..., 1], b[..., 0], b[..., 1]
    third = a1 * b2 - a2 * b1
    if a.shape[-1] == b.shape[-1]:
        return third
    a3 = a[..., 2] if a.shape[-1] == 3 else 0.0
    b3 = b[..., 2] if b.shape[-1] == 3 else 0.0
    return np.stack([a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, third], axis=axisc)


composed(of(np.cross), _cross)
