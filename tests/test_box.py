"""The operators of a traced array, with everything that may stand beside it."""

from __future__ import annotations

import operator
import warnings

import numpy
import pytest

import tracegrad.numpy as np
from tests.cases.samples import normal, positive
from tracegrad.core.box import getval
from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback

X, Y = positive(2, 2), positive(2, 2, seed=1)
TX, TY = normal(2, 2), normal(2, 2, seed=1)

OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow, "@": operator.matmul,
    "divmod": divmod, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne, "&": operator.and_, "|": operator.or_,
    "^": operator.xor, "<<": operator.lshift, ">>": operator.rshift,
    "+=": operator.iadd, "-=": operator.isub, "*=": operator.imul, "/=": operator.itruediv,
    "//=": operator.ifloordiv, "%=": operator.imod, "**=": operator.ipow, "@=": operator.imatmul,
    "&=": operator.iand,
}  # fmt: skip

# What may stand on either side, made anew for each call: of x, which is traced, and y, which an
# older trace watches.
TRACED = {
    "box": lambda x, y: x * 1.0,
    "number box": lambda x, y: x[0, 1],
    "0-d box": lambda x, y: np.array(x[1, 0]),
    "row box": lambda x, y: x[1] * 1.0,
    "empty box": lambda x, y: x[:0],
    "complex box": lambda x, y: x * (1 + 0.5j),
    "float32 box": lambda x, y: (x * 1.3).astype("f4"),
    "older box": lambda x, y: y * 1.0,
    "older number": lambda x, y: y[1, 1],
    "constant": lambda x, y: np.array([[1.45, 2.5], [0.7, 1.2]]),
    "0-d constant": lambda x, y: np.array(1.3),
}
PLAIN = {
    "array": lambda x, y: numpy.array([[1.45, 2.5], [0.7, 1.2]]),
    "float32": lambda x, y: numpy.array([[1.45, 2.5], [0.7, 1.2]], "f4"),
    "integers": lambda x, y: numpy.array([[1, 2], [3, 2]]),
    "complex array": lambda x, y: numpy.array([1j, 2.5]),
    "float64": lambda x, y: numpy.float64(1.3),
    "numpy.float32": lambda x, y: numpy.float32(1.3),
    "int64": lambda x, y: numpy.int64(2),
    "0-d": lambda x, y: numpy.array(1.3),
    "int": lambda x, y: 2,
    "float": lambda x, y: 1.3,
    "complex": lambda x, y: 1.3 + 0.5j,
    "bool": lambda x, y: True,
    "list": lambda x, y: [[1.5, 2.0], [3.1, 0.4]],
    "tuple": lambda x, y: (1.5, 2.1),
    "list with boxes": lambda x, y: [x[0, 0] * 1.1, 2.0],
    "str": lambda x, y: "a",
}
EVERY = TRACED | PLAIN
# of a plain array and a list NumPy makes an array before anything of ours is asked
PAIRS = [(a, b) for a in TRACED for b in TRACED]
for _box in ("box", "number box", "older box"):
    PAIRS += [pair for other in PLAIN for pair in ((_box, other), (other, _box))]


def attempt(call, x, y):
    """What a call gives, or its error."""
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return call(x, y)
    except Exception as error:
        return error


def floats(out):
    parts = out if isinstance(out, tuple) else (out,)
    return [part for part in parts if numpy.asarray(getval(part)).dtype.kind in "fc"]


def weighed(out):
    """A real number made of every floating part of a result."""
    total = 0.0
    for part in floats(out):
        weights = numpy.cos(numpy.arange(numpy.size(getval(part)))).reshape(numpy.shape(part))
        total = total + np.sum(np.real(part * (0.3 + 0.4j) * weights))
    return total


def same(got, want):
    for a, b in zip(*[out if isinstance(out, tuple) else (out,) for out in (got, want)]):
        a, b = numpy.asanyarray(getval(a)), numpy.asanyarray(b)
        assert a.dtype == b.dtype
        if a.dtype.kind in "fc":  # Python's own numbers may be rounded otherwise
            numpy.testing.assert_allclose(a, b, rtol=1e-14)
        else:
            numpy.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("name", OPERATORS)
