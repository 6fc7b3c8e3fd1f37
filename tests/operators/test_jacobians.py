"""jacobian (jacrev), jacfwd, hessian."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.operators.common import Layer, Point, cubes, product
from tracegrad import deriv, grad, hessian, jacfwd, jacobian, jacrev
from tracegrad.testing import check_equivalent

each = pytest.mark.parametrize("jac", [jacobian, jacfwd], ids=lambda f: f.__name__)
M = numpy.arange(6.0).reshape(2, 3) / 3


def test_jacrev_is_jacobian():
    assert jacrev is jacobian


@each
@pytest.mark.parametrize("shape_in", [(), (3,), (2, 3), (1, 1)])
@pytest.mark.parametrize("kind", ["scalar", "same", "grid"])
def test_shapes_and_values(jac, shape_in, kind):
    x = numpy.linspace(0.5, 1.5, int(numpy.prod(shape_in))).reshape(shape_in)
    f = {
        "scalar": lambda x: np.sum(np.sin(x)),
        "same": lambda x: np.sin(x) * np.sum(x),
        "grid": lambda x: np.outer(numpy.arange(2.0), np.ravel(np.exp(x))),
    }[kind]
    got = jac(f)(x)
    assert numpy.shape(got) == numpy.shape(f(x)) + shape_in and got.dtype == float
    h = 1e-6
    for index in numpy.ndindex(*shape_in):
        step = numpy.zeros(shape_in)
        step[index] = h
        numpy.testing.assert_allclose(
            got[(..., *index)], (f(x + step) - f(x - step)) / (2 * h), rtol=1e-7, atol=1e-8
        )


@each
def test_nested_blocks(jac):
    p = {"a": numpy.array([1.0, 2.0]), "b": 3.0, "name": "p"}
    out = jac(lambda p: (p["a"] * p["b"], {"s": p["a"], "none": None}))(p)
    assert out[0]["a"].tolist() == [[3.0, 0.0], [0.0, 3.0]] and out[0]["b"].tolist() == [1.0, 2.0]
    assert out[1]["s"]["a"].tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert out[1]["s"]["b"].tolist() == [0.0, 0.0]
    assert out[0]["name"] == "p" and out[1]["none"] is None
    q = Point(Layer(M, 2.0), [numpy.float64(4.0)])
    out = jac(lambda q: [q.x.w @ numpy.ones(3) * q.y[0], Point(q.x.b, 1.0)])(q)
    assert isinstance(out[0], Point) and isinstance(out[0].x, Layer)
    assert out[0].x.w.shape == (2, 2, 3) and out[0].y[0].shape == (2,)
    assert out[1].x.x.b == 1.0 and out[1].y.x.w.shape == (2, 3)


@each
def test_argnum_and_keywords(jac):
    assert jac(product, 1)(2.0, 3.0) == 12.0
    assert jac(product, (0, "y"))(2.0, 3.0) == (9.0, 12.0)
    assert jac(lambda x, *, k: x * k)(numpy.ones(2), k=3.0).tolist() == [[3.0, 0.0], [0.0, 3.0]]


@each
def test_has_aux(jac):
    out, aux = jac(lambda x: (x**2, {"x": x, "note": "k"}), has_aux=True)(numpy.array([1.0, 2.0]))
    assert out.tolist() == [[2.0, 0.0], [0.0, 4.0]]
    assert type(aux["x"]) is numpy.ndarray and aux["note"] == "k"
    with pytest.raises(TypeError, match="must give a pair"):
        jac(lambda x: x, has_aux=True)(1.0)


@each
def test_complex_results(jac):
    x = numpy.array([0.3, 0.7])
    numpy.testing.assert_allclose(
        jac(lambda x: np.exp(1j * x) * x[0])(x),
        numpy.diag(1j * numpy.exp(1j * x) * x[0]) + numpy.outer(numpy.exp(1j * x), [1, 0]),
    )
    z = numpy.array([1.0 + 2.0j, 0.5j])
    numpy.testing.assert_allclose(jac(lambda z: z**2)(z), numpy.diag(2 * z))
    numpy.testing.assert_allclose(
        jac(lambda z: np.sum(z) * z)(z), numpy.outer(z, [1, 1]) + numpy.eye(2) * z.sum()
    )
    numpy.testing.assert_allclose(jac(np.abs)(z), numpy.diag(numpy.conj(z) / numpy.abs(z)))
    for f in (np.conj, lambda z: np.real(z) + 0j, lambda z: z * np.abs(z)):
        with pytest.raises(ValueError, match="not holomorphic"):
            jac(f)(z)


def test_both_modes_agree():
    x = {"m": M, "v": numpy.array([1.0, -1.0, 0.5])}

    def f(x):
        y = np.tanh(x["m"] @ x["v"])
        return y, np.sum(y**2) * x["v"], np.exp(1j * y)

    forward, reverse = jacfwd(f)(x), jacobian(f)(x)
    for a, b in zip(forward, reverse):
        check_equivalent(a, b, rtol=1e-12, atol=1e-14)


@each
def test_empty_arrays(jac):
    assert jac(lambda x: np.sum(x) * numpy.ones(2))(numpy.zeros(0)).shape == (2, 0)
    assert jac(lambda x: x[:0])(numpy.ones(2)).shape == (0, 2)
    assert jac(lambda x: x)(numpy.zeros((0, 3))).shape == (0, 3, 0, 3)


@each
def test_dtypes(jac):
    assert jac(np.sin)(numpy.ones(2, numpy.float32)).dtype == numpy.float32
    assert jac(lambda x: x**2)(numpy.arange(2)).tolist() == [[0.0, 0.0], [0.0, 2.0]]
    assert jac(lambda x: x**2)(3) == 6.0


@each
def test_nothing_to_move(jac):
    assert jac(np.sin)(numpy.zeros((0, 2))).shape == (0, 2, 0, 2)
    found, aux = jac(lambda x: ({"a": numpy.ones(2) * x.sum()}, "aux"), has_aux=True)(numpy.ones(0))
    assert found["a"].shape == (2, 0) and aux == "aux"


def test_independence():
    with pytest.warns(UserWarning, match="independent"):
        assert jacobian(lambda x: numpy.ones(2))(numpy.ones(3)).tolist() == [[0.0] * 3] * 2
    assert jacfwd(lambda x: numpy.ones(2))(numpy.ones(3)).tolist() == [[0.0] * 3] * 2
    assert jacobian(lambda x: (x, 3.0))(1.0) == (1.0, 0.0)


@each
def test_wrong_calls(jac):
    with pytest.raises(TypeError, match="takes a function first"):
        jac(1.0)
    with pytest.raises(TypeError, match="cannot differentiate"):
        jac(np.sin)("text")
    with pytest.raises(TypeError, match="there is no argument 1"):
        jac(np.sin, 1)(1.0)


def test_results_belong_to_the_caller():
    x = numpy.ones(2)
    for jac in (jacobian, jacfwd):
        blocks = jac(lambda p: (p["a"] + p["b"], p["a"]))({"a": x, "b": x})
        blocks[0]["a"][:] = 7.0
        assert (x == 1).all() and blocks[0]["b"].tolist() == blocks[1]["a"].tolist() == [
            [1, 0],
            [0, 1],
        ]


def test_hessian():
    x = numpy.array([1.0, 2.0, 3.0])
    numpy.testing.assert_allclose(hessian(cubes)(x), numpy.diag(6 * x))
    assert hessian(lambda x: x**3)(2.0) == 12.0 and hessian(lambda x: x**3)(2) == 12.0
    assert hessian(lambda x: x**3)(numpy.array([1.0, 2.0])).shape == (2, 2, 2)
    assert hessian(product, 1)(2.0, 3.0) == 4.0
    blocks = hessian(product, (0, 1))(2.0, 3.0)
    assert blocks == ((0.0, 6.0), (6.0, 4.0))
    matrix = hessian(lambda m: np.sum(m @ m.T))(M)
    assert matrix.shape == (2, 3, 2, 3)
    numpy.testing.assert_allclose(matrix, numpy.transpose(matrix, (2, 3, 0, 1)))
    with pytest.warns(UserWarning, match="independent"):
        assert (hessian(np.sum)(x) == 0).all()


def test_hessian_blocks():
    p = {"a": numpy.array([1.0, 2.0]), "b": 3.0}
    blocks = hessian(lambda p: np.sum(p["a"] ** 2) * p["b"])(p)
    assert blocks["a"]["a"].tolist() == [[6.0, 0.0], [0.0, 6.0]]
    assert blocks["a"]["b"].tolist() == blocks["b"]["a"].tolist() == [2.0, 4.0]
    assert blocks["b"]["b"] == 0.0


def test_nested_in_other_derivatives():
    x = numpy.array([0.5, 1.5])
    expected = grad(lambda x: np.sum(np.cos(x)))(x)
    for jac in (jacobian, jacfwd):
        numpy.testing.assert_allclose(grad(lambda x: np.sum(jac(np.sin)(x)))(x), expected)
        second = jac(jac(np.sin))(x)
        numpy.testing.assert_allclose(numpy.einsum("iii->i", second), expected)
    assert deriv(lambda t: np.sum(jacobian(lambda x: x * t)(x)))(3.0) == 2.0
