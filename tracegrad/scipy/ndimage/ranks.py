"""Filters that choose among what a window sees, and greyscale morphology made of them.

Which element is chosen does not change under a small step, so the derivative is that element's;
equal ones share evenly.
"""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...core.box import getval
from ...core.primitive import Primitive
from ...numpy.kinds import reduction
from ...numpy.rules.arrays import as_array, as_axis
from .borders import for_all, pick_axes, windows
from .output import declare, sequence

__all__ = ["seen_by"]


def _equal_share(g, ans, seen):
    equal = getval(seen) == getval(ans)
    return g * (equal / np.maximum(equal.sum(0), 1)).astype(ans.dtype)


def _ranked(seen, rank, axis):
    if rank in (0, -1):
        return (np.max if rank else np.min)(seen, axis)
    return np.partition(seen, rank, axis)[rank]


_choose = Primitive(_ranked, name="rank_filter")
reduction(_choose, seen=_equal_share, inert=("rank",))


def _real(input):
    if input.dtype.kind == "c":
        raise TypeError("Complex type not supported")
    return input


def seen_by(
    input, size, footprint, structure, mode, cval, origin, axes, sign=0, separable=True
):  # fmt: skip
    """The windows, with the structure added to or taken from them."""
    axes = pick_axes(axes, input.ndim)
    if structure is not None:
        structure = as_array(structure)
        footprint = np.ones(structure.shape, bool) if footprint is None else footprint
    if footprint is None:
        if size is None:
            raise RuntimeError("no footprint or filter size provided")
        footprint = np.ones([int(n) for n in sequence(size, len(axes))], bool)
    footprint = np.asarray(getval(footprint), bool)
    if footprint.ndim != len(axes):
        raise RuntimeError(f"footprint.ndim ({footprint.ndim}) must match len(axes) ({len(axes)})")
    if not footprint.any():
        raise ValueError("All-zero footprint is not supported.")
    separable = separable and structure is None and footprint.all()
    if not separable and not isinstance(mode, str):
        raise RuntimeError("A sequence of modes is not supported for non-separable footprints")
    modes = ["nearest"] * input.ndim
    for axis, how in zip(axes, sequence(mode, len(axes))):
        modes[axis] = how
    origins = sequence(origin, len(axes))
    shape, origins = for_all(input.ndim, axes, footprint.shape, origins, separable)
    seen = windows(_real(input), footprint.reshape(shape), modes, cval, origins)
    if structure is None:
        return seen
    heights = structure.reshape(-1)[np.flatnonzero(footprint)]
    return seen + sign * heights.reshape((-1,) + (1,) * input.ndim)


def _extreme(rank):
    def filtered(
        input, size=None, footprint=None, output=None, mode="reflect", cval=0.0, origin=0, *,
        axes=None,
    ):  # fmt: skip
        return _choose(seen_by(input, size, footprint, None, mode, cval, origin, axes), rank, 0)

    return filtered


def _extreme1d(rank):
    def filtered(input, size, axis=-1, output=None, mode="reflect", cval=0.0, origin=0):
        axis = as_axis(axis, input.ndim)
        return _choose(seen_by(input, size, None, None, mode, cval, origin, axis), rank, 0)

    return filtered


def _percentile_rank(count, percentile):
    percentile = percentile + 100.0 if percentile < 0 else percentile
    if not 0 <= percentile <= 100:
        raise RuntimeError("invalid percentile")
    return min(int(float(count) * percentile / 100.0), count - 1)


def _rank_filter(
    input, rank, size=None, footprint=None, output=None, mode="reflect", cval=0.0, origin=0, *,
    axes=None, of_count=None,
):  # fmt: skip
    seen = seen_by(input, size, footprint, None, mode, cval, origin, axes, separable=False)
    rank = of_count(len(seen), getval(rank)) if of_count else rank
    rank = rank + len(seen) if rank < 0 else rank
    if not 0 <= rank < len(seen):
        raise RuntimeError("rank not within filter footprint size")
    return _choose(seen, -1 if rank == len(seen) - 1 else int(rank), 0)


