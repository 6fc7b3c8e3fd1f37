"""Transfer functions by their zeros, poles and gain, and what they are turned into.

Lists of roots are written z and p, gains k, as SciPy has them.
"""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from .polynomials import normalized

__all__ = ["TRANSFORMS", "bilinear_zpk", "tf2zpk", "zpk2sos", "zpk2tf"]


def _roots(z):
    return np.atleast_1d(as_array(z))


def _degree(z, p):
    """How many more poles there are than zeros."""
    degree = len(p) - len(z)
    if degree < 0:
        raise ValueError("Improper transfer function. Must have at least as many poles as zeros.")
    return degree


# -- other frequencies -------------------------------------------------------------------------


def _lp2lp_zpk(z, p, k, wo=1.0):
    z, p = _roots(z), _roots(p)
    return wo * z, wo * p, k * wo ** _degree(z, p)


def _lp2hp_zpk(z, p, k, wo=1.0):
    z, p = _roots(z), _roots(p)
    gain = k * (np.prod(-z) / np.prod(-p)).real
    return np.append(wo / z, np.zeros(_degree(z, p))), wo / p, gain


def _both_sides(x, wo):
    """The roots s of s² - 2 x s + wo² = 0."""
    x = x + 0j
    shift = np.sqrt(x**2 - wo**2)
    return np.concatenate([x + shift, x - shift])


def _lp2bp_zpk(z, p, k, wo=1.0, bw=1.0):
    z, p = _roots(z), _roots(p)
    degree = _degree(z, p)
    zeros = np.append(_both_sides(z * bw / 2, wo), np.zeros(degree))
    return zeros, _both_sides(p * bw / 2, wo), k * bw**degree


def _lp2bs_zpk(z, p, k, wo=1.0, bw=1.0):
    z, p = _roots(z), _roots(p)
    centre = np.repeat([1j, -1j], _degree(z, p)) * wo
    zeros = np.concatenate([_both_sides(bw / 2 / z, wo), centre])
    return zeros, _both_sides(bw / 2 / p, wo), k * (np.prod(-z) / np.prod(-p)).real


def bilinear_zpk(z, p, k, fs):
    z, p = _roots(z), _roots(p)
    rate = 2.0 * fs
    gain = k * (np.prod(rate - z) / np.prod(rate - p)).real
    zeros = np.append((rate + z) / (rate - z), -np.ones(_degree(z, p)))
    return zeros, (rate + p) / (rate - p), gain


TRANSFORMS = {
    "lowpass": _lp2lp_zpk, "highpass": _lp2hp_zpk, "bandpass": _lp2bp_zpk, "bandstop": _lp2bs_zpk,
}  # fmt: skip
composed(of(ss.lp2lp_zpk), _lp2lp_zpk)
composed(of(ss.lp2hp_zpk), _lp2hp_zpk)
composed(of(ss.lp2bp_zpk), _lp2bp_zpk)
composed(of(ss.lp2bs_zpk), _lp2bs_zpk)
composed(of(ss.bilinear_zpk), bilinear_zpk)

# -- quotients of polynomials ------------------------------------------------------------------


def _product(roots):
    """The polynomial of these roots, real where they are pairs."""
    return np.atleast_1d(np.poly(roots)) if len(roots) else np.ones(1)


def zpk2tf(z, p, k):
    z, k = _roots(z), np.atleast_1d(as_array(k))
    if z.ndim > 1:
        k = np.broadcast_to(k, len(z))
        b = np.stack([gain * _product(zeros) for gain, zeros in zip(k, z)])
    else:
        b = k * _product(z)
    return b, _product(_roots(p))


def tf2zpk(b, a):
    b, a = normalized(b, a)
    return np.roots(b / b[0]), np.roots(a), b[0]


composed(of(ss.zpk2tf), zpk2tf)
composed(of(ss.tf2zpk), tf2zpk)

# -- sections of second order ------------------------------------------------------------------


def _taken(coefficients, roots, values, left):
    """A section's polynomial from the traced roots whose values are its own."""
    lead = np.flatnonzero(coefficients)[0]
    found = []
    for root in np.roots(coefficients):
        nearest = min(left, key=lambda i: abs(values[i] - root), default=None)
        if nearest is None or (root == 0 and values[nearest] != 0):
            continue  # a zero at the origin that fills up
        left.remove(nearest)
        found.append(nearest)
    missing = np.zeros(2 - lead - len(found))
    polynomial = np.atleast_1d(np.poly(roots[found]).real) if found else np.ones(1)
    return np.concatenate([np.zeros(lead), polynomial, missing])


def zpk2sos(z, p, k, pairing=None, *, analog=False):
    """SciPy says which roots are together."""
    z, p = _roots(z), _roots(p)
    zeros, poles = getval(z), getval(p)
    known = ss.zpk2sos(zeros, poles, 1.0, pairing, analog=analog)
    left_zeros, left_poles = list(range(len(zeros))), list(range(len(poles)))
    tops, bottoms = [], []
    for section in known:
        tops.append(_taken(section[:3], z, zeros, left_zeros))
        bottoms.append(_taken(section[3:], p, poles, left_poles))
    tops[0] = tops[0] * k
    return np.stack([np.concatenate(pair) for pair in zip(tops, bottoms)])


def _tf2sos(b, a, pairing=None, *, analog=False):
    return zpk2sos(*tf2zpk(b, a), pairing, analog=analog)


def _sos2tf(sos):
    sos = as_array(sos)
    b, a = np.ones(1, sos.dtype), np.ones(1, sos.dtype)
    for section in sos:
        b, a = np.convolve(b, section[:3]), np.convolve(a, section[3:])
    return b, a


def _sos2zpk(sos):
    zeros, poles, gain = [], [], 1.0
    for section in as_array(sos):
        z, p, k = tf2zpk(section[:3], section[3:])
        zeros.append(np.append(z, np.zeros(2 - len(z))))
        poles.append(np.append(p, np.zeros(2 - len(p))))
        gain = gain * k
    return np.concatenate(zeros) + 0j, np.concatenate(poles) + 0j, gain


composed(of(ss.zpk2sos), zpk2sos)
composed(of(ss.tf2sos), _tf2sos)
composed(of(ss.sos2tf), _sos2tf)
composed(of(ss.sos2zpk), _sos2zpk)
