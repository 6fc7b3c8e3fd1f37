"""grad, value_and_grad, and what is in front of every operator: which argument, which types."""

import collections

import numpy
import pytest

import tracegrad.numpy as np
from tests.operators.common import Layer, Point, cubes, loss, nested, product
from tracegrad import elementwise_grad, grad, hessian, jacfwd, jacobian, value_and_grad
from tracegrad.testing import check_equivalent, make_numerical_jvp


@pytest.mark.parametrize(
    "argnum, expected",
    [(0, 9.0), (1, 12.0), (-1, 12.0), (-2, 9.0), ("x", 9.0), ("y", 12.0), (numpy.int64(1), 12.0)],
)
def test_argnum(argnum, expected):
    assert grad(product, argnum)(2.0, 3.0) == expected
    value, gradient = value_and_grad(product, argnum)(2.0, 3.0)
    assert (value, gradient) == (18.0, expected)


@pytest.mark.parametrize(
    "argnum, expected",
    [
        ((0, 1), (9.0, 12.0)),
        ([1, 0], (12.0, 9.0)),
        (("y", 0), (12.0, 9.0)),
        ((-1,), (12.0,)),
        (range(2), (9.0, 12.0)),
    ],
)
def test_several_arguments_give_a_tuple(argnum, expected):
    assert grad(product, argnum)(2.0, 3.0) == expected
    assert value_and_grad(product, argnum)(2.0, 3.0) == (18.0, expected)


def test_keyword_arguments_are_passed_on():
    def f(x, *rest, scale=1.0, **others):
        return x**2 * scale + others.get("shift", 0.0) * x + sum(rest)

    assert grad(f)(3.0) == 6.0
    assert grad(f)(3.0, scale=2.0, shift=1.0) == 13.0
    assert grad(f)(3.0, 4.0, 5.0, scale=2.0) == 12.0
    assert grad(f, "scale")(3.0, scale=2.0) == 9.0
    assert grad(f, (0, "shift"))(3.0, shift=7.0) == (13.0, 3.0)
    assert grad(f, -1)(3.0, 4.0) == 1.0


@pytest.mark.parametrize("argnum", [2, -3, "z", (0, 5), ("x", "z")])
def test_arguments_that_are_not_there(argnum):
    with pytest.raises(TypeError, match="was called with"):
        grad(product, argnum)(2.0, 3.0)


def test_argnums_that_make_no_sense():
    for argnum in (None, 1.0):
        with pytest.raises(TypeError, match="must be a position, a name or a sequence"):
            grad(product, argnum)(2.0, 3.0)
    for argnum in ((0, 0), (0, "x"), (1, -1)):
        with pytest.raises(TypeError, match="twice"):
            grad(product, argnum)(2.0, 3.0)
    with pytest.raises(TypeError, match="grad takes a function first, not float"):
        grad(2.0)
    with pytest.raises(TypeError, match="0 positional arguments"):
        grad(product)()


def numerical(f, tree):
    """Along ones."""
    from tracegrad.core.tree import map_leaves

    return make_numerical_jvp(f, tree)(map_leaves(numpy.ones_like, tree))


def test_containers():
    tree = nested()
    gradient = grad(loss)(tree)
    assert isinstance(gradient["layer"], Layer) and gradient["layer"].name == "dense"
    assert isinstance(gradient["point"], Point) and gradient["point"].y[1] is None
    assert gradient["text"] == "linear" and list(gradient) == list(tree)
    assert gradient["layer"].w.shape == (2, 2) and gradient["deep"][0]["z"] == 27.0
    total = sum(
        numpy.sum(g)
        for g in (
            gradient["layer"].w,
            gradient["layer"].b,
            gradient["point"].x,
            gradient["point"].y[0],
            27.0,
        )
    )
    numpy.testing.assert_allclose(total, numerical(loss, tree), rtol=1e-8)


def test_other_dicts():
    ordered = collections.OrderedDict(b=1.0, a=2.0)
    default = collections.defaultdict(list, b=1.0, a=2.0)
    for d in (ordered, default):
        gradient = grad(lambda d: d["a"] ** 2 * d["b"])(d)
        assert type(gradient) is type(d) and gradient == {"b": 4.0, "a": 4.0}
    assert grad(lambda d: d["a"] ** 2 * d["b"])(default).default_factory is list


def test_containers_as_one_of_several_arguments():
    gradient = grad(loss, (0, 1))(nested(), 2.0)
    check_equivalent(gradient[0], grad(lambda tree: loss(tree, 2.0))(nested()))
    numpy.testing.assert_allclose(gradient[1], loss(nested(), 1.0) - 27.0)


