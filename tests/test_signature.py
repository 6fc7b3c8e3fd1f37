"""The parameters of functions, read from their code, are those that `inspect` tells."""

from __future__ import annotations

import functools
import inspect
import math

import numpy
import pytest

from tracegrad.core.signature import Signature


def every(a, b, /, c, d=1, *rest, e, f=2, **more):
    """A parameter of each kind."""


@functools.wraps(every)
def wrapping(*args, **kwargs):
    """Stands for another function."""


def told(*args):
    """Says itself what it takes."""


told.__signature__ = inspect.signature(lambda x, y=3: None)


class Callable:
    """A class, a method and an object that can be called."""

    def __init__(self, size=1):
        self.size = size

    def __call__(self, x, *, scale=2.0):
        return x * scale

    @functools.wraps(every)
    def method(self, *args, **kwargs):
        return self, args, kwargs


FUNCTIONS = [
    every, wrapping, told, lambda: None, lambda *xs, k: k, functools.partial(every, 1, d=5),
    Callable, Callable(), Callable().method, Callable().__call__, math.hypot, math.sqrt,
    numpy.sum, numpy.linalg.norm, numpy.ndarray.sum,
]  # fmt: skip


@pytest.mark.parametrize("fun", FUNCTIONS, ids=lambda fun: getattr(fun, "__name__", "object"))
def test_signature(fun):
    found = Signature(fun)
    try:
        parameters = inspect.signature(fun).parameters.values()
    except (TypeError, ValueError):
        assert found.names == () and found.star == "args" and found.open
        return
    kinds = {kind: [p.name for p in parameters if p.kind == kind] for kind in range(5)}
    positional_only, both, star, keyword_only, rest = kinds.values()
    assert found.names == (*positional_only, *both)
    assert found.keyword_only == (*keyword_only,)
    assert [found.star] == (star or [None]) and found.open == bool(rest)
    assert found.defaults == {p.name: p.default for p in parameters if p.default is not p.empty}
    assert found.known == {*positional_only, *both, *keyword_only, *star}


def test_of_text():
    found = Signature("x, /, axis=None, *, where=True")
    assert found.names == ("x", "axis") and found.keyword_only == ("where",)
    assert found.defaults == {"axis": None, "where": True} and not found.open
