"""Solutions of y' = f(t, y), differentiated by the start, the times and all that f uses.

Forward mode solves the variational equation s' = f_y s + f_p ṗ beside the one for y. Reverse mode
solves the adjoint equation λ' = -λ f_y backwards, along the solution's interpolant, with
μ' = -λ f_p beside it for the parameters; the cotangent of y at a time is added to λ when that time
is met (L. S. Pontryagin et al., "The Mathematical Theory of Optimal Processes", 1962; Y. Cao,
S. Li, L. Petzold and R. Serban, SIAM Journal on Scientific Computing 24, 2003). Both are solved by
the method and to the tolerances of the problem, so the steps suit the derivative.

Where older traces watch the adjoint equation, λ f_y would have to be differentiated along the
whole way of y. There all columns of the variational equation are solved instead: more work for
many parameters, but again a problem of the same kind.
"""

from __future__ import annotations

import numpy as np

from ...core.box import getval, new_box
from .closures import Met, Runs, by_level, is_traced, pushed_through, split

__all__ = ["flow"]


def flow(f, start, times, solver, below=np.inf):
    """The solution at some times, with a row for each of them.

    Args:
        f: f(t, y), of real vectors.
        start: the time and the vector to begin with.
        times: each as far from the start as the one before, or farther.
        solver: `solver.solve(f, t0, y0, t1, jac)` solves plain problems, and gives a function of t.
        below: the id of the newest trace that has been taken off.
    """
    given = (*start, times)

    def plain():
        t0, y0 = start
        if not times.size:
            return np.zeros((0, y0.size))
        return solver.solve(lambda t, y: split(f(t, y), None)[0], t0, y0, times[-1])(times).T

    def pushed(trace):
        return _pushed(f, given, solver, trace)

    def recorded(trace):
        return _recorded(f, given, solver, trace)

    return by_level(solver.name, (plain, pushed, recorded), given, below)


def _pushed(f, given, solver, trace):
    both = pushed_through(f, trace)
    values = lambda t, y: both(t, y)[0]
    (t0, t0_move), (y0, y0_move), (times, moves) = [split(x, trace) for x in given]
    n = y0.size
    solution = flow(values, (t0, y0), times, solver, trace.id)
    tangent = np.zeros(n) if y0_move is None else y0_move
    if t0_move is not None:
        tangent = tangent - values(t0, y0) * t0_move

    def variational(t, z):
        value, tangent = both(t, new_box(z[:n], trace, z[n:]))
        return np.concatenate([value, np.zeros(n) if tangent is None else tangent])

    begin = np.concatenate([y0, tangent])
    moved = flow(variational, (t0, begin), times, solver, trace.id)[:, n:]
    if moves is not None:
        moved = moved + _slopes(values, times, solution) * moves[:, None]
    return new_box(solution, trace, moved)


def _slopes(f, times, solution):
    if not len(times):
        return np.zeros(solution.shape)
    return np.stack([f(t, y) for t, y in zip(times, solution)])


def _recorded(f, given, solver, trace):
    runs = Runs(trace)
    values = runs.values(f)
    t0, y0, times = [split(x, trace)[0] for x in given]
    solution = flow(values, (t0, y0), times, solver, trace.id)
    t0_moves, _, times_move = [getattr(x, "_trace", None) is trace for x in given]

    def cotangents(g):
        runs.check()
        size = float(np.max(np.abs(getval(g)), initial=0.0)) or 1.0
        try:
            if is_traced(g, t0, y0, times):
                raise Met(None)
            weights, shared = _adjoint(f, runs, values, (t0, y0, times), g / size, solver)
        except Met:
            weights, shared = _columns(f, runs, (t0, y0, times), g / size, solver)
        by_times = np.sum(g * _slopes(values, times, solution), 1) if times_move else None
        by_t0 = -np.sum(weights * values(t0, y0)) * size if t0_moves else None
        return shared * size, [by_t0, weights * size, by_times]

    return runs.record(solution, cotangents, given)


def _adjoint(f, runs, values, at, g, solver):
    """λ at the start, and μ."""
    t0, y0, times = at
    n, m = y0.size, runs.size
    plain = lambda t, y: split(values(t, y), None)[0]
    way = solver.solve(plain, t0, y0, times[-1], closer=True) if len(times) else None

    def backwards(t, z):
        by_y, by_outside = runs.pull(f, z[:n], (t, way(t)), 1)
        return -split(np.concatenate([by_y, by_outside]), None)[0]

    def jacobian(t, z):
        _, by_y, by_outside = runs.rows(f, (t, way(t)), 1)
        ans = np.zeros((n + m, n + m))
        ans[:, :n] = -np.concatenate([by_y, by_outside], 1).T
        return ans

    z = np.zeros(n + m)
    wanted = [k for k in range(len(times)) if np.any(g[k])]
    ends = [times[k] for k in wanted]
    for k, t, before in zip(wanted[::-1], ends[::-1], [t0, *ends[:-1]][::-1]):
        z[:n] += g[k]
        if t != before:
            z = solver.solve(backwards, t, z, before, jacobian)(before)
    return z[:n], z[n:]


def _columns(f, runs, at, g, solver):
    """The same by the derivatives of y by its start and all parameters, in columns."""
    t0, y0, times = at
    n, m = y0.size, runs.size

    def variational(t, z):
        value, by_y, by_outside = runs.rows(f, (t, z[:n]), 1)
        columns = by_y @ z[n:].reshape(n, n + m)
        columns = columns + np.concatenate([np.zeros((n, n)), by_outside], 1)
        return np.concatenate([value, columns.ravel()])

    begin = np.concatenate([y0, np.eye(n, n + m).ravel()])
    columns = flow(variational, (t0, begin), times, solver, runs.trace.id)[:, n:]
    found = np.einsum("ki,kij->j", g, columns.reshape(-1, n, n + m))
    return found[:n], found[n:]
