"""Every row of the table in `tests/cases/`, with each of its options, through the tester."""

from __future__ import annotations

import re

import numpy
import pytest

from tests import tester
from tests.cases import NUMPY_ROWS, ROWS
from tests.tester import Sample

pytestmark = [
    pytest.mark.filterwarnings("ignore:`row_stack`:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*`lwork` keyword:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*`interpolation=` argument:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*'nyq' is deprecated:DeprecationWarning"),
]

VARIANTS = [(case, option) for case in ROWS for option in case.options]
FIRST = [(case, case.options[0]) for case in ROWS]
BROADCAST = [((3,), (2, 3)), ((2, 1), (1, 3)), ((), (2,)), ((3,), ()), ((1, 1), (2,))]
BROADCAST += [((0, 3), (1, 3))]


def brief(value):
    """The same in every process that collects the tests: no addresses."""
    if isinstance(value, list | tuple) and not all(isinstance(v, int) for v in value):
        return "[]"
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    return re.sub(" at 0x[0-9a-f]+| ", "", str(getattr(value, "shape", value)))


def title(variant):
    case, option = variant
    shapes = ",".join(map(brief, case.args))
    options = ",".join(f"{k}={brief(v)}" for k, v in option.items())
    return f"{case.name}({shapes};{options})"


def every(select=lambda case: True):
    chosen = [variant for variant in VARIANTS if select(variant[0])]
    return pytest.mark.parametrize("variant", chosen, ids=map(title, chosen))


def first(select=lambda case: True):
    """The first option of each row."""
    chosen = [variant for variant in FIRST if select(variant[0])]
    return pytest.mark.parametrize("variant", chosen, ids=map(title, chosen))


def functions(variants):
    """Function → its variants, for tests of all of them at once."""
    chosen = {}
    for variant in variants:
        chosen.setdefault(variant[0].name, []).append(variant)
    return pytest.mark.parametrize("variants", chosen.values(), ids=chosen)


def by_function(variants):
    """A test of one variant, of which each takes no time, as one test for each function."""

    def decorate(test):
        def of_all(variants):
            for variant in variants:
                print(title(variant))  # the last is the one that failed
                test(variant)

        of_all.__doc__ = test.__doc__
        return functions(variants)(of_all)

    return decorate


def has_more_leaves(case):
    """Whether more than one argument moves; of scipy.stats' laws, which read them alike, one."""
    if case.name.startswith("stats.") and case.name != "stats.gamma":
        return False
    return len(Sample(case, case.options[0]).leaves) > 1


def is_first(variant):
    """Second derivatives of other arrays than real ones: once for each row."""
    case, option = variant
    return option is case.options[0]


# SciPy's rows with their first option: they are expressions in what NumPy's rows prove.
_NUMPY = set(map(id, NUMPY_ROWS))
TWICE = [
    variant
    for variant in VARIANTS
    if variant[0].order >= 2 and (id(variant[0]) in _NUMPY or is_first(variant))
]


def turned(i, leaf):
    """The sample with an imaginary part, at a distance from 0 and from branch cuts."""
    n = leaf.size
    return leaf + 1j * (0.2 + 0.2 * numpy.sin(7 * i + numpy.arange(n))).reshape(leaf.shape)


def single(i, leaf):
    return leaf.astype(numpy.complex64 if leaf.dtype.kind == "c" else numpy.float32)


@every()
def test_first_order(variant):
    tester.check_first(Sample(*variant))


@pytest.mark.parametrize("variant", TWICE, ids=map(title, TWICE))
def test_second_order(variant):
    tester.check_second(Sample(*variant))


@by_function(variant for variant in VARIANTS if variant[0].float32)
def test_float32(variant):
    tester.check_single(Sample(*variant, change=single))


@by_function(variant for variant in VARIANTS if variant[0].complex)
def test_complex(variant):
    analytic = tester.replace(variant[0], analytic=False)
    sample = Sample(analytic, variant[1], change=turned)
    tester.check_first(sample)
    if analytic.order >= 2 and is_first(variant):
        tester.check_second(sample)


