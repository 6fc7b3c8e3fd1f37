"""tracegrad.extend: primitives of one's own, by autograd's conventions and by kind."""

import math
import pickle

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import deriv, extend, grad, hessian, jacfwd, jacobian, jvp
from tracegrad.extend import (
    Box,
    NoDerivative,
    Primitive,
    def_linear,
    defjvp,
    defjvp_argnum,
    defjvp_argnums,
    defvjp,
    defvjp_argnum,
    defvjp_argnums,
    notrace_primitive,
    primitive,
    register_notrace,
)
from tracegrad.testing import check_grads

X = numpy.array([0.3, -0.7, 1.2])


def weigh():
    @primitive
    def weigh(x, y, k=1.0):
        return numpy.sin(x) * y * k

    return weigh


@primitive
def module_level(x):
    """A docstring."""
    return x**2


defvjp(module_level, lambda ans, x: lambda g: g * 2 * x)


def test_every_name_is_documented():
    assert all(getattr(extend, name).__doc__ for name in extend.__all__)


def test_a_primitive_is_the_function_for_plain_values():
    assert module_level(3.0) == 9.0 and isinstance(module_level, Primitive)
    assert module_level.__name__ == "module_level" and module_level.__doc__ == "A docstring."
    assert pickle.loads(pickle.dumps(module_level)) is module_level
    assert pickle.loads(pickle.dumps(grad(module_level)))(3.0) == 6.0


def test_inside_a_primitive_values_are_plain():
    seen = []

    @primitive
    def f(x):
        seen.append(isinstance(x, Box))
        return x * 2

    defvjp(f, lambda ans, x: lambda g: g * 2)
    grad(lambda x: f(x * 1.0))(1.0)
    assert seen == [False]


def test_defvjp_by_position():
    f = weigh()
    defvjp(
        f,
        lambda ans, x, y, k=1.0: lambda g: g * np.cos(x) * y * k,
        lambda ans, x, y, k=1.0: lambda g: g * np.sin(x) * k,
    )
    check_grads(f, order=3)(X, X + 2)
    check_grads(lambda x, y: f(x, y, k=3.0))(X, X + 2)
    assert grad(f, 0)(0.0, 2.0, k=3.0) == 6.0
    with pytest.raises(NoDerivative, match="weigh with respect to argument 2 is not defined"):
        grad(f, 2)(0.5, 2.0, 3.0)
    with pytest.raises(NoDerivative, match="weigh"):
        grad(lambda k: f(0.5, 2.0, k=k))(3.0)


def test_defvjp_none_and_argnums():
    f = weigh()
    defvjp(f, None, lambda ans, x, y, k=1.0: lambda g: g * np.sin(x) * k)
    assert grad(f, 1)(0.5, 2.0) == numpy.sin(0.5)
    assert grad(f, (0, 1))(0.5, 2.0) == (0.0, numpy.sin(0.5))
    f = weigh()
    defvjp(f, lambda ans, x, y, k: lambda g: g * np.sin(x) * y, argnums=(2,))
    assert grad(f, 2)(0.5, 2.0, 3.0) == numpy.sin(0.5) * 2.0
    assert deriv(f, 2)(0.5, 2.0, 3.0) == numpy.sin(0.5) * 2.0
    with pytest.raises(NoDerivative, match="argument 0"):
        grad(f)(0.5, 2.0, 3.0)


def test_defvjp_argnum_and_argnums():
    @primitive
    def total(*xs):
        return sum(k * x**2 for k, x in enumerate(xs))

    defvjp_argnum(total, lambda i, ans, args, kwargs: lambda g: g * 2 * i * args[i])
    check_grads(total)(1.0, 2.0, 3.0)
    assert grad(total, (0, 2))(1.0, 2.0, 3.0) == (0.0, 12.0)

    @primitive
    def other(x, y):
        return x * y**2

    def maker(argnums, ans, args, kwargs):
        x, y = args
        return lambda g: tuple([g * y**2 if i == 0 else 2 * g * x * y for i in argnums])

    defvjp_argnums(other, maker)
    check_grads(other, order=3)(1.5, 2.5)
    check_grads(lambda x: other(x, x))(1.5)
    assert grad(other, 1)(2.0, 3.0) == 12.0


