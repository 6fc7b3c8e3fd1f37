"""`solve_ivp` and `odeint`: initial value problems."""

from __future__ import annotations

import functools

import numpy as np
import scipy.integrate as si

from ...core.box import Box, getval
from ...modes.forward import pushforward
from ...numpy.rules.arrays import as_array
from ...operators.constants import stop_gradient
from ..standing import stands_for
from ..watching import Watch
from .closures import frozen, is_traced
from .flows import flow

__all__ = ["odeint", "solve_ivp"]


class Solver:
    """Solves plain problems, the given one and those of its derivatives, by `solve_ivp`."""

    def __init__(self, name, method, rtol, atol, **options):
        self.name, self.method, self.options = name, method, options
        self.rtol, self.atol = np.asarray(rtol), np.asarray(atol)
        self.implicit = method in ("Radau", "BDF", "LSODA")

    def solve(self, f, t0, y0, t1, jac=None, closer=False):
        """The solution as a function of t; with `closer`, for others to be computed along it."""
        if t0 == t1:
            return lambda t: np.repeat(y0[:, None], t.size, 1) if np.ndim(t) else y0
        rtol, atol = self.rtol, self.atol
        if not {rtol.size, atol.size} <= {1, y0.size}:
            rtol, atol = np.min(rtol), np.min(atol)
        if closer:
            rtol, atol = np.maximum(rtol / 10, SMALLEST), atol / 10
        options = {**self.options, "jac": jac} if jac and self.implicit else self.options
        found = si.solve_ivp(
            f, (t0, t1), y0, self.method, dense_output=True, rtol=rtol, atol=atol, **options
        )
        if not found.success:
            raise RuntimeError(f"{self.name}: no solution for the derivative. {found.message}")
        return found.sol


SMALLEST = 100 * np.finfo(float).eps  # below which `solve_ivp` does not go


class Problem:
    """An initial value problem, its values real vectors: of complex ones both parts, in a row."""

    def __init__(self, f, t0, y0, solver):
        y0 = as_array(y0)
        self.complex = y0.dtype.kind == "c"
        self.size = y0.size
        self.t0 = as_array(t0).astype(float)[()]
        self.start = self._real(np.reshape(y0, -1))
        self.f, self.solver = f, solver

    def _real(self, y):
        if self.complex:
            y = np.concatenate([np.real(y), np.imag(y)])
        return y.astype(float)

    def _slope(self, t, y):
        return self._real(np.reshape(as_array(self.f(t, self.value(y))), -1))

    def value(self, y):
        """The user's vector of a real one."""
        return y[: self.size] + y[self.size :] * 1j if self.complex else y

    def at(self, times):
        """The solution at some times, a row for each of them, in the order away from the start."""
        real = flow(self._slope, (self.t0, self.start), as_array(times), self.solver)
        if self.complex:
            return real[:, : self.size] + real[:, self.size :] * 1j
        return real

    def crossings(self, event, times):
        """The times of an event, by Newton's steps: n of them have derivatives to order 2ⁿ - 1.

        (B. Christianson, Optimization Methods and Software 3, 1994.)
        """
        done, deep = 0, 1
        while 2**done <= deep:
            at = self.at(times)
            moved = []
            for t, y in zip(times, at):
                slope = as_array(self.f(t, y))
                g, along = pushforward(event, [t, y], [np.float64(1.0), slope])
                moved.append(t - g / along)
                deep = max(deep, _depth(moved[-1]))
            times, done = np.stack([np.reshape(t, ()) for t in moved]), done + 1
        return times


def _depth(x):
    depth = 0
    while isinstance(x, Box):
        x, depth = x._value, depth + 1
    return depth


def _anchored(x, value):
    """A solution with the value that the solver itself gave."""
    return x + (value - getval(x))


class Solution:
    """`sol` of a traced problem: SciPy's interpolant, with derivatives."""

    def __init__(self, problem, plain):
        self.problem, self.plain = problem, plain

    def __getattr__(self, name):
        return getattr(self.__dict__["plain"], name)

    def __call__(self, t):
        t = as_array(t)
        value = self.plain(getval(t))
        times = np.reshape(t, -1)
        away = (getval(times) - getval(self.problem.t0)) * self._direction()
        if np.any(away < 0):
            raise ValueError("a traced solution is known from t0 on, in the direction of t_span")
        order = np.argsort(away)
        found = self.problem.at(times[order])[np.argsort(order)].T
        return _anchored(np.reshape(found, value.shape), value)

    def _direction(self):
        return np.sign(self.plain.ts[-1] - self.plain.ts[0])


