"""Containers as vectors and back."""

import collections
import dataclasses

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import grad, jacfwd, jacobian
from tracegrad.misc import flatten, flatten_func
from tracegrad.testing import check_equivalent, check_grads

Point = collections.namedtuple("Point", "x y")


@dataclasses.dataclass
class Layer:
    w: numpy.ndarray
    name: str = "dense"


VALUES = [
    1.5,
    numpy.float32(1.5),
    numpy.ones((2, 3)),
    numpy.ones((0, 2)),
    [1.0, (numpy.ones(2), [])],
    {"b": numpy.arange(3.0), "a": {"z": 1.0, "y": 2.0}},
    Point(1.0, numpy.ones((1, 2))),
    [numpy.float32([1, 2]), numpy.float64([3])],
    {"z": numpy.array([1 + 2j, 3 - 1j]), "x": 1.0, "w": numpy.complex64(1j)},
    numpy.ones((2, 3))[:, ::2],
]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_there_and_back(value):
    vector, unflatten = flatten(value)
    assert vector.ndim == 1 and vector.dtype.kind == "f"
    check_equivalent(unflatten(vector), value)
    check_equivalent(unflatten(vector + 1.0), unflatten(vector + 1.0))


def test_what_is_no_number_stays():
    value = [None, "name", True, Layer(numpy.ones(2)), 3]
    vector, unflatten = flatten(value)
    assert vector.tolist() == [1.0, 1.0, 3.0]
    back = unflatten(2 * vector)
    assert back[:3] == [None, "name", True] and back[4] == 6.0
    assert isinstance(back[3], Layer) and back[3].name == "dense" and (back[3].w == 2).all()


def test_the_order_is_that_of_sorted_keys():
    one, other = (
        {"b": 1.0, "a": [2.0, {"d": 3.0, "c": 4.0}]},
        {"a": [2.0, {"c": 4.0, "d": 3.0}], "b": 1.0},
    )
    assert flatten(one)[0].tolist() == flatten(other)[0].tolist() == [2.0, 4.0, 3.0, 1.0]
    assert list(flatten(one)[1](flatten(one)[0])) == ["b", "a"]
    assert flatten({1: 1.0, "a": 2.0})[0].tolist() == [1.0, 2.0]


def test_dtypes():
    assert flatten([numpy.float32(1)])[0].dtype == numpy.float32
    assert flatten([numpy.float32(1), 1.0])[0].dtype == numpy.float64
    vector, unflatten = flatten([numpy.float32([1, 2]), 3])
    assert [leaf.dtype for leaf in unflatten(vector)] == [numpy.float32, numpy.float64]


def test_complex_arrays_are_real_parts_then_imaginary_ones():
    assert flatten([numpy.array([1 + 2j, 3 + 4j]), 5.0])[0].tolist() == [1, 3, 2, 4, 5]


@pytest.mark.parametrize("value", [[], {}, None, (None, ["text"])])
def test_nothing_in_it(value):
    vector, unflatten = flatten(value)
    assert vector.shape == (0,) and vector.dtype == float and unflatten(vector) == value


def test_a_wrong_vector_is_refused():
    _, unflatten = flatten([1.0, 2.0])
    for wrong in (numpy.ones(3), numpy.ones((1, 2)), 1.0):
        with pytest.raises(ValueError, match=r"takes a vector of shape \(2,\)"):
            unflatten(wrong)


def test_no_memory_is_shared():
    w = numpy.ones(3)
    vector, unflatten = flatten(w)
    vector[0] = 5.0
    assert w[0] == 1.0
    back = unflatten(vector)
    vector[1] = 7.0
    assert back[1] == 1.0


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_both_ways_can_be_differentiated(value):
    vector, unflatten = flatten(value)
    if vector.size:
        check_grads(lambda x: flatten(x)[0] ** 2)(value)
        check_grads(lambda v: unflatten(v**2))(vector)


def test_through_a_gradient():
    p = {"w": numpy.array([[1.0, 2.0]]), "b": 3.0}
    vector, unflatten = flatten(p)
    gradient = grad(lambda v: np.sum(unflatten(v)["w"] ** 2) * unflatten(v)["b"])(vector)
    assert gradient.tolist() == [5.0, 6.0, 12.0]
    numpy.testing.assert_array_equal(
        jacobian(lambda v: flatten(unflatten(v))[0])(vector), numpy.eye(3)
    )
    numpy.testing.assert_array_equal(
        jacfwd(lambda v: flatten(unflatten(v))[0])(vector), numpy.eye(3)
    )
    check_equivalent(
        grad(lambda p: np.sum(flatten(p)[0] ** 2))(p), {"w": numpy.array([[2.0, 4.0]]), "b": 6.0}
    )


def test_flatten_func():
    flat, unflatten, x = flatten_func(
        lambda p, k: {"a": p["b"] * k, "b": p["a"]}, {"a": 1.0, "b": 2.0}
    )
    assert flat(x, 10.0).tolist() == [20.0, 1.0]
    assert unflatten(x) == {"a": 1.0, "b": 2.0}
