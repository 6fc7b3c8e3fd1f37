"""Windows in what shapes them; their points are whole numbers and stay where they are.

A periodic window (sym=False) is a symmetric one of one more point, without its last.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import windows as sw

from .... import scipy as _scipy
from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array

__all__ = []


def _points(M, sym, shape):
    """`shape` of the points 0, 1 … of the symmetric window, of which M are taken."""
    if int(M) != M or M < 0:
        raise ValueError("Window length M must be a non-negative integer")
    M = int(M)
    return np.ones(M) if M <= 1 else shape(np.arange(0.0, M + (not sym)))[:M]


def _kaiser(M, beta, sym=True, *, xp=None, device=None):
    def shape(n):
        middle = n[-1] / 2
        return np.i0(beta * np.sqrt(1 - ((n - middle) / middle) ** 2)) / np.i0(beta)

    return _points(M, sym, shape)


def _gaussian(M, std, sym=True, *, xp=None, device=None):
    return _points(M, sym, lambda n: np.exp(-((n - n[-1] / 2) ** 2) / (2 * std * std)))


def _general_gaussian(M, p, sig, sym=True, *, xp=None, device=None):
    def shape(n):
        away = abs(n - n[-1] / 2)
        apart = np.where(away > 0, away, 1)  # the middle is 1 for every p
        return np.where(away > 0, np.exp(-0.5 * (apart / abs(sig)) ** (2 * p)), 1)

    return _points(M, sym, shape)


def _general_cosine(M, a, sym=True):
    a = as_array(a)

    def shape(n):
        angles = np.linspace(-np.pi, np.pi, len(n))
        return np.cos(angles[:, None] * np.arange(len(a))) @ a

    return _points(M, sym, shape)


def _general_hamming(M, alpha, sym=True, *, xp=None, device=None):
    return _general_cosine(M, np.stack([alpha, 1.0 - alpha]), sym)


def _exponential(M, center=None, tau=1.0, sym=True, *, xp=None, device=None):
    if sym and center is not None:
        raise ValueError("If sym==True, center must be None.")

    def shape(n):
        middle = n[-1] / 2 if center is None else center
        return np.exp(-abs(n - middle) / tau)

    return _points(M, sym, shape)


def _tukey(M, alpha=0.5, sym=True, *, xp=None, device=None):
    """Cosines over the outer parts, which the whole of alpha shares; flat between them."""
    if not 0 < getval(alpha) < 1:
        return as_array(sw.tukey(M, getval(alpha), sym))

    def shape(n):
        edge = np.minimum(n, n[-1] - n)
        inside = edge > np.floor(getval(alpha) * n[-1] / 2)
        return np.where(inside, 1, 0.5 * (1 - np.cos(2 * np.pi * edge / (alpha * n[-1]))))

    return _points(M, sym, shape)


def _chebwin(M, at, sym=True, *, xp=None, device=None):
    """A Chebyshev polynomial of the cosines, which is all ripples, is the spectrum."""

    def shape(n):
        M, order = len(n), len(n) - 1
        x = np.cosh(np.arccosh(10 ** (abs(at) / 20.0)) / order) * np.cos(np.pi * n / M)
        spectrum = _scipy.special.eval_chebyt(order, x)
        if M % 2:
            half = np.fft.fft(spectrum).real[: (M + 1) // 2]
            w = np.concatenate([half[:0:-1], half])
        else:
            turned = spectrum * np.exp(1j * np.pi / M * n)
            half = np.fft.fft(turned).real[1 : M // 2 + 1]
            w = np.concatenate([half[::-1], half])
        return w / np.max(w)

    return _points(M, sym, shape)


def _taylor(M, nbar=4, sll=30, norm=True, sym=True, *, xp=None, device=None):
    """Carrara and Goodman 1995, Spotlight Synthetic Aperture Radar, appendix D.2."""

    def shape(n):
        M = len(n)
        a2 = (np.arccosh(10 ** (sll / 20)) / np.pi) ** 2
        s2 = nbar**2 / (a2 + (nbar - 0.5) ** 2)
        m = np.arange(1.0, nbar)
        top = np.prod(1 - m[:, None] ** 2 / (s2 * (a2 + (m - 0.5) ** 2)), -1)
        ratios = 1 - (m[:, None] / m) ** 2
        bottom = np.prod(np.where(ratios == 0, 1, ratios), -1)
        weights = (-1) ** (m - 1) * top / bottom

        def at(n):
            angles = 2 * np.pi * (np.asarray(n) - M / 2 + 0.5) / M
            return 1 + np.cos(angles[..., None] * m) @ weights

        return at(n) / at((M - 1) / 2) if norm else at(n)

    return _points(M, sym, shape)


def _kaiser_bessel_derived(M, beta, *, sym=True, xp=None, device=None):
    if not sym:
        raise ValueError("Kaiser-Bessel Derived windows are only defined for symmetric shapes")
    if M < 1:
        return np.zeros(0)
    if M % 2:
        raise ValueError("Kaiser-Bessel Derived windows are only defined for even number of points")
    total = np.cumsum(_kaiser(M // 2 + 1, beta))
    half = np.sqrt(total[:-1] / total[-1])
    return np.concatenate([half, half[::-1]])


for _shape in (
    _kaiser, _gaussian, _general_gaussian, _general_cosine, _general_hamming, _exponential,
    _tukey, _chebwin, _taylor, _kaiser_bessel_derived,
):  # fmt: skip
    composed(of(getattr(sw, _shape.__name__[1:])), _shape)
