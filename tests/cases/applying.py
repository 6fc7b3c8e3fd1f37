"""Functions that call a function."""

from __future__ import annotations

import functools

import numpy

import tracegrad.numpy as np
from tests.tester import Case

from .samples import normal, positive

T, M, V = positive(2, 3, 4), normal(3, 4), normal(5)
P, Q = positive(), positive(seed=1)
COUNTS = numpy.arange(3)
REAL = {"complex": False, "float32": False}  # by the dtype asked for


def of(fun, *args, **flags):
    """A function of several traced arrays, plain NumPy's where they are plain."""
    return Case(f"{fun.__name__} {fun.__doc__}", args, fun=fun, small=False, **flags)


def inner(row, other, scale=1.0):
    return (row * row * other).sum() * scale


def pair(row):
    return row[:2] * row.sum()


def square(row):
    return row[:2, None] * row[None, 1:]


def apply(*args, options=None):
    return Case("apply_along_axis", args, options or [{}], small=False)


def over(*args):
    return Case("apply_over_axes", args)


def add(x, axis):
    return (x * x).sum(axis)


ROWS = [
    apply(inner, -1, T, normal(4)),
    apply(inner, 0, T, 2.0, options=[{"scale": 0.5}, {"scale": normal()}]),
    apply(pair, 1, T),
    apply(pair, -2, T),
    apply(square, 1, T),
    apply(square, 2, T),
    apply(pair, 0, V),
    apply(inner, 0, V, 1.5),
    apply(numpy.sort, 1, T),
    over(numpy.sum, T, [0, -1]),
    over(numpy.sum, T, 1),
    over(add, T, (0, 1)),
]


ITS_DTYPE = {"complex": False}  # the dtype of x: a complex number would lose its imaginary part


def piecewise(x, condlist, funclist, *args, flags=None, **kw):
    return Case("piecewise", (x, condlist, funclist, *args), [kw], small=False, **flags or {})


ROWS += [
    piecewise(M, [M > 0, M < -0.5], [lambda x: x * x, lambda x: x.sum() * x]),
    piecewise(M, [M > 0, M < -0.5], [lambda x: x * x, normal(), lambda x: 1 / x], flags=ITS_DTYPE),
    piecewise(M, [M > 0], [lambda x, a, b: a * x**2 * b, -1.0], P, b=Q, flags=ITS_DTYPE),
    piecewise(M, [M > 0, M > 0.5], [lambda x: x * x, lambda x: x**3]),
    piecewise(V, V > 0, [lambda x: x * x, 2.0]),
    piecewise(M, [M > 0], [lambda x, a: (a * x).real, lambda x, a: 0 * x], P),
    piecewise(P, [True], [lambda x: x * x]),
    piecewise(P, True, [lambda x: x * x]),
]


# -- vectorize, a class ------------------------------------------------------------------------


def scalar(x, y, n=2):
    return x * y * y if n > 1 else x + y


def two(x, y):
    return x * y, x / y


def along(row, other):
    return (row * row).sum() * other


def outer(row, other):
    return row[:, None] * other, row.sum() * other


def call(*args, **options):
    """`vectorize` with the options of `options`, called with `args`."""
    kwargs, flags = options.pop("kwargs", {}), options.pop("flags", {})
    fun, *args = args

    def vectorized(*args, **kwargs):
        return np.vectorize(fun, **options)(*args, **kwargs)

    title = " ".join([fun.__name__, *options])
    return Case(f"vectorize {title}", tuple(args), [kwargs], fun=vectorized, small=False, **flags)


@np.vectorize
def decorated(x, y):
    """as a decorator"""
    return x * y if y.real > 0 else y


@np.vectorize(otypes=[float], excluded=["y"])
def with_options(x, *, y):
    """as a decorator"""
    return x * y[0] / y[1]


def closure_apply(w):
    """closing over a traced array"""
    return np.apply_along_axis(lambda row: row @ w * w.sum(), 1, numpy.ones((2, 5)) + COUNTS[1])


def closure_piecewise(a, b):
    """closing over traced numbers"""
    return np.piecewise(
        numpy.linspace(0.0, 2.0, 5), [COUNTS[[0, 1, 1, 2, 2]] > 1], [lambda t: a * t * b, 3.0]
    )


def closure_vectorize(a, b):
    """closing over traced numbers"""
    return np.vectorize(lambda t: 0.0 if t < 1 else a * b**2 * t)([0.0, 1.0, 2.0])


ROWS += [
    call(scalar, T[0], normal(4)),
    call(scalar, T[0], normal(3, 1), COUNTS[:, None]),
    call(scalar, P, Q, otypes=[float], flags=REAL),
    call(scalar, T[0], Q, kwargs={"n": 1}),
    call(scalar, T[0], normal(4), cache=True, otypes="D", flags={"float32": False}),
    call(two, T[0], normal(4)),
    call(two, T[0], normal(4), cache=True, otypes="dd", flags=REAL),
    call(along, T, normal(2, 3), signature="(n),()->()"),
    call(along, T, Q, signature=" ( n ) , ( ) -> ( ) ", cache=True),
    call(outer, T, normal(3, 2), signature="(n),(m)->(n,m),(m)", otypes=[float, float], flags=REAL),
    call(lambda x, c: (x * c * c).sum(), P, normal(3), excluded={1}),
    call(lambda x, c: (x * c * c).sum(), T[0], kwargs={"c": normal(3)}, excluded={"c"}),
    of(decorated, T[0], normal(4)),
    Case(
        "vectorize with options", (T[0],), [{"y": normal(2)}], fun=with_options, small=False, **REAL
    ),
    of(closure_apply, V),
    of(closure_piecewise, P, Q, **ITS_DTYPE),
    of(closure_vectorize, P, Q, **ITS_DTYPE),
]


# -- iterators ---------------------------------------------------------------------------------


def enumerated(x):
    """ndenumerate"""
    return functools.reduce(lambda y, one: y * 0.9 + one[1] ** 2 * one[0][0], np.ndenumerate(x), 0)


def broadcasting(x, y):
    """broadcast"""
    return np.array([a * b for a, b in np.broadcast(x, y)])


def flat(x):
    """x.flat"""
    return x.flat[1] * x.flat[2:] * sum(x.flat)


ROWS += [of(enumerated, M), of(broadcasting, T, M[0]), of(flat, M)]
