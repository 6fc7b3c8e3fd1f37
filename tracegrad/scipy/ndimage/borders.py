"""An image continued beyond its borders, by SciPy's names for how."""

from __future__ import annotations

import numpy as np

from ...core.primitive import Primitive
from ...numpy.kinds import linear
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_axis, at

__all__ = ["extended", "for_all", "padded", "pick_axes", "windows"]

padded = of(np.pad)  # a traced value to fill in may stand beside a plain image
_ALIKE = {"grid-mirror": "reflect", "grid-wrap": "wrap", "grid-constant": "constant"}


def _sources(n, before, after, mode):
    """Which elements of n stand before and behind them."""
    k = np.concatenate([np.arange(-before, 0), np.arange(n, n + after)])
    if mode == "nearest":
        return np.clip(k, 0, n - 1)
    if mode == "wrap":
        return k % n
    if mode == "reflect":
        k = k % (2 * n)
        return np.minimum(k, 2 * n - 1 - k)
    period = max(2 * n - 2, 1)
    return np.minimum(k % period, period - k % period) if n > 1 else k * 0


def _continued(x, axis, before, after, mode):
    outside = at(x, axis, _sources(x.shape[axis], before, after, mode))
    sides = at(outside, axis, slice(before)), at(outside, axis, slice(before, None))
    return np.concatenate([sides[0], x, sides[1]], axis)


def _folded(g, axis, before, after, mode):
    """What stands outside is added to where it came from."""
    g = np.moveaxis(g, axis, 0)
    n = len(g) - before - after
    total = g[before : before + n].copy()
    outside = np.concatenate([g[:before], g[before + n :]])
    np.add.at(total, _sources(n, before, after, mode), outside)
    return np.moveaxis(total, 0, axis)


_continue = Primitive(_continued, name="pad")
_fold = Primitive(_folded, name="fold")
_how = ("axis", "before", "after", "mode")
linear(_continue, x=lambda g, axis, before, after, mode: _fold(g, axis, before, after, mode),
       inert=_how)  # fmt: skip
linear(_fold, g=lambda x, axis, before, after, mode: _continue(x, axis, before, after, mode),
       inert=_how)  # fmt: skip


def extended(x, widths, modes, cval):
    """`x` with as much as `widths` say before and after each axis."""
    for axis, ((before, after), mode) in enumerate(zip(widths, modes)):
        mode = _ALIKE.get(mode, mode)
        if mode not in ("reflect", "mirror", "nearest", "wrap", "constant"):
            raise RuntimeError("boundary mode not supported")
        if before < 0 or after < 0:
            raise ValueError("invalid origin")
        if before == after == 0:
            continue
        if mode == "constant":
            around = [(0, 0)] * x.ndim
            around[axis] = (before, after)
            x = padded(x, around, constant_values=cval)
        else:
            x = _continue(x, axis, before, after, mode)
    return x


def pick_axes(axes, rank):
    """The axes that a filter runs along, counted from the front."""
    if axes is None:
        return tuple(range(rank))
    axes = tuple([as_axis(axis, rank) for axis in np.atleast_1d(axes)])
    if len(set(axes)) != len(axes):
        raise ValueError("axes must be unique")
    return axes


def for_all(rank, axes, shape, origins, separable=False):
    """The shape of a window of some axes, and its origins, for all axes of an image.

    SciPy gives the lengths of windows that are not made axis by axis to the axes in their order
    in the image, and the origins too where there is one for each axis of it.
    """
    places = axes if separable else sorted(axes)
    found = axes if len(axes) < rank else places
    every_shape, every_origin = [1] * rank, [0] * rank
    for i, axis in enumerate(places):
        every_shape[axis] = shape[i]
    for axis, origin in zip(found, origins):
        every_origin[axis] = origin
    return every_shape, every_origin


def windows(x, footprint, modes, cval, origins):
    """What each place of the footprint sees, place after place along a new first axis."""
    if not x.size:
        return np.stack([x] * np.count_nonzero(footprint))
    widths = [(n // 2 + o, n - 1 - n // 2 - o) for n, o in zip(footprint.shape, origins)]
    wide = extended(x, widths, modes, cval)
    places = np.argwhere(footprint)
    return np.stack(
        [wide[tuple([slice(i, i + n) for i, n in zip(place, x.shape)])] for place in places]
    )
