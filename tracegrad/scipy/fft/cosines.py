"""Cosine and sine transforms.

The matrices of types 1 and 4 are symmetric but for the weights of the ends, those of types 2 and 3
are each other's transposes but for these. So the transpose is built from the very matrix: the
transform is real, and each type undoes another.
"""

from __future__ import annotations

import numpy as np
import scipy.fft as sf

from ...core.primitive import Primitive
from ...numpy.kinds import composed, linear
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse
from ...numpy.rules.series.fft import resized
from .exponentials import sizes_and_axes

_UNDONE = {1: 1, 2: 3, 3: 2, 4: 4}


def _plain(fun, name):
    """The orthogonal transform, whose transpose undoes it: norm="ortho", orthogonalize=True."""
    primitive = Primitive(
        lambda x, type, axis, workers: fun(x, type, None, axis, "ortho", False, workers, True),
        name=name,
    )
    return linear(
        primitive,
        x=lambda g, type, axis, workers: primitive(g, _UNDONE[type], axis, workers),
    )


# SciPy does not hand this option on where the array is complex
_FORGETS = bool(sf.dct(np.array([1.0, 1j]), norm="ortho", orthogonalize=False)[0].real < 0.9)

# SciPy 1.11 has matrices of sine transforms, types 2 and 3, that are not orthogonal
_SINE = sf.dst(np.eye(3), 2, norm="ortho")
ORTHOGONAL = bool(np.allclose(_SINE @ _SINE.T, np.eye(3)))

_TRANSFORMS = {"c": _plain(sf.dct, "dct"), "s": _plain(sf.dst, "dst")}


def _ends(kind, type, n):
    """Which entries of the argument and of the result are not of the common length.

    In the orthogonal matrix the constant vector, or the alternating one, is shorter by √2.
    """
    first, last = np.ones(n), np.ones(n)
    first[0] = last[-1] = np.sqrt(2)
    if kind == "c" and type == 1:
        return 1 / (first * last), first * last
    end = first if kind == "c" else last
    return {2: (None, end), 3: (1 / end, None)}.get(type, (None, None))


def _scale(kind, type, n, norm, inverse):
    """Of a transform, against the orthogonal one's."""
    period = 2 * (n + {"c": -1, "s": 1}[kind]) if type == 1 else 2 * n
    if norm == "ortho":
        return 1.0
    if norm not in (None, "backward", "forward"):
        raise ValueError(f'Invalid norm value {norm!r}, should be "backward", "ortho" or "forward"')
    scaled = inverse is (norm != "forward")
    return period**-0.5 if scaled else period**0.5


def _transform(kind, x, type, n, axis, norm, workers, orthogonalize, inverse):
    if type not in _UNDONE:
        raise ValueError("Type must be in (1, 2, 3, 4)")
    if kind == "s" and type in (2, 3) and not ORTHOGONAL:
        refuse("dst of this SciPy", type=type)
    if x.dtype.kind not in "fc":
        x = x * 1.0
    if n is not None and n < 1:
        raise ValueError(f"invalid number of data points ({n}) specified")
    x = x if n is None else resized(x, n, axis)
    type = _UNDONE[type] if inverse else type
    n = x.shape[axis]
    if orthogonalize is None or (_FORGETS and x.dtype.kind == "c"):
        orthogonalize = norm == "ortho"
    before, after = (None, None) if orthogonalize else _ends(kind, type, n)
    shape = (-1,) + (1,) * (x.ndim - axis % x.ndim - 1)
    if before is not None:
        x = x * before.reshape(shape).astype(x.real.dtype)
    x = _TRANSFORMS[kind](x, type, axis, workers)
    scale = _scale(kind, type, n, norm, inverse)
    if after is not None:
        return x * (after * scale).reshape(shape).astype(x.real.dtype)
    return x * scale if scale != 1 else x


def _one_axis(name, kind, inverse):
    def transformed(
        x, type=2, n=None, axis=-1, norm=None, overwrite_x=False, workers=None,
        orthogonalize=None,
    ):  # fmt: skip
        return _transform(kind, x, type, n, axis, norm, workers, orthogonalize, inverse)

    composed(of(getattr(sf, name)), transformed)


def _many(name, kind, inverse):
    def transformed(
        x, type=2, s=None, axes=None, norm=None, overwrite_x=False, workers=None,
        orthogonalize=None,
    ):  # fmt: skip
        x = as_array(x)
        for n, axis in zip(*sizes_and_axes(x, s, axes)):
            x = _transform(kind, x, type, n, axis, norm, workers, orthogonalize, inverse)
        return x

    composed(of(getattr(sf, name)), transformed)


for _kind in "cs":
    for _start, _inverse in (("", False), ("i", True)):
        _one_axis(f"{_start}d{_kind}t", _kind, _inverse)
        _many(f"{_start}d{_kind}tn", _kind, _inverse)