def test_defjvp():
    f = weigh()
    defjvp(f, lambda t, ans, x, y, k=1.0: t * np.cos(x) * y * k, "same")
    check_grads(f, order=3)(X, X + 2)
    check_grads(lambda x, y: f(x, y, k=3.0))(X, X + 2)
    f = weigh()
    defjvp(f, None, "same")
    assert jvp(f, (0.5, 2.0), (1.0, 3.0))[1] == numpy.sin(0.5) * 3.0
    assert jvp(f, (0.5, 2.0), (1.0, 0.0))[1] == 0.0
    f = weigh()
    defjvp(f, lambda t, ans, x, y, k: t * np.sin(x) * y, argnums=(2,))
    assert grad(f, 2)(0.5, 2.0, 3.0) == numpy.sin(0.5) * 2.0
    with pytest.raises(NoDerivative, match="argument 0"):
        deriv(f)(0.5, 2.0, 3.0)


def test_defjvp_argnum_and_argnums():
    @primitive
    def product(*xs):
        return numpy.prod(numpy.array(xs))

    def others(i, args):
        out = 1.0
        for k, x in enumerate(args):
            out = out if k == i else out * x
        return out

    defjvp_argnum(product, lambda i, t, ans, args, kwargs: t * others(i, args))
    check_grads(product, order=2)(1.5, 2.5, -0.5)

    @primitive
    def other(x, y):
        return x * y

    defjvp_argnums(
        other, lambda at, ts, ans, args, kwargs: sum(t * args[1 - i] for i, t in zip(at, ts))
    )
    check_grads(other, order=3)(X, 2.0 * X)


def test_both_rules_are_used_where_both_are_given():
    f = weigh()
    defvjp(f, lambda ans, x, y: lambda g: g * 100.0)
    defjvp(f, lambda t, ans, x, y: t * 7.0)
    assert grad(f)(0.5, 2.0) == 100.0 and deriv(f)(0.5, 2.0) == 7.0


def test_def_linear():
    @primitive
    def mixed(x, y):
        return numpy.outer(x, y)[:, ::-1]

    def_linear(mixed)
    check_grads(mixed, order=3)(X, numpy.ones(2))
    check_grads(lambda x: mixed(x, x))(X)
    assert (
        hessian(lambda y: np.sum(mixed(X, y) ** 2))(numpy.zeros(2)) == 2 * X @ X * numpy.eye(2)
    ).all()


def test_notrace():
    @notrace_primitive
    def rounded(x):
        assert not isinstance(x, Box)
        return numpy.round(x)

    assert grad(lambda x: x * rounded(x))(2.2) == 2.0
    assert deriv(lambda x: x * rounded(x))(2.2) == 2.0
    assert rounded(2.2) == 2.0
    f = primitive(lambda x: x * 1.0)
    register_notrace(None, f)
    assert grad(lambda x: f(x) * x)(3.0) == 3.0
    with pytest.raises(TypeError, match="not a primitive"):
        register_notrace(None, len)


def test_lists_and_dicts_in_tuples_and_dicts_out():
    @primitive
    def mix(pair, options):
        x, y = pair
        return x * y, {"sum": x + options["z"] * y}

    def maker(argnums, ans, args, kwargs):
        (x, y), options = args
        z = options["z"]

        def vjp(g):
            product, plus = g[0], g[1]["sum"]
            whole = ([product * y + plus, product * x + plus * z], {"z": np.sum(plus * y)})
            return tuple([whole[i] for i in argnums])

        return vjp

    defvjp_argnums(mix, maker)

    def f(x, y, z):
        product, rest = mix([x, y], {"z": z})
        return np.sum(np.sin(product)) * np.sum(rest["sum"])

    def plain(x, y, z):
        return np.sum(np.sin(x * y)) * np.sum(x + z * y)

    got = grad(f, (0, 1, 2))(X, X + 1, 2.0)
    for a, b in zip(got, grad(plain, (0, 1, 2))(X, X + 1, 2.0)):
        numpy.testing.assert_allclose(a, b, rtol=1e-12)
    numpy.testing.assert_allclose(grad(f, 1)(X, X + 1, 2.0), got[1])
    check_grads(f)(X, X + 1, 2.0)
    assert grad(lambda z: mix([1.0, 2.0], {"z": z})[1]["sum"])(3.0) == 2.0


