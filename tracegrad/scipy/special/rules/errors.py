"""The error function and its relatives. NIST DLMF, chapter 7."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from ....numpy.kinds import composed, elementwise
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....numpy.rules.safe import times
from .slopes import declare, outputs

PI = math.pi
ROOT = math.sqrt(PI)
ROOT_2 = math.sqrt(2.0)
ROOT_2PI = math.sqrt(2.0 * PI)


def _tail(u):
    """Σ (2k-1)!! uᵏ, the asymptotic series of DLMF 7.12.1 without its first term."""
    total = 0.0
    for k in range(14, 0, -1):
        total = (total + 1.0) * ((2 * k - 1) * u)
    return total


def _far(x, is_far, far, near):
    """`far(1 / (2 x²))` or `near(x)`, each where it is meant to be evaluated."""
    away = np.where(is_far, x, 10.0)
    return np.where(is_far, far(0.5 / (away * away)), near(np.where(is_far, 1.0, x)))


def _scaled_slope(x):
    """The slope of erfcx, 2 x erfcx(x) - 2/√π, two terms that cancel for large x."""
    is_far = (np.real(x) > 0.0) & (np.real(x * x) > 60.0)
    return _far(
        x,
        is_far,
        lambda u: (2.0 / ROOT) * _tail(-u),
        lambda x: 2.0 * x * special.erfcx(x) - 2.0 / ROOT,
    )


def _dawson_slope(x):
    is_far = np.real(x * x) > 60.0
    return _far(x, is_far, lambda u: -_tail(u), lambda x: 1.0 - 2.0 * x * special.dawsn(x))


def _faddeeva_slope(z):
    """w(z) = erfcx(-i z)."""
    return _scaled_slope(z * -1j) * -1j


def _mills(x):
    """φ / Φ, which no tail underflows."""
    return math.sqrt(2.0 / PI) / special.erfcx(x * (-1.0 / ROOT_2))


elementwise(of(special.erf), x=lambda g, x: g * ((2.0 / ROOT) * np.exp(-x * x)))
elementwise(of(special.erfc), x=lambda g, x: g * ((-2.0 / ROOT) * np.exp(-x * x)))
elementwise(of(special.erfi), x=lambda g, x: times(g, (2.0 / ROOT) * np.exp(x * x)))
elementwise(of(special.erfcx), x=lambda g, x: times(g, _scaled_slope(x)))
elementwise(of(special.dawsn), x=lambda g, x: times(g, _dawson_slope(x)))
elementwise(of(special.wofz), changes_dtype=True, x=lambda g, x: g * _faddeeva_slope(x))
elementwise(of(special.erfinv), x=lambda g, ans: times(g, 0.5 * ROOT * np.exp(ans * ans)))
elementwise(of(special.erfcinv), x=lambda g, ans: times(g, -0.5 * ROOT * np.exp(ans * ans)))
elementwise(of(special.ndtr), x=lambda g, x: g * (np.exp(-0.5 * x * x) / ROOT_2PI))
elementwise(of(special.log_ndtr), x=lambda g, x: times(g, _mills(x)))
elementwise(of(special.ndtri), x=lambda g, ans: times(g, ROOT_2PI * np.exp(0.5 * ans * ans)))
elementwise(of(special.ndtri_exp), x=lambda g, ans: times(g, 1.0 / _mills(ans)))

# -- Voigt's profile: Re w(z) / (σ √2π), z = (x + iγ) / (σ √2) ---------------------------------


def _voigt_slopes(x, sigma, gamma):
    """In x, σ and γ; σ = 0, where the profile is Cauchy's, as the limit."""
    x, sigma, gamma = [as_array(a).astype(np.float64) for a in (x, sigma, gamma)]
    sigma = np.where(sigma == 0.0, 1e-60, sigma)
    z = (x + gamma * 1j) / (sigma * ROOT_2)
    w = _faddeeva_slope(z)
    by_z = 1.0 / (2.0 * ROOT * sigma * sigma)
    profile = special.wofz(z).real / (sigma * ROOT_2PI)
    by_sigma = -(profile / sigma) - (w * z).real * ROOT_2 * by_z
    return w.real * by_z, by_sigma, -w.imag * by_z


declare(
    special.voigt_profile,
    x=lambda g, x, y, z: g * _voigt_slopes(x, y, z)[0],
    y=lambda g, x, y, z: g * _voigt_slopes(x, y, z)[1],
    z=lambda g, x, y, z: g * _voigt_slopes(x, y, z)[2],
)

# -- Fresnel's integrals -----------------------------------------------------------------------

_sine, _cosine = outputs(special.fresnel)
declare(_sine, x=lambda g, x: times(g, np.sin(0.5 * PI * x * x)))
declare(_cosine, x=lambda g, x: times(g, np.cos(0.5 * PI * x * x)))
composed(of(special.fresnel), lambda x: (_sine(x), _cosine(x)))


def _modified(fun, i):
    """F(x), the integral of exp(±i t²) from x on, and K(x) = exp(∓i (x² + π/4)) F(x) / √π."""
    tail, scaled = outputs(fun)
    corner = (1.0 - i) / (ROOT_2 * ROOT)  # exp(∓iπ/4) / √π

    declare(tail, changes_dtype=True, x=lambda g, x: g * -np.exp(x * x * i))
    declare(scaled, changes_dtype=True, x=lambda g, ans, x: g * (ans * x * (-2.0 * i) - corner))
    composed(of(fun), lambda x: (tail(x), scaled(x)))


_modified(special.modfresnelp, 1j)
_modified(special.modfresnelm, -1j)
