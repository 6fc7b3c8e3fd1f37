"""Filters of an image's Fourier transform: each frequency times a factor."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as sn

from ...core.box import getval, isbox
from ...numpy.rules.arrays import as_array, as_axis
from ...spaces import match
from .. import special
from .output import declare, sequence


def _frequencies(shape, n, axis):
    """Cycles in a pixel along each axis; along one there may be half the spectrum of a length n."""
    axis = as_axis(axis, len(shape))
    for i, m in enumerate(shape):
        half = n >= 0 and i == axis
        f = np.arange(m) / n if half else np.fft.fftfreq(m)
        yield f.reshape((-1,) + (1,) * (len(shape) - i - 1))


def _product(factor):
    """A factor for each axis."""

    def filtered(sizes, frequencies):
        ans = 1.0
        for size, f in zip(sizes, frequencies):
            ans = ans * factor(size, f)
        return ans

    return filtered


def _ball(sizes, frequencies):
    """The transform of an ellipsoid: sin r / r, 2 J₁(r) / r or 3 (sin r - r cos r) / r³."""
    square = sum((np.pi * size * f) ** 2 for size, f in zip(sizes, frequencies))
    middle = getval(square) == 0
    r = np.sqrt(np.where(middle, 1.0, square))
    if len(sizes) == 1:
        ans = np.sin(r) / r
    elif len(sizes) == 2:
        ans = 2.0 * special.j1(r) / r
    else:
        ans = 3.0 * (np.sin(r) - r * np.cos(r)) / r**3
    return np.where(middle, 1.0, ans)


def _declare(fun, name, factors, natural):
    def of_image(input, options, n, axis):
        sizes = as_array(sequence(options, input.ndim))
        plain = np.ones(input.shape, "D" if fun is sn.fourier_shift else float)
        ans = fun(plain, getval(sizes), n, axis)
        if isbox(sizes):  # SciPy's value, which for J₁ has fewer digits, and a difference of 0
            exact = factors(sizes, list(_frequencies(input.shape, n, axis)))
            ans = ans + (exact - getval(exact))
        return match(input * ans, input.dtype)

    scope = {"of_image": of_image}
    source = f"lambda input, {name}, n=-1, axis=-1, output=None: of_image(input, {name}, n, axis)"
    declare(fun, eval(source, scope), natural)


def _floats(dtype):
    return np.promote_types(dtype, "f")


def _complex(dtype):
    return dtype if dtype.kind == "c" else np.dtype("D")


_gaussian = _product(lambda sigma, f: np.exp(-2.0 * (np.pi * sigma * f) ** 2))
_uniform = _product(lambda size, f: np.sinc(size * f))
_shifted = _product(lambda shift, f: np.exp(shift * f * -2j * np.pi))

_declare(sn.fourier_gaussian, "sigma", _gaussian, _floats)
_declare(sn.fourier_uniform, "size", _uniform, _floats)
_declare(sn.fourier_ellipsoid, "size", _ball, _floats)
_declare(sn.fourier_shift, "shift", _shifted, _complex)
