"""Arrays as sets."""

from __future__ import annotations

import inspect

import numpy

import tracegrad.numpy
from tests.tester import Case

from .samples import apart

A, B = apart(3, 4), apart(6)
TWICE = numpy.array([0, 2, 1, 2, 3, 0, 5])  # picks equal elements
EVERY = {"return_index": True, "return_inverse": True, "return_counts": True}


def sets(name, args, options=None, **flags):
    return Case(name, args, options or [{}], small=False, **flags)


def equal(name, options=None, part=TWICE, other=None, **flags):
    """Of arrays with equal elements, which move together."""

    def fun(x):
        module = numpy if isinstance(x, numpy.ndarray) else tracegrad.numpy
        arrays = (x[part],) if other is None else (x[part], other(x))
        return getattr(module, name)(*arrays, **options or {})

    return Case(f"{name} of equal elements", (B,), fun=fun, small=False, **flags)


def unordered(name, **options):
    """Elements that NumPy may give in any order, and in another one nearby."""

    def fun(x):
        module = numpy if isinstance(x, numpy.ndarray) else tracegrad.numpy
        found = getattr(module, name)(x[TWICE], **options)
        return (found**3).sum()

    return Case(f"{name} in any order", (B,), fun=fun, small=False)


ROWS = [
    sets("unique", (A,), [{}, EVERY, {"equal_nan": False}]),
    sets("unique", (A,), [{"axis": 0}, {"axis": -1}, {"axis": 1, **EVERY}]),
    sets("union1d", (A, B + 0.1)),
    sets("setdiff1d", (A, B + 0.1), [{}, {"assume_unique": True}]),
    sets("setxor1d", (A.ravel(), B + 0.1), [{}, {"assume_unique": True}]),
    # equal elements of two arrays do not stay equal while one of them moves
    sets("intersect1d", (B, B + 0.1), [{}, {"assume_unique": True}, {"return_indices": True}]),
    equal("unique"),
    equal("unique", EVERY),
    *[
        equal(name, options, other=other)
        for name in ("union1d", "intersect1d", "setdiff1d", "setxor1d")
        for other in (lambda x: x[::-2], lambda x: -x, lambda x: [2.0, 1.0])
        for options in ({}, {"assume_unique": False})[: 1 if name == "union1d" else 2]
    ],
    *[
        equal(name, {"assume_unique": True}, slice(1, None), other=lambda x: x[::-2])
        for name in ("intersect1d", "setdiff1d", "setxor1d")
    ],
    equal("intersect1d", {"return_indices": True}, other=lambda x: x[::-2]),
]
if "sorted" in inspect.signature(numpy.unique).parameters:  # NumPy 2.3
    # real numbers come sorted all the same
    ROWS += [sets("unique", (A,), [{"sorted": False}], complex=False)]
    ROWS += [unordered("unique", sorted=False)]
if hasattr(numpy, "unique_values"):  # NumPy 2
    ROWS += [sets("unique_values", (A,), complex=False), unordered("unique_values")]
    for _name in ("unique_all", "unique_counts", "unique_inverse"):
        ROWS += [sets(_name, (A,)), equal(_name)]
