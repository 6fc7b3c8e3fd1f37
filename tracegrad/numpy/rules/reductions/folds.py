"""Functions that fold axes, and running sums and products."""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....spaces import fit, match
from ...kinds import composed, constant, custom, linear, reduction, unfolded
from ...namespace import primitive_of as of
from ..arrays import refuse

_NoValue = np._NoValue


def _direct(fun, ufunc):
    """The same function, for arrays without NumPy's layers of Python around the ufunc's reduce."""

    def fold(a, axis=None, *args, **options):
        if type(a) is np.ndarray:
            if args or options:
                return ufunc.reduce(a, axis, *args, **options)
            return ufunc.reduce(a, axis)
        return fun(a, axis, *args, **options)

    return fold


of(np.sum).fun = _direct(np.sum, np.add)
reduction(of(np.sum), inert=("initial",), a=lambda g: g)


def _count(shape, axis, where):
    """How many elements each result is made of; an array (axes kept) where a mask selects."""
    if where is True or where is _NoValue:
        axes = range(len(shape)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        return int(np.prod([shape[i] for i in axes]))
    return np.sum(np.broadcast_to(where, shape), axis=axis, keepdims=True)


def _mean_slope(g, a_shape, axis, where):
    n = _count(a_shape, axis, where)
    return g / (g.dtype.type(n) if type(n) is int else n.astype(g.dtype))


def _mean(a, axis=None, *args, **options):
    """np.mean, for the plain case without its layers of Python."""
    if type(a) is np.ndarray and not args and not options and a.dtype.char in "fdD":
        total = np.add.reduce(a, axis)
        count = a.size // (total.size or 1)
        return total / total.dtype.type(count) if count else np.mean(a, axis)
    return np.mean(a, axis, *args, **options)


of(np.mean).fun = _mean
reduction(of(np.mean), a=_mean_slope)


def _deviation(a, axis, where, mean=_NoValue):
    """a minus its mean over the axes, conjugated as cotangents of |.|² are."""
    if mean is _NoValue:
        mean = np.mean(a, axis=axis, keepdims=True, where=where)
    elif np.iscomplexobj(mean) and a.dtype.kind != "c":
        refuse("the spread of real numbers", mean=mean)  # NumPy's is complex, and is no variance
    return np.conjugate(a - mean) if a.dtype.kind == "c" else a - mean


def _freedom(a, axis, where, ddof, correction):
    return _count(a.shape, axis, where) - (ddof if correction is _NoValue else correction)


def _var_slope(g, a, axis, where, ddof, mean=_NoValue, correction=_NoValue):
    scale = 2.0 / _freedom(a, axis, where, ddof, correction)
    return g * (scale * _deviation(a, axis, where, mean)).astype(a.dtype)


def _std_slope(g, ans, a, axis, where, ddof, mean=_NoValue, correction=_NoValue):
    """Where all are equal the distance from the mean has a kink: subgradient 0."""
    scale = _freedom(a, axis, where, ddof, correction) * np.where(ans == 0, 1, ans)
    return g * (_deviation(a, axis, where, mean) / scale).astype(a.dtype)


def _of_mean(slope):
    """The VJP and JVP in a mean that was given: it moves all elements the other way."""

    def by_mean(g, ans, a, axis, where, *options):
        ans = unfolded(ans, a.shape, axis, ans.ndim == a.ndim)
        along = slope(g, ans, a, axis, where, *options)
        return -np.sum(along, axis=axis, keepdims=True, where=where)

    def vjp(g, ans, a, mean, axis, where, ddof, correction=_NoValue):
        g = unfolded(g, a.shape, axis, g.ndim == a.ndim)
        moved = by_mean(g, ans, a, axis, where, ddof, mean, correction)
        return fit(moved, np.shape(mean), mean.dtype)

    def jvp(t, ans, a, mean, axis, where, ddof, correction=_NoValue):
        moved = by_mean(t, ans, a, axis, where, ddof, mean, correction)
        return match(moved, ans.dtype).reshape(ans.shape)

    return vjp, jvp


reduction(of(np.var), a=_var_slope)
reduction(of(np.std), a=_std_slope)
if "mean" in of(np.var).signature.known:
    _spreads = {np.var: lambda g, ans, *rest: _var_slope(g, *rest), np.std: _std_slope}
    for _spread, _slope in _spreads.items():
        _vjp, _jvp = _of_mean(_slope)
        custom(of(_spread), mean=_vjp, jvps={"mean": _jvp}, inert=("keepdims", "dtype"))


def _share(g, ans, a, axis, where):
    """The extreme elements, ties sharing evenly."""
    equal = getval(a) == getval(ans)
    if where is not True and where is not _NoValue:
        equal = equal & where
    ties = equal.sum(axis=axis, keepdims=True)
    return g * equal / np.maximum(ties, 1).astype(a.dtype)


of(np.max).fun = _direct(np.max, np.maximum)
of(np.min).fun = _direct(np.min, np.minimum)
for _extreme in (np.max, np.min):
    reduction(of(_extreme), inert=("initial",), a=_share)


def _running_products(x):
    """Products of the first k elements along the last axis, by doubling; exact at zeros."""
    step = 1
    while step < x.shape[-1]:
        x = np.concatenate([x[..., :step], x[..., step:] * x[..., :-step]], axis=-1)
        step *= 2
    return x


def _product_of_others(a, axis):
    """For each element the product of the others that are folded with it."""
    axes = tuple(range(a.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    axes = tuple(i % a.ndim for i in axes)
    last = tuple(range(a.ndim - len(axes), a.ndim))
    moved = np.moveaxis(a, axes, last)
    x = moved.reshape((*moved.shape[: a.ndim - len(axes)], -1))
    one = np.ones((*x.shape[:-1], 1), x.dtype)
    before = np.concatenate([one, _running_products(x)[..., :-1]], axis=-1)
    after = np.concatenate([one, _running_products(x[..., ::-1])[..., :-1]], axis=-1)[..., ::-1]
    return np.moveaxis((before * after).reshape(moved.shape), last, axes)


def _prod_slope(g, ans, a, axis, where, initial):
    if where is not True and where is not _NoValue:
        a = np.where(where, a, 1)
    if a.ndim == 0 or a.size == 0:
        others = np.ones_like(a)
    elif np.all(getval(a) != 0):
        return g * (ans / a)
    else:
        others = _product_of_others(a, axis)
    return g * (others if initial is _NoValue else others * initial)


reduction(of(np.prod), a=_prod_slope)


def _reversed_sum(g, axis, shape):
    if axis is None:
        return np.cumsum(g[::-1])[::-1].reshape(shape)
    return np.flip(np.cumsum(np.flip(g, axis), axis), axis).reshape(shape)


linear(
    of(np.cumsum),
    inert=("dtype",),
    a=lambda g, a_shape, axis: _reversed_sum(g, axis, a_shape),
)


def _cumprod(a, axis=None, dtype=None, out=None):
    if dtype is not None:
        a = a.astype(dtype)
    if axis is None or np.ndim(a) == 0:
        return _running_products(np.ravel(a))
    return np.moveaxis(_running_products(np.moveaxis(a, axis, -1)), -1, axis)


composed(of(np.cumprod), _cumprod)

constant(*map(of, (np.all, np.any, np.argmax, np.argmin, np.argsort, np.argwhere, np.nonzero)))
constant(*map(of, (np.flatnonzero, np.count_nonzero, np.nanargmax, np.nanargmin, np.lexsort)))
constant(*map(of, (np.argpartition, np.digitize, np.searchsorted)))