def test_has_aux():
    def f(x):
        return x**2, {"y": np.sin(x), "note": "k", "n": 3}

    gradient, aux = grad(f, has_aux=True)(3.0)
    assert gradient == 6.0 and aux == {"y": numpy.sin(3.0), "note": "k", "n": 3}
    assert type(aux["y"]) is numpy.float64
    assert value_and_grad(f, has_aux=True)(3.0) == ((9.0, aux), 6.0)
    second, aux = grad(lambda x: grad(f, has_aux=True)(x), has_aux=True)(3.0)
    assert second == 2.0 and type(aux["y"]) is numpy.float64
    for wrong in (lambda x: x, lambda x: [x, x], lambda x: (x, x, x)):
        with pytest.raises(TypeError, match="must give a pair"):
            grad(wrong, has_aux=True)(3.0)


@pytest.mark.parametrize(
    "out, what",
    [
        (lambda x: x**2, r"an array of shape \(3,\)"),
        (lambda x: (x[0], x[1]), "a tuple"),
        (lambda x: [x[0]], "a list"),
        (lambda x: {"a": x[0]}, "a dict"),
        (lambda x: Point(x[0], x[1]), "a Point"),
        (lambda x: Layer(x, 1.0), "a Layer"),
        (lambda x: 1j * x[0], "a complex number"),
        (lambda x: None, "None"),
        (lambda x: "text", "a str"),
        (lambda x: x[0] > 0, "a bool"),
        (lambda x: numpy.ones(2), r"an array of shape \(2,\)"),
    ],
)
def test_results_that_are_no_real_scalar(out, what):
    def my_function(x):
        return out(x)

    for operator in (grad, value_and_grad):
        with pytest.raises(TypeError) as error:
            operator(my_function)(numpy.ones(3))
        text = str(error.value)
        assert text.startswith(f"{operator.__name__} needs a real scalar output, but my_function")
        assert f"gave {what}".replace("\\", "") in text
        assert "elementwise_grad" in text and "jacobian" in text and "test_grad.py" in text


def test_arrays_of_one_element_will_do():
    assert grad(lambda x: x**2)(numpy.array([3.0])).tolist() == [6.0]
    assert grad(lambda x: x**2)(numpy.array([[3.0]])).tolist() == [[6.0]]
    value, gradient = value_and_grad(lambda x: x**2)(numpy.array([3.0]))
    assert value.shape == gradient.shape == (1,)


@pytest.mark.parametrize(
    "x",
    [3.0, 3, numpy.float64(3), numpy.int64(3), numpy.uint8(3), numpy.array(3.0), numpy.array(3)],
    ids=lambda x: type(x).__name__,
)
def test_scalars_of_all_types(x):
    gradient = grad(lambda x: x**2)(x)
    assert gradient == 6.0 and gradient.dtype == numpy.float64 and gradient.shape == ()


def test_integers_count_as_float64():
    gradient = grad(cubes)(numpy.arange(3))
    assert gradient.dtype == numpy.float64 and gradient.tolist() == [0.0, 3.0, 12.0]
    gradient = grad(lambda p: p["n"] ** 2 * p["x"])({"n": 3, "x": numpy.int32(2)})
    assert gradient == {"n": 12.0, "x": 9.0}
    assert grad(lambda x: x / 2)(1) == 0.5


@pytest.mark.parametrize(
    "x, what",
    [
        (True, "True (a bool)"),
        (numpy.array([True, False]), "an array of dtype bool"),
        ("text", "'text' (a str)"),
        (numpy.array(["a"]), "an array of dtype <U1"),
        (numpy.array([1, None]), "an array of dtype object"),
        (numpy.array([1.0, 2.0], dtype=object), "an array of dtype object"),
        (None, "None (a NoneType)"),
        (numpy.datetime64("2020-01-01"), "dtype datetime64"),
        ([None], "[None] (a list)"),
        (["a", None], "['a', None] (a list)"),
        (numpy.ma.masked_array([1.0, 2.0], [True, False]), "a masked array"),
        (print, "print"),
    ],
    ids=str,
)
def test_what_cannot_be_differentiated_is_refused_by_name(x, what):
    def my_function(x):
        raise AssertionError("not called")

    with pytest.raises(TypeError) as error:
        grad(my_function)(x)
    text = str(error.value)
    assert "my_function" in text and "test_grad.py" in text and what in text, text


