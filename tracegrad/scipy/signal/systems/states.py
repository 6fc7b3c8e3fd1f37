"""Systems by their states: dx/dt = A x + B u and y = C x + D u, or the like from step to step."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy.signal as ss

from ....core.box import getval, isbox
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array, refuse
from ... import linalg as _linalg
from .polynomials import normalized
from .roots import tf2zpk, zpk2tf

__all__ = []

# -- from and to transfer functions ------------------------------------------------------------


def _tf2ss(num, den):
    """The controller's canonical form."""
    num, den = normalized(num, den)
    num = np.atleast_2d(num)
    missing = len(den) - num.shape[1]
    if missing < 0:
        raise ValueError("Improper transfer function. `num` is longer than `den`.")
    num = np.concatenate([np.zeros((len(num), missing), num.dtype), num], 1)
    states, through = len(den) - 1, num[:, :1]
    if not states:
        return np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((len(num), 1)), through
    a = np.concatenate([-den[None, 1:], np.eye(states - 1, states)])
    return a, np.eye(states, 1), num[:, 1:] - through * den[1:], through


def _characteristic(a):
    """det(z - a), highest power first: Faddeev and Leverrier, which needs no eigenvalues."""
    n = len(a)
    eye = np.eye(n)
    coefficients, power = [np.ones((), a.dtype)], eye
    for k in range(1, n + 1):
        step = a @ power
        coefficients.append(-np.trace(step) / k)
        power = step + coefficients[-1] * eye
    return np.stack(coefficients)


def _ss2tf(A, B, C, D, input=0):
    """det(z - A + B C) is det(z - A) (1 + C (z - A)⁻¹ B)."""
    A, B, C, D = _matrices(A, B, C, D)
    if input >= D.shape[1]:
        raise ValueError("System does not have the input specified.")
    b, through = B[:, input : input + 1], D[:, input]
    den = _characteristic(A)
    num = [_characteristic(A - b @ row[None]) + (d - 1) * den for row, d in zip(C, through)]
    return np.stack(num), den


def _matrices(A, B, C, D):
    if any(x is None for x in (A, B, C, D)):
        raise ValueError("the derivative needs all four matrices")
    return [np.atleast_2d(as_array(x)) * 1.0 for x in (A, B, C, D)]


composed(of(ss.tf2ss), _tf2ss)
composed(of(ss.ss2tf), _ss2tf)
composed(of(ss.zpk2ss), lambda z, p, k: _tf2ss(*zpk2tf(z, p, k)))
composed(of(ss.ss2zpk), lambda A, B, C, D, input=0: tf2zpk(*_ss2tf(A, B, C, D, input)))

# -- in steps ----------------------------------------------------------------------------------


def _stepped(a, b, c, d, dt, method, alpha):
    n, m = b.shape
    eye = np.eye(n)
    alpha = {"bilinear": 0.5, "tustin": 0.5, "euler": 0.0, "forward_diff": 0.0,
             "backward_diff": 1.0}.get(method, alpha)  # fmt: skip
    if method == "zoh":
        both = np.concatenate([a, b], 1) * dt
        power = _linalg.expm(np.concatenate([both, np.zeros((m, n + m))]))
        return power[:n, :n], power[:n, n:], c, d
    if method == "foh":
        upper = np.concatenate([a * dt, b * dt, np.zeros((n, m))], 1)
        middle = np.concatenate([np.zeros((m, n + m)), np.eye(m)], 1)
        power = _linalg.expm(np.concatenate([upper, middle, np.zeros((m, n + 2 * m))]))[:n]
        ad, held, slope = power[:, :n], power[:, n : n + m], power[:, n + m :]
        return ad, held - slope + ad @ slope, c, d + c @ slope
    if method == "impulse":
        if not np.allclose(getval(d), 0):
            raise ValueError("Impulse method is only applicable to strictly proper systems")
        ad = _linalg.expm(a * dt)
        return ad, ad @ b * dt, c, c @ b * dt
    if method not in ("gbt", "bilinear", "tustin", "euler", "forward_diff", "backward_diff"):
        raise ValueError(f"Unknown transformation method '{method}'")
    if alpha is None:
        raise ValueError(
            "Alpha parameter must be specified for the generalized bilinear transform (gbt) method"
        )
    if not 0 <= alpha <= 1:
        raise ValueError("Alpha parameter must be within the interval [0,1] for the gbt method")
    implicit = eye - alpha * dt * a
    bd = np.linalg.solve(implicit, dt * b)
    ad = np.linalg.solve(implicit, eye + (1.0 - alpha) * dt * a)
    return ad, bd, np.linalg.solve(implicit.T, c.T).T, d + alpha * (c @ bd)


def _as_matrices(system):
    forms = {2: _tf2ss, 3: lambda z, p, k: _tf2ss(*zpk2tf(z, p, k)), 4: _matrices}
    if isinstance(system, ss.lti | ss.dlti):
        system = system.to_ss()
        system = system.A, system.B, system.C, system.D
    if len(system) not in forms:
        raise ValueError("the system must be a tuple of 2 (tf), 3 (zpk), or 4 (ss) arrays.")
    return forms[len(system)](*system)


def _cont2discrete(system, dt, method="zoh", alpha=None):
    if hasattr(system, "to_discrete"):
        if isbox(dt) or isbox(alpha):
            refuse("cont2discrete of a system object", system=system)
        return system.to_discrete(dt=dt, method=method, alpha=alpha)
    steps = _stepped(*_as_matrices(system), dt, method, alpha)
    if len(system) == 4:
        return *steps, dt
    return *(_ss2tf(*steps) if len(system) == 2 else tf2zpk(*_ss2tf(*steps))), dt


composed(of(ss.cont2discrete), _cont2discrete)


def _lsim(system, U, T, X0=None, interp=True):
    """The states at evenly spaced times; the input is held between them or runs straight."""
    A, B, C, D = _as_matrices(system)
    T = np.atleast_1d(as_array(T)) * 1.0
    if T.ndim != 1:
        raise ValueError("T must be a rank-1 array.")
    times = getval(T)
    if times[0] < 0:
        raise ValueError("Initial time must be nonnegative")
    if len(times) > 1 and not np.allclose(np.diff(times), times[1] - times[0]):
        raise ValueError("Time steps are not equally spaced.")
    n, m = B.shape
    x = np.zeros(n) if X0 is None else as_array(X0)
    if times[0] > 0 or T is not times:
        x = _linalg.expm(A * T[0]) @ x  # without input
    u = np.zeros((len(T), m)) if U is None else np.atleast_1d(as_array(U))
    u = u * np.ones((len(T), 1)) if u.size == 1 else u[:, None] if u.ndim == 1 else u
    if u.shape[0] != len(T):
        raise ValueError("U must have the same number of rows as elements in T.")
    if u.shape[1] != m:
        raise ValueError("System does not define that many inputs.")
    states = [x]
    if len(T) > 1:
        method = "foh" if interp else "zoh"
        dt = T[1] - T[0]
        ad, bd, _, slope = _stepped(A, B, np.eye(n), np.zeros((n, m)), dt, method, None)
        first = bd - ad @ slope if interp else bd
        for before, after in pairwise(u):
            x = ad @ x + first @ before + (slope @ after if interp else 0)
            states.append(x)
    x = np.stack(states)
    return T, np.squeeze(x @ C.T) + np.squeeze(u @ D.T), np.squeeze(x)


composed(of(ss.lsim), _lsim)
