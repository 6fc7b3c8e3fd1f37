"""The tools that have autograd's names."""

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad.testing import check_equivalent, combo_check, make_numerical_jvp, scalar_close


def test_combo_check_tries_all_combinations():
    seen = []

    def f(x, y, scale=1.0, kind=None):
        if isinstance(x, numpy.ndarray):
            seen.append((x.shape, numpy.shape(y), kind))
        return scale * np.sum(x) * np.sum(y)

    combo_check(f, [0, 1], order=1)(
        [numpy.ones(2), numpy.ones(3)], [numpy.ones(1)], scale=[1.0, 2.0], kind=["a", "b"]
    )
    assert set(seen) == {((n,), (1,), kind) for n in (2, 3) for kind in "ab"}


def test_combo_check_finds_the_wrong_one():
    combo_check(np.abs)([1.0, -1.0])
    with pytest.raises(AssertionError):
        combo_check(np.abs)([1.0, 0.0])


def test_check_equivalent():
    check_equivalent(1, 1.0)
    check_equivalent({"a": (numpy.ones(2), None)}, {"a": (numpy.ones(2), None)})
    with pytest.raises(AssertionError, match="structures differ"):
        check_equivalent([1.0], (1.0,))
    with pytest.raises(AssertionError, match=r"at x\[0\]: got float64, shape \(2,\)"):
        check_equivalent([numpy.ones(2)], [numpy.ones(3)])
    with pytest.raises(AssertionError, match="float32"):
        check_equivalent(numpy.float32(1), numpy.float64(1))
    with pytest.raises(AssertionError, match=r"at x\['a'\]\[1\]: got 1, expected 2"):
        check_equivalent({"a": numpy.ones(2)}, {"a": numpy.array([1.0, 2.0])})
    with pytest.raises(AssertionError):
        check_equivalent(numpy.nan, numpy.nan)


def test_scalar_close():
    assert scalar_close(1.0, 1.0 + 1e-8)
    assert scalar_close(1e12, 1e12 + 1)
    assert not scalar_close(1.0, 2.0)


def test_make_numerical_jvp():
    jvp = make_numerical_jvp(
        lambda p: (np.sin(p["x"]), p["y"] ** 2), {"x": numpy.zeros(2), "y": 3.0}
    )
    sine, square = jvp({"x": numpy.array([1.0, 2.0]), "y": 1.0})
    numpy.testing.assert_allclose(sine, [1.0, 2.0], rtol=1e-8)
    numpy.testing.assert_allclose(square, 6.0, rtol=1e-8)
