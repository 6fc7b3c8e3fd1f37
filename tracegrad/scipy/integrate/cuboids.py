"""`cubature`: integrals over cuboids, by SciPy's subdivision.

What is subdivided is not a function of points but one of cuboids: a rule's sum over the nodes in
one. Its derivatives by all that the integrand uses are such functions too, and the pull of a sum
costs one walk back, whatever the number of nodes. The derivative by a limit is the integral over
that face (Leibniz's rule; `integrals.py`).
"""

from __future__ import annotations

import functools
import warnings

import numpy as np
import scipy.integrate as si

from ...core.box import getval
from ...core.errors import NoDerivative, user_line
from ...numpy.rules.arrays import as_array, refuse
from ...operators.constants import stop_gradient
from ..optimize.calling import like
from ..standing import stands_for
from ..watching import Watch
from .closures import frozen, is_traced
from .integrals import Way, integral

__all__: list[str] = []


class Sums:
    """The sums over a cuboid: its integral, the error and the size of what is added up.

    A face has None in place of an axis' upper corner. The corners of infinite axes are in the
    coordinate t of SciPy's transformations: x = ±(1 - |t|) / t, from the finite limit.
    """

    def __init__(self, f, low, high, rule):
        self.f, self.low, self.high, self.rule = f, low, high, rule
        self.known = {}

    def __call__(self, *corners):
        low, high = corners[: len(self.low)], corners[len(self.low) :]
        free = [i for i, x in enumerate(high) if x is not None]
        nodes, weights = self._nodes(len(free))
        points = [np.zeros(len(nodes)) + x for x in low]
        for i, t in zip(free, nodes.T):
            half = (high[i] - low[i]) / 2
            points[i], slope = self._x(i, (t + 1) * half + low[i])
            weights = weights * (half * slope)
        return np.tensordot(weights, self.f(np.stack(points, -1)), 1)

    def _nodes(self, rank):
        if rank not in self.known:
            self.known[rank] = _nodes_and_weights(self.rule, rank, len(self.low))
        return self.known[rank]

    def _x(self, i, t):
        """The coordinate and its slope."""
        low, high = self.low[i], self.high[i]
        if np.isfinite(low) and np.isfinite(high):
            return t, 1.0
        far = (1 - np.abs(t)) / t
        if np.isfinite(low):
            far = low + far
        elif np.isfinite(high):
            far = high - far
        return far, t**-2.0


def _nodes_and_weights(rule, rank, whole):
    """A rule's nodes and those of the lower one in it; weights of integral, error and size.

    The size is that of a sum with signs at random. Faces have rules of their own.
    """
    from scipy.integrate import _rules as rules  # SciPy takes them as rule=, without saying so

    if not rank:
        return np.zeros((1, 0)), np.array([[1.0], [0.0], [0.0]])
    if rule == "genz-malik" and rank > 1:
        rule = rules.GenzMalikCubature(rank)
    elif isinstance(rule, str) or rank < whole:
        pair = rules.GaussKronrodQuadrature(15 if rule == "gk15" else 21)
        rule = rules.ProductNestedFixed([pair] * rank)
    if not hasattr(rule, "lower_nodes_and_weights"):
        refuse("cubature", rule=rule)
    nodes, weights = rule.nodes_and_weights
    lower, lower_weights = rule.lower_nodes_and_weights
    signs = np.random.RandomState(0).choice([-1.0, 1.0], weights.size)
    none = np.zeros(lower_weights.size)
    rows = [(weights, none), (weights, -lower_weights), (weights * signs, none)]
    return np.concatenate([nodes, lower]), np.array([np.concatenate(row) for row in rows])


