"""Properties over random shapes, axes, indices, einsum strings and dtypes."""

from __future__ import annotations

import string

import hypothesis.extra.numpy as hnp
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tracegrad.numpy as np
from tests import tester
from tests.cases import ROWS
from tests.tester import Case, Sample

SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3)
# `derandomize` gives every run the same examples: a failure is the commit's, not the day's.
FEW = settings(max_examples=40, deadline=None, derandomize=True)
MANY = settings(max_examples=150, deadline=None, derandomize=True)

BINARY = {row.name: row for row in ROWS if row.broadcast}
DTYPES = st.sampled_from([numpy.float32, numpy.float64, numpy.complex64, numpy.complex128])


def filled(shape, dtype=numpy.float64, seed=0, low=-2.0, high=2.0):
    """Values that fill the shape; never two equal, never 0."""
    x = numpy.random.default_rng(seed).uniform(low, high, shape)
    if numpy.dtype(dtype).kind == "c":
        x = x + 1j * numpy.random.default_rng(seed + 1).uniform(low, high, shape)
    return numpy.asarray(x).astype(dtype)


def spread(shape):
    """All different by at least 0.1."""
    size = int(numpy.prod(shape))
    return (numpy.random.default_rng(3).permutation(size) * 0.25 - 1.1).reshape(shape)


def prove(fun, *args, kwargs=None, **flags):
    """All first-order checks of the tester, and the second order."""
    sample = Sample(Case("random", args, fun=fun, **flags), kwargs or {})
    tester.check_value(sample)
    tester.check_first(sample)
    tester.check_second(sample)


def spaces(fun, *args):
    """Both modes keep shapes and dtypes, and agree by the adjoint identity."""
    sample = Sample(Case("random", args, fun=fun), {})
    ts = sample.like(sample.leaves)
    value, push = tester.pushforward(sample.fun, sample.leaves, ts)
    gs = sample.like(value)
    pull = tester.vjp_of(sample.fun, gs)(*sample.leaves)
    tester.same_spaces(value, sample.raw(*sample.leaves), "value")
    tester.same_spaces(push, value, "tangent")
    tester.same_spaces(pull, sample.leaves, "cotangent")
    single = any(numpy.dtype(x.dtype).name in ("float32", "complex64") for x in sample.leaves)
    tester.check_adjoint(gs, push, pull, ts, 1e-3 if single else 1e-10)


@pytest.mark.parametrize("name", BINARY)
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3, min_side=0))
@FEW
def test_broadcasting(name, shapes):
    row = BINARY[name]
    x, y = (numpy.resize(a, s) for a, s in zip(row.args, shapes.input_shapes))
    prove(row.traced, x, y)


@pytest.mark.parametrize("name", BINARY)
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=2, max_side=3), DTYPES, DTYPES)
@FEW
def test_dtypes_of_two(name, shapes, one, other):
    row = BINARY[name]
    if not row.complex:
        one, other = (numpy.dtype(d).type(0).real.dtype for d in (one, other))
    x, y = (numpy.resize(a, s) for a, s in zip(row.args, shapes.input_shapes))
    spaces(row.traced, x.astype(one), y.astype(other))


UNARY = {row.name: row for row in ROWS if len(row.args) == 1 and row.fun is None}
ELEMENTWISE = [n for n, r in UNARY.items() if isinstance(r.raw, numpy.ufunc)]


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(SHAPES, DTYPES, st.booleans())
@FEW
def test_dtypes_of_one(name, shape, dtype, scalar):
    row = UNARY[name]
    if not row.complex:
        dtype = numpy.dtype(dtype).type(0).real.dtype
    x = numpy.resize(row.args[0], shape).astype(dtype)
    spaces(row.traced, x[()] if scalar else x)


REDUCTIONS = ["sum", "mean", "prod", "max", "min", "var", "std"]
REDUCTIONS += ["nansum", "nanmean", "nanprod", "nanmax", "nanmin", "nanvar", "nanstd"]


