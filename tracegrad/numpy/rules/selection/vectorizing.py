"""`vectorize`: NumPy's class, whose calls with traced arrays call the function on boxes."""

from __future__ import annotations

import re

import numpy as np

from ....core.box import getval, isbox
from ....core.trace import newest_trace
from ..arrays import as_array, refuse
from .applying import GaveTraced, joined, watched

__all__ = ["vectorize"]


class vectorize(np.vectorize):
    """NumPy's `vectorize`, which is traced: through arguments and what the function closes over.

    Example:
        >>> from tracegrad import deriv
        >>> cube = vectorize(lambda x: x**3 if x > 0 else 0.0)
        >>> print(deriv(cube)(2.0), cube([-1.0, 2.0]))
        12.0 [0. 8.]
    """

    def __call__(self, *args, **kwargs):
        if self.pyfunc is np._NoValue:  # a decorator with options
            return super().__call__(*args, **kwargs)
        if newest_trace(args, kwargs) is None:
            try:
                return self._loop(watched(self.pyfunc), self.excluded, self.signature)(
                    *args, **kwargs
                )
            except GaveTraced:
                pass
        fun, arrays = _vectorized(self.pyfunc, self.excluded, args, kwargs)
        return self._traced(fun, arrays) if arrays else fun()

    def _loop(self, fun, excluded, signature):
        """NumPy's own, of another function."""
        return np.vectorize(fun, self.otypes, None, excluded, self.cache, signature)

    def _traced(self, fun, arrays):
        """NumPy runs the loop on plain values, and on a number that tells which call it is.

        NumPy may call the function once more for the first elements, or in another order.
        """
        arrays = [as_array(a) for a in arrays]
        ranks = _ranks(self.signature, len(arrays))
        outer = np.broadcast_shapes(*[a.shape[: a.ndim - r] for a, r in zip(arrays, ranks)])
        calls = np.arange(int(np.prod(outer))).reshape(outer)
        rows = [_rows(a, outer, r) if isbox(a) else None for a, r in zip(arrays, ranks)]
        results = {}

        def call(k, *items):
            ans = fun(*[item if row is None else row[k] for row, item in zip(rows, items)])
            results[int(k)] = ans if type(ans) is tuple else (ans,)
            return tuple(map(getval, ans)) if type(ans) is tuple else getval(ans)

        signature = self.signature and f"(),{self.signature}"
        known = self._loop(call, None, signature)(calls, *map(getval, arrays))
        if not results:
            return known
        columns = zip(*[results[k] for k in range(len(results))])
        found = known if type(known) is tuple else (known,)
        ans = tuple([self._joined(column, one, outer) for column, one in zip(columns, found)])
        return ans if type(known) is tuple else ans[0]

    def _joined(self, results, known, outer):
        if known.dtype.kind == "O" and any(map(isbox, results)):
            refuse("vectorize", otypes=self.otypes)
        return joined(results, known, outer)


def _vectorized(fun, excluded, args, kwargs):
    """The function of those arguments alone that are not excluded, and these."""
    places = [i for i in range(len(args)) if i not in excluded]
    names = [name for name in kwargs if name not in excluded]

    def of_these(*items):
        now = list(args)
        for i, item in zip(places, items):
            now[i] = item
        return fun(*now, **{**kwargs, **dict(zip(names, items[len(places) :]))})

    return of_these, [args[i] for i in places] + [kwargs[name] for name in names]


def _ranks(signature, count):
    """How many axes of each argument the function takes as a whole."""
    if signature is None:
        return [0] * count
    cores = re.findall(r"\(([^)]*)\)", signature.split("->")[0])
    return [len(re.findall(r"\w+", core)) for core in cores]


def _rows(a, outer, rank):
    """What each call is given of a traced array."""
    core = a.shape[a.ndim - rank :]
    return np.broadcast_to(a, (*outer, *core)).reshape(-1, *core)
