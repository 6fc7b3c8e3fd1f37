"""`y += x` of a plain array and a traced x: y is then a name of the sum, if it is the only one."""

import operator

import autograd.numpy as np
import numpy
from autograd import grad

x = numpy.arange(3.0)


def by_name(x):
    y = np.zeros(3)
    y += x
    y *= x
    return np.sum(y)


def in_containers(x):
    parts = {"a": [np.zeros(3), np.ones(3)]}
    parts["a"][0] += x
    parts["a"][1] += x**2
    parts["a"][1] /= 2.0
    return np.sum(parts["a"][0]) + np.sum(parts["a"][1])


def closed_over(x):
    y = np.zeros(3)

    def add():
        nonlocal y
        y += x

    add()
    return np.sum(y**2)


assert grad(by_name)(x).tolist() == (2 * x).tolist()
assert numpy.allclose(grad(in_containers)(x), 1.0 + x)
assert grad(closed_over)(x).tolist() == (2 * x).tolist()
assert numpy.allclose(grad(lambda x: np.sum(grad(closed_over)(x) * x))(x), 4 * x)


def other_name(x):
    y = z = np.zeros(3)
    y += x
    return np.sum(z)


def view(x):
    y = np.zeros((2, 3))
    row = y[0]
    row += x
    return np.sum(y)


def of_the_caller(x):
    def add(y):
        y += x

    y = np.zeros(3)
    add(y)
    return np.sum(y)


def by_function(x):
    y = np.zeros(3)
    operator.iadd(y, x)
    return np.sum(y)


def by_out(x):
    pair = [np.zeros(3), x]
    np.add(*pair, out=pair[0])
    return np.sum(pair[0])


def elements(x):
    y = np.zeros(3)
    y[1:] += x[1:]
    return np.sum(y)


for refused in (other_name, view, of_the_caller, by_function, by_out, elements):
    try:
        grad(refused)(x)
    except TypeError as error:
        assert refused.__name__ == "elements" or "plain array" in str(error), error
    else:
        raise AssertionError(refused.__name__)
y = numpy.zeros(3)
y += x  # nothing is traced
assert y is not x and y.tolist() == x.tolist()