@stands_for(si.solve_ivp)
def solve_ivp(
    fun,
    t_span,
    y0,
    method="RK45",
    t_eval=None,
    dense_output=False,
    events=None,
    vectorized=False,
    args=None,
    **options,
):
    watch = Watch()
    plain = stop_gradient((tuple(t_span), y0, t_eval, options))
    watched = None if events is None else [watch(event) for event in _listed(events)]
    if "jac" in options:
        plain[3]["jac"] = Watch()(plain[3]["jac"])
    res = si.solve_ivp(
        watch(fun),
        *plain[:2],
        method,
        plain[2],
        dense_output,
        watched,
        vectorized,
        args,
        **plain[3],
    )
    if not (watch.traced or is_traced(tuple(t_span), y0, t_eval)):
        return res
    solver = Solver(
        "solve_ivp",
        method,
        plain[3].get("rtol", 1e-3),
        plain[3].get("atol", 1e-6),
        **{name: plain[3][name] for name in ("max_step",) if name in plain[3]},
    )
    args = () if args is None else tuple(args)
    same = frozen(fun)

    def slope(t, y):
        return same(t, y[:, None], *args)[:, 0] if vectorized else same(t, y, *args)

    problem = Problem(slope, t_span[0], y0, solver)
    last = t_span[1] if res.status == 0 else None
    for k in range(0 if events is None else len(res.t_events)):
        known = res.t_events[k]
        if len(known):
            crossing = functools.partial(_with_args, frozen(_listed(events)[k]), args)
            times = problem.crossings(crossing, known)
            res.t_events[k] = _anchored(times, known)
            res.y_events[k] = _anchored(problem.at(times), res.y_events[k])
            if res.status == 1 and t_eval is None and known[-1] == res.t[-1]:
                last = res.t_events[k][-1]
    if len(res.t):
        if t_eval is not None:
            res.t = as_array(t_eval).astype(float)[: len(res.t)]
        elif is_traced(t_span[0], last):
            ends = [np.reshape(as_array(t).astype(float), 1) for t in (t_span[0], last)]
            res.t = np.concatenate([ends[0], res.t[1:-1], ends[1]])
        res.y = _anchored(problem.at(res.t).T, res.y)
    if dense_output:
        res.sol = Solution(problem, res.sol)
    return res


def _listed(events):
    return [events] if callable(events) else list(events)


def _with_args(event, args, t, y):
    return event(t, y, *args)


@stands_for(si.odeint)
def odeint(
    func,
    y0,
    t,
    args=(),
    Dfun=None,
    col_deriv=0,
    full_output=0,
    ml=None,
    mu=None,
    rtol=None,
    atol=None,
    tcrit=None,
    h0=0.0,
    hmax=0.0,
    hmin=0.0,
    ixpr=0,
    mxstep=0,
    mxhnil=0,
    mxordn=12,
    mxords=5,
    printmessg=0,
    tfirst=False,
):
    watch = Watch()
    plain = stop_gradient((y0, t, rtol, atol, tcrit))
    known = si.odeint(
        watch(func), plain[0], plain[1], args, Watch()(Dfun), col_deriv, full_output, ml, mu,
        plain[2], plain[3], plain[4], h0, hmax, hmin, ixpr, mxstep, mxhnil, mxordn, mxords,
        printmessg, tfirst,
    )  # fmt: skip
    if not (watch.traced or is_traced(y0, t)):
        return known
    rtol, atol = [1.49012e-8 if x is None else x for x in plain[2:4]]
    solver = Solver("odeint", "LSODA", rtol, atol, max_step=hmax or np.inf)
    same = frozen(func)
    args = args if isinstance(args, tuple) else (args,)
    slope = lambda t, y: same(t, y, *args) if tfirst else same(y, t, *args)
    t = as_array(t).astype(float)
    found = Problem(slope, t[0], y0, solver).at(t)
    if full_output:
        return _anchored(found, known[0]), known[1]
    return _anchored(found, known)
