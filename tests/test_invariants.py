"""What holds of every row of NumPy's functions, whichever it is: spaces, layouts, errors, NaN.

It is the arrays that vary here, so of the rows that differ in options or sizes alone one is taken.
Numbers, empty arrays and keywords are invariants too: `test_small` and `test_keywords` in
`test_cases.py`.
"""

from __future__ import annotations

import re
from fractions import Fraction

import numpy
import pytest

import tracegrad
import tracegrad.numpy as np
from tests import tester
from tests.cases import NUMPY_ROWS
from tests.test_cases import by_function, turned
from tests.tester import NUMPY_2, Sample, pullback, pushforward, vjp_of
from tracegrad.core.box import isbox
from tracegrad.core.trace import EndedTrace
from tracegrad.core.tree import flatten

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    # float16 overflows, NaN is put in on purpose, and the zeroth power is a constant
    pytest.mark.filterwarnings("ignore::RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:Output seems independent of input:UserWarning"),
]


def derivatives(sample, ts, gs):
    """The value, the tangent along `ts` and the cotangents of `gs`."""
    value, push = pushforward(sample.fun, sample.leaves, ts)
    return value, push, vjp_of(sample.fun, gs)(*sample.leaves)


def every(select=lambda case: True):
    """A row of each function and number of dimensions, with its first option."""
    # SciPy's functions have others: some crash in float16, some always give float64
    rows = reversed(NUMPY_ROWS)
    kinds = {(c.name, *[getattr(x, "ndim", type(x)) for x in c.args]): c for c in rows}
    chosen = [(c, c.options[0]) for c in kinds.values() if Sample(c, c.options[0]).leaves]
    return by_function(variant for variant in chosen if select(variant[0]))


BY_VALUE = ("polydiv", "fft.fftfreq", "fft.rfftfreq", "polynomial.hermite.hermline")
"""Where the dtype hangs on how NumPy 1 promotes numbers: by their value."""


# -- dtypes ------------------------------------------------------------------------------------


@every(lambda case: not case.name.startswith(("as_strided", "random.")))  # always of 8 bytes
def test_dtype_is_kept(variant):
    """Cotangents in the rare dtypes, where NumPy takes them; the others are in `test_cases.py`."""
    for dtype in ("float16", "longdouble", "clongdouble"):
        check_dtype(*variant, dtype)


def check_dtype(case, option, dtype):
    if dtype == "clongdouble" and not case.complex:
        return
    if not NUMPY_2 and case.name in BY_VALUE:
        return

    def cast(i, leaf):
        return (turned(i, leaf) if dtype == "clongdouble" else leaf).astype(dtype)

    sample = Sample(case, option, cast)
    try:
        want = sample.raw(*sample.leaves)
    except TypeError:  # no float16 in linear algebra, no longdouble either
        return
    ts, gs = sample.like(sample.leaves), sample.like(want)
    value, push, pull = derivatives(sample, ts, gs)
    tester.same_spaces(value, want, "value")
    tester.same_spaces(push, want, "tangent")
    tester.same_spaces(pull, sample.leaves, "cotangent")
    if all(numpy.isfinite(x).all() for x in (*want, *push, *pull)):
        wide = ([x.astype(numpy.result_type(x, "f8")) for x in xs] for xs in (gs, push, pull, ts))
        gs, push, pull, ts = wide
        tester.check_adjoint(gs, push, pull, ts, 0.1 if dtype == "float16" else tester.SAME)


# -- layouts -----------------------------------------------------------------------------------


def every_second(x):
    bigger = numpy.full([2 * n for n in x.shape], numpy.nan, x.dtype)
    view = bigger[(slice(None, None, 2),) * x.ndim]
    view[...] = x
    return view


def reversed_twice(x):
    flip = (slice(None, None, -1),) * x.ndim
    return x[flip].copy()[flip]


def read_only(x):
    x = x.copy()
    x.flags.writeable = False
    return x


LAYOUTS = {
    "Fortran order": numpy.asfortranarray,
    "every second": every_second,
    "negative strides": reversed_twice,
    "read-only": read_only,
    "other byte order": lambda x: x.astype(x.dtype.newbyteorder()),
}


