"""Products with Jacobians and Hessians: vjp, jvp, hvp, ggnvp and their kin."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.operators.common import cubes, loss, nested, product
from tracegrad import (
    grad,
    hessian,
    hessian_tensor_product,
    hessian_vector_product,
    hvp,
    jacobian,
    jvp,
    make_ggnvp,
    make_hvp,
    make_jvp,
    make_jvp_reversemode,
    make_vjp,
    tensor_jacobian_product,
    vector_jacobian_product,
    vjp,
)
from tracegrad.core.tree import flatten, map_leaves
from tracegrad.testing import check_equivalent

X = numpy.array([0.5, -1.0, 2.0])
V = numpy.array([1.0, 2.0, -3.0])


def grid(x):
    """(2, 3) from (3,)."""
    return np.stack([np.sin(x) * x[0], np.exp(x)])


def curved(x):
    return np.sum(np.sin(x) * x[::-1] ** 2)


def test_names_for_the_same():
    assert hvp is hessian_tensor_product is hessian_vector_product
    assert vector_jacobian_product is tensor_jacobian_product


def test_make_vjp():
    pull, value = make_vjp(grid)(X)
    check_equivalent(value, grid(X))
    g = numpy.arange(6.0).reshape(2, 3)
    for _ in range(3):  # as often as wanted
        numpy.testing.assert_allclose(pull(g), numpy.tensordot(g, jacobian(grid)(X), 2))
    numpy.testing.assert_allclose(pull(0 * g), 0 * X)
    pull, value = make_vjp(product, 1)(2.0, 3.0)
    assert (pull(1.0), pull(2), value) == (12.0, 24.0, 18.0)
    pull, value = (
        make_vjp(product, (0, 1))(2.0, y=3.0) if False else make_vjp(product, (0, 1))(2.0, 3.0)
    )
    assert pull(1.0) == (9.0, 12.0)


def test_vjp_of_containers():
    def f(tree):
        return {"loss": loss(tree), "w": (tree["layer"].w * 2, "text")}

    pull, _value = make_vjp(f)(nested())
    g = {"loss": 2.0, "w": (numpy.ones((2, 2)), "text")}
    got = pull(g)
    expected = map_leaves(lambda a: 2 * a, grad(loss)(nested()))
    expected["layer"].w = expected["layer"].w + 2
    check_equivalent(got, expected, rtol=1e-12)


def test_wrong_cotangents_are_refused():
    pull, _ = make_vjp(grid)(X)
    for wrong in (numpy.ones(3), 1.0, numpy.ones((3, 2))):
        with pytest.raises(ValueError, match=r"grid: the cotangent has shape"):
            pull(wrong)
    with pytest.raises(ValueError, match="structure"):
        pull([numpy.ones((2, 3))] * 2)
    with pytest.raises(ValueError, match="complex cotangent"):
        pull(1j * numpy.ones((2, 3)))


def test_make_jvp():
    push = make_jvp(grid)(X)
    value, tangent = push(V)
    check_equivalent(value, grid(X))
    numpy.testing.assert_allclose(tangent, jacobian(grid)(X) @ V)
    assert make_jvp(product, 1)(2.0, 3.0)(2.0) == (18.0, 24.0)
    assert make_jvp(product, (0, 1))(2.0, 3.0)((1.0, 2.0)) == (18.0, 33.0)
    assert make_jvp(lambda x, k: x * k)(2, k=3)(1) == (6.0, 3.0)
    out, move = make_jvp(lambda p: {"y": p["a"] * p["b"], "c": 5.0})({"a": X, "b": 2.0})(
        {"a": V, "b": 1.0}
    )
    numpy.testing.assert_allclose(move["y"], 2 * V + X)
    assert move["c"] == 0.0 and out["c"] == 5.0
    for wrong in (numpy.ones(2), 1.0, 1j * V):
        with pytest.raises(ValueError, match=r"grid: .*tangent"):
            push(wrong)


def test_make_jvp_reversemode():
    push = make_jvp_reversemode(grid)(X)
    for v in (V, X, 0 * V):
        numpy.testing.assert_allclose(push(v), jacobian(grid)(X) @ v)
    assert make_jvp_reversemode(product, 1)(2.0, 3.0)(2.0) == 24.0
    moved = make_jvp_reversemode(lambda p: (p["a"] * p["b"], p["a"]))({"a": X, "b": 2.0})(
        {"a": V, "b": 1.0}
    )
    numpy.testing.assert_allclose(moved[0], 2 * V + X)
    numpy.testing.assert_allclose(moved[1], V)
    assert make_jvp_reversemode(lambda x: numpy.ones(2))(X)(V).tolist() == [0.0, 0.0]
    z = numpy.array([1 + 2j, -1j])
    for f in (lambda z: z**2, np.conj, np.abs):
        numpy.testing.assert_allclose(
            make_jvp_reversemode(f)(z)(z + 1), make_jvp(f)(z)(z + 1)[1], rtol=1e-12
        )


def test_vjp():
    value, pull = vjp(product, 2.0, 3.0)
    assert value == 18.0 and pull(1.0) == (9.0, 12.0) and pull(2.0) == (18.0, 24.0)
    value, pull, aux = vjp(lambda x: (x**2, {"x": x, "n": "k"}), 3.0, has_aux=True)
    assert (value, pull(1.0), aux) == (9.0, (6.0,), {"x": 3.0, "n": "k"})
    value, pull = vjp(lambda a, p: (a * p["x"], p["y"]), X, {"x": 2.0, "y": V})
    g = pull((V, X))
    numpy.testing.assert_allclose(g[0], 2 * V)
    numpy.testing.assert_allclose(g[1]["x"], X @ V)
    numpy.testing.assert_allclose(g[1]["y"], X)
    with pytest.warns(UserWarning, match="independent"):
        assert vjp(lambda x: 5.0, 1.0)[1](1.0) == (0.0,)


def test_jvp():
    assert jvp(product, (2.0, 3.0), (1.0, 0.0)) == (18.0, 9.0)
    assert jvp(product, [2, 3], [0, 1]) == (18.0, 12.0)
    _out, move = jvp(lambda p: p["a"] ** 2, ({"a": X},), ({"a": V},))
    numpy.testing.assert_allclose(move, 2 * X * V)
    with pytest.raises(ValueError, match="structure"):
        jvp(product, (2.0, 3.0), (1.0,))
    with pytest.raises(ValueError, match="structure"):
        jvp(product, (2.0, 3.0), (1.0, None))


def test_the_two_modes_are_transposes():
    g = numpy.arange(6.0).reshape(2, 3)
    _, pull = vjp(grid, X)
    numpy.testing.assert_allclose(numpy.sum(g * jvp(grid, (X,), (V,))[1]), pull(g)[0] @ V)


def test_hvp():
    matrix = hessian(curved)(X)
    numpy.testing.assert_allclose(hvp(curved)(X, V), matrix @ V)
    numpy.testing.assert_allclose(hvp(lambda x, k: curved(x) * k)(X, 2.0, V), 2 * matrix @ V)
    numpy.testing.assert_allclose(
        hvp(lambda k, x, *, c: curved(x) * k * c, 1)(2.0, X, V, c=3.0), 6 * matrix @ V
    )
    numpy.testing.assert_allclose(hvp(lambda k, x: curved(x) * k, "x")(2.0, X, V), 2 * matrix @ V)
    assert hvp(product, 1)(2.0, 3.0, 1.0) == 4.0
    assert hvp(product, -1)(2.0, 3.0, 1.0) == 4.0
    assert hvp(product, (0, 1))(2.0, 3.0, (1.0, 0.0)) == (0.0, 6.0)
    m = numpy.arange(6.0).reshape(2, 3)
    numpy.testing.assert_allclose(hvp(cubes)(m, m), 6 * m * m)
    with pytest.raises(ValueError, match=r"the tangent has shape \(2,\)"):
        hvp(curved)(X, numpy.ones(2))
    with pytest.raises(TypeError, match="real scalar output, but grid"):
        hvp(grid)(X, V)


def test_hvp_of_containers():
    p, v = {"a": X, "b": 2.0}, {"a": V, "b": 3.0}

    def f(p):
        return np.sum(p["a"] ** 3) * p["b"] ** 2

    got = hvp(f)(p, v)
    blocks = hessian(f)(p)
    numpy.testing.assert_allclose(got["a"], blocks["a"]["a"] @ V + blocks["a"]["b"] * 3.0)
    numpy.testing.assert_allclose(got["b"], blocks["b"]["a"] @ V + blocks["b"]["b"] * 3.0)


def test_make_hvp():
    multiply, gradient = make_hvp(curved)(X)
    check_equivalent(gradient, grad(curved)(X))
    for v in (V, X):
        numpy.testing.assert_allclose(multiply(v), hessian(curved)(X) @ v)
    multiply, gradient = make_hvp(product, 1)(2.0, 3.0)
    assert (gradient, multiply(1.0)) == (12.0, 4.0)
    multiply, _ = make_hvp(lambda p: np.sum(p["a"] ** 3))({"a": X})
    numpy.testing.assert_allclose(multiply({"a": V})["a"], 6 * X * V)


def test_make_ggnvp():
    def f(x):
        return np.tanh(np.outer(numpy.arange(1.0, 5.0), x) @ x)

    def g(y):
        return np.sum(np.exp(y)) * y[0] ** 2

    j, y = jacobian(f)(X), f(X)
    numpy.testing.assert_allclose(make_ggnvp(f)(X)(V), j.T @ (j @ V), rtol=1e-12)
    numpy.testing.assert_allclose(make_ggnvp(f, g)(X)(V), j.T @ hessian(g)(y) @ (j @ V), rtol=1e-10)
    numpy.testing.assert_allclose(
        make_ggnvp(lambda k, x: k * f(x), f_argnum=1)(2.0, X)(V), 4 * j.T @ (j @ V), rtol=1e-12
    )
    p = {"a": X, "b": 3.0}
    got = make_ggnvp(lambda p: p["a"] * p["b"])(p)({"a": V, "b": 1.0})
    flat = numpy.concatenate([3.0 * numpy.eye(3), X[:, None]], axis=1)
    expected = flat.T @ flat @ numpy.append(V, 1.0)
    numpy.testing.assert_allclose(numpy.append(got["a"], got["b"]), expected)


def test_tensor_jacobian_product():
    j = jacobian(grid)(X)
    g = numpy.arange(6.0).reshape(2, 3)
    numpy.testing.assert_allclose(tensor_jacobian_product(grid)(X, g), numpy.tensordot(g, j, 2))
    numpy.testing.assert_allclose(
        tensor_jacobian_product(grid)(X, g[:, 0]), numpy.tensordot(g[:, 0], j, 1)
    )
    numpy.testing.assert_allclose(tensor_jacobian_product(grid)(X, 2.0), 2 * j)
    numpy.testing.assert_allclose(
        tensor_jacobian_product(lambda k, x, *, c: k * c * grid(x), 1)(2.0, X, g, c=3.0),
        6 * numpy.tensordot(g, j, 2),
    )
    got = vector_jacobian_product(lambda p: p["a"] * p["b"])({"a": X, "b": 2.0}, V)
    numpy.testing.assert_allclose(got["a"], 2 * V)
    numpy.testing.assert_allclose(got["b"], X @ V)


def test_dtypes_are_kept():
    x = X.astype(numpy.float32)
    pull, value = make_vjp(np.sin)(x)
    assert value.dtype == pull(numpy.ones(3)).dtype == numpy.float32
    assert make_jvp(np.sin)(x)(numpy.ones(3))[1].dtype == numpy.float32
    assert hvp(cubes)(x, V).dtype == numpy.float32
    assert make_ggnvp(lambda x: x**2)(x)(V).dtype == numpy.float32


def test_products_can_be_differentiated():
    check_equivalent(
        grad(lambda x: np.sum(hvp(curved)(x, V)))(X),
        grad(lambda x: np.sum(np.dot(hessian(curved)(x), V)))(X),
        rtol=1e-10,
    )
    numpy.testing.assert_allclose(
        grad(lambda v: np.sum(make_vjp(np.sin)(X)[0](v) ** 2))(V), 2 * V * numpy.cos(X) ** 2
    )
    numpy.testing.assert_allclose(
        grad(lambda v: np.sum(jvp(np.sin, (X,), (v,))[1] ** 2))(V), 2 * V * numpy.cos(X) ** 2
    )
    numpy.testing.assert_allclose(
        grad(lambda v: np.sum(make_jvp_reversemode(np.sin)(X)(v) ** 2))(V),
        2 * V * numpy.cos(X) ** 2,
    )


def test_results_belong_to_the_caller():
    g = numpy.ones(3)
    pull, _value = make_vjp(lambda x: x)(X)
    out = pull(g)
    out[:] = 7.0
    assert (g == 1).all() and (pull(g) == 1).all()
    _, pull = vjp(lambda a, b: a + b, X, X)
    a, b = pull(g)
    a[:] = 5.0
    assert (b == 1).all() and (g == 1).all()


def test_an_empty_array():
    pull, value = make_vjp(np.sin)(numpy.zeros((0, 2)))
    assert pull(numpy.zeros((0, 2))).shape == value.shape == (0, 2)
    assert hvp(cubes)(numpy.zeros(0), numpy.zeros(0)).shape == (0,)
    assert len(flatten(pull(numpy.zeros((0, 2))))[0]) == 1
