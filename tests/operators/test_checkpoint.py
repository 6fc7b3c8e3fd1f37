"""checkpoint: the same function and derivatives, less kept."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.operators.common import loss, nested
from tracegrad import checkpoint, deriv, grad, hessian, hvp, jacfwd, jacobian, jvp
from tracegrad.modes.reverse import ReverseTrace
from tracegrad.testing import check_equivalent, check_grads

X = numpy.array([0.3, -0.7, 1.2])


def block(x, w=1.5):
    for _ in range(5):
        x = np.tanh(w * x) + x
    return x


def both(f, g, *args, **kwargs):
    check_equivalent(f(*args, **kwargs), g(*args, **kwargs), rtol=1e-12, atol=1e-14)


def test_values_and_derivatives():
    both(checkpoint(block), block, X)
    for operator in (jacobian, jacfwd):
        both(operator(checkpoint(block)), operator(block), X)
    both(
        grad(lambda x: np.sum(checkpoint(block)(x) ** 2)), grad(lambda x: np.sum(block(x) ** 2)), X
    )
    both(grad(lambda w: np.sum(checkpoint(block)(X, w))), grad(lambda w: np.sum(block(X, w))), 0.5)
    both(
        grad(lambda w: np.sum(checkpoint(block)(X, w=w))), grad(lambda w: np.sum(block(X, w))), 0.5
    )
    assert deriv(checkpoint(block))(0.5) == deriv(block)(0.5)
    check_grads(checkpoint(block), order=2)(X, 0.8)


def test_second_order_in_all_nestings():
    def f(x):
        return np.sum(np.sin(checkpoint(block)(x)))

    def plain(x):
        return np.sum(np.sin(block(x)))

    for operator in (
        hessian,
        lambda f: jacfwd(grad(f)),
        lambda f: jacobian(jacfwd(f)),
        lambda f: jacfwd(jacfwd(f)),
        lambda f: lambda x: hvp(f)(x, X),
    ):
        both(operator(f), operator(plain), X)
    both(grad(grad(grad(checkpoint(block)))), grad(grad(grad(block))), 0.4)


def test_nested_checkpoints():
    def deep(f):
        inner = checkpoint(block) if f is checkpoint else block

        def outer(x):
            return inner(inner(x) * x)

        return f(outer) if f is checkpoint else outer

    for operator in (jacobian, lambda f: hessian(lambda x: np.sum(f(x)))):
        both(operator(deep(checkpoint)), operator(deep(None)), X)


def test_containers_in_and_out():
    def f(tree, *, factor):
        return {"loss": loss(tree, factor), "w": (tree["layer"].w ** 2, None, 3)}

    def total(f):
        def scalar(tree):
            out = f(tree, factor=2.0)
            return out["loss"] * np.sum(out["w"][0]) * out["w"][2]

        return scalar

    both(grad(total(checkpoint(f))), grad(total(f)), nested())


def test_closures_over_traced_values():
    def f(make):
        def outer(p):
            a = p["a"] ** 2
            inner = make(lambda x: np.sin(a * x) * p["b"])
            return np.sum(inner(p["x"]) + inner(a))

        return outer

    p = {"a": 0.7, "b": 1.3, "x": X}
    both(grad(f(checkpoint)), grad(f(lambda g: g)), p)
    both(
        lambda p: grad(lambda p: np.sum(grad(f(checkpoint))(p)["a"]))(p),
        lambda p: grad(lambda p: np.sum(grad(f(lambda g: g))(p)["a"]))(p),
        p,
    )
    both(grad(lambda a: checkpoint(lambda: a * a)()), grad(lambda a: a * a), 3.0)


def test_a_part_of_the_result_not_used():
    f = checkpoint(lambda x: (np.sin(x), np.exp(x)))
    numpy.testing.assert_allclose(grad(lambda x: f(x)[0])(0.5), numpy.cos(0.5))
    assert grad(lambda x: f(x)[0] * 0 + x)(0.5) == 1.0


def test_results_that_are_inputs_or_constants():
    assert grad(checkpoint(lambda x: x))(2.0) == 1.0
    assert grad(lambda x: checkpoint(lambda x: (x, 5.0))(x)[1] * x)(2.0) == 5.0
    assert grad(lambda x: x * np.sum(checkpoint(lambda y: numpy.ones(2))(x)))(2.0) == 2.0
    out = checkpoint(lambda x: np.argmax(x))(numpy.array([1.0, 3.0]))
    assert out == 1


def test_exceptions_leave_the_recording_as_it_was():
    def fails(x):
        np.sin(x)
        raise KeyError

    def f(x):
        y = x**2
        with pytest.raises(KeyError):
            checkpoint(fails)(y)
        return y * x

    assert grad(f)(2.0) == 12.0


def test_less_is_kept():
    def entries(f):
        trace = ReverseTrace()
        f(trace.watch(X))
        kept = len(trace.tape)
        trace.end()
        return kept

    def chain(f):
        def repeated(x):
            for _ in range(10):
                x = f(x)
            return x

        return repeated

    plain, kept = entries(chain(block)), entries(chain(checkpoint(block)))
    assert plain >= 10 * 15 and kept <= 10 * 4


def test_the_function_runs_once_more_for_the_derivative():
    calls = []

    @checkpoint
    def f(x):
        calls.append(1)
        return np.sin(x)

    f(1.0)
    assert len(calls) == 1
    grad(f)(1.0)
    assert len(calls) == 3
    jvp(f, (1.0,), (1.0,))
    assert len(calls) == 4


def test_outside_of_derivatives_it_is_the_function():
    assert checkpoint(block)(0.5) == block(0.5)
    assert checkpoint(lambda: "text")() == "text"
    with pytest.raises(TypeError, match="takes a function first"):
        checkpoint(1.0)
