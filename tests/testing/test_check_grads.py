"""`check_grads` passes what is right and tells what is wrong, where, by how much."""

import collections

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad.core.box import getval
from tracegrad.extend import NoDerivative, defjvp, defvjp, primitive
from tracegrad.testing import check_grads, check_jvp, check_vjp

Point = collections.namedtuple("Point", "x y")
MODES = ["rev", "fwd"]


def sine(vjp=np.cos, jvp=None):
    """A sine with rules of one's own."""

    @primitive
    def my_sine(x):
        return numpy.sin(x)

    if vjp is not None:
        defvjp(my_sine, lambda ans, x: lambda g: g * vjp(x))
    if jvp is not None:
        defjvp(my_sine, lambda t, ans, x: t * jvp(x))
    return my_sine


@pytest.mark.parametrize("modes", [["rev"], ["fwd"], ["rev", "fwd"], "rev", ("fwd", "rev")])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_right_derivatives_pass(modes, order):
    check_grads(lambda x, y: np.sin(x) * y, modes=modes, order=order)(numpy.ones((2, 3)), 2.0)


def test_containers_pass():
    def f(p, point):
        return {"sum": (p["w"] @ point.x, [p["b"] ** 2, None]), "name": "net"}

    p = {"w": numpy.arange(6.0).reshape(2, 3), "b": 1.5, "kind": "linear", "none": None}
    check_grads(f)(p, Point(numpy.ones(3), 0.5))


def test_complex_functions_pass():
    z = numpy.array([1.0 + 2.0j, -0.5 + 0.3j])
    check_grads(lambda z: np.abs(z) + np.real(z) * 2)(z)
    check_grads(lambda z: z**2 * np.conj(z))(z)
    check_grads(lambda x: np.exp(1j * x))(numpy.array([0.3, 2.0]))


@pytest.mark.parametrize("dtype", [numpy.float32, numpy.float16, numpy.complex64])
def test_coarse_dtypes_pass_and_are_still_checked(dtype):
    x = numpy.linspace(0.1, 1.0, 5).astype(dtype)
    check_grads(lambda x: np.sin(x) * x)(x)
    with pytest.raises(AssertionError, match="is wrong, at order 1"):
        check_grads(sine(lambda x: 1.3 * np.cos(x)))(x)


def test_results_of_float32_from_float64():
    check_grads(lambda x: np.sin(x).astype(numpy.float32), order=1)(numpy.ones(3))


def test_empty_and_0d_arrays_pass():
    check_grads(lambda x: np.sum(x) + 1.0)(numpy.ones((0, 3)))
    check_grads(lambda x: np.sin(x))(numpy.array(0.5))


def test_functions_that_do_not_depend_on_an_argument_pass():
    check_grads(lambda x, y: x**2)(1.0, 2.0)
    check_grads(np.floor)(1.5)


def test_a_kink_or_an_edge_close_by_passes():
    check_grads(np.abs)(1e-5)
    check_grads(np.sqrt)(1e-5)
    check_grads(np.log)(numpy.array([1e-4, 1.0]))


def test_large_values_pass():
    check_grads(lambda x: x**2)(1e6)
    check_grads(lambda x: 1e9 + np.sin(x), order=1)(1.0)


@pytest.mark.parametrize("mode, title", [("rev", "reverse mode"), ("fwd", "forward mode")])
def test_the_wrong_element_is_found(mode, title):
    def slope(x):
        off = numpy.zeros(getval(x).shape)
        off[1, 2] = 0.25
        return np.cos(x) + off

    f = sine(slope, slope)
    with pytest.raises(AssertionError) as error:
        check_grads(lambda p, n: {"out": n * f(p["w"])}, modes=[mode], order=1)(
            {"w": numpy.zeros((2, 3)), "b": 1.0}, 3
        )
    text = str(error.value)
    assert title in text and "of <lambda> is wrong, at order 1" in text
    assert "worst: d result['out'][1, 2] / d argument 0['w'][1, 2]:" in text
    assert "got 3.75, expected 3" in text and "difference 0.75" in text
    assert "wrong: 1 of 42 entries" in text
    assert "argument 0['w'] (float64, shape (2, 3))" in text
    assert f"modes {mode}; order 1" in text and "eps=0.0001, rtol=1e-06, atol=1e-09" in text


@pytest.mark.parametrize("mode", MODES)
def test_one_wrong_element_among_many_is_found(mode):
    def slope(x):
        off = numpy.zeros(getval(x).shape)
        off[12, 34] = 0.25
        return np.cos(x) + off

    with pytest.raises(AssertionError, match=r"d result\[12, 34\] / d argument 0\[12, 34\]"):
        check_grads(sine(slope, slope), modes=[mode], order=1)(numpy.zeros((50, 40)))


def test_a_wrong_imaginary_part_is_found():
    @primitive
    def conjugate(z):
        return numpy.conj(z)

    defvjp(conjugate, lambda ans, z: lambda g: g)
    with pytest.raises(AssertionError, match=r"d Im result\[0\] / d Im argument 0\[0\]:\n.*got 1,"):
        check_grads(conjugate)(numpy.array([1.0 + 2.0j]))