def test_an_output_that_does_not_depend_on_the_input():
    with pytest.warns(UserWarning, match="independent") as caught:
        gradient = grad(lambda tree: 5.0)(nested())
    assert caught[0].filename == __file__
    assert gradient["layer"].w.tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert gradient["point"].x == 0.0 and gradient["text"] == "linear"
    for f in (lambda x: 5, lambda x: np.argmax(x), lambda x: np.floor(np.sum(x))):
        with pytest.warns(UserWarning, match="independent"):
            gradient = grad(f)(numpy.ones(3, numpy.float32))
        assert gradient.tolist() == [0.0] * 3 and gradient.dtype == numpy.float32
    with pytest.warns(UserWarning, match="independent"):
        assert grad(grad(lambda x: 3.0 * x))(1.0) == 0.0


def test_an_input_that_is_not_used_gives_zeros_without_warning():
    assert grad(lambda x, y: x**2, (0, 1))(3.0, numpy.ones(2))[1].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "longdouble", "complex64"])
def test_dtypes_are_kept(dtype):
    x = numpy.ones(3, dtype)
    assert grad(lambda x: np.sum(np.abs(x * 2.0) ** 2))(x).dtype == dtype
    assert grad(lambda x: np.abs(2.0 * x) ** 2)(x[0]).dtype == dtype
    y = numpy.ones(3)
    gradients = grad(lambda x, y: np.sum(np.abs(x) * y), (0, 1))(x, y)
    assert gradients[0].dtype == dtype and gradients[1].dtype == numpy.float64


def test_complex_arguments():
    z = 1.0 + 2.0j
    assert grad(lambda z: np.abs(z) ** 2)(z) == 2 * numpy.conj(z)
    assert grad(np.real)(z) == 1.0 and grad(np.imag)(z) == -1j
    gradient = grad(lambda d: np.real(d["z"] * d["x"]))({"z": z, "x": 3.0})
    assert gradient == {"z": 3.0 + 0j, "x": 1.0} and gradient["x"].dtype == float


def test_empty_arrays():
    gradient = grad(cubes)(numpy.zeros((0, 3)))
    assert gradient.shape == (0, 3) and gradient.dtype == float
    assert grad(lambda l: l[0] ** 2)([2.0, numpy.zeros(0)])[1].shape == (0,)


def test_lists_of_traced_values():
    def f(x):
        parts = [x[0], 2.0 * x[1], 3.0]
        return np.sum(np.array(parts) * np.stack([x[0], x[1], x[0]])) + np.sum(parts)

    assert grad(f)(numpy.array([1.0, 2.0])).tolist() == [2.0 + 3.0 + 1.0, 8.0 + 2.0]


def test_the_identity_and_the_input_itself():
    assert grad(lambda x: x)(3.0) == 1.0
    x = numpy.array([3.0])
    gradient = grad(lambda x: x)(x)
    gradient[0] = 7.0
    assert x[0] == 3.0


def test_results_belong_to_the_caller():
    x, y = numpy.ones(3), numpy.ones(3)
    for f in (
        lambda x, y: np.sum(x + y),
        lambda x, y: np.sum(x) + np.sum(y),
        lambda x, y: np.sum(x * y),
        lambda x, y: np.sum(np.reshape(x, (3, 1)) + y),
        lambda x, y: np.sum(np.concatenate([x, y])),
    ):
        a, b = grad(f, (0, 1))(x, y)
        kept = b.copy()
        a += 100.0
        a[0] = -1.0
        assert (b == kept).all() and (x == 1).all() and (y == 1).all()
        b[1] = 5.0
        assert a[1] > 50
    d = grad(lambda d: np.sum(d["a"]) + np.sum(d["b"]))({"a": x, "b": x})
    d["a"][0] = 7.0
    assert d["b"][0] == 1.0 and x[0] == 1.0
    weights = numpy.arange(3.0)
    gradient = grad(lambda x: np.sum(x * weights))(x)
    gradient[:] = -1.0
    assert weights.tolist() == [0.0, 1.0, 2.0]


def test_changing_an_argument_afterwards_changes_nothing():
    x = numpy.ones(3)
    value, gradient = value_and_grad(lambda x: np.sum(x**2))(x)
    x[:] = 9.0
    assert value == 3.0 and gradient.tolist() == [2.0, 2.0, 2.0]


