"""NumPy 2's products of stacks of vectors and matrices, by `matmul`."""

from __future__ import annotations

import numpy as np

from ...kinds import composed
from ...namespace import primitive_of as of


def _moved(name, array, axes, dtype):
    """The array with its own axes last, the others being those of the stack."""
    if array.ndim < len(axes):
        raise ValueError(f"{name}: an operand has fewer than {len(axes)} dimensions")
    if dtype is not None:
        array = array.astype(dtype)
    return np.moveaxis(array, axes, tuple(range(-len(axes), 0)))


def _tuples(axes):
    return [a if isinstance(a, (tuple, list)) else (a,) for a in axes]


def _product(name, default, multiply):
    """A product whose result has one axis, and where the axes are by default."""

    def product(x, y, out=None, *, axes=None, axis=None, keepdims=False, dtype=None, **layout):
        if axis is not None or keepdims:
            raise TypeError(f"{name}() takes neither axis= nor keepdims=; use axes=")
        of_x, of_y, of_ans = default if axes is None else _tuples(axes)
        ans = multiply(_moved(name, x, of_x, dtype), _moved(name, y, of_y, dtype))
        return np.moveaxis(ans, -1, of_ans[0])

    return product


def _vecdot(x, y, out=None, *, axes=None, axis=None, keepdims=False, dtype=None, **layout):
    if axes is None:
        axes = [-1 if axis is None else axis] * 3
    elif axis is not None:
        raise TypeError("cannot specify both 'axis' and 'axes'")
    of_x, of_y, *of_ans = _tuples(axes)
    x, y = _moved("vecdot", x, of_x, dtype), _moved("vecdot", y, of_y, dtype)
    if x.shape[-1] != y.shape[-1]:
        raise ValueError(f"vecdot: vectors of {x.shape[-1]} and {y.shape[-1]} elements")
    ans = np.matmul(np.conjugate(x)[..., None, :], y[..., None])[..., 0, 0][()]
    return np.expand_dims(ans, (of_ans or [of_x])[0][0]) if keepdims else ans


if hasattr(np, "vecdot"):
    composed(of(np.vecdot), _vecdot)
if hasattr(np, "matvec"):
    _matvec = _product(
        "matvec", [(-2, -1), (-1,), (-1,)], lambda x, y: np.matmul(x, y[..., None])[..., 0]
    )
    _vecmat = _product(
        "vecmat",
        [(-1,), (-2, -1), (-1,)],
        lambda x, y: np.matmul(np.conjugate(x)[..., None, :], y)[..., 0, :],
    )
    composed(of(np.matvec), _matvec)
    composed(of(np.vecmat), _vecmat)
