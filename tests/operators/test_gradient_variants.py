"""deriv, grad_named, multigrad_dict, holomorphic_grad, stop_gradient …; being a function."""

import copy
import pickle
import threading

import numpy
import pytest

import tracegrad
import tracegrad.numpy as np
from tests.operators.common import nested, product
from tracegrad import (
    checkpoint,
    deriv,
    egrad,
    elementwise_grad,
    grad,
    grad_and_aux,
    grad_named,
    hessian,
    holomorphic_grad,
    jacobian,
    jvp,
    multigrad_dict,
    stop_gradient,
    value_and_grad,
    vjp,
)


def test_deriv():
    assert deriv(lambda x: x**3)(2.0) == 12.0
    assert deriv(lambda x: x**3)(2) == 12.0
    assert deriv(deriv(lambda x: x**3))(2.0) == 12.0
    assert deriv(lambda t: np.array([t, t**2]))(3.0).tolist() == [1.0, 6.0]
    out = deriv(lambda t: {"a": np.sin(t), "b": (t * numpy.ones(2), 5.0)})(0.0)
    assert out["a"] == 1.0 and out["b"][0].tolist() == [1.0, 1.0] and out["b"][1] == 0.0
    assert deriv(product, 1)(2.0, 3.0) == 12.0 and deriv(product, "y")(2.0, y=3.0) == 12.0
    numpy.testing.assert_allclose(deriv(np.sin)(numpy.arange(3.0)), numpy.cos(numpy.arange(3.0)))
    assert deriv(lambda z: z**2)(1 + 1j) == 2 + 2j
    assert deriv(lambda x: x * x)(numpy.float32(1)).dtype == numpy.float32
    assert deriv(lambda x: x * deriv(lambda y: x + y)(1.0))(1.0) == 1.0
    assert deriv(lambda x: 5.0)(1.0) == 0.0


def test_grad_named():
    assert grad_named(product, "y")(2.0, 3.0) == 12.0
    assert grad_named(product, "y")(2.0, y=3.0) == 12.0
    assert grad_named(product, "x")(x=2.0, y=3.0) == 9.0
    with pytest.raises(ValueError, match="product has no argument named 'z'"):
        grad_named(product, "z")


def test_multigrad_dict():
    assert multigrad_dict(product)(2.0, 3.0) == {"x": 9.0, "y": 12.0}
    assert multigrad_dict(product)(2.0, y=3.0) == {"x": 9.0, "y": 12.0}

    def f(x, *rest, y=2.0, kind="s", **others):
        return x * rest[0] ** 2 * y * others["z"]["a"]

    gradients = multigrad_dict(f)(2.0, 3.0, z={"a": 5.0})
    assert gradients == {"x": 90.0, "rest": (120.0,), "y": 90.0, "z": {"a": 36.0}}
    with pytest.raises(TypeError, match="real scalar output, but product"):
        multigrad_dict(product)(numpy.ones(2), 3.0)


def test_grad_and_aux():
    assert grad_and_aux(lambda x: (x**2, {"x": x}))(3.0) == (6.0, {"x": 3.0})
    assert grad_and_aux(lambda x, y: (x * y, 1), 1)(3.0, 4.0) == (3.0, 1)
    with pytest.raises(TypeError, match="must give a pair"):
        grad_and_aux(lambda x: x)(3.0)


def test_holomorphic_grad():
    z = 0.5 + 2.0j
    for f, derivative in ((np.exp, np.exp), (lambda z: z**3, lambda z: 3 * z**2), (np.sin, np.cos)):
        numpy.testing.assert_allclose(holomorphic_grad(f)(z), derivative(z), rtol=1e-12)
    zs = numpy.array([1j, 2.0 + 1j])
    numpy.testing.assert_allclose(holomorphic_grad(lambda z: np.sum(z**2))(zs), 2 * zs)
    numpy.testing.assert_allclose(holomorphic_grad(lambda a, b: a * b, 1)(zs[0], zs[1]), zs[0])
    with pytest.warns(UserWarning, match="not complex"):
        assert holomorphic_grad(lambda z: z**2)(1.0) == 2.0
    with pytest.raises(TypeError, match=r"shape \(2,\)"):
        holomorphic_grad(lambda z: z**2)(zs)


