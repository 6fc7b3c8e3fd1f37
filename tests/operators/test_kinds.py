"""The kinds of rules that tracegrad.extend hands on, and the vector spaces of values."""

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.extend import (
    NoDerivative,
    SparseObject,
    VSpace,
    composed,
    constant,
    custom,
    defvjp,
    elementwise,
    linear,
    multilinear,
    primitive,
    reduction,
    vspace,
)
from tracegrad.testing import check_grads

X = numpy.array([0.3, -0.7, 1.2])


def weigh():
    @primitive
    def weigh(x, y, k=1.0):
        return numpy.sin(x) * y * k

    return weigh


def test_elementwise():
    f = elementwise(
        weigh(), x=lambda g, x, y, k: g * np.cos(x) * y * k, y=lambda g, x, k: g * np.sin(x) * k
    )
    check_grads(f, order=3)(X, X + 2)
    check_grads(f)(X[:, None], X + 2)  # broadcasting is summed back
    with pytest.raises(NoDerivative, match="'k'"):
        grad(f, 2)(0.5, 2.0, 3.0)


def test_linear_multilinear_and_reduction():
    @primitive
    def reverse(x):
        return x[::-1]

    check_grads(linear(reverse, x=lambda g: g[::-1]), order=3)(X)

    @primitive
    def inner(x, y):
        return numpy.sum(x * y)

    check_grads(multilinear(inner, x=lambda g, y: g * y, y=lambda g, x: g * x), order=3)(X, X + 1)

    @primitive
    def energy(x, axis=None, keepdims=False):
        return numpy.sum(x**2, axis=axis, keepdims=keepdims)

    reduction(energy, x=lambda g, x: g * 2 * x)
    m = numpy.arange(6.0).reshape(2, 3)
    for options in ({}, {"axis": 0}, {"axis": 1, "keepdims": True}, {"axis": (0, 1)}):
        check_grads(lambda x, o=options: energy(x, **o))(m)


def test_custom_constant_and_composed():
    @primitive
    def cube(x, power=3):
        return x**power

    custom(cube, x=lambda g, x: g * 3 * x**2)
    check_grads(cube, order=3)(X)
    with pytest.raises(NoDerivative, match="does not handle the option power=4"):
        grad(lambda x: cube(x, power=4))(2.0)

    @primitive
    def steps(x):
        return numpy.floor(x)

    constant(steps)
    assert grad(lambda x: x * steps(x))(2.5) == 2.0

    @primitive
    def hypotenuse(x, y):
        return numpy.hypot(x, y)

    composed(hypotenuse, lambda x, y: np.sqrt(x**2 + y**2))
    check_grads(hypotenuse)(1.0, 2.0)


def test_kinds_refuse_parameters_that_are_not_there():
    with pytest.raises(TypeError, match="a rule's parameter 'z' is not among"):
        elementwise(weigh(), x=lambda g, z: g)


def test_vspace():
    space = vspace(numpy.ones((2, 3)))
    assert space.size == 6 and space.zeros().shape == (2, 3) and not space.iscomplex
    assert len(list(space.standard_basis())) == 6 and space.ones().sum() == 6
    assert space == vspace(numpy.zeros((2, 3))) and space != vspace(numpy.zeros(2))
    assert space.inner_prod(space.ones(), space.ones()) == 6.0
    tree = vspace({"a": 1.0, "b": [numpy.ones(2), None]})
    assert tree.size == 3 and tree.zeros()["b"][0].tolist() == [0.0, 0.0]
    total = tree.add(tree.ones(), tree.scalar_mul(tree.ones(), 2.0))
    assert total["a"] == 3.0 and tree.inner_prod(total, total) == 27.0
    z = vspace(1j)
    assert z.iscomplex and len(list(z.standard_basis())) == 2 and z.covector(1j) == -1j
    for made in (space, tree, z):
        assert vspace(made.randn()) == made
    with pytest.raises(TypeError, match="no vector space is known"):
        vspace("text")
    assert isinstance(space, VSpace)


def test_sparse_cotangents():
    @primitive
    def pick(x, i):
        return x[i]

    def maker(ans, x, i):
        return lambda g: SparseObject(vspace(x), lambda total: _added(total, i, g))

    defvjp(pick, maker, None)

    def f(x):
        return sum(pick(x, i) ** 2 for i in (0, 2, 0)) + np.sum(x)

    assert grad(f)(X).tolist() == (numpy.array([4, 0, 2]) * X + 1).tolist()


def _added(total, i, g):
    total[i] += g
    return total


def test_a_rule_of_the_wrong_shape_is_refused():
    @primitive
    def total(x):
        return x.sum()

    custom(total, x=lambda g: g)  # forgets to spread g over x
    with pytest.raises(ValueError, match=r"shape \(\) where the value has shape \(3,\)"):
        grad(total)(numpy.ones(3))
