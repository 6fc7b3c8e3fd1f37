"""Traces: nesting, threads, exceptions, long chains, and what is refused."""

from __future__ import annotations

import gc
import itertools
import math
import re
import threading
import weakref

import numpy
import pytest

import tracegrad.numpy as np
from tests.tester import jvp_of, pullback, pushforward, vjp_of
from tracegrad.core.box import Box, getval, isbox
from tracegrad.core.errors import NoDerivative
from tracegrad.modes.reverse import ReverseTrace
from tracegrad.modes.tape import walk_back

ONE = numpy.float64(1.0)
THIS = __file__.rpartition("/")[2]


def reverse(fun):
    """The derivative of a function of one number, by reverse mode."""
    return lambda x: pullback(fun, x)[1](ONE)[0]


def forward(fun):
    """The same by forward mode."""
    return lambda x: pushforward(fun, [x], [ONE])[1]


NESTINGS = [n for depth in range(1, 5) for n in itertools.product([reverse, forward], repeat=depth)]


@pytest.mark.parametrize("modes", NESTINGS, ids=lambda m: "-".join(f.__name__ for f in m))
def test_any_nesting(modes):
    def fun(x):
        return np.sin(x) * x**2 + np.exp(-x) / x

    derivative = fun
    for mode in modes:
        derivative = mode(derivative)
    mpmath = pytest.importorskip("mpmath")
    with mpmath.workdps(40):
        exact = mpmath.diff(
            lambda x: mpmath.sin(x) * x**2 + mpmath.exp(-x) / x, mpmath.mpf(0.7), len(modes)
        )
    numpy.testing.assert_allclose(derivative(numpy.float64(0.7)), float(exact), rtol=1e-12)


@pytest.mark.parametrize("outer", [reverse, forward])
@pytest.mark.parametrize("inner", [reverse, forward])
def test_an_inner_derivative_sees_the_outer_variable(outer, inner):
    """d/dx (x d/dy (x y)) = 2x; one variable taken for the other gives another number."""
    got = outer(lambda x: x * inner(lambda y: x * y)(numpy.float64(5.0)))(numpy.float64(3.0))
    assert got == 6.0


@pytest.mark.parametrize("outer", [reverse, forward])
@pytest.mark.parametrize("inner", [reverse, forward])
def test_an_inner_derivative_at_the_outer_variable(outer, inner):
    got = outer(lambda x: x * inner(lambda y: y**3)(x))(numpy.float64(2.0))
    assert got == 3 * 3 * 2.0**2  # x · 3x²


def test_independent_results_have_zero_derivative():
    x = numpy.ones(3)
    (g,) = vjp_of(lambda x: (np.zeros(2),), [numpy.ones(2)])(x)
    assert numpy.array_equal(g, numpy.zeros(3))
    assert numpy.array_equal(jvp_of(lambda x: numpy.ones(2), [x])(x), numpy.zeros(2))
    assert reverse(lambda x: 3.0)(ONE) == forward(lambda x: 3.0)(ONE) == 0.0
    assert reverse(reverse(lambda x: 3.0 * x))(ONE) == forward(reverse(lambda x: 3.0 * x))(ONE) == 0


def test_one_value_used_many_times():
    x = numpy.array([2.0, 3.0])
    g = numpy.array([1.0, 10.0])
    for fun, slope in (
        (lambda x: x + x, 2.0),
        (lambda x: x * x * x, 3 * x * x),
        (lambda x: np.stack([x, x]).sum(axis=0), 2.0),
        (lambda x: x[0] * x + x[::-1].sum() * 0.0, None),
    ):
        (got,) = vjp_of(lambda x, fun=fun: (fun(x),), [g])(x)
        if slope is None:
            slope = numpy.array([(g[0] * 2 * x[0] + g[1] * x[1]) / g[0], x[0]])
        numpy.testing.assert_allclose(got, g * slope)


def test_a_vjp_may_be_called_again():
    _, vjp = pullback(lambda x: np.sin(x) * x[0], numpy.array([1.0, 2.0]))
    first, second = vjp(numpy.array([1.0, 2.0]))[0], vjp(numpy.array([1.0, 2.0]))[0]
    numpy.testing.assert_array_equal(first, second)
    numpy.testing.assert_allclose(vjp(numpy.array([2.0, 4.0]))[0], 2 * first)


def test_a_result_that_is_returned_twice():
    _, vjp = pullback(lambda x: (x, x, 2.0 * x), ONE)
    assert vjp((1.0, 10.0, 100.0))[0] == 211.0


def test_the_cotangent_that_was_passed_stays_as_it_is():
    g = numpy.ones(3)
    _, vjp = pullback(lambda x: x + x * x + x, numpy.arange(3.0))
    vjp(g)
    numpy.testing.assert_array_equal(g, numpy.ones(3))