def test_operator(name):
    """Value, shape, dtype, errors and both derivatives as NumPy and differences have them."""
    done = [check(name, left, right) for left, right in PAIRS]
    assert any(done) == (name[0] in "+-*/%@d")


def check(name, left, right):
    """Whether there was something to differentiate."""

    def call(x, y):
        return OPERATORS[name](EVERY[left](x, y), EVERY[right](x, y))

    want = attempt(call, X.copy(), Y.copy())
    seen = []

    def scalar(x, y):
        out = attempt(call, x, y)
        seen.append(out)
        if isinstance(out, Exception):
            return x.sum() + y.sum()
        return weighed(out) + 0.0 * (x.sum() + y.sum())

    def by_both(y):
        value, pull = pullback(lambda x: scalar(x, y), X)
        return value, pull(np.ones_like(value))[0]

    if "older" in left + right:
        (_, by_x), pull = pullback(by_both, Y)
        by_y = pull((numpy.float64(1.0), numpy.zeros((2, 2))))[0]
    else:
        by_x, by_y = by_both(Y)[1], 0.0
    push = pushforward(scalar, [X, Y], [TX, TY])[1]
    where = f"{left} {name} {right}"
    for got in seen:
        if isinstance(got, Exception):
            assert isinstance(got, (TypeError, ValueError)), (where, got)
            refused = name[-1] == "=" and left in PLAIN and "plain array" in str(got)
            assert refused or isinstance(want, Exception), (where, got)
            continue
        if isinstance(want, Exception):  # lists times numbers: NumPy's own scalars are stricter
            assert {"list", "tuple", "list with boxes"} & {left, right}, (where, want)
            continue
        same(got, want)
    if isinstance(want, Exception) or isinstance(seen[0], Exception):
        return False
    single = any(numpy.asarray(part).dtype.char in "fF" for part in floats(want))
    if not floats(want) or single or "float32 box" in (left, right):
        return False
    h = 1e-6
    ahead, behind = call(X + h * TX, Y + h * TY), call(X - h * TX, Y - h * TY)
    difference = (weighed(ahead) - weighed(behind)) / (2 * h)
    tolerance = 1e-7 * (1 + abs(difference) + abs(weighed(want)))
    assert abs((by_x * TX).sum() + (by_y * TY).sum() - difference) < tolerance, where
    assert abs(push - difference) < tolerance, where
    return True


def test_augmented_operators_change_the_array_under_its_other_names():
    def fun(x):
        x = x.copy()
        y = x
        y += 1.0
        y *= x
        y -= 0.5
        y /= 2.0
        y **= 2
        y //= 0.1
        y %= 3.7
        return y + x * x

    want, seen = fun(X), []
    pullback(lambda x: seen.append(fun(x)) or x, X)
    pushforward(lambda x: seen.append(fun(x)) or x, [X], [X])
    for got in seen:
        same(got, want)


def test_unary_operators():
    for sign in (operator.neg, operator.pos, abs):
        value, pull = pullback(sign, -X)
        same(value, sign(-X))
        assert numpy.array_equal(pull(X)[0], sign(X) if sign is not abs else -X)
    for wrong in (operator.invert, lambda x: pow(x, 2, 3)):
        with pytest.raises(TypeError):
            pullback(wrong, X)


# -- other types ----------------------------------------------------------------------------------


def test_other_array_types_are_asked_first():
    class Other:
        __array_ufunc__ = None

        def __rmul__(self, other):
            return "mine"

    answers = []
    pullback(lambda x: x * (answers.append(x * Other()) or 1.0), numpy.ones(2))
    assert answers == ["mine"]


class Tagged(numpy.ndarray):
    """An array type of somebody else's."""


def test_results_of_an_ndarray_subclass_are_traced():
    tagged = numpy.array([1.0, 2.0, 3.0]).view(Tagged)
    _, vjp = pullback(lambda x: np.multiply(x, tagged), numpy.ones(3))
    assert numpy.array_equal(vjp(numpy.ones(3))[0], [1.0, 2.0, 3.0])


def test_an_option_that_numpy_does_not_have_is_refused_by_numpy():
    with pytest.raises(TypeError, match="foo"):
        pullback(lambda x: np.sum(x, foo=1), numpy.ones(3))
