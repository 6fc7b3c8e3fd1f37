"""What is traced, and how: array subclasses, constants, containers, copies, pickles, threads."""

import copy
import pickle
import threading

import autograd.numpy as np
import numpy
from autograd import grad, jacobian
from autograd.builtins import DictBox, SequenceBox, isinstance, tuple, type
from autograd.extend import VSpace, vspace
from autograd.numpy.numpy_boxes import ArrayBox
from autograd.numpy.numpy_vspaces import ArrayVSpace
from autograd.tracer import Box, getval, isbox

x = numpy.arange(3.0)


class Tensor(numpy.ndarray):
    """An array with a flag."""

    flag = True

    def __array_finalize__(self, other):
        self.flag = getattr(other, "flag", True)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        plain = [numpy.asarray(i) if isinstance(i, Tensor) else i for i in inputs]
        return numpy.asarray(super().__array_ufunc__(ufunc, method, *plain, **kwargs)).view(Tensor)


class Refused(Exception):
    pass


def boxed(value, *rest):
    if not value.flag:
        raise Refused
    return ArrayBox(value, *rest)


Box.type_mappings[Tensor] = boxed
VSpace.mappings[Tensor] = lambda value: ArrayVSpace(value)


def squares(t):
    assert type(getval(t)) is Tensor and getval(t).flag and isbox(t)
    return np.sum(t * t)


tensor = x.view(Tensor)
assert (numpy.asarray(grad(squares)(tensor)) == 2 * x).all()
for operation, slope in (
    (lambda b: tensor * b, numpy.diag(x)),  # the subclass, on the left, would be asked first
    (lambda b: tensor - b, -numpy.eye(3)),
    (lambda b: numpy.multiply(tensor, b), numpy.diag(x)),
    (lambda b: tensor @ b * np.ones(3), numpy.array([x, x, x])),
):
    for point in (tensor, x):
        assert (numpy.asarray(jacobian(operation)(point)) == slope).all()
tensor.flag = False
try:
    grad(squares)(tensor)
except Refused:
    pass
else:
    raise AssertionError("the package's own box type was not asked")


def constants(x):
    made = [np.zeros(3), np.array([1.0, 2.0]), np.ones_like(x) * 2.0, np.linspace(0, 1, 3)]
    assert all(type(each) is numpy.ndarray for each in made)
    assert numpy.ndarray is type(x) and isinstance(x, numpy.ndarray)
    return np.sum(x * made[3])


assert (grad(constants)(x) == [0.0, 0.5, 1.0]).all()


def containers(p):
    pair = tuple((p["a"], p["b"][0]))
    assert isinstance(pair, tuple) and not isinstance(pair, (SequenceBox, DictBox))
    return pair[0] * pair[1]


assert grad(containers)({"a": 2.0, "b": [3.0]}) == {"a": 3.0, "b": [2.0]}

# arrays of iterators, and of traced numbers that are to be objects
rows = jacobian(lambda x: np.stack(2 * each for each in x))(x)
assert (rows == 2 * numpy.eye(3)).all()
assert (np.vstack(iter([x, x])) == [x, x]).all()
assert (grad(lambda x: np.array([x[0], 2 * x[1]], dtype=object).sum())(x) == [1, 2, 0]).all()
assert np.array([None, 1], dtype=object).dtype == object
again = pickle.loads(pickle.dumps([np.stack, np.array]))
assert (again[0](iter([x])) == [x]).all() and (again[1]([1.0]) == [1.0]).all()


def copies(x):
    return np.sum(copy.deepcopy(x) * copy.copy(x))


assert (grad(copies)(x) == 2 * x).all()
assert (pickle.loads(pickle.dumps(grad(copies)))(x) == 2 * x).all()


def saved(x):
    try:
        pickle.dumps(x)
    except TypeError as error:
        assert "derivative" in str(error)
    else:
        raise AssertionError("a pickle would drop the derivative")
    return np.sum(x)


grad(saved)(x)

found = []
threads = [
    threading.Thread(target=lambda n=n: found.append(grad(lambda x: x**n)(1.0)))
    for n in range(1, 9)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert sorted(found) == list(range(1, 9))

# classes and modules are patched from outside
ArrayBox.__str__ = lambda self: "a box"
Box.unit = "m"
np.unwrapped = numpy.unwrap
assert grad(lambda x: x * (str(x) == "a box") * (x.unit == "m"))(2.0) == 1.0
space = vspace(x)
assert space.size == 3 and space.shape == (3,) and not space.iscomplex
assert len(list(space.standard_basis())) == 3 and (space.ones() - space.zeros()).sum() == 3.0
