"""Sums of exponentials."""

from __future__ import annotations

import numpy as np
from scipy import special

from ....core.box import getval
from ....core.primitive import Primitive
from ....numpy.kinds import composed, reduction
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array


def _share(a, ans):
    """exp(a - ans); nothing where the whole sum is nothing."""
    empty = np.isneginf(np.real(ans))
    return np.exp(np.where(empty, -np.inf, a) - np.where(empty, 0.0, ans))


def _value(a, b, sign, axis=None, keepdims=False):
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        return special.logsumexp(a, axis, b, keepdims)
    return special.logsumexp(a, axis, b, keepdims, return_sign=True)[0]


_logsumexp = Primitive(_value, name="logsumexp")
reduction(
    _logsumexp,
    inert=("sign",),
    a=lambda g, a, b, sign, ans: g * (b * sign * _share(a, ans)),
    b=lambda g, a, b, sign, ans: g * (sign * _share(a, ans)),
)


def _sum(a, axis=None, b=None, keepdims=False, return_sign=False):
    a = as_array(a)
    a = a if a.dtype.kind in "fc" else a.astype(np.float64)
    b = np.ones((), a.dtype) if b is None else as_array(b)
    shape = np.broadcast_shapes(a.shape, b.shape)
    if not shape:  # some versions keep an axis that was not there
        kept = np.shape(special.logsumexp(0.0, axis, keepdims=keepdims))
        ans = _sum(a.reshape(1), None, b.reshape(1), False, return_sign)
        return tuple([x.reshape(kept) for x in ans]) if return_sign else ans.reshape(kept)
    a, b = np.broadcast_to(a, shape), np.broadcast_to(b, shape)
    if a.dtype.kind == "c" or b.dtype.kind == "c":
        ans = _logsumexp(a, b, 1.0, axis, keepdims)
        if not return_sign:
            return ans
        value, sign = special.logsumexp(getval(a), axis, getval(b), keepdims, return_sign=True)
        if np.iscomplexobj(value):  # all of it, in older versions
            return ans, sign
        return ans.real, np.where(sign == 0, 0.0, np.exp(1j * ans.imag))
    _, sign = special.logsumexp(getval(a), axis, getval(b), keepdims=True, return_sign=True)
    given = sign if keepdims else sign.reshape(np.sum(sign, axis).shape)
    if return_sign:
        return _logsumexp(a, b, sign, axis, keepdims), given
    ans = _logsumexp(a, b, sign, axis, keepdims)
    return np.where(given < 0, np.nan, ans) if np.any(given < 0) else ans


def _shifted(x, axis):
    x = as_array(x)
    top = np.max(getval(x), axis=axis, keepdims=True)
    return x - np.where(np.isfinite(top), top, 0)


def _softmax(x, axis=None):
    shifted = _shifted(x, axis)
    powers = np.exp(shifted)
    return powers / np.sum(powers, axis=axis, keepdims=True)


def _log_softmax(x, axis=None):
    shifted = _shifted(x, axis)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


composed(of(special.logsumexp), _sum)
composed(of(special.softmax), _softmax)
composed(of(special.log_softmax), _log_softmax)