def test_scalars_for_zero_and_broadcast_cotangents():
    """What users' rules give in haste: Python numbers, cotangents of scalar shape."""

    @primitive
    def flat(x, y):
        return numpy.floor(x) + y

    defvjp(flat, lambda ans, x, y: lambda g: 0.0, lambda ans, x, y: lambda g: g)
    gradient = grad(lambda x, y: np.sum(flat(x, y)), (0, 1))(X, X)
    assert gradient[0].shape == (3,) and not gradient[0].any() and (gradient[1] == 1).all()
    assert grad(lambda x: flat(x, 1.0))(0.5) == 0.0
    assert jvp(lambda x: flat(x, X), (X,), (X,))[1].tolist() == [0.0, 0.0, 0.0]


def test_cotangents_of_the_wrong_shape_are_told():
    f = primitive(lambda x: x * 2)
    defvjp(f, lambda ans, x: lambda g: numpy.ones(5))
    with pytest.raises(ValueError, match=r"of shape \(5,\) for an argument of shape \(3,\)"):
        grad(lambda x: np.sum(f(x)))(X)


def test_float32_stays_whatever_the_rule_gives():
    f = primitive(lambda x: x * x.dtype.type(2))
    defvjp(f, lambda ans, x: lambda g: numpy.asarray(g * 2, numpy.float64))
    x = X.astype(numpy.float32)
    assert grad(lambda x: np.sum(f(x)))(x).dtype == numpy.float32


def test_rules_for_numpy_functions_take_the_wrapped_ones():
    with pytest.raises(TypeError, match="is not a primitive: decorate it with @primitive first"):
        defvjp(lambda x: x, lambda ans, x: lambda g: g)
    with pytest.raises(TypeError, match="is not a primitive"):
        defjvp([], "same")


def test_a_primitive_without_rules():
    f = primitive(lambda x: x)
    for operator in (grad, deriv):
        with pytest.raises(NoDerivative, match=r"no derivative is known with respect to .*'x'"):
            operator(lambda x: f(x) * 2)(1.0)
    assert f(1.0) == 1.0


def test_primitives_as_methods():
    class Model:
        k = 3.0

        @primitive
        def scaled(self, x):
            return self.k * x

    defvjp(Model.scaled, lambda ans, self, x: lambda g: g * self.k, argnums=(1,))
    assert grad(Model().scaled)(2.0) == 3.0 and Model().scaled(2.0) == 6.0


def test_jacobians_of_primitives_in_both_modes():
    f = weigh()
    defvjp(f, lambda ans, x, y: lambda g: g * np.cos(x) * y)
    numpy.testing.assert_allclose(
        jacobian(lambda x: f(x, 2.0))(X), jacfwd(lambda x: f(x, 2.0))(X), rtol=1e-14
    )


def test_python_numbers_as_results():
    f = primitive(lambda x: math.sin(x))
    defvjp(f, lambda ans, x: lambda g: g * np.cos(x))
    check_grads(f, order=3)(0.5)
    pair = primitive(lambda x: (math.sin(x), 2.0, 3, "text"))
    defvjp(pair, lambda ans, x: lambda g: g[0] * np.cos(x) + g[1] * 0)
    assert grad(lambda x: pair(x)[0] * pair(x)[2])(0.5) == 3 * numpy.cos(0.5)
    assert deriv(pair)(0.5)[0] == numpy.cos(0.5) and pair(0.5)[3] == "text"


def test_numpy_s_primitives_can_be_pickled():
    for f in (np.sin, np.add, np.sum, np.linalg.inv, np.fft.fft):
        assert pickle.loads(pickle.dumps(f)) is f
    assert pickle.loads(pickle.dumps(grad(np.tanh)))(0.0) == 1.0