def test_nested_gradients():
    assert grad(grad(grad(lambda x: x**4)))(2.0) == 48.0
    assert grad(lambda x: grad(lambda y: x * y**2)(x))(3.0) == 12.0
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1.0
    assert grad(lambda x: value_and_grad(lambda y: x * y)(2.0)[1] * x)(3.0) == 6.0
    # a scalar broadcast against an array, both of them traced twice
    square = grad(lambda pair: np.sum((pair[0] * pair[1]) ** 2))
    x = numpy.array([0.1, 0.2, 0.3])
    got = grad(lambda pair: square(pair)[1] ** 2)((x, 0.8))
    slope = 2 * 0.8 * numpy.sum(x**2)
    numpy.testing.assert_allclose(got[0], 2 * slope * 4 * 0.8 * x)
    numpy.testing.assert_allclose(got[1], 2 * slope * 2 * numpy.sum(x**2))
    second = grad(lambda p: np.sum(grad(loss)(p)["layer"].w ** 2))(nested())
    assert isinstance(second["layer"], Layer) and numpy.any(second["layer"].w != 0)


def test_exceptions_pass_through_and_leave_nothing_behind():
    class Mine(Exception):
        pass

    def f(x):
        if x > 2:
            raise Mine("too large")
        return x**2

    for _ in range(3):
        with pytest.raises(Mine):
            grad(f)(3.0)
        with pytest.raises(Mine):
            grad(lambda x: grad(f)(x * 3))(1.0)
        assert grad(f)(1.0) == 2.0


def test_elementwise_grad():
    x = numpy.linspace(-1, 1, 6).reshape(2, 3)
    numpy.testing.assert_allclose(elementwise_grad(np.tanh)(x), 1 - numpy.tanh(x) ** 2)
    numpy.testing.assert_allclose(elementwise_grad(elementwise_grad(np.sin))(x), -numpy.sin(x))
    assert elementwise_grad(lambda x: x**2)(3.0) == 6.0
    assert elementwise_grad(np.square)(numpy.arange(3)).tolist() == [0.0, 2.0, 4.0]
    assert elementwise_grad(product, 1)(2.0, numpy.array([1.0, 3.0])).tolist() == [4.0, 12.0]
    both = elementwise_grad(product, (0, 1))(numpy.array([1.0, 2.0]), numpy.array([3.0, 4.0]))
    assert [g.tolist() for g in both] == [[9.0, 16.0], [6.0, 16.0]]
    z = numpy.array([1j, 2.0])
    numpy.testing.assert_allclose(elementwise_grad(lambda z: z**2)(z), 2 * z)
    numpy.testing.assert_allclose(elementwise_grad(np.real)(z), [1.0, 1.0])
    assert elementwise_grad(np.sin)(numpy.zeros((0, 2))).shape == (0, 2)
    with pytest.raises(TypeError, match="complex function of a real argument"):
        elementwise_grad(lambda x: 1j * x)(1.0)
    with pytest.warns(UserWarning, match="independent"):
        assert elementwise_grad(lambda x: numpy.ones(2))(numpy.ones(2)).tolist() == [0.0, 0.0]
    with pytest.raises(TypeError, match="cannot differentiate"):
        elementwise_grad(np.sin)("text")


def test_elementwise_grad_is_the_diagonal_of_the_jacobian():
    x = numpy.linspace(0.1, 2, 5)
    for f in (np.log, np.sqrt, lambda x: np.sin(x) / x):
        numpy.testing.assert_allclose(
            elementwise_grad(f)(x), numpy.diag(jacobian(f)(x)), rtol=1e-12
        )


def test_a_result_left_over_by_an_inner_gradient_keeps_its_derivative():
    def outer(x):
        kept = []
        grad(lambda y: (kept.append(y * x), y * y)[1])(x)
        return kept[0]

    assert grad(outer)(3.0) == 6.0


@pytest.mark.filterwarnings("ignore:Output seems independent")
@pytest.mark.parametrize("empty", [[], (), {}, [[], {}]], ids=repr)
def test_empty_containers_are_their_own_gradients(empty):
    for operator in (grad, elementwise_grad, jacobian, jacfwd, hessian):
        assert operator(lambda p: 2.0)(empty) == empty
    assert value_and_grad(lambda p, x: x**2, (0, 1))(empty, 3.0) == (9.0, (empty, 6.0))
    assert grad(lambda x, y: x * y, ())(1.0, 2.0) == ()
    for other in (None, [None], ["text"]):
        with pytest.raises(TypeError, match="cannot differentiate"):
            grad(lambda p: 2.0)(other)
