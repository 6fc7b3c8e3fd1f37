"""Waves of given frequency: chirps, pulses, saws; and how strongly events keep to a period."""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed, constant
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ... import special as _special

__all__ = []

constant(of(ss.square))

# -- chirps: the cosine of the integral of the frequency ---------------------------------------


def _logarithm_over(u):
    """log|1 + u| / u, which is 1 at 0."""
    small = abs(u) < 1e-3
    safe = np.where(small, 1, u)
    series = np.polyval([-1 / 6, 1 / 5, -1 / 4, 1 / 3, -1 / 2, 1], np.where(small, u, 0))
    return np.where(small, series, np.log(abs(1 + safe)) / safe)


def _cycles(t, f0, t1, f1, method, vertex_zero):
    if method in ("linear", "lin", "li"):
        return f0 * t + 0.5 * ((f1 - f0) / t1) * t * t
    if method in ("quadratic", "quad", "q"):
        beta = (f1 - f0) / t1**2
        if vertex_zero:
            return f0 * t + beta * t**3 / 3
        return f1 * t + beta * ((t1 - t) ** 3 - t1**3) / 3
    if method in ("logarithmic", "log", "lo"):
        if getval(f0) * getval(f1) <= 0:
            raise ValueError(
                "For a logarithmic chirp, f0 and f1 must be nonzero and have the same sign."
            )
        return f0 * t * _special.exprel(np.log(f1 / f0) * t / t1)
    if method in ("hyperbolic", "hyp"):
        if getval(f0) == 0 or getval(f1) == 0:
            raise ValueError("For a hyperbolic chirp, f0 and f1 must be nonzero.")
        return f0 * t * _logarithm_over((f0 - f1) / (f1 * t1) * t)
    raise ValueError(
        "method must be 'linear', 'quadratic', 'logarithmic', or 'hyperbolic', "
        f"but a value of {method!r} was given."
    )


def _chirp(t, f0, t1, f1, method="linear", phi=0, vertex_zero=True, *, complex=False):
    t = as_array(t)
    cycles = _cycles(t, f0, t1, f1, method, vertex_zero)
    angle = 2 * np.pi * cycles + np.deg2rad(phi)
    return np.exp(angle * 1j) if complex else np.cos(angle)


def _sweep_poly(t, poly, phi=0):
    poly = poly.coeffs if isinstance(poly, np.poly1d) else as_array(poly)
    return np.cos(2 * np.pi * np.polyval(np.polyint(poly), as_array(t)) + phi * (np.pi / 180))


composed(of(ss.chirp), _chirp)
composed(of(ss.sweep_poly), _sweep_poly)

# -- pulses and saws ---------------------------------------------------------------------------


def _gausspulse(t, fc=1000, bw=0.5, bwr=-6, tpr=-60, retquad=False, retenv=False):
    """A Gaussian whose spectrum has fallen by bwr decibels at the edges of the band."""
    if fc < 0:
        raise ValueError(f"Center frequency (fc={fc:.2f}) must be >=0.")
    if bw <= 0:
        raise ValueError(f"Fractional bandwidth (bw={bw:.2f}) must be > 0.")
    if bwr >= 0:
        raise ValueError(f"Reference level for bandwidth (bwr={bwr:.2f}) must be < 0 dB")
    nepers = np.log(10.0) / 20
    a = -((np.pi * fc * bw) ** 2) / (4 * nepers * bwr)
    if isinstance(t, str):
        if t != "cutoff":
            raise ValueError("If `t` is a string, it must be 'cutoff'")
        if tpr >= 0:
            raise ValueError("Reference level for time cutoff must be < 0 dB")
        return np.sqrt(-nepers * tpr / a)
    t = as_array(t)
    envelope = np.exp(-a * t * t)
    angle = 2 * np.pi * fc * t
    waves = [envelope * np.cos(angle)]
    if retquad:
        waves.append(envelope * np.sin(angle))
    if retenv:
        waves.append(envelope)
    return waves[0] if len(waves) == 1 else tuple(waves)


def _sawtooth(t, width=1):
    """From -1 up to 1 over a part of the period, and down again."""
    t, width = np.broadcast_arrays(as_array(t) * 1.0, as_array(width) * 1.0)
    turn = np.mod(t, 2 * np.pi) / np.pi
    rising = turn < 2 * width
    up = turn / np.where(width > 0, width, 1) - 1
    down = (width + 1 - turn) / np.where(width < 1, 1 - width, 1)
    inside = (width >= 0) & (width <= 1)
    return np.where(inside, np.where(rising, up, down), np.nan).astype(np.float64)


composed(of(ss.gausspulse), _gausspulse)
composed(of(ss.sawtooth), _sawtooth)

# -- events on a circle ------------------------------------------------------------------------


def _vectorstrength(events, period):
    events, period = as_array(events), as_array(period)
    if events.ndim > 1:
        raise ValueError("events cannot have dimensions more than 1")
    if period.ndim > 1:
        raise ValueError("period cannot have dimensions more than 1")
    if (period <= 0).any():
        raise ValueError("periods must be positive")
    turns = np.atleast_1d(events) / period[..., None]
    mean = np.exp(turns * (2j * np.pi)).mean(-1)
    return abs(mean), np.angle(mean)


composed(of(ss.vectorstrength), _vectorstrength)
