"""custom_vjp and custom_jvp: functions with derivatives of their own."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.operators.common import Layer
from tracegrad import custom_jvp, custom_vjp, deriv, grad, hessian, jacfwd, jacobian
from tracegrad.testing import check_equivalent, check_grads

X = numpy.array([0.3, -0.7, 1.2])


def by_vjp():
    @custom_vjp
    def softplus(x):
        """log(1 + exp(x))"""
        return np.log(1 + np.exp(x))

    softplus.defvjp(lambda x: (softplus.fun(x), x), lambda x, g: (g / (1 + np.exp(-x)),))
    return softplus


def by_jvp():
    @custom_jvp
    def softplus(x):
        """log(1 + exp(x))"""
        return np.log(1 + np.exp(x))

    softplus.defjvp(lambda xs, ts: (softplus(xs[0]), ts[0] / (1 + np.exp(-xs[0]))))
    return softplus


each = pytest.mark.parametrize("make", [by_vjp, by_jvp], ids=lambda f: f.__name__)


@each
def test_both_modes_and_orders(make):
    f = make()
    slope = 1 / (1 + numpy.exp(-X))
    numpy.testing.assert_allclose(f(X), numpy.log1p(numpy.exp(X)))
    for jac in (jacobian, jacfwd):
        numpy.testing.assert_allclose(jac(f)(X), numpy.diag(slope), atol=1e-15)
        for again in (jacobian, jacfwd):
            second = numpy.einsum("iii->i", again(jac(f))(X))
            numpy.testing.assert_allclose(second, slope * (1 - slope))
    assert grad(f)(0.0) == deriv(f)(0.0) == 0.5
    check_grads(f, order=3)(X)
    numpy.testing.assert_allclose(
        hessian(lambda x: np.sum(f(x) ** 2))(X),
        hessian(lambda x: np.sum(np.log(1 + np.exp(x)) ** 2))(X),
        rtol=1e-10,
    )


@each
def test_the_given_rule_is_used_and_names_are_kept(make):
    f = make()
    with numpy.errstate(over="ignore"):
        assert grad(f)(800.0) == 1.0  # the function itself overflows there
    assert f.__name__ == "softplus" and f.__doc__ == "log(1 + exp(x))"
    assert grad(f)(numpy.float32(1)).dtype == numpy.float32


def test_vjp_of_containers():
    @custom_vjp
    def f(layer, pair, *, scale=1.0):
        return {"y": layer.w @ pair[0] + layer.b, "n": (pair[1] * scale, None)}

    def forward(layer, pair, *, scale=1.0):
        return f.fun(layer, pair, scale=scale), (layer, pair, scale)

    def backward(kept, g):
        layer, pair, scale = kept
        y, n = g["y"], g["n"][0]
        return Layer(np.outer(y, pair[0]), np.sum(y)), (layer.w.T @ y, n * scale)

    f.defvjp(forward, backward)
    layer, pair = Layer(numpy.arange(6.0).reshape(2, 3), 0.5), (X, 2.0)

    def total(f):
        def scalar(layer, pair):
            out = f(layer, pair, scale=3.0)
            return np.sum(np.sin(out["y"])) * out["n"][0]

        return scalar

    got, expected = (grad(total(g), (0, 1))(layer, pair) for g in (f, f.fun))
    check_equivalent(got, expected, rtol=1e-12)
    check_grads(total(f))(layer, pair)


def test_jvp_of_containers():
    @custom_jvp
    def f(p, k):
        return p["a"] * k, [p["b"]]

    f.defjvp(lambda xs, ts: (f(*xs), (ts[0]["a"] * xs[1] + xs[0]["a"] * ts[1], [ts[0]["b"]])))

    def total(f):
        return lambda p, k: np.sum(f(p, k)[0] ** 2) + np.sum(f(p, k)[1][0]) ** 3

    p = {"a": X, "b": numpy.ones(2)}
    check_equivalent(grad(total(f), (0, 1))(p, 2.0), grad(total(f.fun), (0, 1))(p, 2.0), rtol=1e-12)
    check_grads(total(f))(p, 2.0)


def test_none_is_zero_and_keywords_have_cotangents():
    @custom_vjp
    def f(x, y, z=1.0):
        return x * y * z

    f.defvjp(lambda x, y, z=1.0: (x * y * z, (x, y, z)), lambda r, g: (g * r[1] * r[2], None))
    assert grad(f, (0, 1))(2.0, 3.0) == (3.0, 0.0)
    f.defvjp(
        lambda x, y, z=1.0: (x * y * z, (x, y, z)),
        lambda r, g: ((g * r[1] * r[2], None), {"z": g * r[0] * r[1]}),
    )
    assert grad(f, (0, 1, "z"))(2.0, 3.0, z=4.0) == (12.0, 0.0, 6.0)


def test_wrong_rules_are_told():
    @custom_vjp
    def f(x, y):
        return x * y

    with pytest.raises(TypeError, match=r"f has no VJP yet; give it one with \.defvjp"):
        f(1.0, 2.0)
    f.defvjp(lambda x, y: (x * y, None), lambda r, g: (g,))
    assert f(2.0, 3.0) == 6.0
    with pytest.raises(ValueError, match="gave 1 cotangents for 2 arguments"):
        grad(f)(2.0, 3.0)
    f.defvjp(lambda x, y: (x * y, None), lambda r, g: ((g, g), g))
    with pytest.raises(ValueError, match="structure"):
        grad(f)(2.0, 3.0)

    @custom_jvp
    def h(x):
        return x

    with pytest.raises(TypeError, match=r"h has no JVP yet; give it one with \.defjvp"):
        h(1.0)


def test_what_is_no_number_is_passed_on():
    @custom_vjp
    def f(x, kind, n):
        return x**n if kind == "power" else x * n

    f.defvjp(
        lambda x, kind, n: (f.fun(x, kind, n), (x, n)),
        lambda r, g: (g * r[1] * r[0] ** (r[1] - 1), None, None),
    )
    assert grad(f)(2.0, "power", 3) == 12.0


def test_forward_may_call_the_function_itself():
    @custom_vjp
    def f(x):
        return np.sin(x)

    f.defvjp(lambda x: (f(x), x), lambda x, g: (g * np.cos(x),))
    assert f(0.5) == numpy.sin(0.5) and grad(f)(0.5) == numpy.cos(0.5)
    check_grads(f, order=3)(X)


def test_residuals_computed_in_forward_have_derivatives():
    @custom_vjp
    def f(x):
        return x**3

    f.defvjp(lambda x: (x**3, {"slope": 3 * x**2, "n": 3}), lambda r, g: (g * r["slope"],))
    assert grad(grad(f))(2.0) == grad(deriv(f))(2.0) == deriv(grad(f))(2.0) == 12.0
    assert grad(grad(grad(f)))(2.0) == 6.0
