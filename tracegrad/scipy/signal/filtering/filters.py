"""Recursive filters: a * y = b * x + z, where z is what the past has left (zi).

Along the last axis, with a normalised so that a[0] is 1. The one recursion is a * y = w; it is
linear in w, its transpose runs backwards, and a moves it by a * dy = -da * y.
"""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....core.primitive import Primitive
from ....numpy.kinds import composed, custom
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, as_axis, refuse
from ....spaces import match
from ... import linalg as _linalg
from .convolution import along_last
from .gustafsson import there_and_back

__all__ = ["extended"]

_recursion = Primitive(
    lambda a, w: ss.lfilter(np.ones(1, a.dtype), a, w) if w.size else w + a[:1] * 0,
    name="lfilter",
)
custom(
    _recursion,
    w=lambda g, a, w: match(_recursion(a, g[..., ::-1])[..., ::-1], w.dtype),
    jvps={
        "a": lambda t, ans, a: -_recursion(a, along_last(ans, t)[..., : ans.shape[-1]]),
        "w": lambda t, again: again(w=t),
    },
)


def _longer(x, n):
    """With zeros at the end."""
    zeros = np.zeros((*x.shape[:-1], n - x.shape[-1]), x.dtype)
    return np.concatenate([x, zeros], -1)


def _coefficients(b, a):
    b, a = np.atleast_1d(as_array(b)), np.atleast_1d(as_array(a))
    if b.ndim != 1 or a.ndim != 1 or not b.size or not a.size:
        raise ValueError("the coefficients must be non-empty 1-d arrays")
    if getval(a[0]) == 0:
        raise ValueError("the first coefficient of the denominator is 0")
    return b / a[0], a / a[0]


def _filtered(b, a, x, zi):
    """The output along the last axis, and the state at its end."""
    n, states = x.shape[-1], max(len(a), len(b)) - 1
    w = _longer(along_last(x, b), n + states)
    if zi is not None:
        zi = np.broadcast_to(zi, (*x.shape[:-1], states))
        w = w + _longer(zi, n + states)
    if len(a) == 1:
        return w[..., :n], w[..., n:]
    y = _recursion(a, w[..., :n])
    echo = _longer(along_last(y, a), n + states)
    return y, w[..., n:] - echo[..., n:]


def _lfilter(b, a, x, axis=-1, zi=None):
    b, a = _coefficients(b, a)
    x = as_array(x)
    axis = as_axis(axis, x.ndim)
    zi = None if zi is None else np.moveaxis(as_array(zi), axis, -1)
    y, zf = _filtered(b, a, np.moveaxis(x, axis, -1), zi)
    y = np.moveaxis(y, -1, axis)
    return y if zi is None else (y, np.moveaxis(zf, -1, axis))


def _lfilter_zi(b, a):
    """The state that a constant 1 leaves as it is."""
    b, a = np.atleast_1d(as_array(b)), np.atleast_1d(as_array(a))
    while len(a) > 1 and getval(a[0]) == 0:
        a = a[1:]
    b, a = _coefficients(b, a)
    n = max(len(a), len(b))
    b, a = _longer(b, n), _longer(a, n)
    step = np.eye(n - 1, dtype=a.real.dtype) - _linalg.companion(a).T
    return np.linalg.solve(step, b[1:] - a[1:] * b[0])


# SciPy 1.11 takes the first coefficient of the denominator for 1 here
_NORMALISES = ss.lfiltic([1.0], [2.0, 1.0], [1.0])[0] == -0.5


def _lfiltic(b, a, y, x=None):
    """The state after the outputs and inputs, the newest of which come first."""
    b, a = np.atleast_1d(as_array(b)), np.atleast_1d(as_array(a))
    if _NORMALISES:
        b, a = _coefficients(b, a)
    states = max(len(a), len(b)) - 1
    zi = np.zeros(states, np.result_type(a, b))
    for taps, past, sign in ((b, x, 1), (a, y, -1)):
        if past is not None and len(taps) > 1:
            past = np.atleast_1d(as_array(past))[: len(taps) - 1]
            past = _longer(past, len(taps) - 1)
            rest = along_last(past[::-1], taps)[len(taps) - 1 :]
            zi = zi + sign * _longer(rest, states)
    return zi


def _deconvolve(signal, divisor):
    """Division of polynomials: the quotient and the remainder."""
    signal, divisor = np.atleast_1d(as_array(signal)), np.atleast_1d(as_array(divisor))
    if signal.ndim != 1 or divisor.ndim != 1:
        raise ValueError("signal and divisor must be 1-D.")
    steps = len(signal) - len(divisor) + 1
    if steps < 1:
        return [], signal
    quotient = _lfilter(signal, divisor, np.eye(1, steps)[0])
    return quotient, signal - along_last(quotient, divisor)