@by_function(variant for variant in FIRST if variant[0].complex and variant[0].float32)
def test_complex64(variant):
    case, option = variant
    sample = Sample(case, option, change=lambda i, leaf: single(i, turned(i, leaf)))
    value, tangent = tester.pushforward(sample.fun, sample.leaves, sample.leaves)
    tester.same_spaces(tangent, value, "tangent")
    tester.same_spaces(value, sample.raw(*sample.leaves), "value")
    cotangents = tester.vjp_of(sample.fun, sample.like(value))(*sample.leaves)
    tester.same_spaces(cotangents, sample.leaves, "cotangent")


@first(lambda case: case.complex and len(Sample(case, case.options[0]).leaves) > 1)
def test_real_with_complex(variant):
    """A real argument beside a complex one keeps a real cotangent."""
    analytic = tester.replace(variant[0], analytic=False)
    for which in (0, 1):
        sample = Sample(analytic, variant[1], lambda i, x: turned(i, x) if i % 2 == which else x)
        tester.check_first(sample)
        tester.check_second(sample)


@first(has_more_leaves)
def test_float32_with_float64(variant):
    sample = Sample(*variant, change=lambda i, x: single(i, x) if i % 2 else x)
    if not tester.NUMPY_2 and any(numpy.ndim(y) == 0 for y in sample.raw(*sample.leaves)):
        return  # NumPy 1 lets arrays decide: float64 number * float32 array is float32
    value, tangent = tester.pushforward(sample.fun, sample.leaves, sample.leaves)
    tester.same_spaces(tangent, value, "tangent")
    cotangents = tester.vjp_of(sample.fun, sample.like(value))(*sample.leaves)
    tester.same_spaces(cotangents, sample.leaves, "cotangent")


@by_function(variant for variant in FIRST if variant[0].fun is None)
def test_keywords(variant):
    tester.check_keywords(Sample(*variant))


@first(has_more_leaves)
def test_lists(variant):
    tester.check_lists(Sample(*variant))


@pytest.mark.parametrize("shapes", BROADCAST, ids=str)
@first(lambda case: case.broadcast)
def test_broadcasting(variant, shapes):
    case, option = variant
    sample = Sample(case, option, change=lambda i, x: numpy.resize(x, shapes[i]))
    tester.check_first(sample)
    tester.check_second(sample)


def empty(x):
    return numpy.zeros((0, *x.shape[1:]), x.dtype)


def last_empty(x):
    return numpy.zeros((*x.shape[:-1], 0), x.dtype)


SHRINK = {
    "scalar": lambda x: x.ravel()[0],
    "0-d": lambda x: numpy.asarray(x.ravel()[0]),
    "empty": empty,
    "last axis empty": last_empty,
}


def described(leaf):
    """What makes a small sample another: shapes and dtypes of what moves, the rest itself."""
    if tester.moves(leaf):
        return type(leaf), leaf.shape, leaf.dtype
    return repr(leaf) if isinstance(leaf, numpy.ndarray | int | float | str) else id(leaf)


def shrunk(variants):
    """Each variant with its arguments shrunk; rows that differ in sizes alone become the same."""
    seen = set()
    for case, option in variants:
        whole = Sample(case, option)
        as_it_is = list(map(described, whole.every))
        for name, shrink in SHRINK.items():
            sample = Sample(case, option, change=lambda i, x: shrink(x))
            every = list(as_it_is)
            for i, leaf in zip(whole.at, sample.leaves):
                every[i] = described(leaf)
            key = (case.fun, case.use, repr(whole.structure), *every)
            if every != as_it_is and key not in seen:
                seen.add(key)
                print(title((case, option)), name)
                yield sample, is_first((case, option))


@functions(variant for variant in VARIANTS if variant[0].small)
def test_small(variants):
    """0-d and empty arguments, where NumPy takes them."""
    for sample, first in shrunk(variants):
        with numpy.errstate(all="ignore"):
            try:
                value = sample.raw(*sample.leaves)
            except Exception:
                continue  # NumPy does not take it
            if not all(numpy.all(numpy.isfinite(v)) for v in value):
                continue  # the mean of nothing
            tester.check_first(sample)
            if sample.case.order >= 2 and first:
                tester.check_second(sample)
