"""The methods of ufuncs: `add.reduce`, `maximum.accumulate`, `multiply.outer`, `subtract.at` …

Where a fold has a closed form (a sum, a product, an extreme, logarithms of sums, lengths) that is
what a trace sees; any other is written out step by step with the ufunc itself.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval, isbox
from ....core.errors import NoDerivative, user_line
from ....core.primitive import Primitive
from ....core.signature import Signature
from ....spaces import match
from ...kinds import composed, linear, reduction
from ...namespace import primitive_of as of
from ...namespace import primitives
from ..arrays import as_array, as_axis, at
from ..safe import quietly
from .folds import _share

__all__ = ["called", "method", "scatter"]

_NoValue = np._NoValue

# -- folds in closed form ----------------------------------------------------------------------


def _arguments(array, axis=0, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
    """Those of every ufunc's `reduce`."""


def _in_one(ufunc, rule):
    """The ufunc's reduce as one operation with a map for each element."""
    fold = Primitive(ufunc.reduce, name=f"{ufunc.__name__}.reduce", signature=Signature(_arguments))
    return reduction(fold, inert=("initial",), array=rule)


def _extreme(ufunc):
    return _in_one(ufunc, lambda g, ans, array, axis, where: _share(g, ans, array, axis, where))


def _log_of_sum(ufunc, exp):
    """The part of exp(ans) that each exp(x) is; of infinite ones the largest are all."""

    def slope(g, ans, array, axis, where):
        infinite = np.isinf(getval(ans))
        if not infinite.any():
            return g * exp(array - ans)
        largest = _share(g, ans, array, axis, where) * (getval(ans) > 0)
        with quietly():
            return np.where(infinite, largest, g * exp(np.where(infinite, 0, array - ans)))

    return _in_one(ufunc, slope)


def _length():
    """Subgradient 0 at the origin, where a length has a kink."""
    return _in_one(np.hypot, lambda g, ans, array: g * (array / np.where(ans == 0, 1, ans)))


_SMOOTH = {
    np.logaddexp: _log_of_sum(np.logaddexp, np.exp),
    np.logaddexp2: _log_of_sum(np.logaddexp2, np.exp2),
    np.hypot: _length(),
}
_FOLDS = {
    np.add: of(np.sum), np.multiply: of(np.prod), np.maximum: of(np.max), np.minimum: of(np.min),
    np.fmax: _extreme(np.fmax), np.fmin: _extreme(np.fmin), **_SMOOTH,
}  # fmt: skip
_NEUTRAL = {np.maximum: -np.inf, np.fmax: -np.inf, np.minimum: np.inf, np.fmin: np.inf}


# -- reduce --------------------------------------------------------------------------------------


def _in_front(x, axes):
    """The axes as one, the first."""
    axes = tuple([axis % x.ndim for axis in axes])
    rest = [n for i, n in enumerate(x.shape) if i not in axes]
    count = int(np.prod([x.shape[i] for i in axes]))
    return np.moveaxis(x, axes, tuple(range(len(axes)))).reshape((count, *rest))


