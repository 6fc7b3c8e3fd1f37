"""Tape: the recording in the open."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.operators.common import Layer, loss, nested
from tracegrad import Tape, deriv, grad, stop_gradient
from tracegrad.testing import check_equivalent


def test_one_target_one_source():
    with Tape() as t:
        x = t.watch(2.0)
        y = x**2
    gradient = t.gradient(y, x)
    assert gradient == 4.0 and type(gradient) is numpy.float64


def test_gradient_inside_the_block():
    with Tape() as t:
        x = t.watch(numpy.array([1.0, 2.0]))
        assert t.gradient(np.sum(x**2), x).tolist() == [2.0, 4.0]


def test_several_targets_and_sources():
    with Tape() as t:
        x, y = t.watch(2.0), t.watch(numpy.array([1.0, 3.0]))
        targets = {"a": x * y, "b": [y**2, 5.0]}
    gradient = t.gradient(targets, {"x": x, "both": (x, y)})
    assert gradient["x"] == 4.0 and gradient["both"][0] == 4.0
    assert gradient["both"][1].tolist() == [4.0, 8.0]


def test_cotangents_weigh_the_targets():
    with Tape(persistent=True) as t:
        x = t.watch(numpy.array([1.0, 2.0, 3.0]))
        y = x**2
        z = np.sum(x)
    assert t.gradient(y, x, numpy.array([1.0, 0.0, -1.0])).tolist() == [2.0, 0.0, -6.0]
    assert t.gradient([y, z], x, [numpy.zeros(3), 2.0]).tolist() == [2.0, 2.0, 2.0]
    with pytest.raises(ValueError):
        t.gradient([y, z], x, [numpy.zeros(3)])
    with pytest.raises(ValueError):
        t.gradient(y, x, numpy.ones(2))


def test_containers():
    with Tape() as t:
        tree = t.watch(nested())
        value = loss(tree)
    gradient = t.gradient(value, tree)
    assert isinstance(gradient["layer"], Layer)
    check_equivalent(gradient, grad(loss)(nested()), rtol=1e-12)


def test_intermediate_values_as_sources():
    with Tape() as t:
        x = t.watch(3.0)
        y = x**2
        z = y * x + y
    gx, gy = t.gradient(z, (x, y))
    assert gx == 3 * 9.0 + 6.0 and gy == 4.0


def test_a_source_the_target_does_not_need():
    with Tape() as t:
        x, y = t.watch(2.0), t.watch(numpy.ones(2))
        z = x * 3
    assert [numpy.sum(g) for g in t.gradient(z, [x, y])] == [3.0, 0.0]


def test_the_target_is_the_source():
    with Tape() as t:
        x = t.watch(2.0)
    assert t.gradient(x, x) == 1.0


def test_nested_tapes():
    with Tape() as outer:
        x = outer.watch(2.0)
        with Tape() as inner:
            u = inner.watch(x)
            y = u**3
        first = inner.gradient(y, u)
        second = outer.gradient(first, x)
    assert stop_gradient(first) == 12.0 and second == 12.0
    with Tape() as a:
        x = a.watch(2.0)
        with Tape() as b:
            y = b.watch(x)
            with Tape() as c:
                z = c.watch(y)
                w = z**4
            first = c.gradient(w, z)
        second = b.gradient(first, y)
    assert a.gradient(second, x) == 48.0


def test_tapes_and_operators():
    def f(x):
        with Tape() as t:
            u = t.watch(x)
            y = np.sin(u) * u
        return t.gradient(y, u)

    x = 0.7
    second = 2 * numpy.cos(x) - x * numpy.sin(x)
    numpy.testing.assert_allclose([grad(f)(x), deriv(f)(x)], second, rtol=1e-12)
    with Tape() as t:
        u = t.watch(x)
        y = grad(lambda v: np.sin(v) * v)(u)
    numpy.testing.assert_allclose(t.gradient(y, u), second, rtol=1e-12)


def test_persistent_tapes():
    with Tape(persistent=True) as t:
        x = t.watch(2.0)
        y = x**2
        z = y * x
    assert [t.gradient(y, x), t.gradient(z, x), t.gradient(z, y), t.gradient(y, x)] == [
        4.0,
        12.0,
        2.0,
        4.0,
    ]


def test_a_spent_tape():
    with Tape() as t:
        x = t.watch(2.0)
        y = x**2
    t.gradient(y, x)
    with pytest.raises(RuntimeError, match=r"spent.*Tape\(persistent=True\)"):
        t.gradient(y, x)


def test_a_refused_question_does_not_spend_the_tape():
    with Tape() as t:
        x = t.watch(2.0)
        y = x**2
    with pytest.raises(ValueError, match="not computed from anything this tape watched"):
        t.gradient(5.0, x)
    with pytest.raises(ValueError, match="not a value that this tape watched"):
        t.gradient(y, 2.0)
    assert t.gradient(y, x) == 4.0


def test_values_of_another_tape_are_unrelated():
    with Tape() as one:
        x = one.watch(2.0)
        y = x**2
    with Tape() as other:
        u = other.watch(3.0)
        v = u**2
    with pytest.raises(ValueError, match="not computed from"):
        other.gradient(y, u)
    with pytest.raises(ValueError, match="not a value"):
        other.gradient(v, x)
    assert one.gradient(y, x) == 4.0 and other.gradient(v, u) == 6.0


def test_a_closed_tape_watches_nothing_more():
    with Tape() as t:
        x = t.watch(2.0)
    later = x**2
    assert later == 4.0 and type(later) is numpy.float64
    with pytest.raises(ValueError, match="not computed from"):
        t.gradient(later, x)
    with pytest.raises(RuntimeError, match="watch values inside its with block"):
        t.watch(3.0)


@pytest.mark.parametrize("x", ["text", None, True, numpy.array(["a"])])
def test_what_cannot_be_watched(x):
    with pytest.raises(TypeError, match="cannot differentiate"), Tape() as t:
        t.watch(x)


def test_integers_become_floats_and_float32_stays():
    with Tape() as t:
        n, x = t.watch(3), t.watch(numpy.ones(2, numpy.float32))
        y = np.sum(x * 2.0) * n
    gn, gx = t.gradient(y, (n, x))
    assert gn == 4.0 and gn.dtype == float and gx.dtype == numpy.float32


def test_an_exception_closes_the_tape():
    with pytest.raises(KeyError):
        with Tape() as t:
            x = t.watch(2.0)
            y = x**2
            raise KeyError
    assert t.gradient(y, x) == 4.0
    assert type(x * 1.0) is numpy.float64


def test_gradients_belong_to_the_caller():
    start = numpy.ones(2)
    with Tape() as t:
        x = t.watch(start)
        y = np.sum(x)
    a, b = t.gradient(y, (x, x))
    a[:] = 7.0
    assert (b == 1).all() and (start == 1).all()


def test_descent():
    x = 3.0
    for _ in range(100):
        with Tape() as t:
            u = t.watch(x)
            y = u**2
        x = x - 0.1 * t.gradient(y, u)
    assert abs(x) < 1e-8
