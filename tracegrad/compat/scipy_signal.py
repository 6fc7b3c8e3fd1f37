"""autograd.scipy.signal: `convolve` over some of the axes, with products over others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import scipy.signal

from .. import numpy as np
from ..numpy.namespace import primitive_of

__all__ = ["convolve"]

Pairs = Sequence[Sequence[int]]


def convolve(
    in1: Any, in2: Any, axes: Any = None, dot_axes: Any = ((), ()), mode: str = "full",
    method: str = "auto",
) -> Any:  # fmt: skip
    """The convolution of two arrays.

    Args:
        in1, in2: the arrays.
        axes: the axes of the first and those of the second over which to convolve, in pairs; all,
            if not given. SciPy's mode may stand here, and its method behind it.
        dot_axes: the axes of the first and those of the second to multiply and sum over, in pairs.
        mode: "full", "same" or "valid".
        method: SciPy's, where all axes are convolved.

    Returns:
        The axes of the first that are in no pair, those of the second, those of the convolution.
    """
    if isinstance(axes, str):
        axes, mode = None, axes
        if isinstance(dot_axes, str):
            dot_axes, method = ((), ()), dot_axes
    if axes is None and not any(map(len, dot_axes)):
        return primitive_of(scipy.signal.convolve)(in1, in2, mode, method)
    in1, in2 = np.asarray(in1), np.asarray(in2)
    if axes is None:
        axes = range(in1.ndim), range(in2.ndim)
    if mode not in ("full", "same", "valid"):
        raise ValueError("acceptable mode flags are 'valid', 'same', or 'full'")
    return _convolved(in1, in2, axes, dot_axes, mode)


def _convolved(in1: Any, in2: Any, axes: Pairs, dot_axes: Pairs, mode: str) -> Any:
    """By windows of the first array, each multiplied with the second turned round."""
    a, over_a = _in_order(in1, dot_axes[0], axes[0])
    b, over_b = _in_order(in2, dot_axes[1], axes[1])
    own_a, own_b = over_a - len(dot_axes[0]), over_b - len(dot_axes[1])
    lengths = b.shape[over_b:]
    if mode == "valid" and any(n < m for n, m in zip(a.shape[over_a:], lengths)):
        if any(n > m for n, m in zip(a.shape[over_a:], lengths)):
            raise ValueError("'valid' takes one array that is at least as long along every axis")
        swapped = _convolved(in2, in1, axes[::-1], dot_axes[::-1], mode)
        return np.moveaxis(swapped, range(own_b), range(own_a, own_a + own_b))
    widths = {"full": lambda m: (m - 1, m - 1), "same": lambda m: (m // 2, (m - 1) // 2)}
    width = widths.get(mode, lambda m: (0, 0))
    a = np.pad(a, [(0, 0)] * over_a + [width(m) for m in lengths])
    windows = np.lib.stride_tricks.sliding_window_view(a, lengths, tuple(range(over_a, a.ndim)))
    turned = b[(..., *[slice(None, None, -1)] * len(lengths))]
    summed = [*range(own_a, over_a), *range(a.ndim, windows.ndim)], [*range(own_b, b.ndim)]
    ans = np.tensordot(windows, turned, summed)
    return np.moveaxis(ans, range(ans.ndim - own_b, ans.ndim), range(own_a, own_a + own_b))


def _in_order(x: Any, dot: Sequence[int], conv: Sequence[int]) -> tuple[Any, int]:
    """x with these axes behind the others, and where those of the convolution begin."""
    last = [range(x.ndim)[axis] for axis in (*dot, *conv)]  # negative ones too
    own = [axis for axis in range(x.ndim) if axis not in last]
    return np.transpose(x, own + last), len(own) + len(dot)