def test_a_wrong_second_derivative_is_found():
    f = sine(lambda x: numpy.cos(getval(x)))  # right, but constant to the next derivative
    check_grads(f, order=1)(1.0)
    with pytest.raises(AssertionError) as error:
        check_grads(f)(1.0)
    assert "of the VJP of my_sine is wrong, at order 2" in str(error.value)
    assert "d (cotangent of argument 0) / d argument 0" in str(error.value)


def test_a_jvp_that_differs_from_the_vjp_is_found():
    f = sine(np.cos, lambda x: 2 * np.cos(x))
    check_grads(f, modes=["rev"], order=1)(1.0)
    with pytest.raises(AssertionError, match="forward mode"):
        check_grads(f, order=1)(1.0)
    g = sine(np.cos, lambda x: np.cos(x) * (1 + 1e-7))  # below what differences can see
    check_grads(g, modes=["fwd"], order=1)(1.0)
    with pytest.raises(AssertionError, match="the modes of my_sine do not agree, at order 1"):
        check_grads(g, order=1)(1.0)


def test_small_derivatives_are_checked_too():
    small = sine(lambda x: 1e-4 * np.cos(x))
    with pytest.raises(AssertionError, match="is wrong"):
        check_grads(lambda x: 1e-4 * small(x))(1.0)


def test_tolerances_and_eps_can_be_chosen():
    f = sine(lambda x: np.cos(x) * (1 + 1e-4))
    with pytest.raises(AssertionError):
        check_grads(f, order=1)(1.0)
    check_grads(f, order=1, rtol=1e-3)(1.0)
    check_grads(f, order=1, atol=1e-3)(1.0)
    with pytest.raises(AssertionError, match=r"eps=0\.5"):
        check_grads(np.sin, eps=0.5)(1.0)


def test_random_functions_are_told():
    random = numpy.random.default_rng(0)
    with pytest.raises(AssertionError, match="is it random"):
        check_grads(lambda x: x * random.random())(1.0)


def test_points_outside_the_domain_are_told():
    with pytest.raises(AssertionError, match="not finite within 2e-08 of the arguments"):
        check_grads(np.sqrt)(0.0)


def test_a_wrong_dtype_is_told():
    @primitive
    def double(x):
        return 2 * x

    defvjp(double, lambda ans, x: lambda g: 2 * g)
    defjvp(double, lambda t, ans, x: numpy.ones(5))
    with pytest.raises((AssertionError, ValueError)):
        check_grads(double)(numpy.ones(3))


def test_integers_and_what_is_no_number_are_constants():
    check_grads(lambda x, n, flag, name: x**n if flag and name else x)(1.5, 3, True, "name")
    check_grads(lambda x, i: x[i])(numpy.ones(3), numpy.array([0, 2]))
    check_grads(lambda x: (x**2, np.argmax(x)))(numpy.array([1.0, 2.0]))


@pytest.mark.parametrize("f, x", [(np.sin, 3), (np.sin, numpy.arange(3)), (np.argmax, 1.0)])
def test_nothing_to_check(f, x):
    with pytest.raises(TypeError, match="there is nothing to check"):
        check_grads(f)(x)


def test_argnum_chooses_arguments():
    @primitive
    def scaled(x, factor):
        return x * factor

    defvjp(scaled, lambda ans, x, factor: lambda g: g * factor)
    for argnum in (0, (0,), -2, numpy.int64(0)):
        check_grads(scaled, argnum)(2.0, 3.0)
    with pytest.raises(NoDerivative):
        check_grads(scaled)(2.0, 3.0)
    with pytest.raises(TypeError, match="there is no argument 2 to check"):
        check_grads(scaled, 2)(2.0, 3.0)


def test_keyword_arguments_are_constants_unless_named():
    wrong = sine(lambda x: 2 * np.cos(x))

    def f(x, *, y):
        return x**2 * wrong(y)

    check_grads(f)(1.0, y=2.0)
    with pytest.raises(AssertionError, match="argument y"):
        check_grads(f, "y")(1.0, y=2.0)
    with pytest.raises(TypeError, match="without a keyword argument 'z'"):
        check_grads(f, "z")(1.0, y=2.0)


@pytest.mark.parametrize("options", [{"modes": ["reverse"]}, {"modes": []}, {"order": 0}])
def test_wrong_options(options):
    with pytest.raises(ValueError, match="must be"):
        check_grads(np.sin, **options)


def test_the_caller_s_arrays_are_not_changed():
    x = numpy.ones(3)
    check_grads(lambda x: np.sin(x))(x)
    assert (x == 1).all()


def test_check_vjp_and_check_jvp():
    check_vjp(np.sin, 1.0)
    check_jvp(np.sin, {"a": numpy.ones(2)}["a"])
    wrong = sine(lambda x: 2 * np.cos(x), np.cos)
    check_jvp(wrong, 1.0)
    with pytest.raises(AssertionError, match="reverse mode"):
        check_vjp(wrong, 1.0)
