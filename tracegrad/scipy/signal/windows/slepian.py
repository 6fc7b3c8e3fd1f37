"""Slepian's windows (dpss): eigenvectors of a tridiagonal matrix, whose eigenvalues are distinct.

Percival and Walden 1993, Spectral Analysis for Physical Applications, section 8.3.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import windows as sw

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ... import linalg as _linalg

__all__ = []


def _correlated(v):
    """Each row with itself, by every lag."""
    n = v.shape[-1]
    spectrum = np.fft.rfft(v, 2 * n)
    return np.fft.irfft(spectrum.real**2 + spectrum.imag**2, 2 * n)[..., :n]


def _dpss(
    M, NW, Kmax=None, sym=True, norm=None, return_ratios=False, *, xp=None, device=None
):  # fmt: skip
    # SciPy's values say what is wrong with the arguments and which way round the vectors are
    known = sw.dpss(M, getval(NW), Kmax or 1, sym, 2)
    if known.ndim < 2 or M <= 1:
        return sw.dpss(M, getval(NW), Kmax, sym, norm, return_ratios)
    if norm not in (None, 2, "approximate", "subsample"):
        raise ValueError(f"norm must be one of (2, 'approximate', 'subsample'), got {norm}")
    size, rows = M + (not sym), len(known)
    n = np.arange(float(size))
    diagonal = ((size - 1 - 2 * n) / 2) ** 2 * np.cos(2 * np.pi * NW / size)
    v = _linalg.eigh_tridiagonal(
        diagonal, n[1:] * (size - n[1:]) / 2, select="i", select_range=(size - rows, size - 1)
    )[1][:, ::-1].T
    turn = np.sign((getval(v)[:, :M] * known).sum(-1, keepdims=True))
    v = v * turn
    if return_ratios:
        half_width = NW / size
        lags = np.where(n > 0, 4 * half_width * np.sinc(2 * half_width * n), 2 * half_width)
        ratios = _correlated(v) @ lags
    if (norm or ("approximate" if Kmax is None else 2)) != 2:
        v = v / np.max(v)
        if size % 2 == 0 and norm == "subsample":
            s = np.fft.rfft(v[0])
            shift = (1 - 1.0 / size) * np.arange(1, size // 2 + 1)
            v = v * (size / (s[0] + (s[1:] * (2 * np.exp(1j * np.pi * shift))).sum()).real)
        elif size % 2 == 0:
            v = v * (size**2 / (size**2 + NW))
    v = v[:, :M]
    if Kmax is None:
        return (v[0], ratios[0]) if return_ratios else v[0]
    return (v, ratios) if return_ratios else v


composed(of(sw.dpss), _dpss)