def _step_by_step(ufunc, array, axis, initial, where):
    """In NumPy's order; what `where` leaves out may be where a step is not defined."""
    step = of(ufunc)
    if array.ndim == 0:
        array, axis = array.reshape(1), 0
    axes = range(array.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    if where is not True:
        where = np.broadcast_to(where, array.shape)
        array, where = np.where(where, array, 1), _in_front(where, axes)
    items = _in_front(array, axes)
    start = 0
    if initial is _NoValue or initial is None:
        if ufunc.identity is None:
            ans, start = items[0], 1
        else:
            ans = np.full(items.shape[1:], ufunc.identity, array.dtype)
    else:
        ans = np.broadcast_to(match(as_array(initial), array.dtype), items.shape[1:])
    for i in range(start, len(items)):
        longer = match(step(ans, items[i]), array.dtype)
        ans = longer if where is True else np.where(where[i], longer, ans)
    return ans


def _reduce(ufunc):
    step, fold = of(ufunc), _FOLDS.get(ufunc)

    def reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
        options = {"axis": axis, "keepdims": bool(keepdims), "where": where}
        if fold is None or isbox(initial):  # then NumPy says what is wrong, and the dtype
            like = ufunc.reduce(getval(array), dtype=dtype, initial=getval(initial), **options)
            if like.dtype.kind not in "fc":
                return like
            array = match(as_array(array), like.dtype)
            if fold is None:
                return _step_by_step(ufunc, array, axis, initial, where).reshape(like.shape)
            neutral = _NEUTRAL.get(ufunc, ufunc.identity)
            return step(match(initial, like.dtype), fold(array, initial=neutral, **options))
        array = as_array(array)
        if dtype is not None:
            array = array.astype(dtype)
        if where is not True and ufunc in _SMOOTH:  # what is left out may be too large for exp
            where = np.broadcast_to(where, array.shape)
            array, options["where"] = np.where(where, array, ufunc.identity), True
        return fold(array, initial=initial, **options)

    return reduce


# -- accumulate ----------------------------------------------------------------------------------


def _running_extreme(like, array, axis):
    """Each element's place is known from the values; ties share evenly, one step at a time."""
    value = getval(array)
    attains = (value == like) | (np.isnan(value) & np.isnan(like))
    ties = at(value, axis, slice(1, None)) == at(like, axis, slice(-1))
    if ties.any():
        return _evenly(array, like, axis)
    places = np.arange(array.shape[axis]).reshape((-1,) + (1,) * (array.ndim - axis - 1))
    latest = np.maximum.accumulate(np.where(attains, places, 0), axis)
    return np.take_along_axis(array, latest, axis)


def _evenly(array, like, axis):
    """The mean of all that attain the extreme so far, as a running mean."""
    items, values = np.moveaxis(array, axis, 0), np.moveaxis(like, axis, 0)
    found, count = [items[0]], np.ones(values.shape[1:], array.real.dtype)
    for item, before, value in zip(items[1:], values, values[1:]):
        tie = getval(item) == before
        count = np.where(tie, count + 1, np.where(value == before, count, 1))
        with quietly():  # where nothing ties, a factor of 0 may meet infinity
            both = found[-1] * (1 - 1 / count) + item / count
        found.append(np.where(tie, both, np.where(value == getval(item), item, found[-1])))
    return np.stack(found, axis)


def _accumulate(ufunc):
    step = of(ufunc)

    def accumulate(array, axis=0, dtype=None, out=None):
        like = ufunc.accumulate(getval(array), axis, dtype)
        array = match(as_array(array), like.dtype)
        axis = as_axis(axis or 0, array.ndim)
        if array.shape[axis] < 2:
            return array
        if ufunc in (np.add, np.multiply):
            return (np.cumsum if ufunc is np.add else np.cumprod)(array, axis)
        if ufunc in _NEUTRAL:
            return _running_extreme(like, array, axis)
        items = np.moveaxis(array, axis, 0)
        found = [items[0]]
        for item in items[1:]:
            found.append(match(step(found[-1], item), like.dtype))
        return np.stack(found, axis)

    return accumulate


# -- reduceat ------------------------------------------------------------------------------------


def _segment_lengths(starts, count):
    return np.diff(np.append(starts, count))


def _undo_segments(g, array_shape, starts, axis):
    """Each sum's cotangent for all of its elements; none for those before the first."""
    shape = list(array_shape)
    shape[axis] = int(starts[0])
    each = np.repeat(g, _segment_lengths(starts, array_shape[axis]), axis)
    return np.concatenate([np.zeros(shape, g.dtype), each], axis)


def _add_segments(array, starts, axis):
    return np.add.reduceat(array, starts, axis)


_segment_sums = Primitive(_add_segments, name="add.reduceat")
linear(_segment_sums, array=_undo_segments, inert=("starts", "axis"))


def _reduceat(ufunc):
    reduce = _reduce(ufunc)

    def reduceat(array, indices, axis=0, dtype=None, out=None):
        """The fold from each index up to the next, or the element alone where that is no later."""
        like = ufunc.reduceat(getval(array), indices, axis, dtype)
        array = match(as_array(array), like.dtype)
        axis = as_axis(axis, array.ndim)
        if like.size == 0 or like.dtype.kind not in "fc":
            return like
        starts = np.asarray(indices)
        lengths = np.maximum(_segment_lengths(starts, array.shape[axis]), 1)
        if ufunc is np.add and np.all(np.diff(starts) > 0):
            return _segment_sums(array, starts, axis)
        parts = [at(array, axis, slice(i, i + n)) for i, n in zip(starts.tolist(), lengths)]
        folds = [p if p.shape[axis] == 1 else reduce(p, axis, keepdims=True) for p in parts]
        return np.concatenate(folds, axis)

    return reduceat


# -- outer ---------------------------------------------------------------------------------------


def _outer(ufunc):
    step = of(ufunc)

    def outer(A, B, /, **options):
        A, B = as_array(A), as_array(B)
        return step(A.reshape(A.shape + (1,) * B.ndim), B, **options)

    return outer


# -- at ------------------------------------------------------------------------------------------


def scatter(ufunc, a, indices, b=None):
    """A new array: `a` after `ufunc.at(a, indices, b)`; an element named twice is changed twice.

    The elements that are changed are read, changed in rounds (in the k-th those that are named at
    least k times), and read again from behind the others: work and memory are linear in b.
    """
    operands = () if b is None else (b,)
    like = np.array(getval(a))
    ufunc.at(like, indices, *map(getval, operands))
    if like.dtype.kind not in "fc":
        return like
    a, step = match(as_array(a), like.dtype), of(ufunc)
    named = np.arange(like.size).reshape(like.shape)[indices]
    places, first, counts = np.unique(np.sort(named, None), return_index=True, return_counts=True)
    often = np.argsort(-counts, kind="stable")
    places, first, counts = places[often], first[often], counts[often]
    if b is not None:
        b = np.broadcast_to(as_array(b), named.shape).reshape(-1)
        order = np.argsort(named, None, kind="stable")
    values, done = a.reshape(-1)[places], []
    if ufunc in (np.add, np.subtract) and places.size:
        sums = _segment_sums(b[order], np.sort(first), 0)
        values, counts = match(step(values, sums[often]), a.dtype), counts * 0
    for k in range(counts.max(initial=0)):
        left = int(np.count_nonzero(counts > k))
        done.append(values[left:])
        values = values[:left]
        operands = () if b is None else (b[order[first[:left] + k]],)
        values = match(step(values, *operands), a.dtype)
    where = np.arange(like.size)
    where[places] = like.size + np.arange(places.size)
    return np.concatenate([a.reshape(-1), values, *done[::-1]])[where].reshape(like.shape)


# -- the methods ---------------------------------------------------------------------------------

_COMPOSITIONS = {
    "reduce": _reduce, "accumulate": _accumulate, "reduceat": _reduceat, "outer": _outer,
}  # fmt: skip


def _without_rule(ufunc, name):
    """Of a ufunc without a derivative: NumPy's own, if its result cannot have one."""

    def call(*args, **options):
        options = {option: getval(value) for option, value in options.items()}
        ans = getattr(ufunc, name)(*map(getval, args), **options)
        if of(ufunc).constant or getattr(ans, "dtype", np.dtype(object)).kind in "biu":
            return ans
        raise NoDerivative(f"{ufunc.__name__}.{name}: no derivative is known.\n  in {user_line()}")

    return call


def method(ufunc, name):
    """`reduce`, `accumulate`, `reduceat` or `outer` of a ufunc, for boxes among the arguments."""
    bound = getattr(ufunc, name)
    if bound not in primitives:
        step = of(ufunc)
        if ufunc.nin != 2 or not (step.vjps or step.jvps or step.composition):
            return _without_rule(ufunc, name)
        composition = _COMPOSITIONS[name](ufunc)
        made = Primitive(bound, name=f"{ufunc.__name__}.{name}", signature=Signature(composition))
        made.__module__ = "numpy"
        made.remade = (method, (ufunc, name))
        primitives[bound] = composed(made, composition)
    return primitives[bound]


def called(ufunc, name, inputs, options):
    """A method as `__array_ufunc__` hears of it: what was passed by name comes twice."""
    options = {key: value for key, value in options.items() if key not in ("array", "indices")}
    return method(ufunc, name)(*inputs, **options)


for _ufunc in (
    np.add, np.subtract, np.multiply, np.divide, np.power, np.float_power, np.maximum, np.minimum,
    np.fmax, np.fmin, np.remainder, np.fmod, np.hypot, np.arctan2, np.logaddexp, np.logaddexp2,
    np.copysign, np.nextafter,
):  # fmt: skip
    for _name in _COMPOSITIONS:
        method(_ufunc, _name)