class Cuboid(Way):
    """∫ f(x) dx over a cuboid by `cubature`."""

    def __init__(self, rtol, points, **options):
        self.rtol, self.points, self.options = rtol, points, options

    def plain(self, fun, shape, bounds):
        found = si.cubature(
            lambda x: None, *np.split(np.array(bounds), 2), rule=Forgiving(fun, self.rtol),
            rtol=self.rtol, points=self.points, **self.options,
        )  # fmt: skip
        if found.status != "converged":
            warnings.warn(
                "cubature: the integral for a derivative has not converged",
                si.IntegrationWarning,
                stacklevel=2,
            )
        return found.estimate

    def slope(self, fun, bounds, k):
        """The integral over a face; at infinity it has no say."""
        n = len(bounds) // 2
        i, end, sign = k % n, bounds[k], -1.0 if k < n else 1.0
        if np.isinf(getval(end)):
            return 0.0

        def face(*corners):
            low, high = list(corners[: n - 1]), list(corners[n - 1 :])
            return fun(*low[:i], end, *low[i:], *high[:i], None, *high[i:])

        if n == 1:
            return face()[0] * sign
        points = [np.delete(point, i) for point in self.points]
        rest = (*bounds[:i], *bounds[i + 1 : n + i], *bounds[n + i + 1 :])
        return integral(face, None, rest, Cuboid(self.rtol, points, **self.options)) * sign

    def pulled(self, runs, fun, g):
        def pulled(*corners):
            part = lambda k: runs.pulled(lambda *x: fun(*x)[k], g, *corners)
            return np.stack([part(k) for k in range(3)])

        return pulled


class Forgiving:
    """A rule as `cubature` asks for it.

    An error is none if it is within the tolerance for the size of what was added up: a derivative
    that is zero by symmetry would otherwise never be near enough to it.
    """

    def __init__(self, fun, rtol):
        self.fun, self.rtol = fun, rtol

    def estimate(self, f, a, b, args=()):
        total, error, size = self.fun(*a, *b)
        error = np.abs(error)
        self.error = np.where(error <= self.rtol * np.abs(size), 0.0, error)
        return total

    def estimate_error(self, f, a, b, args=()):
        """That of the estimate that was asked for last."""
        return self.error


def cubature(
    f,
    a,
    b,
    *,
    rule="gk21",
    rtol=1e-8,
    atol=0,
    max_subdivisions=10000,
    args=(),
    workers=1,
    points=None,
):
    watch = Watch()
    plain = stop_gradient((a, b, points))
    traced = is_traced(a, b, args)
    options = {"atol": atol, "max_subdivisions": max_subdivisions}
    solve = functools.partial(
        si.cubature, a=plain[0], b=plain[1], rule=rule, rtol=rtol, args=args, points=plain[2],
        **options,
    )  # fmt: skip
    if workers != 1 and not traced:  # other processes know no trace, and no function of ours
        known = solve(f, workers=workers)
        if not is_traced(known.estimate):
            return known
    known = solve(watch(f))
    if not (traced or watch.traced):
        return known
    a, b = np.broadcast_arrays(*[as_array(x).astype(float) for x in (a, b)])
    ends = [getval(x) for x in (a, b)]
    same, *args = map(frozen, (f, *args))
    called = lambda x: as_array(same(x, *args))
    if known.estimate.dtype.kind != "c":  # of a complex function, too
        real, called = called, lambda x: np.real(real(x))
    low, high = np.minimum(*ends), np.maximum(*ends)
    sums = Sums(called, low, high, rule)
    points = [np.broadcast_to(point, ends[0].shape) for point in plain[2] or []]
    value = integral(sums, None, (*a, *b), Cuboid(rtol, points, **options))
    mirrored = np.any(np.isinf(low) & np.isfinite(high))
    near = max(1e-4, 10 * rtol), max(1e-12, 10 * atol)
    if mirrored and not np.allclose(getval(value), known.estimate, *near):
        raise NoDerivative(_MIRRORED.format(user_line()))
    known.estimate = like(value, known.estimate)
    return known


_MIRRORED = (
    "cubature: SciPy's value is not the integral of f from -inf to b, but that from -b to inf, "
    "which is another where f is not even.\n  in {}\n  Pass f(-x) from -b to inf."
)

if hasattr(si, "cubature"):
    cubature = stands_for(si.cubature)(cubature)
