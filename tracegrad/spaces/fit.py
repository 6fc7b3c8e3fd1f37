"""Bringing a cotangent or tangent to the shape and dtype of the space it belongs to.

Only methods of arrays are used, which boxes have too, so that a fit is itself differentiable.
"""

from __future__ import annotations

from typing import Any

import numpy

__all__ = ["fit", "match", "spread"]


def spread(g: Any, shape: tuple) -> Any:
    """`g` broadcast to a shape of the same rank, or a number to any shape.

    A view that repeats by strides of 0, made directly: `numpy.broadcast_to` costs as much as ten
    operations on small arrays.
    """
    if type(g) is not numpy.ndarray and not isinstance(g, numpy.generic):
        return numpy.broadcast_to(g, shape)
    if not g.ndim:
        return numpy.ndarray(shape, g.dtype, g, 0, (0,) * len(shape))
    if g.ndim != len(shape) or not g.flags.c_contiguous:
        return numpy.broadcast_to(g, shape)
    strides = tuple([0 if n == 1 else stride for n, stride in zip(g.shape, g.strides)])
    return numpy.ndarray(shape, g.dtype, g, 0, strides)


def match(x: Any, dtype: Any) -> Any:
    """`x` in `dtype`; the imaginary part goes where the space is real."""
    if x.dtype == dtype:
        return x
    if x.dtype.kind == "c" and dtype.kind != "c":
        x = x.real
    return x.astype(dtype)


def fit(g: Any, shape: tuple, dtype: Any) -> Any:
    """The cotangent of an array that was broadcast to g's shape: summed back, in its dtype.

    The transpose of broadcasting is summing over the axes that it repeated.
    """
    if g.shape != shape:
        extra = g.ndim - len(shape)
        if extra > 0:
            g = _sum(g, 0 if extra == 1 else tuple(range(extra)), False)
        if g.shape != shape:
            repeated = tuple(
                [i for i, (have, want) in enumerate(zip(g.shape, shape)) if have != want == 1]
            )
            if repeated:
                g = _sum(g, repeated, True)
            if g.shape != shape:
                g = numpy.broadcast_to(g, shape)
    if g.dtype is not dtype:
        g = match(g, dtype)
    return g


def _sum(g: Any, axis: Any, keepdims: bool) -> Any:
    if type(g) is numpy.ndarray:
        return numpy.add.reduce(g, axis, keepdims=keepdims)  # type: ignore[call-overload]
    return g.sum(axis=axis, keepdims=keepdims)
