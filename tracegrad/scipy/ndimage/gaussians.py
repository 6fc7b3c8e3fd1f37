"""Gaussian filters: the weights are differentiated in sigma too."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...core.box import getval
from ...numpy.rules.arrays import as_array, as_axis
from .borders import pick_axes
from .kernels import along
from .output import declare, sequence
from .slopes import curvature, steepness

_TINY = 1e-15  # of which SciPy leaves out the axis


def _kernel(sigma, order, radius):
    """The derivative of a normal density, (-1/σ)ᵏ Heₖ(x/σ) φ(x), where φ sums to 1.

    The Hermite polynomials by Heₖ₊₁(t) = t Heₖ(t) - k Heₖ₋₁(t): M. Abramowitz and I. Stegun,
    Handbook of Mathematical Functions, 22.7.14. The sign is that of the correlation.
    """
    t = np.arange(-radius, radius + 1) / as_array(sigma)
    bell = np.exp(-0.5 * t * t)
    before, hermite = t * 0.0, t * 0.0 + 1.0
    for k in range(order):
        before, hermite = hermite, t * hermite - k * before
    return hermite * bell / np.sum(bell) / sigma**order


def _gaussian_filter1d(
    input, sigma, axis=-1, order=0, output=None, mode="reflect", cval=0.0, truncate=4.0, *,
    radius=None,
):  # fmt: skip
    if radius is None:
        radius = int(truncate * float(getval(sigma)) + 0.5)
    if radius < 0 or radius != int(radius):
        raise ValueError("Radius must be a nonnegative integer.")
    if order < 0:
        raise ValueError("order must be non-negative")
    kernel = _kernel(sigma, order, int(radius))
    return along(input, kernel, as_axis(axis, input.ndim), mode, cval, 0)


def _gaussian_filter(
    input, sigma, order=0, output=None, mode="reflect", cval=0.0, truncate=4.0, *,
    radius=None, axes=None,
):  # fmt: skip
    axes = pick_axes(axes, input.ndim)
    each = [sequence(option, len(axes)) for option in (sigma, order, mode, radius)]
    for axis, width, k, how, r in zip(axes, *each):
        if getval(width) > _TINY:
            input = _gaussian_filter1d(input, width, axis, k, None, how, cval, truncate, radius=r)
    return np.positive(input)


declare(sn.gaussian_filter1d, _gaussian_filter1d)
declare(sn.gaussian_filter, _gaussian_filter)

# -- slopes of smoothed images ---------------------------------------------------------------------


def _derivative(order):
    """The derivative of this order along one axis of the image smoothed along all."""

    def derivative(input, axis, output, mode, cval, sigma, **options):
        orders = [0] * input.ndim
        orders[axis] = order
        return _gaussian_filter(input, sigma, orders, None, mode, cval, **options)

    return derivative


def _gaussian_laplace(
    input, sigma, output=None, mode="reflect", cval=0.0, *, axes=None, **kwargs
):  # fmt: skip
    axes = pick_axes(axes, input.ndim)
    every = [0.0] * input.ndim
    for axis, width in zip(axes, sequence(sigma, len(axes))):
        every[axis] = width
    return curvature(input, _derivative(2), None, mode, cval, (every,), kwargs, axes=axes)


def _gaussian_gradient_magnitude(
    input, sigma, output=None, mode="reflect", cval=0.0, *, axes=None, **kwargs
):  # fmt: skip
    return steepness(input, _derivative(1), None, mode, cval, (sigma,), kwargs, axes=axes)


declare(sn.gaussian_laplace, _gaussian_laplace)
declare(sn.gaussian_gradient_magnitude, _gaussian_gradient_magnitude)