@every(lambda case: not case.name.startswith("as_strided"))  # its strides count bytes
def test_layout_does_not_matter(variant):
    case, option = variant
    plain = Sample(case, option)
    ts, gs = plain.like(plain.leaves), plain.like(plain.raw(*plain.leaves))
    want = derivatives(plain, ts, gs)
    for name, lay in LAYOUTS.items():
        laid = Sample(case, option, lambda i, x: lay(x) if numpy.ndim(x) else x)
        got = derivatives(laid, ts, gs)
        for a, b, what in zip(got, want, ("value", "tangent", "cotangent")):
            tester.close(a, b, 1e-12, f"{name}: {what}")
        tester.same_spaces(got[2], laid.leaves, f"{name}: cotangent")


# -- what the caller passes is the caller's ----------------------------------------------------


@every()
def test_nothing_of_the_caller_is_changed_or_kept(variant):
    """Arguments, cotangents and tangents stay as they were, and no result is one of them."""
    sample = Sample(*variant)
    ts, gs = sample.like(sample.leaves), sample.like(sample.raw(*sample.leaves))
    mine = [*flatten((sample.case.args, variant[1]))[0], *ts, *gs]
    mine = [x for x in mine if isinstance(x, numpy.ndarray)]
    before = [x.copy() for x in mine]

    def loss(leaves):
        return sum(np.sum((g * y).real) for g, y in zip(gs, sample.fun(*leaves)))

    derivatives(sample, ts, gs)
    if not any(map(numpy.iscomplexobj, sample.raw(*sample.leaves))):
        for gradient in tracegrad.grad(loss)(sample.leaves):
            assert not any(numpy.may_share_memory(gradient, x) for x in mine)
            if isinstance(gradient, numpy.ndarray):
                assert gradient.flags.writeable
    for x, y in zip(mine, before):
        numpy.testing.assert_array_equal(x, y)


@every()
def test_container_is_kept(variant):
    """A dict of lists in, a dict of lists of such arrays out."""
    sample = Sample(*variant)
    want = sample.raw(*sample.leaves)
    if any(map(numpy.iscomplexobj, want)):
        return
    gs = sample.like(want)

    def loss(tree):
        leaves = [tree["first"], *tree["others"]]
        return sum(np.sum(g * y) for g, y in zip(gs, sample.fun(*leaves)))

    one, *others = sample.leaves
    got = tracegrad.grad(loss)({"first": one, "others": others})
    assert type(got) is dict and list(got) == ["first", "others"] and type(got["others"]) is list
    tester.same_spaces([got["first"], *got["others"]], sample.leaves, "gradient")
    tester.close([got["first"], *got["others"]], vjp_of(sample.fun, gs)(*sample.leaves), 1e-12, "")


# -- errors ------------------------------------------------------------------------------------


class Stop(Exception):
    pass


@every()
def test_errors_leave_no_state_behind(variant):
    sample = Sample(*variant)
    ts, gs = sample.like(sample.leaves), sample.like(sample.raw(*sample.leaves))
    want = derivatives(sample, ts, gs)
    escaped = []

    def broken(*leaves):
        escaped.extend(leaves)
        escaped.extend(sample.fun(*leaves))
        raise Stop

    with pytest.raises(Stop):
        pullback(broken, *sample.leaves)
    with pytest.raises(Stop):
        pushforward(broken, sample.leaves, ts)
    assert all(type(x._trace) is EndedTrace for x in escaped if isbox(x))
    for got, wanted in zip(derivatives(sample, ts, gs), want):
        for a, b in zip(got, wanted):
            numpy.testing.assert_array_equal(a, b)


@every(lambda case: case.fun is None)
def test_an_option_that_does_not_exist_is_refused(variant):
    """By NumPy itself or by name: never passed over."""
    sample = Sample(*variant)

    def wrong(*leaves):
        args, kwargs = sample.arguments(leaves)
        return sample.case.traced(*args, **kwargs, no_such_option=1)

    for run in (
        lambda: pullback(wrong, *sample.leaves),
        lambda: pushforward(wrong, sample.leaves, sample.leaves),
    ):
        with pytest.raises((TypeError, ValueError, NotImplementedError)):
            run()