@st.composite
def folds(draw):
    shape = draw(hnp.array_shapes(min_dims=0, max_dims=4, min_side=1, max_side=3))
    axes = st.one_of(
        st.none(),
        hnp.valid_tuple_axes(len(shape)),
        st.integers(-len(shape), len(shape) - 1) if shape else st.none(),
    )
    options = {"axis": draw(axes), "keepdims": draw(st.booleans())}
    if draw(st.booleans()):
        broadcast = [
            draw(st.sampled_from([1, n])) for n in shape[draw(st.integers(0, len(shape))) :]
        ]
        options["where"] = draw(hnp.arrays(bool, tuple(broadcast)))
    return shape, options


@pytest.mark.parametrize("name", REDUCTIONS)
@given(folds())
@FEW
def test_reductions(name, fold):
    shape, options = fold
    if name in ("nanmax", "nanmin") and not shape:
        return  # of a number NumPy gives NaN, of a 0-d array the initial value
    if "where" in options and name.endswith(("max", "min")):
        options["initial"] = -9.0 if name.endswith("max") else 9.0
    x = spread(shape) if name.endswith(("max", "min", "std")) else filled(shape)
    with numpy.errstate(all="ignore"):
        value = getattr(numpy, name)(x, **options)
        # the mean of nothing is nan; a std of 0 has a kink
        if not numpy.all(numpy.isfinite(value)) or (name.endswith("std") and not numpy.all(value)):
            return
        prove(getattr(np, name), x, kwargs=options)


@pytest.mark.parametrize("name", ["cumsum", "cumprod", "sort", "flip", "diff"])
@given(hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4), st.data())
@FEW
def test_along_an_axis(name, shape, data):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    prove(getattr(np, name), spread(shape), kwargs={"axis": axis})


@given(st.data())
@MANY
def test_indexing(data):
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4))
    index = data.draw(
        st.one_of(
            hnp.basic_indices(shape, allow_newaxis=True, allow_ellipsis=True),
            hnp.integer_array_indices(shape),
            hnp.arrays(bool, shape),
            st.tuples(*[st.integers(-n, n - 1) | st.just(slice(None)) for n in shape]),
            st.lists(st.integers(0, shape[0] - 1), max_size=4),
        )
    )
    prove(lambda x: x[index], filled(shape), linear=True)
    prove(lambda x: x[index] * x[index], filled(shape))


@given(st.data())
@MANY
def test_mixed_indexing(data):
    """Integer arrays beside slices, integers and new axes, in any order."""
    shape = data.draw(hnp.array_shapes(min_dims=2, max_dims=4, min_side=1, max_side=3))
    broadcast = data.draw(hnp.array_shapes(min_dims=0, max_dims=2, max_side=3))
    index = []
    for n in shape:
        kind = data.draw(st.integers(0, 4))
        if kind == 0:
            index.append(data.draw(hnp.arrays(int, broadcast, elements=st.integers(-n, n - 1))))
        elif kind == 1:
            index.append(data.draw(st.integers(-n, n - 1)))
        elif kind == 2:
            index.append(data.draw(st.slices(n)))
        else:
            index.append(slice(None))
        if kind == 4:
            index.append(None)
    index = tuple(index)
    prove(lambda x: x[index], filled(shape), linear=True)


@st.composite
def indices(draw):
    """Any index expression: one array shape for its arrays and masks, all else around them."""
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=3))
    together = draw(hnp.array_shapes(min_dims=0, max_dims=2, max_side=2))
    index, at, dots, masked = [], 0, False, False
    while at < len(shape):
        n = shape[at]
        kind = draw(st.sampled_from(["int", "slice", "array", "mask", "None", "...", "numpy"]))
        if kind == "None":
            index.append(None)
        elif kind == "...":
            if not dots:
                dots = True
                index.append(Ellipsis)
                at += draw(st.integers(0, len(shape) - at))
        elif kind == "mask":
            # as many integers as it has True: one mask, and no arrays that do not broadcast to it
            rank = draw(st.integers(1, len(shape) - at))
            if masked or any(isinstance(part, numpy.ndarray) and part.ndim for part in index):
                continue
            masked = True
            index.append(draw(hnp.arrays(bool, shape[at : at + rank])))
            at += rank
        else:
            if kind == "array" and not masked:
                index.append(draw(hnp.arrays(int, together, elements=st.integers(-n, n - 1))))
            elif kind == "int":
                index.append(draw(st.integers(-n, n - 1)))
            elif kind == "numpy":
                index.append(numpy.int32(draw(st.integers(-n, n - 1))))
            else:
                index.append(draw(st.slices(n)))
            at += 1
    if draw(st.integers(0, 4)) == 0 and not any(isinstance(i, numpy.ndarray) for i in index):
        index.append(draw(st.booleans()))  # a mask of no axis
    if not dots and draw(st.booleans()):
        index.append(Ellipsis)
    return shape, index[0] if len(index) == 1 and draw(st.booleans()) else tuple(index)


