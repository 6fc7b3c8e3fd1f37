"""Statistics of samples."""

from __future__ import annotations

import inspect

import numpy
import scipy.stats

from tests.tester import Case

from .samples import normal, positive

N, P, W = normal(4, 5), positive(4, 5), positive(4, 5, seed=1)
FOLD = [{}, {"axis": 1}, {"axis": None}, {"axis": -1, "keepdims": True, "nan_policy": "propagate"}]


HOLES = P.copy()
HOLES[1, 2] = HOLES[3, 0] = numpy.nan


def row(name, args, options, **flags):
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"scipy.stats.{name}", args, options, **flags)


_known = inspect.signature(scipy.stats.entropy).parameters  # SciPy 1.11 has fewer
ENTROPY = [{name: o[name] for name in o if name in _known} for o in FOLD]

ROWS = [
    row("gmean", (P,), [*FOLD, {"weights": W, "axis": 1}, {"dtype": float}]),
    row("hmean", (P,), [*FOLD, {"weights": W, "axis": 1}, {"dtype": float}]),
    row("sem", (N,), [*FOLD, {"ddof": 0}]),
    row("variation", (P,), [*FOLD, {"ddof": 1}]),
    row("skew", (N,), [*FOLD, {"bias": False}]),
    row("kurtosis", (N,), [*FOLD, {"bias": False}, {"fisher": False}]),
    row("zscore", (N,), [{}, {"axis": None, "ddof": 1}, {"nan_policy": "propagate"}]),
    row("zmap", (N, P), [{}, {"axis": 1, "ddof": 1}, {"nan_policy": "propagate"}]),
    row("gzscore", (P,), [{}, {"axis": 1, "ddof": 1}, {"nan_policy": "propagate"}]),
    row("entropy", (P,), [*ENTROPY, {"base": 2}]),
    row("entropy", (P, W), [*ENTROPY, {"base": 2}]),
    *[
        row(name, (HOLES,), [{"nan_policy": "omit", "axis": axis} for axis in (0, 1)], order=1)
        for name in (
            "gmean",
            "hmean",
            "sem",
            "variation",
            "skew",
            "kurtosis",
            *["entropy"] * ("nan_policy" in _known),
        )
    ],
    *[
        row(
            name,
            (HOLES,),
            [{"nan_policy": "omit", "axis": axis} for axis in (0, 1)],
            order=1,
            use=lambda fun, *args, **options: fun(*args, **options)[~numpy.isnan(HOLES)],
        )
        for name in ("zscore", "gzscore")
    ],
]