# -- threads, exceptions, boxes that outlive their trace --------------------------------------


def test_threads():
    """Eight threads differentiate different functions at once; no trace sees another's boxes."""
    wrong, barrier = [], threading.Barrier(8)

    def work(k):
        barrier.wait()
        for i in range(1000):
            x = numpy.float64(0.5 + (i % 7) * 0.1)
            mode = reverse if (i + k) % 2 else forward
            got = mode(lambda x: np.sin(k * x) * x)(x)
            want = k * math.cos(k * x) * x + math.sin(k * x)
            if abs(got - want) > 1e-12:
                wrong.append((k, i, got, want))
            if i % 10 == 0:
                second = mode(reverse(lambda x: x**k))(x)
                if abs(second - k * (k - 1) * x ** (k - 2)) > 1e-9:
                    wrong.append((k, i, second))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(2, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("modes", NESTINGS[:14], ids=lambda m: "-".join(f.__name__ for f in m))
def test_an_exception_leaves_nothing_behind(modes):
    class Mine(Exception):
        pass

    boxes = []

    def bad(x):
        boxes.append(np.sin(x))
        raise Mine

    derivative = bad
    for mode in modes:
        derivative = mode(derivative)
    with pytest.raises(Mine):
        derivative(ONE)
    # the traces are over: their boxes are constants, and new derivatives are right
    assert not isbox(np.cos(boxes[0])) and np.cos(boxes[0]) == math.cos(math.sin(1))
    assert reverse(lambda x: x * boxes[0])(ONE) == math.sin(1.0)
    good = lambda x: x**5
    for mode in modes:
        good = mode(good)
    assert good(ONE) == math.perm(5, len(modes))


@pytest.mark.parametrize("mode", [reverse, forward])
def test_a_box_that_outlives_its_trace_is_a_constant(mode):
    kept = []
    mode(lambda x: kept.append(x * 2.0) or x)(numpy.float64(3.0))
    (box,) = kept
    assert isinstance(box, Box) and getval(box) == 6.0
    assert mode(lambda x: x * box)(ONE) == 6.0
    assert mode(lambda x: box * x * x)(ONE) == 12.0
    assert not isbox(np.exp(box)) and np.exp(box) == math.exp(6.0)
    assert np.concatenate([np.reshape(box, 1), numpy.ones(1)]).tolist() == [6.0, 1.0]


def test_generators_may_interleave():
    """A trace is entered and left in any order; there is no stack to corrupt."""

    def steps(k):
        trace = ReverseTrace()
        x = trace.watch(numpy.float64(k))
        y = x
        for _ in range(3):
            y = y * x
            yield None
        yield walk_back(trace.tape, {y._node: ONE})[x._node]

    pair = [steps(2.0), steps(3.0)]
    results = [list(rows) for rows in zip(*pair)][-1]
    assert results == [4 * 2.0**3, 4 * 3.0**3]


# -- cost --------------------------------------------------------------------------------------


def test_a_chain_of_100_000_operations():
    def fun(x):
        for _ in range(100_000):
            x = x * 1.00001
        return x

    numpy.testing.assert_allclose(reverse(fun)(ONE), 1.00001**100_000)


def test_a_chain_is_freed_without_recursion():
    def fun(x):
        for _ in range(100_000):
            x = -x
        return x

    out, vjp = pullback(fun, ONE)
    del out, vjp
    gc.collect()


def test_scalar_reads_cost_what_they_are(monkeypatch):
    """n reads of an array of n cost n list entries and one array of zeros, not n arrays."""
    made = []
    zeros = numpy.zeros
    monkeypatch.setattr(numpy, "zeros", lambda *a, **k: made.append(a) or zeros(*a, **k))

    def fun(x):
        total = 0.0
        for i in range(1000):
            total = total + x[i] * i
        return total

    (g,) = pullback(fun, numpy.ones(1000))[1](ONE)
    numpy.testing.assert_array_equal(g, numpy.arange(1000.0))
    assert len(made) <= 3, len(made)


def test_memory_is_freed_while_walking_back():
    """Without `keep`, what an operation kept is gone once it was walked."""

    trace = ReverseTrace()
    x = trace.watch(numpy.ones(3))
    kept = numpy.full(3, 2.0)
    alive = weakref.ref(kept)
    y = np.multiply(x, kept)
    del kept
    assert alive() is not None
    walk_back(trace.tape, {y._node: numpy.ones(3)})
    gc.collect()
    assert not trace.tape and alive() is None


def test_addition_keeps_no_array_alive():
    trace = ReverseTrace()
    x = trace.watch(numpy.ones(3))
    other = numpy.full(3, 2.0)
    alive = weakref.ref(other)
    y = np.add(x, other)
    del other, y
    gc.collect()
    assert alive() is None and trace.tape


# -- what is refused ---------------------------------------------------------------------------

REFUSED = {
    "float": (lambda x: float(x[0]), "float", "tracegrad.numpy"),
    "int": (lambda x: int(x[0]), "int", "tracegrad.numpy"),
    "complex": (lambda x: complex(x[0]), "complex", "tracegrad.numpy"),
    "math.sin": (lambda x: math.sin(x[0]), "float", "tracegrad.numpy"),
    "asarray": (lambda x: numpy.array([x[0], x[1]]), "numpy.asarray", "tracegrad.numpy"),
    "asarray of a list": (lambda x: numpy.asarray([x]), "numpy.asarray", "tracegrad.numpy"),
    "item": (lambda x: x[0].item(), "item", "tracegrad.numpy"),
    "tolist": (lambda x: x.tolist(), "tolist", "tracegrad.numpy"),
    "index": (lambda x: [1, 2, 3][x[0]], "index", "tracegrad.numpy"),
    "into an array": (
        lambda x: numpy.zeros(3).__setitem__(0, x[0]), "float|asarray", r"y = np\.array\(y\)"
    ),
    "out=": (lambda x: numpy.add(x, 1.0, out=numpy.zeros(3)), "add", r"y = np\.array\(y\)"),
    "in place": (lambda x: numpy.zeros(3).__iadd__(x), "add", "y = y \\+ x"),
}  # fmt: skip


@pytest.mark.parametrize("mode", [reverse, forward])
@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_the_line_and_the_way_out(name, mode):
    fun, what, remedy = REFUSED[name]
    x = numpy.array([1.0, 2.0, 3.0])
    with pytest.raises((TypeError, ValueError)) as raised:
        if mode is reverse:
            pullback(fun, x)
        else:
            pushforward(fun, [x], [x])
    error = raised.value
    if isinstance(error, ValueError):  # NumPy's own, raised because of ours
        error = error.__cause__ or error.__context__
    assert isinstance(error, TypeError)
    for part in (what, remedy, rf"{THIS}:\d+"):
        assert re.search(part, str(error)), f"no {part!r} in {error}"


def test_options_that_no_rule_handles_are_named():
    x = numpy.ones(3)
    for fun, what in (
        (lambda x: np.frexp(x, dtype=float), "frexp.*dtype"),
        (lambda x: np.sum(x, out=numpy.zeros(())), "sum.*out"),
        (lambda x: np.sort(x, out=1), "out"),
    ):
        for call in (lambda: pullback(fun, x), lambda: pushforward(fun, [x], [x])):
            with pytest.raises((NoDerivative, TypeError), match=what) as error:
                call()
            if error.type is NoDerivative:
                error.match(rf"{THIS}:\d+")


def test_no_derivative_is_named():
    x = numpy.ones(3)
    for fun, what in (
        (lambda x: np.bitwise_count(x) if hasattr(np, "bitwise_count") else np.gcd(x, x), "b|gcd"),
        (lambda x: np.repeat(np.ones(3), x), "repeat.*repeats"),
        (lambda x: np.linspace(x, 2.0, num=x), "linspace"),
    ):
        with pytest.raises((NoDerivative, TypeError), match=what):
            pullback(fun, x)


def test_wrong_calls_fail_as_numpy_does():
    """A mistake of the user's raises what NumPy raises, not something of ours."""
    x = numpy.ones((2, 3))
    for fun in (
        lambda x, np: np.sum(x, axis=5), lambda x, np: np.reshape(x, (4, 4)),
        lambda x, np: np.dot(x, x), lambda x, np: x[7],
        lambda x, np: np.concatenate([x, np.ones(2)]),
        lambda x, np: np.stack([x, x[0]]), lambda x, np: np.split(x, 5), lambda x, np: np.sin(),
        lambda x, np: np.add(x), lambda x, np: np.sum(),
    ):  # fmt: skip
        with pytest.raises(Exception) as want:
            fun(x, numpy)
        with pytest.raises(want.type):
            pullback(lambda x, fun=fun: fun(x, np), x)
        with pytest.raises(want.type):
            pushforward(lambda x, fun=fun: fun(x, np), [x], [x])


def test_a_result_that_an_inner_trace_left_over_keeps_its_derivative():
    """The inner trace is over, and what is left is the outer one's."""

    def outer(x):
        kept = []
        pullback(lambda y: kept.append(x * y) or y, 2.0)
        return kept[0]

    assert pullback(outer, numpy.float64(3.0))[1](1.0) == [2.0]
    assert pushforward(outer, [numpy.float64(3.0)], [numpy.float64(1.0)])[1] == 2.0
