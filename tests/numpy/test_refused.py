"""What a traced array refuses: all that would silently drop its derivative."""

from __future__ import annotations

import json
import pickle

import numpy
import pytest

import tracegrad as tg
from tests.numpy.lines import X, answers, line, lines
from tracegrad.core.box import isbox
from tracegrad.modes.reverse import pullback
from tracegrad.numpy.refusing import MEMORY

# a derivative would be lost: constants are given
DROPPED = lines("""
float(x[0, 0])
int(x[0, 0])
complex(x[0, 0])
math.sin(x[0, 0])
"%.2f" % x[0, 0]
x[0, 0].item()
x.item(0, 1)
x.tolist()
x.tobytes()
x.tobytes(order="F")
x.dumps()
pickle.dumps(x)
x[0, 0].hex()
x[0, 0].as_integer_ratio()
numpy.asarray(x)
numpy.asarray(x.flat)
numpy.array([x, x])
numpy.array(x, dtype="f4")
numpy.float64(x[0, 0])
numpy.asarray(x[0, 0])
""")


@pytest.mark.parametrize("source", DROPPED)
def test_dropped(source):
    """Refused with the user's line and the way out; of constants and after the trace, given."""
    fun = line(source)
    want = fun(X.copy())
    reverse, forward, constant = answers(fun, X)
    for got in (reverse, forward):
        assert isinstance(got, (TypeError, ValueError)), got
        told = str(got if isinstance(got, TypeError) else got.__cause__)
        assert "would drop its derivative" in told and "line:1" in told
        assert "stop_gradient(x)" in told
    numpy.testing.assert_equal(loaded(constant), loaded(want))
    kept = []
    pullback(lambda x: kept.append(x * 1.0) or x, X)
    numpy.testing.assert_equal(loaded(fun(kept[0])), loaded(want))


def loaded(x):
    """What a pickle holds."""
    return pickle.loads(x) if isinstance(x, bytes) and x.startswith(b"\x80") else x


def test_an_outer_array_is_refused_in_an_inner_function():
    def outer(x):
        kept = []
        pullback(lambda y: kept.append(x * y) or y, 2.0)  # its trace is over, the outer is not
        with pytest.raises(TypeError, match="would drop"):
            float(kept[0])
        return kept[0] * 1.0

    assert tg.grad(outer)(1.0) == 2.0


def test_files(tmp_path):
    for save in (lambda x, f: x.tofile(f), lambda x, f: x.dump(f)):
        reverse, forward, constant = answers(lambda x, save=save: save(x, tmp_path / "x"), X)
        assert constant is None
        assert all("Save stop_gradient(x)" in str(error) for error in (reverse, forward))


@pytest.mark.parametrize("name", MEMORY)
def test_memory(name):
    for got in answers(lambda x: getattr(x, name), X):
        assert isinstance(got, AttributeError)
        assert f"({name})" in str(got) and "test_refused.py" in str(got)


def test_dtype_and_strides_cannot_be_set():
    for name, value in (("dtype", int), ("strides", (8, 8))):
        for got in answers(lambda x, n=name, v=value: setattr(x, n, v), X):
            assert isinstance(got, AttributeError)


def test_other_libraries_take_constants_only():
    for give in (numpy.from_dlpack, json.dumps, memoryview):
        for got in answers(give, X)[:2]:
            assert isinstance(got, TypeError)
    constant = answers(numpy.from_dlpack, X)[2]
    assert not isbox(constant) and numpy.array_equal(constant, X)
    assert answers(lambda x: x.__dlpack_device__(), X) == [(1, 0)] * 3


def test_hash_is_the_arrays_own():
    def fun(x):
        y = x * 1.0
        assert hash(y) == hash(y)
        return {x: 2.0, y: 3.0}[y] * y

    assert tg.grad(fun)(2.0) == 3.0
