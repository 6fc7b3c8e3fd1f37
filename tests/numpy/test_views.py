"""Views and writes as in NumPy: which results share memory, and random programs that write.

Outside a traced function `tracegrad.numpy` is NumPy itself, so each program is its own proof.
"""

from __future__ import annotations

import numpy
import pytest

from tests.cases import NUMPY_ROWS
from tests.test_cases import by_function
from tests.tester import Sample, pullback, pushforward
from tracegrad.core.box import isbox
from tracegrad.core.tree import flatten
from tracegrad.modes.sharing import sharers

# -- what shares memory --------------------------------------------------------------------------

# Sooner or later NumPy makes these read-only, and warns of writes already.
READ_ONLY = ("broadcast_arrays", "meshgrid", "lib.stride_tricks.as_strided", "as_strided")
VARIANTS = [(case, option) for case in NUMPY_ROWS for option in case.options]


def shared(result, argument):
    """Whether two arrays share memory; of boxes, whether they know of one another."""
    if isbox(result) and isbox(argument):
        return result is argument or any(other is argument for other in sharers(result))
    arrays = isinstance(result, numpy.ndarray) and isinstance(argument, numpy.ndarray)
    return arrays and numpy.shares_memory(result, argument)


def writeable(result):
    link = getattr(result, "_link", None)
    if link is not None and link.source is not None:
        return link.positions().flags.writeable
    return not isinstance(result, numpy.ndarray) or result.flags.writeable


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")  # of broadcast_arrays: soon read-only
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@by_function(VARIANTS)
def test_results_share_memory_as_in_numpy(variant):
    sample = Sample(*variant)
    case = sample.case
    arrays = [x.copy() if numpy.ndim(x) else x for x in sample.leaves]

    def seen(fun, leaves):
        args, kwargs = sample.arguments(leaves)
        results = [r for r in flatten(case.use(fun, *args, **kwargs))[0] if numpy.ndim(r)]
        results = [r for r in results if r.size and r.dtype.kind in "fc"]
        pairs = [[shared(r, x) for x in leaves if numpy.ndim(x)] for r in results]
        return pairs, [writeable(r) for r in results]

    want = seen(case.raw, arrays)
    for run in (
        lambda fun: pullback(fun, *arrays),
        lambda fun: pushforward(fun, arrays, arrays),
    ):
        found = []

        def fun(*boxes, found=found):
            found[:] = seen(case.traced, boxes)
            return boxes

        run(fun)
        assert found[0] == want[0]
        for pairs, ours, numpys in zip(*want, found[1]):
            if any(pairs) and not case.name.startswith(READ_ONLY):
                assert ours == numpys