@given(indices())
@MANY
def test_every_kind_of_index(case):
    shape, index = case
    prove(lambda x: x[index], filled(shape), linear=True)
    prove(lambda x: np.sin(x)[index] * x[index], filled(shape))


@given(indices(), st.booleans())
@FEW
def test_reads_of_one_array_add_up(case, whole):
    """Several reads, a repeated one among them, beside other uses of the array."""
    shape, index = case

    def fun(x):
        total = np.sum(x[index] ** 2) + np.sum(np.sin(x[index])) + np.sum(x[0] * 3.0)
        return total + np.sum(np.cos(x)) if whole else total

    prove(fun, filled(shape))


@st.composite
def contractions(draw):
    """An einsum string and operands for it."""
    sizes = {c: draw(st.integers(1, 3)) for c in "abcde"}
    terms = draw(st.lists(st.text("abcde", max_size=4), min_size=1, max_size=3))
    letters = sorted(set("".join(terms)))
    ellipsis = draw(st.booleans())
    output = draw(st.permutations(letters))[: draw(st.integers(0, len(letters)))]
    shapes = [tuple(sizes[c] for c in term) for term in terms]
    text = "".join(output)
    if ellipsis:
        dots = [draw(st.sampled_from([(), (2,), (3, 2), (3, 1), (1, 2)])) for _ in terms]
        shapes = [d + s for d, s in zip(dots, shapes)]
        terms, text = ["..." + t for t in terms], "..." + text
    subscripts = ",".join(terms)
    if ellipsis or draw(st.booleans()):
        subscripts += "->" + text
    return subscripts, [filled(shape, seed=i) for i, shape in enumerate(shapes)]


@given(contractions(), st.booleans())
@MANY
def test_einsum(contraction, optimize):
    subscripts, operands = contraction
    assert set(subscripts) <= set(string.ascii_letters + ".,->")
    prove(np.einsum, subscripts, *operands, kwargs={"optimize": optimize})


@given(contractions(), st.booleans())
@MANY
def test_einsum_of_lists(contraction, implicit):
    """The other spelling: operands, each with a list of its axes."""
    subscripts, operands = contraction
    left, arrow, right = subscripts.partition("->")

    def axes(term):
        return [Ellipsis] * term.startswith("...") + [ord(c) - ord("a") for c in term.strip(".")]

    args = [x for operand, term in zip(operands, left.split(",")) for x in (operand, axes(term))]
    if arrow and not implicit:
        args.append(axes(right))
    prove(np.einsum, *args)


@given(
    hnp.mutually_broadcastable_shapes(signature="(n?,k),(k,m?)->(n?,m?)", max_dims=2, max_side=3)
)
@MANY
def test_matmul(shapes):
    x, y = (filled(shape, seed=i) for i, shape in enumerate(shapes.input_shapes))
    prove(np.matmul, x, y)


@given(hnp.array_shapes(max_dims=3, max_side=3), hnp.array_shapes(max_dims=3, max_side=3))
@FEW
def test_dot(left, right):
    right = (*right[:-2], left[-1], *right[-1:]) if len(right) > 1 else (left[-1],)
    prove(np.dot, filled(left), filled(right, seed=1))


@given(hnp.array_shapes(max_dims=3, max_side=3), hnp.array_shapes(max_dims=3, max_side=3))
@FEW
def test_kron(left, right):
    prove(np.kron, filled(left), filled(right, seed=1))