def _rank(
    input, rank, size=None, footprint=None, output=None, mode="reflect", cval=0.0, origin=0, *,
    axes=None,
):  # fmt: skip
    return _rank_filter(input, rank, size, footprint, None, mode, cval, origin, axes=axes)


def _percentile(
    input, percentile, size=None, footprint=None, output=None, mode="reflect", cval=0.0,
    origin=0, *, axes=None,
):  # fmt: skip
    return _rank_filter(
        input, percentile, size, footprint, None, mode, cval, origin, axes=axes,
        of_count=_percentile_rank,
    )  # fmt: skip


def _median(
    input, size=None, footprint=None, output=None, mode="reflect", cval=0.0, origin=0, *,
    axes=None,
):  # fmt: skip
    return _rank_filter(
        input, None, size, footprint, None, mode, cval, origin, axes=axes,
        of_count=lambda count, rank: count // 2,
    )  # fmt: skip


declare(sn.maximum_filter, _extreme(-1))
declare(sn.minimum_filter, _extreme(0))
declare(sn.maximum_filter1d, _extreme1d(-1))
declare(sn.minimum_filter1d, _extreme1d(0))
declare(sn.rank_filter, _rank)
declare(sn.percentile_filter, _percentile)
declare(sn.median_filter, _median)

# -- greyscale morphology --------------------------------------------------------------------------


def _turned(x):
    return None if x is None else np.flip(as_array(x))


def _erosion(input, size, footprint, structure, mode, cval, origin, axes):
    """The lowest of the image less the structure."""
    if size is None and footprint is None and structure is None:
        raise ValueError("size, footprint, or structure must be specified")
    seen = seen_by(input, size, footprint, structure, mode, cval, origin, axes, -1)
    return _choose(seen, 0, 0).astype(input.dtype)


def _dilation(input, size, footprint, structure, mode, cval, origin, axes):
    """The highest of the image and the structure, turned round as a convolution's weights are."""
    if size is None and footprint is None and structure is None:
        raise ValueError("size, footprint, or structure must be specified")
    count = len(pick_axes(axes, input.ndim))
    given = footprint if footprint is not None else structure
    sizes = sequence(size, count) if given is None else np.shape(given)
    origin = [-o if n % 2 else -o - 1 for n, o in zip(sizes, sequence(origin, count))]
    footprint, structure = _turned(footprint), _turned(structure)
    seen = seen_by(input, size, footprint, structure, mode, cval, origin, axes, 1)
    return _choose(seen, -1, 0).astype(input.dtype)


def _morphology(of_image):
    def filtered(
        input, size=None, footprint=None, structure=None, output=None, mode="reflect", cval=0.0,
        origin=0, *, axes=None,
    ):  # fmt: skip
        how = (size, footprint, structure, mode, cval, origin, axes)
        return of_image(_real(input), lambda x: _dilation(x, *how), lambda x: _erosion(x, *how))

    return filtered


declare(sn.grey_erosion, _morphology(lambda x, dilated, eroded: eroded(x)))
declare(sn.grey_dilation, _morphology(lambda x, dilated, eroded: dilated(x)))
declare(sn.grey_opening, _morphology(lambda x, dilated, eroded: dilated(eroded(x))))
declare(sn.grey_closing, _morphology(lambda x, dilated, eroded: eroded(dilated(x))))
declare(sn.white_tophat, _morphology(lambda x, dilated, eroded: x - dilated(eroded(x))))
declare(sn.black_tophat, _morphology(lambda x, dilated, eroded: eroded(dilated(x)) - x))
declare(sn.morphological_gradient, _morphology(lambda x, dilated, eroded: dilated(x) - eroded(x)))
declare(
    sn.morphological_laplace,
    _morphology(lambda x, dilated, eroded: dilated(x) + eroded(x) - x - x),
)
