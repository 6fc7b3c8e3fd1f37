"""Differences of neighbours, and what is made of derivatives along the axes."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...numpy.rules.arrays import as_axis
from ...numpy.rules.linear.norms import vector_norm
from ...spaces import match
from .borders import pick_axes
from .kernels import along
from .output import declare, sequence

__all__ = ["curvature", "steepness"]


def _each(input, derivative, mode, cval, arguments, keywords, axes):
    """The derivative along each axis; for `output` the user's function is given a dtype."""
    modes = sequence(mode, len(axes))
    return [
        match(derivative(input, axis, input.dtype, how, cval, *arguments, **keywords), input.dtype)
        for axis, how in zip(axes, modes)
    ]


def curvature(
    input, derivative2, output=None, mode="reflect", cval=0.0, extra_arguments=(),
    extra_keywords=None, *, axes=None,
):  # fmt: skip
    """The sum of second derivatives."""
    axes = pick_axes(axes, input.ndim)
    keywords = extra_keywords or {}
    parts = _each(input, derivative2, mode, cval, extra_arguments, keywords, axes)
    return sum(parts[1:], parts[0]) if parts else np.positive(input)


def steepness(
    input, derivative, output=None, mode="reflect", cval=0.0, extra_arguments=(),
    extra_keywords=None, *, axes=None,
):  # fmt: skip
    """The root of the sum of squares; where the image is flat it has a kink and slope 0."""
    axes = pick_axes(axes, input.ndim)
    keywords = extra_keywords or {}
    parts = _each(input, derivative, mode, cval, extra_arguments, keywords, axes)
    if not parts:
        return np.positive(input)
    if input.dtype.kind == "c":
        return np.sqrt(sum(part * part for part in parts))
    return vector_norm(np.stack(parts), 0)


declare(sn.generic_laplace, curvature)
declare(sn.generic_gradient_magnitude, steepness)


def _second(input, axis, output, mode, cval):
    return along(input, np.array([1.0, -2.0, 1.0]), axis, mode, cval, 0)


def _laplace(input, output=None, mode="reflect", cval=0.0, *, axes=None):
    return curvature(input, _second, None, mode, cval, axes=axes)


def _across(smoothing):
    """A difference along one axis, smoothed along the others."""

    def filtered(input, axis=-1, output=None, mode="reflect", cval=0.0):
        axis, modes = as_axis(axis, input.ndim), sequence(mode, input.ndim)
        ans = along(input, np.array([-1.0, 0.0, 1.0]), axis, modes[axis], cval, 0)
        for other in range(input.ndim):
            if other != axis:
                ans = along(ans, np.array(smoothing), other, modes[other], cval, 0)
        return ans

    return filtered


declare(sn.laplace, _laplace)
declare(sn.prewitt, _across([1.0, 1.0, 1.0]))
declare(sn.sobel, _across([1.0, 2.0, 1.0]))
