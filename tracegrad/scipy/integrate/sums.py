"""`nsum`: sums of series, term by term.

As SciPy, the sum over k ≥ c of a long series is taken as the integral from c, and half the term
there (the first of L. Euler's and C. Maclaurin's corrections, NIST Digital Library of Mathematical
Functions 2.10.1), once the terms are small. Written with what is traced, this has all derivatives;
those of the integral are integrals (`elementwise.py`).
"""

from __future__ import annotations

import numpy as np
import scipy.integrate as si

from ...core.box import getval
from ...numpy.rules.arrays import as_array, refuse
from ...operators.constants import stop_gradient
from ..optimize.calling import like
from ..standing import stands_for
from ..watching import Watch
from .closures import is_traced
from .elementwise import Method, each, exponents, relative

__all__: list[str] = []


class Series:
    """Sums of f(a), f(a + step), ... up to f(b), each of its own ends, step and arguments.

    All are vectors; a term is small by `sizes`.
    """

    def __init__(self, f, maxterms, sizes):
        self.f, self.maxterms, self.sizes = f, maxterms, sizes

    def sums(self, a, b, step, args):
        count = np.floor((b - a) / step)
        finite = np.isfinite(count)
        b = np.where(finite, a + np.where(finite, count, 0.0) * step, b)
        right = (b >= a) & np.isfinite(step) & (step > 0)
        ways = [~right, count + 1 <= self.maxterms, np.isfinite(a), np.isfinite(b)]
        chosen = np.select(ways, np.arange(4), 4)
        found, places = [], []
        for k, way in enumerate(
            (self._none, self._short, self._rightward, self._leftward, self._both_ways)
        ):
            at = np.flatnonzero(chosen == k)
            if at.size:
                given = self.sizes[at], a[at], b[at], step[at], [arg[at] for arg in args]
                found.append(way(*given))
                places.append(at)
        return np.concatenate(found)[np.argsort(np.concatenate(places))]

    def _none(self, sizes, a, b, step, args):
        """Where there is nothing to add up: a constant."""
        return np.ones(a.size)

    def _short(self, sizes, a, b, step, args):
        """The sums of all their terms."""
        count = int(np.max(np.round((b - a) / step))) + 1
        x = a[:, None] + np.arange(count) * step[:, None]
        inside = x <= (b + step / 2)[:, None]
        terms = _terms(self.f, np.where(inside, x, a[:, None]), args)
        return np.sum(np.where(inside, terms, 0.0), -1)

    def _rightward(self, sizes, a, b, step, args):
        return self._tailed(self.f, sizes, a, b, step, args)

    def _leftward(self, sizes, a, b, step, args):
        return self._tailed(lambda x, *args: self.f(-x, *args), sizes, -b, -a, step, args)

    def _both_ways(self, sizes, a, b, step, args):
        def both(x, *args):
            values = as_array(self.f(x, *args)) + as_array(self.f(-x, *args))
            return values * np.where(x == 0, 0.5, 1.0)

        return self._tailed(both, sizes, np.zeros_like(a), b, step, args)

    def _tailed(self, f, sizes, a, b, step, args):
        """With integrals in place of what is far to the right."""
        count = self._count(f, sizes, a, step, args)
        x = a[:, None] + np.arange(count) * step[:, None]
        far = a + count * step
        called = lambda *x: as_array(f(*x))
        rest = each(called, (far, b, *args), Method()) / step + called(far, *args) / 2
        finite = np.isfinite(b)
        last = called(np.where(finite, b, far), *args) / 2
        return np.sum(_terms(f, x, args), -1) + rest + np.where(finite, last, 0.0)

    def _count(self, f, sizes, a, step, args):
        """Twice as many terms as there are before all that follow are small, or as many as may be.

        Twice, as a derivative's terms grow small a little later.
        """
        powers = 2 ** np.arange(int(np.log2(max(self.maxterms, 1))))
        counts = np.append(powers, self.maxterms)
        x = a[:, None] + counts * step[:, None]
        here, next_ = [getval(_terms(f, x + d, args)) for d in (0, step[:, None])]
        large = (here > sizes[:, None]) | (next_ > here)
        return counts[min(np.max(np.sum(large, -1)) + 1, len(counts) - 1)]


def _terms(f, x, args):
    """In rows, of rows of points."""
    return as_array(f(x, *[arg[:, None] for arg in args]))


def nsum(f, a, b, *, step=1, args=(), log=False, maxterms=2**20, tolerances=None):
    for name, x in (("a", a), ("b", b), ("step", step)):
        if is_traced(x):
            refuse("nsum", **{name: x})
    watch = Watch()
    args = args if np.iterable(args) else (args,)
    a, b, step = stop_gradient((a, b, step))
    options = {"log": log, "maxterms": maxterms, "tolerances": tolerances}
    known = si.nsum(watch(f), a, b, step=step, args=stop_gradient(tuple(args)), **options)
    if not (watch.traced or is_traced(*args)):
        return known
    args = [as_array(arg) for arg in args]
    atol, rtol = [(tolerances or {}).get(name) for name in ("atol", "rtol")]
    if log:
        f, args = relative(f), [*args, exponents(known.sum)]
        atol, rtol = None, None if rtol is None else np.exp(rtol)
    size = np.ones_like(known.sum) if log else known.sum
    rtol = np.finfo(size.dtype).eps ** 0.5 if rtol is None else rtol
    flat = lambda x: np.reshape(np.broadcast_to(x, size.shape), -1)
    a, b, step = [flat(x).astype(float) for x in (a, b, step)]
    args = [flat(arg) for arg in args]
    series = Series(f, int(maxterms), (atol or 0.0) + rtol * flat(size))
    if size.size:
        total = np.reshape(series.sums(a, b, step, args), size.shape)
        known.sum = like(np.log(total) if log else total, known.sum)
    return known


if hasattr(si, "nsum"):
    nsum = stands_for(si.nsum)(nsum)