def test_stop_gradient():
    assert grad(lambda x: x * stop_gradient(x))(3.0) == 3.0
    assert deriv(lambda x: x * stop_gradient(x))(3.0) == 3.0
    assert grad(grad(lambda x: x**2 * stop_gradient(x)))(3.0) == 6.0
    assert stop_gradient(3.0) == 3.0 and stop_gradient("text") == "text"
    tree = stop_gradient(nested())
    assert tree["point"].x == 2.0 and tree["text"] == "linear"

    def f(p):
        kept = stop_gradient(p)
        assert type(kept["a"][0]) is numpy.ndarray
        return np.sum(p["a"][0] * kept["a"][0])

    assert grad(f)({"a": [numpy.arange(3.0)]})["a"][0].tolist() == [0.0, 1.0, 2.0]


def square(x):
    """The square."""
    return x**2


OPERATORS = [grad, value_and_grad, egrad, deriv, jacobian, hessian, checkpoint]


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda f: f.__name__)
def test_what_operators_give_can_be_pickled_and_copied(operator):
    made = operator(square)
    expected = made(3.0)
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert again(3.0) == expected
    assert pickle.loads(pickle.dumps(grad(grad(square))))(3.0) == 2.0


def test_names_and_docs():
    made = grad(square)
    assert "square" in made.__name__ and "The square." in made.__doc__ and "square" in repr(made)
    assert made.__wrapped__ is square and made.__module__ == __name__
    assert "nameless" not in repr(grad(lambda x: x))


class Model:
    scale = 3.0

    @value_and_grad
    def loss(self, w):
        raise AssertionError("differentiates self")

    def energy(self, w):
        return self.scale * np.sum(w**2)

    force = grad(energy, 1)

    @staticmethod
    @grad
    def static(w):
        return w**2

    @classmethod
    def of_class(cls, w):
        return cls.scale * w**2


def test_methods():
    model = Model()
    assert model.force(numpy.ones(2)).tolist() == [6.0, 6.0]
    assert Model.force(model, numpy.ones(2)).tolist() == [6.0, 6.0]
    assert Model.static(3.0) == model.static(3.0) == 6.0
    assert grad(model.energy)(2.0) == 12.0 and grad(Model.of_class)(2.0) == 12.0
    with pytest.raises(TypeError, match=r"cannot differentiate loss with respect to .*Model"):
        model.loss(2.0)


class Tower:
    def __init__(self, scale):
        self.scale = scale

    @lambda f: value_and_grad(f, 1)
    def loss(self, w):
        return self.scale * w**2


def test_a_decorated_method_gets_its_instance():
    assert Tower(2.0).loss(3.0) == (18.0, 12.0)
    assert [tower.loss(1.0)[1] for tower in (Tower(1.0), Tower(5.0))] == [2.0, 10.0]


class Callable:
    def __call__(self, x):
        return x**3


def test_callable_objects_and_builtins():
    assert grad(Callable())(2.0) == 12.0
    assert grad(abs)(-2.0) == -1.0
    assert grad(sum)([1.0, 2.0]) == [1.0, 1.0]
    assert grad(numpy.sin)(0.0) == 1.0
    import functools

    assert grad(functools.partial(product, y=3.0))(2.0) == 9.0


def test_threads_do_not_mix():
    wrong = []

    def work(k):
        for i in range(200):
            x = 1.0 + i / 100
            if abs(grad(grad(lambda x: x**k))(x) - k * (k - 1) * x ** (k - 2)) > 1e-9 * x**k * k**2:
                wrong.append((k, x))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(2, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_generators_do_not_mix():
    def powers(x):
        y = x
        while True:
            yield y
            y = y * x

    def f(x):
        one, other = powers(x), powers(x * 2)
        return sum(next(one) * next(other) for _ in range(3))

    numpy.testing.assert_allclose(
        grad(f)(1.5), sum(2**n * 2 * n * 1.5 ** (2 * n - 1) for n in (1, 2, 3))
    )


def test_loops_over_operators_and_modes():
    x = 0.7
    for first in (grad, deriv, elementwise_grad, jacobian):
        for second in (grad, deriv, elementwise_grad, jacobian):
            numpy.testing.assert_allclose(first(second(np.sin))(x), -numpy.sin(x), rtol=1e-12)
    out, pull = vjp(lambda x: jvp(np.sin, (x,), (1.0,))[1], x)
    numpy.testing.assert_allclose([out, pull(1.0)[0]], [numpy.cos(x), -numpy.sin(x)])


def test_every_public_name_has_a_docstring_with_an_example():
    for name in tracegrad.__all__:
        assert ">>>" in getattr(tracegrad, name).__doc__, name
    for name in tracegrad.extend.__all__ if hasattr(tracegrad, "extend") else ():
        assert getattr(tracegrad.extend, name).__doc__, name