composed(of(ss.deconvolve), _deconvolve)
composed(of(ss.lfilter), _lfilter)
composed(of(ss.lfilter_zi), _lfilter_zi)
composed(of(ss.lfiltic), _lfiltic)

# -- sections of second order, one after another -----------------------------------------------


def _sections(sos):
    sos = np.atleast_2d(as_array(sos))
    if sos.ndim != 2 or sos.shape[1] != 6:
        raise ValueError("sos array must be shape (n_sections, 6)")
    if not (getval(sos[:, 3]) == 1).all():
        raise ValueError("sos[:, 3] should be all ones")
    return sos


def _sosfilt(sos, x, axis=-1, zi=None):
    sos, x = _sections(sos), as_array(x)
    axis = as_axis(axis, x.ndim)
    y, ends = np.moveaxis(x, axis, -1), []
    zi = None if zi is None else np.moveaxis(as_array(zi), axis + 1, -1)
    for i, section in enumerate(sos):
        y, end = _filtered(section[:3], section[3:], y, None if zi is None else zi[i])
        ends.append(end)
    y = np.moveaxis(y, -1, axis)
    return y if zi is None else (y, np.moveaxis(np.stack(ends), -1, axis + 1))


def _sosfilt_zi(sos):
    sos = as_array(sos)
    states, gain = [], 1.0
    for section in sos:
        states.append(gain * _lfilter_zi(section[:3], section[3:]))
        gain = gain * (section[:3].sum() / section[3:].sum())
    return np.stack(states)


composed(of(ss.sosfilt), _sosfilt)
composed(of(ss.sosfilt_zi), _sosfilt_zi)

# -- forwards and backwards --------------------------------------------------------------------


def extended(x, edge, padtype):
    if padtype not in ("odd", "even", "constant", None):
        raise ValueError(f"Unknown value '{padtype}' given to padtype.")
    if x.shape[-1] <= edge:
        raise ValueError(
            f"The length of the input vector x must be greater than padlen, which is {edge}."
        )
    if not edge:
        return x
    before, after = x[..., edge:0:-1], x[..., -2 : -(edge + 2) : -1]
    if padtype == "odd":
        before, after = 2 * x[..., :1] - before, 2 * x[..., -1:] - after
    elif padtype == "constant":
        before, after = 0 * before + x[..., :1], 0 * after + x[..., -1:]
    return np.concatenate([before, x, after], -1)


def _there_and_back(run, x, axis, padtype, padlen, taps):
    x = as_array(x)
    axis = as_axis(axis, x.ndim)
    edge = 0 if padtype is None else 3 * taps if padlen is None else padlen
    y = extended(np.moveaxis(x, axis, -1), edge, padtype)
    for _ in range(2):
        y = run(y)[..., ::-1]
    return np.moveaxis(y[..., edge : y.shape[-1] - edge], -1, axis)


def _filtfilt(b, a, x, axis=-1, padtype="odd", padlen=None, method="pad", irlen=None):
    if method not in ("pad", "gust"):
        raise ValueError("method must be 'pad' or 'gust'.")
    taps = max(np.size(getval(b)), np.size(getval(a)))
    b, a = _coefficients(b, a)
    if method == "gust":
        if np.iscomplexobj(b) or np.iscomplexobj(a):  # SciPy leaves out imaginary parts
            refuse("filtfilt of complex coefficients", method=method)
        x = as_array(x)
        axis = as_axis(axis, x.ndim)
        x = np.moveaxis(x, axis, -1)
        y = there_and_back(lambda x, zi: _filtered(b, a, x, zi)[0], x, taps - 1, irlen)
        return np.moveaxis(y, -1, axis)
    zi = _lfilter_zi(b, a)
    return _there_and_back(
        lambda y: _filtered(b, a, y, zi * y[..., :1])[0], x, axis, padtype, padlen, taps
    )


def _sosfiltfilt(sos, x, axis=-1, padtype="odd", padlen=None):
    sos = _sections(sos)
    value = getval(sos)
    taps = 2 * len(value) + 1 - min((value[:, 2] == 0).sum(), (value[:, 5] == 0).sum())
    zi = _sosfilt_zi(sos)

    def run(y):
        first = y[..., :1]
        for section, state in zip(sos, zi):
            y = _filtered(section[:3], section[3:], y, state * first)[0]
        return y

    return _there_and_back(run, x, axis, padtype, padlen, taps)


composed(of(ss.filtfilt), _filtfilt)
composed(of(ss.sosfiltfilt), _sosfiltfilt)
