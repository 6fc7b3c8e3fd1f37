"""The functions for splines as tuples (knots, coefficients, degree)."""

from __future__ import annotations

import numpy as np
import scipy.interpolate as si

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse
from .bsplines import antiderived, derived, evaluated, padded
from .collocation import interpolating, knots_for, nearest, with_ends
from .reading import double, within

__all__ = ["spline_values"]


def _ends(t, k):
    return t[k], t[t.shape[0] - k - 1]


def _is_list(c):
    """Whether these are the coefficients of several functions."""
    return len(c) > 0 and np.ndim(c[0]) > 0


def spline_values(t, c, k, x, nu, ext):
    """The spline's values by FITPACK's rules for what is outside."""
    ends = _ends(t, k)
    inside = within(x, *ends)
    if ext == 2 and not np.all(inside):
        raise ValueError("Found x value not in the domain")
    if ext == 3 and nu == 0:  # derivatives are extrapolated
        x = np.minimum(np.maximum(x, ends[0]), ends[1])
    ans = evaluated(t, c, k, x, nu)
    return np.where(inside, ans, 0.0) if ext == 1 else ans


def _splev(x, tck, der=0, ext=0):
    if isinstance(tck, si.BSpline):
        if tck.c.ndim > 1 or ext != 0:
            raise ValueError("of a BSpline splev() takes one-dimensional ones, and ext=0")
        return tck(x, der, extrapolate=True)
    t, c, k = tck
    if _is_list(c):
        return [_splev(x, (t, part, k), der, ext) for part in c]
    if not 0 <= der <= k:
        raise ValueError(f"0<=der={der}<=k={k} must hold")
    if ext not in (0, 1, 2, 3):
        raise ValueError(f"ext = {ext} not in (0, 1, 2, 3) ")
    return spline_values(double(t), double(c), k, double(x), der, ext)


def _splint(a, b, tck, full_output=0):
    if isinstance(tck, si.BSpline):
        return tck.integrate(a, b, extrapolate=False)
    t, c, k = tck
    if _is_list(c):
        return [_splint(a, b, (t, part, k)) for part in c]
    refuse("splint", full_output=full_output or None)
    t = double(t)
    whole, (first, last) = antiderived(t, double(c), k), _ends(t, k)
    a, b = [np.minimum(np.maximum(double(x), first), last) for x in (a, b)]
    return evaluated(*whole, b) - evaluated(*whole, a)


def _splder(tck, n=1):
    if isinstance(tck, si.BSpline):
        return tck.derivative(n)
    if n < 0:
        return _splantider(tck, -n)
    si.splder(tuple(map(getval, map(as_array, tck[:2]))) + tuple(tck[2:]), n)  # SciPy's errors
    t, c, k = double(tck[0]), double(tck[1]), tck[2]
    for _ in range(n):
        t, c, k = derived(t, c, k)
    return t, padded(t, c), k


def _splantider(tck, n=1):
    if isinstance(tck, si.BSpline):
        return tck.antiderivative(n)
    if n < 0:
        return _splder(tck, -n)
    t, c, k = double(tck[0]), double(tck[1]), tck[2]
    for _ in range(n):
        t, c, k = antiderived(t, c, k)
        c = np.concatenate([c, np.broadcast_to(c[-1:], (k + 1, *c.shape[1:]))])
    return t, c, k


def _spalde(x, tck):
    t, c, k = tck
    if _is_list(c):
        return [_spalde(x, (t, part, k)) for part in c]
    t, c, x = double(t), double(c), double(x)
    if x.size > 1:
        return [_spalde(point, tck) for point in x]
    if not np.all(within(x, *_ends(t, k))):
        raise TypeError("Invalid input data. t(k)<=x<=t(n-k+1) must hold.")
    return np.stack([evaluated(t, c, k, x.reshape(()), nu) for nu in range(k + 1)])


def _splrep(
    x, y, w=None, xb=None, xe=None, k=3, task=0, s=None, t=None, full_output=0, per=0, quiet=1
):
    """With knots, which may be given, that do not depend on the data's smoothness: s=0."""
    refuse("splrep", full_output=full_output or None, per=per or None)
    if t is None and (task != 0 or (s != 0 if s is not None else w is not None)):
        refuse("splrep", **({"task": task} if task else {"s": s or "m - sqrt(2 m)"}))
    x, y, values = double(x), double(y), tuple(map(getval, (x, y, w, xb, xe)))
    si.splrep(*values, k, task, s, getval(t), full_output, per, quiet)  # SciPy's errors
    if t is None:
        t = knots_for(x, k, xb, xe)
        return t, padded(t, interpolating(t, k, x, y)), k
    t = with_ends(double(t), k, x[0] if xb is None else xb, x[-1] if xe is None else xe)
    return t, padded(t, nearest(t, k, x, y, w)), k


composed(of(si.splev), _splev)
composed(of(si.splint), _splint)
composed(of(si.splder), _splder)
composed(of(si.splantider), _splantider)
composed(of(si.spalde), _spalde)
composed(of(si.splrep), _splrep)
