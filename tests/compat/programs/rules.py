"""A package's own primitives and rules, in autograd's calling convention."""

import itertools

import autograd.numpy as np
import numpy
from autograd import deriv, elementwise_grad, grad, make_jvp
from autograd.core import primitive_jvps, primitive_vjps
from autograd.extend import (
    VJPNode,
    defjvp,
    defvjp,
    defvjp_argnums,
    primitive,
    register_notrace,
)
from autograd.numpy.numpy_jvps import broadcast
from autograd.numpy.numpy_vjps import unbroadcast_f
from autograd.test_util import check_grads

x, y = numpy.arange(1.0, 7.0).reshape(2, 3), numpy.array([0.5, 1.5, 2.5])


@primitive
def scaled(x, y, factor=1.0):
    return x * y * factor


defvjp(
    scaled,
    lambda ans, x, y, factor=1.0: unbroadcast_f(x, lambda g: g * y * factor),
    lambda ans, x, y, factor=1.0: unbroadcast_f(y, lambda g: g * x * factor),
)
for argnum in (0, 1, (0, 1)):
    check_grads(lambda x, y: scaled(x, y, factor=3.0), argnum)(x, y)
assert unbroadcast_f(numpy.arange(3), lambda g: g)(numpy.full((2, 3), 0.5)).tolist() == [1.0] * 3
assert unbroadcast_f(numpy.float32(1), lambda g: g)(numpy.ones(4)).dtype == numpy.float32
defjvp(
    scaled,
    lambda g, ans, x, y: broadcast(g * y, ans),
    lambda g, ans, x, y: broadcast(g * x, ans),
)
check_grads(scaled, (0, 1))(x, y)


@primitive
def weighted(s, *xs):
    return s * sum(xs)


defvjp(weighted, *[lambda ans, s, *xs: lambda g: g * s] * 2, argnums=itertools.count(1))
assert grad(weighted, 2)(2.0, 3.0, 4.0) == 2.0
defvjp(weighted, None, lambda ans, s, *xs: lambda g: 7.0 * g, argnums=[0, 1])
assert grad(lambda s: weighted(s, s))(1.0) == 7.0
defvjp_argnums(
    weighted,
    lambda argnums, ans, args, kwargs: (
        lambda g: tuple(g * (sum(args[1:]) if i == 0 else args[0]) for i in argnums)
    ),
)
check_grads(weighted, (0, 1, 2))(2.0, 3.0, 4.0)
assert make_jvp(weighted, 1)(2.0, 3.0, 4.0)(1.0) == (14.0, 2.0)

# of NumPy's functions and of functions of autograd.numpy; the last registration wins
of_ours = primitive(np.sin)
defvjp(of_ours, lambda ans, x: lambda g: 2 * g)
assert grad(of_ours)(0.0) == 2.0 and grad(np.sin)(0.0) == 1.0
before = primitive_vjps[np.sin]
defvjp(np.sin, lambda ans, x: lambda g: 3 * before((0,), ans, (x,), {})(g)[0])
assert grad(np.sin)(0.0) == 3.0 and grad(lambda x: numpy.sin(1.0 * x))(0.0) == 3.0
assert deriv(np.sin)(0.0) == 1.0
assert primitive_jvps[np.cos]((0,), (1.0,), 1.0, (0.5,), {}) == -numpy.sin(0.5)
del primitive_vjps[np.cos]
try:
    grad(np.cos)(1.0)
except NotImplementedError as error:
    assert "no derivative is known" in str(error)
else:
    raise AssertionError("the rule was removed")
defvjp(np.zeros_like, lambda ans, x: lambda g: g)
assert grad(np.zeros_like)(1.0) == 1.0
register_notrace(VJPNode, np.tan)
assert grad(lambda x: x * np.tan(x))(1.0) == np.tan(1.0)
defvjp(lambda x: x, lambda ans, x: lambda g: g)  # autograd takes it, and never asks

# a rule that keeps its arguments as they were traced, and takes one box off what it gives


class Circuit:
    def __init__(self, *angles):
        self.angles = angles


@primitive
def execute(parameters, circuit):
    a, b = parameters
    return numpy.sin(a) * b


def _kept(ans, parameters, circuit):
    def vjp(g):
        a, b = circuit.angles
        moved = a + numpy.pi / 2
        parts = [g * execute([moved, b], Circuit(moved, b)), g * execute([a, 1.0], Circuit(a, 1.0))]
        return tuple(part._value if hasattr(part, "_value") else part for part in parts)

    return vjp


defvjp(execute, _kept, argnums=[0])


def circuit(x):
    return execute([x[0], x[1]], Circuit(x[0], x[1]))


point = numpy.array([0.4, 1.5])
slope = grad(circuit)(point)
assert numpy.allclose(slope, [numpy.cos(0.4) * 1.5, numpy.sin(0.4)])
second = grad(lambda x: grad(circuit)(x)[0])(point)
assert numpy.allclose(second, [-numpy.sin(0.4) * 1.5, numpy.cos(0.4)]), second
assert type(second) is numpy.ndarray
assert elementwise_grad(np.tanh)(0.0) == 1.0
