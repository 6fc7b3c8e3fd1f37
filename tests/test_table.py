"""The table is complete: what has a derivative has a row, and the other way round."""

from __future__ import annotations

import functools

import numpy
import pytest

import tracegrad.numpy
from tests.cases import ROWS
from tests.tester import NUMPY_2, SAME, Sample, close, moves, pullback, pushforward
from tracegrad.core.box import getval, isbox
from tracegrad.core.tree import flatten, map_leaves
from tracegrad.numpy.namespace import primitives

IN_TABLE = {case.primitive for case in ROWS if case.fun is None}  # imports what is of SciPy
DERIVED = {p for p in primitives.values() if p.vjps or p.jvps or p.composition is not None}
CONSTANT = sorted((p for p in primitives.values() if p.constant), key=lambda p: p.name)

# Options that all ufuncs share, or that say where and how to store the result, see
# `test_ufunc_options` and `test_out`.
SHARED = {"out", "casting", "order", "subok", "dtype", "where", "axes", "axis", "keepdims"}
SHARED |= {"out0", "out1", "out2", "out3"}


# Options that a traced call refuses by name.
REFUSED = {"array": {"ndmax"}}
for _name in ("quantile", "percentile", "nanquantile", "nanpercentile"):
    REFUSED[_name] = {"interpolation"}
REFUSED["quantile"] |= {"weights"}  # SciPy's
REFUSED["griddata"] = {"simplex_tolerance"}  # SciPy 1.18's
REFUSED["eigvals"] = {"overwrite_b"}  # SciPy 1.18's, with nothing to overwrite
REFUSED["corrcoef"] = {"bias", "ddof"}  # NumPy 1's, deprecated and without effect
if not NUMPY_2:  # the signature written down for NumPy 2 serves both
    REFUSED |= {"asarray": {"copy", "device"}, "asanyarray": {"copy", "device"}}
    REFUSED |= {"comb": {"legacy"}, "simpson": {"even"}, "simps": {"even"}}  # SciPy 1.11's


def test_every_derivative_has_a_row():
    missing = {f"{p.__module__}.{p.name}" for p in DERIVED - IN_TABLE}
    assert not missing, f"no row in tests/cases/ for {sorted(missing)}"


def test_every_row_has_a_derivative():
    extra = {str(p) for p in IN_TABLE - DERIVED}
    assert not extra, f"rows in tests/cases/ for what has no derivative: {sorted(extra)}"


def arguments(primitive):
    """The parameters that the rows of a primitive pass, by position or name."""
    passed = set()
    for case in ROWS:
        if case.fun is None and case.primitive is primitive:
            passed.update(primitive.signature.names[: len(case.args)])
            for option in case.options:
                passed.update(option)
    return passed


@pytest.mark.parametrize("primitive", sorted(DERIVED & IN_TABLE, key=lambda p: p.name), ids=str)
def test_every_option_has_a_row(primitive):
    shared = SHARED if isinstance(primitive.__wrapped__, numpy.ufunc) else {"out"}
    options = primitive.signature.known - {primitive.signature.star} - shared
    missing = options - arguments(primitive) - REFUSED.get(primitive.name, set())
    assert not missing, f"no row passes {sorted(missing)}"


# -- functions whose derivative is zero -------------------------------------------------------

X = numpy.array([[1.3, -0.4, 2.6], [0.7, 1.9, -1.2]])
SPECIAL = {
    "argpartition": (X, 1), "can_cast": (X.dtype, "f8"), "diag_indices_from": (X[:, :2],),
    "digitize": (X, [0.0, 1.0]), "einsum_path": ("ij,jk->ik", X, X.T), "isin": (X, [0.7]),
    "ishermitian": (X[:, :2],), "issymmetric": (X[:, :2],),
    "in1d": (X, [0.7]),
    "histogram": (X, -2.0, 3.0, 4),  # SciPy's
    "lexsort": ((X[0], X[1]),), "searchsorted": (numpy.sort(X[0]), 0.9), "iterable": (X,),
    "zeros": ((2, 3),), "ones": ((2, 3),), "empty": ((0, 3),), "eye": (2, 3), "identity": (2,),
    "argrelextrema": (X, numpy.greater),
    **dict.fromkeys(
        ("brunnermunzel", "kendalltau", "kruskal", "mannwhitneyu",
         "ranksums", "weightedtau", "wilcoxon"), (X[0], X[1])),
    "percentileofscore": (X[0], 0.9), "friedmanchisquare": (X[0], X[1], X[1] - X[0]),
    "tri": (2, 3), "common_type": (X,), "result_type": (X, X), "unravel_index": (3, (2, 3)),
}  # fmt: skip
BOTH = [numpy.isclose, numpy.allclose, numpy.array_equal, numpy.array_equiv, numpy.may_share_memory]


