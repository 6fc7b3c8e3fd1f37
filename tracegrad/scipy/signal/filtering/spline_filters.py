"""B-splines through equally spaced points: their coefficients, by recursions from both sides
whose ends are mirrors, and their values."""

from __future__ import annotations

import math

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, refuse
from .convolution import along_last

__all__ = []


def _gauss_spline(x, n):
    variance = (n + 1) / 12.0
    return np.exp(-(as_array(x) ** 2) / (2 * variance)) * (2 * np.pi * variance) ** -0.5


composed(of(ss.gauss_spline), _gauss_spline)

# -- coefficients ------------------------------------------------------------------------------


def _recursion(gain, pole, start, x):
    """y = gain x + pole y of the point before, which at first is `start`; along the last axis."""
    one = np.ones((), x.real.dtype)
    return of(ss.lfilter)(gain * one[None], np.stack([one, -pole * one]), x, zi=pole * start)[0]


def _both_ways(x, gain, pole, weights):
    """1 / (1 - pole / z), then gain / (1 - pole z); the weights give the first of the former."""
    first = x[..., :1] + np.sum(x[..., : len(weights)] * weights, -1, keepdims=True)
    there = np.concatenate([first, _recursion(1.0, pole, first, x[..., 1:])], -1)
    last = gain / (1.0 - pole) * there[..., -1:]
    back = _recursion(gain, pole, last, there[..., -2::-1])
    return np.concatenate([back[..., ::-1], last], -1)


def _interpolating(x, pole, factor):
    x = as_array(x)
    if x.ndim != 1:
        raise ValueError("the signal must be 1-D")
    weights = pole ** np.arange(1.0, len(x) + 1)
    if len(x) == 1:
        return (factor if _SCALED else 1.0) * (pole / (pole - 1) * (x + x * weights))
    return factor * _both_ways(x, -pole, pole, weights.astype(x.real.dtype))


# newer versions leave the factor out where there is one point
_SCALED = bool(ss.cspline1d(np.ones(1))[0] > 0.5)
_CUBIC, _QUADRATIC = math.sqrt(3) - 2, math.sqrt(8) - 3


def _cspline1d(signal, lamb=0.0):
    if getval(lamb) != 0 or lamb is not getval(lamb):
        refuse("cspline1d with smoothing", lamb=lamb)
    return _interpolating(signal, _CUBIC, 6.0)


def _qspline1d(signal, lamb=0.0):
    if getval(lamb) != 0:
        raise ValueError("Smoothing quadratic splines not supported yet.")
    return _interpolating(signal, _QUADRATIC, 8.0)


composed(of(ss.cspline1d), _cspline1d)
composed(of(ss.qspline1d), _qspline1d)


def _symiirorder1(signal, c0, z1, precision=-1.0):
    """SciPy leaves out of the first sum what is below the precision."""
    x = as_array(signal)
    x = x if x.dtype.kind in "fc" else x.astype(np.float64)
    size = abs(getval(z1))
    if size >= 1:
        raise ValueError("|z1| must be less than 1.0")
    if x.ndim not in (1, 2):
        raise ValueError("Input must be 1D or 2D")
    if not 0 < precision < 1:
        precision = 1e-6 if x.dtype.itemsize == 4 * (1 + (x.dtype.kind == "c")) else 1e-11
    terms = 1 if size == 0 else max(math.ceil(math.log(precision) / math.log(size)), 1)
    if terms >= x.shape[-1]:
        raise ValueError("Sum to find symmetric boundary conditions did not converge.")
    weights = z1 ** np.arange(1.0, terms + 1).astype(x.real.dtype)
    return _both_ways(x, c0, z1, weights)


composed(of(ss.symiirorder1), _symiirorder1)

# -- values ------------------------------------------------------------------------------------


def _cubic(t):
    t = abs(t)
    inner, outer = 2 / 3 - t * t * (1 - t / 2), (2 - t) ** 3 / 6
    return np.where(t < 1, inner, np.where(t < 2, outer, 0))


def _quadratic(t):
    t = abs(t)
    inner, outer = 0.75 - t * t, (1.5 - t) ** 2 / 2
    return np.where(t < 0.5, inner, np.where(t < 1.5, outer, 0))


def _evaluated(cj, newx, dx, x0, basis, reach):
    cj, newx = as_array(cj), (as_array(newx) - x0) / dx
    if not cj.size:
        raise ValueError("Spline coefficients 'cj' must not be empty.")
    last = len(cj) - 1
    beyond = np.mod(newx, 2 * max(last, 1))  # mirrored at both ends
    at = np.where(beyond > last, 2 * last - beyond, beyond)
    low = np.floor(getval(at) - reach).astype(int)
    near = low[..., None] + 1 + np.arange(int(2 * reach))
    return np.sum(cj[near.clip(0, last)] * basis(at[..., None] - near), -1)


def _cspline1d_eval(cj, newx, dx=1.0, x0=0):
    return _evaluated(cj, newx, dx, x0, _cubic, 2)


def _qspline1d_eval(cj, newx, dx=1.0, x0=0):
    return _evaluated(cj, newx, dx, x0, _quadratic, 1.5)


composed(of(ss.cspline1d_eval), _cspline1d_eval)
composed(of(ss.qspline1d_eval), _qspline1d_eval)

# -- of images ---------------------------------------------------------------------------------


def _sepfir2d(input, hrow, hcol):
    """Rows and columns with taps of odd length, mirrored at the borders."""
    x = as_array(input)
    for taps in (hrow, hcol):
        taps = as_array(taps)
        half = len(taps) // 2
        if len(taps) % 2 != 1:
            raise ValueError("hrow and hcol must be odd length")
        padded = np.pad(x, [(0, 0), (half, half)], mode="symmetric")
        x = along_last(padded, taps)[:, 2 * half : padded.shape[-1]].T
    return x


composed(of(ss.sepfir2d), _sepfir2d)