RECORD = [("a", float), ("b", float)]
NO_NUMBERS = {
    "object": numpy.array([1.0, 2.0], dtype=object),
    "<U1": numpy.array(["a", "b"]),
    "bool": numpy.array([True, False]),
    "datetime64": numpy.array(["2024-01-01"], dtype="M8[D]"),
    "timedelta64": numpy.array([1], dtype="m8[D]"),
    "'a'": numpy.zeros(2, RECORD),
    "masked": numpy.ma.array([1.0, 2.0], mask=[False, True]),
    "matrix": numpy.matrix([[1.0, 2.0]]),
}
ADVICE = {"masked": r"x\.filled", "matrix": r"numpy\.asarray\(x\)"}
ENTRIES = {
    "grad": lambda f, x: tracegrad.grad(f)(x),
    "value_and_grad": lambda f, x: tracegrad.value_and_grad(f)(x),
    "deriv": lambda f, x: tracegrad.deriv(f)(x),
    "vjp": lambda f, x: tracegrad.vjp(f, x),
    "jvp": lambda f, x: tracegrad.jvp(f, (x,), (x,)),
    "jacobian": lambda f, x: tracegrad.jacobian(f)(x),
    "hessian": lambda f, x: tracegrad.hessian(f)(x),
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_what_has_no_derivative_is_refused_at_entry(kind, entry):
    with pytest.raises(TypeError, match=f"(?s)cannot differentiate.*{kind}.*Pass") as error:
        ENTRIES[entry](np.sum, NO_NUMBERS[kind])
    assert __file__.rpartition("/")[2] in str(error.value)
    assert re.search(ADVICE.get(kind, r"astype\(float\)"), str(error.value))


BESIDE = {
    "times": lambda x, c: x * c,
    "maximum": lambda x, c: np.maximum(c, x),
    "dot": lambda x, c: np.dot(c, x),
    "concatenate": lambda x, c: np.concatenate([x, np.ravel(c)]),
    "where": lambda x, c: np.where(c > 1, x, 0),
    "inner": lambda x, c: np.inner(x, c),
    "einsum": lambda x, c: np.einsum("i,i", x, c),
    "nested": lambda x, c: tracegrad.grad(lambda y: np.sum(y * c))(x),
}
CONSTANTS = {
    "masked": ("times", "maximum", "concatenate", "where", "inner", "einsum", "nested"),
    "matrix": ("times", "dot", "nested"),
    "object": ("times", "maximum", "concatenate", "nested"),
    "<U1": ("concatenate",),
}


@pytest.mark.parametrize("entry", ["grad", "jvp"])
@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, ns in CONSTANTS.items() for n in ns])
def test_what_has_no_derivative_is_refused_beside_a_traced_array(kind, name, entry):
    constant = NO_NUMBERS[kind]
    dtype = "<U32" if kind == "<U1" else kind
    with pytest.raises(TypeError, match=f"(?s){dtype}.*has no derivative") as error:
        ENTRIES[entry](lambda x: np.sum(BESIDE[name](x, constant)), numpy.array([1.0, 2.0]))
    assert __file__.rpartition("/")[2] in str(error.value)


def test_a_masked_cotangent_is_refused():
    with pytest.raises(TypeError, match=r"masked array.*x\.filled"):
        tracegrad.vjp(np.sin, numpy.ones(2))[1](NO_NUMBERS["masked"])


@pytest.mark.parametrize("big", [10**24, Fraction(10**24)])
def test_integers_beyond_64_bits(big):
    """NumPy may make Python numbers of them, which are numbers all the same."""
    powers = {lambda x: x / big: 1e-24, lambda x: big * x: 1e24, lambda x: x + big: 1.0}
    for fun, want in powers.items():
        assert tracegrad.grad(fun)(1.3) == tracegrad.deriv(fun)(1.3) == pytest.approx(want)
    assert tracegrad.grad(tracegrad.grad(lambda x: big * x * x))(1.3) == pytest.approx(2e24)


# -- NaN ---------------------------------------------------------------------------------------


# A factor is solved with as a whole, so the tangents of its finite elements are NaN as well; series
# are multiplied by matrices, which spread NaN further than NumPy's sums do; singular values of NaN
# are an error of LAPACK in NumPy 2.5.
WHOLE = ("linalg.cholesky", "linalg.qr", "linalg.cond", "polynomial.")


@every(lambda case: not case.name.startswith(WHOLE))
def test_nan_stays_where_it_is(variant):
    """NaN in one element: NumPy's value, and tangents that are finite where the value is."""
    case, option = variant

    def holed(i, leaf):
        if i or not numpy.ndim(leaf):
            return leaf
        leaf = leaf.copy()
        leaf.flat[-1] = numpy.nan
        return leaf

    sample = Sample(case, option, holed)
    try:
        want = sample.raw(*sample.leaves)
    except (ValueError, OverflowError):
        return
    value, push = pushforward(sample.fun, sample.leaves, sample.like(sample.leaves))
    for got, wanted, tangent in zip(value, want, push):
        numpy.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-12)
        assert numpy.isfinite(tangent)[numpy.isfinite(wanted)].all()
