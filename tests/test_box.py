"""What a traced array answers: methods, attributes, operators, NumPy's own functions."""

from __future__ import annotations

import numpy
import pytest

import tracegrad.numpy as np
from tests import tester
from tests.cases.samples import apart, normal
from tests.tester import Case, Sample
from tracegrad.modes.reverse import pullback

N, A = normal(2, 3), apart(2, 3)
METHODS = {
    "T": lambda x: x.T,
    "real": lambda x: x.real,
    "imag": lambda x: x.imag,
    "flat": lambda x: sum(v * v for v in x.flat),
    "iter": lambda x: sum(row[0] * row[1] for row in x),
    "reshape": lambda x: x.reshape(3, 2),
    "reshape, one tuple": lambda x: x.reshape((3, -1)),
    "reshape, order": lambda x: x.reshape(3, 2, order="F"),
    "transpose": lambda x: x.transpose(),
    "transpose, axes": lambda x: x.transpose(1, 0) * x.transpose((1, 0)),
    "flatten": lambda x: x.flatten(),
    "ravel": lambda x: x.ravel("F"),
    "conj": lambda x: x.conj() + x.conjugate(),
    "copy": lambda x: x.copy(),
    "cumprod": lambda x: x.cumprod(),
    "cumsum": lambda x: x.cumsum(axis=0),
    "diagonal": lambda x: x.diagonal(1),
    "dot": lambda x: x.dot(x.T),
    "max": lambda x: x.max(axis=1),
    "mean": lambda x: x.mean(axis=0, keepdims=True),
    "min": lambda x: x.min(),
    "prod": lambda x: x.prod(axis=-1),
    "repeat": lambda x: x.repeat(2, axis=1),
    "squeeze": lambda x: x[:1].squeeze(),
    "std": lambda x: x.std(ddof=1),
    "sum": lambda x: x.sum(),
    "swapaxes": lambda x: x.swapaxes(0, 1),
    "take": lambda x: x.take([0, 1, 1], axis=1),
    "trace": lambda x: x.trace(),
    "var": lambda x: x.var(axis=0),
    "argmax": lambda x: x * x.argmax(),
    "argsort": lambda x: x[:, x[0].argsort()],
    "nonzero": lambda x: x[x.nonzero()],
    "round": lambda x: x * x.round(),
    "any, all": lambda x: x * (x > 0).any() + (x > -9).all(),
    "attributes": lambda x: x * (x.ndim + x.size + x.shape[1] + len(x) + x.itemsize + x.nbytes),
    "dtype": lambda x: x.astype(x.dtype),
    "+": lambda x: x + 1 + (2 + x),
    "-": lambda x: (x - 1) * (2 - x),
    "*": lambda x: x * 3 * (2 * x),
    "/": lambda x: x / 3 + 2 / x,
    "**": lambda x: x**3 + 2**x,
    "@": lambda x: x @ x.T + numpy.ones((2, 2)) @ numpy.ones((2, 3)) @ x.T,
    "%": lambda x: (x + 9.3) % 2 + 9 % (x + 9.3),
    "//": lambda x: x * (x // 0.7) + 9 // (x + 9.3),
    "divmod": lambda x: divmod(x + 9.3, 2.0)[1] * divmod(x, 0.7)[0],
    "-x, +x, abs": lambda x: -x * +x * abs(x),
    "comparisons": lambda x: x * (x > 0) + (x <= 0) * 2 + (x != 0) + (x == 0) + (x < 1) + (x >= 1),
    "+= and the like": lambda x: augmented(x),
    "ndarray on the left": lambda x: numpy.ones((2, 3)) + numpy.full((2, 3), 2.0) * x,
    "ndarray @ box": lambda x: numpy.ones((4, 2)) @ x,
    "numpy number on the left": lambda x: numpy.float64(2) * x - numpy.float64(3) / x,
    "list beside": lambda x: x * [1.0, 2.0, 3.0] + [[1.0], [2.0]],
    # NumPy's own functions see the box through its protocols
    "numpy.sin": lambda x: numpy.sin(x),
    "numpy.add": lambda x: numpy.add(x, x),
    "numpy.sum": lambda x: numpy.sum(x, axis=0),
    "numpy.concatenate": lambda x: numpy.concatenate([x, numpy.ones((1, 3)), x * x]),
    "numpy.where": lambda x: numpy.where(x > 0, x * x, 1.0),
    "numpy.einsum": lambda x: numpy.einsum("ij,kj->ik", x, x),
    "numpy.multiply.outer": lambda x: numpy.multiply.outer(x, x),
    "numpy.stack": lambda x: numpy.stack([x, x * x], axis=-1),
    "numpy.dot": lambda x: numpy.dot(x, [1.0, 2.0, 3.0]),
}


def augmented(x):
    """In-place operators change the array under its other names, too."""
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


@pytest.mark.parametrize("name", METHODS)
def test_method(name):
    fun = METHODS[name]
    sample = Sample(Case(name, (A,), fun=fun), {})
    tester.check_value(sample)
    tester.check_first(sample)
    tester.check_second(sample)


def test_what_it_tells():
    seen = []

    def fun(x):
        seen.append((repr(x), str(x), f"{x[0, 0]:.2f}", bool(x[0, 0] > 0), hash(x) == hash(x)))
        return (x,)

    tester.pullback(fun, numpy.array([[1.5, 2.0]]))
    assert seen == [("array([[1.5, 2. ]])", "[[1.5 2. ]]", "1.50", True, True)]


def test_other_array_types_are_asked_first():
    class Other:
        __array_ufunc__ = None

        def __rmul__(self, other):
            return "mine"

    answers = []
    tester.pullback(lambda x: (x * (answers.append(x * Other()) or 1.0),), numpy.ones(2))
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
