"""Fixed points and their derivatives by the implicit function theorem."""

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import deriv, grad, hessian, jacfwd, jacobian, make_hvp
from tracegrad.misc import fixed_point
from tracegrad.testing import check_grads


def newton(a):
    return lambda x: 0.5 * (x + a / x)


def far(x, y):
    return np.max(np.abs(x - y))


def root(a):
    return fixed_point(newton, a, 1.0, far, 1e-12)


def affine(p):
    return lambda x: 0.3 * np.tanh(p["m"] @ x) + p["b"]


def settled(p):
    return fixed_point(affine, p, numpy.zeros(2), far, 1e-13)


P = {"m": numpy.array([[0.5, -0.2], [0.1, 0.4]]), "b": numpy.array([1.0, -0.5])}


def test_the_value_is_a_fixed_point():
    numpy.testing.assert_allclose(root(2.0), numpy.sqrt(2.0), rtol=1e-12)
    x = settled(P)
    numpy.testing.assert_allclose(affine(P)(x), x, rtol=1e-12)


def test_all_orders_in_both_modes():
    a = 2.0
    for derivative in (grad, deriv):
        numpy.testing.assert_allclose(derivative(root)(a), 0.5 * a**-0.5, rtol=1e-9)
        for second in (grad, deriv):
            numpy.testing.assert_allclose(second(derivative(root))(a), -0.25 * a**-1.5, rtol=1e-8)
    numpy.testing.assert_allclose(grad(grad(grad(root)))(a), 0.375 * a**-2.5, rtol=1e-7)


def test_containers_and_arrays():
    check_grads(settled)(P)
    check_grads(lambda b: fixed_point(affine, {**P, "b": b}, numpy.zeros(2), far, 1e-13))(P["b"])
    numpy.testing.assert_allclose(
        jacobian(lambda b: settled({**P, "b": b}))(P["b"]),
        jacfwd(lambda b: settled({**P, "b": b}))(P["b"]),
        rtol=1e-10,
    )


def test_x_may_be_a_container():
    def f(a):
        return lambda x: {"u": 0.5 * np.cos(x["v"]) * a[0], "v": 0.5 * np.sin(x["u"]) + a[1]}

    def distance(x, y):
        return max(far(x["u"], y["u"]), far(x["v"], y["v"]))

    start = {"u": numpy.zeros(2), "v": 0}
    check_grads(lambda a: fixed_point(f, a, start, distance, 1e-13))((0.7, numpy.array([0.1, 0.2])))


def test_integers_in_a_are_constants():
    def f(a):
        c, n = a
        return lambda x: c * sum(x**k for k in range(n))

    def g(c):
        return fixed_point(f, (c, 3), 0.1, far, 1e-12)

    check_grads(g)(0.2)


def test_small_and_large_cotangents_are_as_exact():
    for scale in (1e-12, 1.0, 1e12):
        numpy.testing.assert_allclose(
            grad(lambda a: scale * fixed_point(lambda a: lambda x: 0.9 * x + a, a, 0.0, far, 1e-8))(
                1.0
            ),
            scale * 10.0,
            rtol=1e-6,
        )


def test_the_start_has_no_derivative():
    with pytest.warns(UserWarning, match="independent"):
        assert grad(lambda x0: fixed_point(newton, 2.0, x0, far, 1e-12))(1.0) == 0.0
    start = grad(lambda a: fixed_point(newton, a, a, far, 1e-12))(2.0)
    numpy.testing.assert_allclose(start, 0.5 * 2.0**-0.5, rtol=1e-9)


def test_hessian_vector_products():
    b = P["b"]

    def loss(b):
        return np.sum(settled({**P, "b": b}) ** 2)

    multiply, _ = make_hvp(loss)(b)
    v = numpy.array([1.0, 2.0])
    numpy.testing.assert_allclose(multiply(v), hessian(loss)(b) @ v, rtol=1e-9)


def test_no_convergence_is_told():
    with pytest.raises(RuntimeError, match="did not converge to 1e-08 in 50 steps"):
        fixed_point(lambda a: lambda x: 2 * x + a, 1.0, 1.0, far, 1e-8, max_iters=50)


def test_a_traced_value_outside_a_is_refused():
    def loss(pair):
        a, b = pair
        return fixed_point(lambda a: lambda x: 0.5 * x + a * b, a, 0.0, far, 1e-10)

    with pytest.raises(TypeError, match="pass it there"):
        grad(loss)((1.0, 2.0))