@pytest.mark.filterwarnings("ignore:numpy.fix is deprecated:DeprecationWarning")
@pytest.mark.parametrize("primitive", CONSTANT, ids=lambda p: p.name)
def test_constant(primitive):
    """A function of zero derivative, called with boxes, gives NumPy's plain value."""
    args = SPECIAL.get(primitive.name)
    if args is None:
        two = getattr(primitive.fun, "nin", 1) == 2
        two = two or primitive.fun in BOTH or primitive.name == "shares_memory"
        args = (X, X + 0.1) if two else (X,)
    want = primitive.fun(*args)
    seen = []

    def fun(x, y):
        replaced = {id(args[0]): x}
        if len(args) > 1:
            replaced[id(args[1])] = y

        def trace(arg):
            if isinstance(arg, tuple):
                return tuple(map(trace, arg))
            if isinstance(arg, numpy.ndarray):
                return replaced.get(id(arg), arg)
            return arg

        seen.append(primitive(*map(trace, args)))
        return x.sum() * 0.0

    second = args[1] if len(args) > 1 and isinstance(args[1], numpy.ndarray) else X
    first = args[0] if isinstance(args[0], numpy.ndarray) else X
    pullback(fun, first, second)
    pushforward(fun, [first, second], [first, second])
    assert len(seen) == 2
    for got in seen:  # arrays that may be written to come in boxes, without a derivative
        assert not any(isbox(leaf) and not leaf._trace.over for leaf in [got, *flatten(got)[0]])
        got = map_leaves(getval, got)
        if primitive.name not in ("empty_like", "array_repr", "array_str", "array2string"):
            numpy.testing.assert_equal(got, want)


# -- where the result goes ----------------------------------------------------------------------

PLAIN = [case for case in ROWS if case.fun is None and "out" in case.primitive.signature.known]
PLAIN = {c.name: c for c in PLAIN if not c.name.startswith("random.")}


@pytest.mark.filterwarnings("ignore:.*`interpolation=` argument:DeprecationWarning")
@pytest.mark.parametrize("case", PLAIN.values(), ids=lambda c: c.name)
def test_out(case):
    """`out=` an array made in the function takes the result; a plain array is refused."""
    sample = Sample(case, case.options[0])
    like = case.use(case.raw, *case.args, **case.options[0])
    several = isinstance(like, tuple)

    def fun(make, *leaves):
        args, kwargs = sample.arguments(leaves)
        out = tuple(map(make, like)) if several else make(like)
        result = case.use(functools.partial(case.traced, out=out), *args, **kwargs)
        for a, b in zip(out, result) if several else [(out, result)]:
            assert a is b
        return sample.only_moving(result)

    placed = functools.partial(fun, lambda like: tracegrad.numpy.array(numpy.asarray(like)))
    ts = sample.like(sample.leaves)
    value, pull = pullback(placed, *sample.leaves)
    want, expected = pullback(sample.fun, *sample.leaves)
    gs = sample.like(want)
    close(value, want, SAME, "value")
    close(pull(gs), expected(gs), SAME, "VJP")
    got = pushforward(placed, sample.leaves, ts)[1]
    close(got, pushforward(sample.fun, sample.leaves, ts)[1], SAME, "JVP")
    plain = functools.partial(fun, lambda like: numpy.array(numpy.asarray(like)))
    with pytest.raises((NotImplementedError, TypeError), match="out"):
        pullback(plain, *sample.leaves)


UFUNCS = {c.name: c for c in ROWS if isinstance(c.raw, numpy.ufunc) and c.raw.signature is None}
UFUNCS = {name: case for name, case in UFUNCS.items() if case.raw.nout == 1}


@pytest.mark.parametrize("case", UFUNCS.values(), ids=lambda c: c.name)
def test_ufunc_options(case):
    """`where=` keeps what is in `out=` elsewhere; casting and the like change nothing."""
    fun = case.traced
    x, rest = case.args[0], case.args[1:]
    if not isinstance(x, numpy.ndarray) or not moves(x):
        return
    ones = numpy.ones_like(fun(x, *rest))
    want = pullback(lambda x: fun(x, *rest), x)[1](ones)
    options = {"casting": "same_kind", "order": "K", "subok": True}
    got = pullback(lambda x: fun(x, *rest, **options), x)[1](ones)
    numpy.testing.assert_array_equal(got[0], want[0])
    mask = numpy.arange(ones.size).reshape(ones.shape) % 2 == 0

    def masked(x):
        y = tracegrad.numpy.full(ones.shape, 7.0, ones.dtype)
        return fun(x, *rest, where=mask, out=y) * 2.0

    value, vjp = pullback(masked, x)
    numpy.testing.assert_array_equal(value, numpy.where(mask, 2.0 * fun(x, *rest), 14.0))
    want = pullback(lambda x: fun(x, *rest), x)[1](2.0 * mask)
    numpy.testing.assert_allclose(vjp(ones)[0], want[0], rtol=1e-14)
    alone, vjp = pullback(lambda x: fun(x, *rest, where=mask), x)
    numpy.testing.assert_array_equal(alone[mask], fun(x, *rest)[mask])
    numpy.testing.assert_allclose(vjp(2.0 * ones)[0], want[0], rtol=1e-14)
