"""Functions that put arrays together or take one apart."""

from __future__ import annotations

from itertools import islice

import numpy as np

from ....core.box import getval
from ....core.primitive import Primitive
from ....core.trace import inside
from ...kinds import composed, linear
from ...namespace import primitive_of as of
from ..arrays import as_array, as_axis

__all__ = ["astype"]


def _shape(shapes):
    """The shape of an array that may be spelled as nested lists, from its items' shapes."""
    if shapes and type(shapes[0]) is tuple:
        return (len(shapes), *_shape(shapes[0]))
    return shapes


def _parts(g, arrays_shape, axis):
    """The cotangent of each of the concatenated arrays."""
    if type(arrays_shape[0]) is int:  # they are the items of one array
        return np.stack(_parts(g, (arrays_shape[1:],) * arrays_shape[0], axis))
    arrays_shape = [_shape(shape) for shape in arrays_shape]
    if axis is None:
        sizes = [int(np.prod(shape)) for shape in arrays_shape]
        ends = np.cumsum(sizes).tolist()
        return [
            g[end - size : end].reshape(shape)
            for size, end, shape in zip(sizes, ends, arrays_shape)
        ]
    before = (slice(None),) * (axis % g.ndim)
    parts, start = [], 0
    for shape in arrays_shape:
        end = start + shape[axis]
        parts.append(g[(*before, slice(start, end))])
        start = end
    return parts


linear(of(np.concatenate), arrays=_parts, inert=("dtype", "casting"), containers=("arrays",))


def _stack(arrays, axis=0, out=None, **options):
    arrays = [as_array(a) for a in arrays]
    ranks = {np.ndim(a) for a in arrays}
    if len(ranks) != 1 or len({np.shape(a) for a in arrays}) != 1:
        raise ValueError("all input arrays must have the same shape")
    axis = as_axis(axis, ranks.pop() + 1)
    return np.concatenate([np.expand_dims(a, axis) for a in arrays], axis=axis, **options)


def _hstack(tup, **options):
    arrays = [np.atleast_1d(as_array(a)) for a in tup]
    return np.concatenate(arrays, axis=0 if arrays and arrays[0].ndim == 1 else 1, **options)


composed(of(np.stack), _stack)
composed(of(np.hstack), _hstack)
composed(
    of(np.vstack),
    lambda tup, **options: np.concatenate([np.atleast_2d(as_array(a)) for a in tup], **options),
)
composed(
    of(np.dstack),
    lambda tup: np.concatenate([np.atleast_3d(as_array(a)) for a in tup], axis=2),
)
if hasattr(np, "row_stack"):
    composed(of(np.row_stack), of(np.vstack).composition)


def _column(a):
    a = as_array(a)
    return a if a.ndim >= 2 else np.reshape(a, (-1, 1))


composed(of(np.column_stack), lambda tup: np.concatenate([_column(a) for a in tup], axis=1))


def _append(arr, values, axis=None):
    if axis is None:
        return np.concatenate([np.ravel(arr), np.ravel(as_array(values))])
    return np.concatenate([arr, values], axis=axis)


composed(of(np.append), _append)


def _array_split(ary, indices_or_sections, axis=0):
    n = ary.shape[axis]
    if np.ndim(indices_or_sections) == 0:
        sections = int(indices_or_sections)
        if sections <= 0:
            raise ValueError("number sections must be larger than 0.")
        each, extra = divmod(n, sections)
        ends = np.cumsum([each + 1] * extra + [each] * (sections - extra))[:-1].tolist()
    else:
        ends = [int(i) for i in indices_or_sections]
    before = (slice(None),) * (axis % ary.ndim)
    bounds = zip([0, *ends], [*ends, n])
    return [ary[(*before, slice(start, end))] for start, end in bounds]


def _split(ary, indices_or_sections, axis=0):
    if np.ndim(indices_or_sections) == 0 and ary.shape[axis] % int(indices_or_sections):
        raise ValueError("array split does not result in an equal division")
    return _array_split(ary, indices_or_sections, axis)


composed(of(np.array_split), _array_split)
composed(of(np.split), _split)


def _hsplit(ary, indices_or_sections):
    return _split(ary, indices_or_sections, 0 if ary.ndim == 1 else 1)


composed(of(np.hsplit), _hsplit)
composed(of(np.vsplit), lambda ary, indices_or_sections: _split(ary, indices_or_sections, 0))
composed(of(np.dsplit), lambda ary, indices_or_sections: _split(ary, indices_or_sections, 2))

if hasattr(np, "unstack"):  # NumPy 2.1

    def _unstack(x, /, *, axis=0):
        if not x.ndim:
            raise ValueError("Input array must be at least 1-d.")
        return tuple(np.moveaxis(x, axis, 0))

    composed(of(np.unstack), _unstack)

# -- arrays made of numbers, lists and boxes ---------------------------------------------------


def _undo_ndmin(g, object_shape, ndmin):
    """`ndmin` puts axes of length 1 in front."""
    return g.reshape(_shape(object_shape)) if ndmin else g


linear(
    of(np.array),
    object=_undo_ndmin,
    inert=("dtype", "copy", "order", "subok", "like"),
    containers=("object",),
)
for _make in (np.asarray, np.asanyarray):
    linear(of(_make), a=lambda g: g, inert=("dtype", "copy", "order", "like", "device"))
for _make in (np.ascontiguousarray, np.asfortranarray):  # both make 0-d arrays 1-d
    linear(of(_make), a=lambda g, a_shape: g.reshape(a_shape), inert=("dtype", "like"))
linear(of(np.copy), a=lambda g: g, inert=("order", "subok"))
linear(of(np.require), a=lambda g: g, inert=("dtype", "requirements", "like"))


def _asarray_chkfinite(a, dtype=None, order=None):
    np.asarray_chkfinite(getval(a), dtype, order)
    return of(np.asarray)(a, dtype, order)


def _fromiter(iter, dtype, count=-1, *, like=None):
    items = list(iter if count < 0 else islice(iter, count))
    values = [getval(as_array(item)) for item in items] if inside(items) else items
    ans = np.fromiter(values, dtype, count, like=like)
    return ans if values is items else astype(as_array(items), ans.dtype)


composed(of(np.asarray_chkfinite), _asarray_chkfinite)
composed(of(np.fromiter), _fromiter)
of(np.fromiter).fun = _fromiter  # boxes that an iterator gives are not seen from outside

# -- another dtype -----------------------------------------------------------------------------


def _cast(a, dtype, order="K", casting="unsafe", subok=True, copy=True):
    return a.astype(dtype, order, casting, subok, copy)


astype = Primitive(_cast, name="astype")
linear(astype, a=lambda g: g, inert=("dtype", "order", "casting", "subok", "copy"))

if hasattr(np, "astype"):  # NumPy 2

    def _astype(x, dtype, /, *, copy=True, device=None):
        return astype(x, dtype, copy=copy)

    composed(of(np.astype), _astype)
