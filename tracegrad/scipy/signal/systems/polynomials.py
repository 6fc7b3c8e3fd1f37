"""Transfer functions as quotients of polynomials: their forms, and other frequencies for them.

Polynomials have their highest power first.
"""

from __future__ import annotations

import warnings

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array

__all__ = ["floating", "normalized"]


def floating(x):
    """An array of at least one dimension."""
    x = np.atleast_1d(as_array(x))
    return x if x.dtype.kind in "fc" else x.astype(np.float64)


def _without_zeros(x):
    """Without leading zeros, whatever may follow."""
    some = np.flatnonzero(getval(x))
    return x[some[0] if some.size else len(x) - 1 :]


def normalized(b, a):
    """With 1 in front of the denominator, and no zeros in front of either."""
    num, den = np.atleast_2d(as_array(b)), np.atleast_1d(as_array(a))
    if den.ndim != 1:
        raise ValueError("Denominator polynomial must be rank-1 array.")
    if num.ndim > 2:
        raise ValueError("Numerator polynomial must be rank-1 or rank-2 array.")
    if not getval(den).any():
        raise ValueError("Denominator must have at least on nonzero element.")
    den = _without_zeros(den)
    num, den = num / den[0], den / den[0]
    some = np.flatnonzero((abs(getval(num)) > 1e-14).any(0))
    zeros = some[0] if some.size else num.shape[1] - 1
    if zeros or not some.size:
        warnings.warn(
            "Badly conditioned filter coefficients (numerator): the results may be meaningless",
            ss.BadCoefficients,
            stacklevel=2,
        )
    num = num[:, zeros:]
    return (num[0] if len(num) == 1 else num), den


composed(of(ss.normalize), normalized)

# -- other frequencies -------------------------------------------------------------------------


def _pair(b, a):
    return floating(b), floating(a)


def _lp2lp(b, a, wo=1.0):
    """H(s / wo)."""
    b, a = _pair(b, a)
    return normalized(*[x * wo ** (1.0 - np.arange(len(x), 0, -1)) for x in (b, a)])


def _lp2hp(b, a, wo=1.0):
    """H(wo / s)."""
    b, a = _pair(b, a)
    n = max(len(a), len(b))
    turned = [x[::-1] * wo ** np.arange(1.0 * len(x)) for x in (b, a)]
    return normalized(*[np.append(x, np.zeros(n - len(x))) for x in turned])


def _substituted(x, top, bottom, degree):
    """The polynomial of top / bottom, times bottom to the power of the degree."""
    powers = [np.ones(1)]
    for _ in range(degree):
        powers.append(np.convolve(powers[-1], top))
    total, under = 0.0, np.ones(1)
    for i in range(degree, -1, -1):
        if i < len(x):
            part = x[-1 - i] * np.convolve(powers[i], under)
            size = degree * (max(len(top), len(bottom)) - 1) + 1
            total = total + np.append(np.zeros(size - len(part)), part)
        under = np.convolve(under, bottom)
    return total


def _lp2bp(b, a, wo=1.0, bw=1.0):
    """H((s² + wo²) / (bw s))."""
    b, a = _pair(b, a)
    degree = max(len(a), len(b)) - 1
    one, none = np.ones(()), np.zeros(())
    top, bottom = np.stack([one, none, wo * wo * one]), np.stack([bw * one, none])
    return normalized(*[_substituted(x, top, bottom, degree) for x in (b, a)])


def _lp2bs(b, a, wo=1.0, bw=1.0):
    """H(bw s / (s² + wo²))."""
    b, a = _pair(b, a)
    degree = max(len(a), len(b)) - 1
    one, none = np.ones(()), np.zeros(())
    top, bottom = np.stack([bw * one, none]), np.stack([one, none, wo * wo * one])
    return normalized(*[_substituted(x, top, bottom, degree) for x in (b, a)])


def _bilinear(b, a, fs=1.0):
    """H(2 fs (z - 1) / (z + 1))."""
    b, a = _pair(b, a)
    degree = max(len(_without_zeros(b)), len(_without_zeros(a))) - 1
    top, bottom = 2 * fs * np.array([1.0, -1.0]), np.ones(2)
    return normalized(*[_substituted(_without_zeros(x), top, bottom, degree) for x in (b, a)])


composed(of(ss.lp2lp), _lp2lp)
composed(of(ss.lp2hp), _lp2hp)
composed(of(ss.lp2bp), _lp2bp)
composed(of(ss.lp2bs), _lp2bs)
composed(of(ss.bilinear), _bilinear)
