"""Checks one function's derivatives in every mode, at plain arrays."""

from __future__ import annotations

import numpy as np

from tracegrad.core.tree import flatten
from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback


def random_like(x, rng):
    x = np.asarray(x)
    r = rng.standard_normal(x.shape)
    if x.dtype.kind == "c":
        r = r + 1j * rng.standard_normal(x.shape)
    return r.astype(x.dtype)[()]


def pairing(gs, ts):
    return sum(np.sum(np.asarray(g) * t).real for g, t in zip(flatten(gs)[0], flatten(ts)[0]))


def leaves(x):
    return [np.asarray(leaf) for leaf in flatten(x)[0]]


def close(xs, ys, tolerance, what):
    for x, y in zip(leaves(xs), leaves(ys)):
        assert x.shape == y.shape, (what, x.shape, y.shape)
        scale = max(1.0, np.max(abs(y), initial=0))
        error = np.max(abs(x - y), initial=0) / scale
        assert error < tolerance, f"{what}: off by {error:.2e}\n{x}\n{y}"


def difference(fun, xs, ts, h=2e-4):
    """The directional derivative, by central differences of fourth order."""

    def at(step):
        return leaves(fun(*[x + step * t for x, t in zip(xs, ts)]))

    return [
        (8 * (a - b) - (c - d)) / (12 * h)
        for a, b, c, d in zip(at(h), at(-h), at(2 * h), at(-2 * h))
    ]


def check(fun, *xs, order=2, tolerance=2e-8, tangents=None, adjoint=1e-10):
    """Value, JVP against differences, VJP against JVP; the same of the VJP and JVP in turn.

    Args:
        fun: maps arrays to an array or a tree of arrays.
        xs: where to check it.
        order: how often derivatives are taken.
        tangents: directions; random where not given.
    """
    rng = np.random.default_rng(0)
    xs = [np.asarray(x)[()] for x in xs]
    ts = tangents or [random_like(x, rng) for x in xs]
    plain = fun(*xs)
    vjp = pullback(fun, *xs)[1]
    value, moved = pushforward(fun, xs, ts)
    close(value, plain, 1e-12, "value")
    gs = [random_like(y, rng) for y in leaves(plain)]
    structure = gs if len(gs) > 1 else gs[0]
    cotangents = vjp(structure)
    for x, c in zip(xs, cotangents):
        assert np.shape(c) == x.shape and np.asarray(c).dtype == x.dtype
    for y, t in zip(leaves(plain), leaves(moved)):
        assert y.shape == t.shape and y.dtype == t.dtype, (y.dtype, t.dtype)
    close(moved, difference(fun, xs, ts), tolerance, f"JVP against differences, {order} left")
    there, back = pairing(gs, moved), pairing(cotangents, ts)
    scale = max(1.0, sum(np.sum(abs(np.asarray(g) * t)) for g, t in zip(gs, leaves(moved))))
    assert abs(there - back) < adjoint * scale, f"adjoint identity: {there} {back}, {order} left"
    if order > 1:
        check(lambda *xs: pullback(fun, *xs)[1](structure), *xs, order=order - 1,
              tolerance=10 * tolerance, tangents=tangents, adjoint=10 * adjoint)  # fmt: skip
        check(lambda *xs: pushforward(fun, list(xs), ts)[1], *xs, order=order - 1,
              tolerance=10 * tolerance, tangents=tangents, adjoint=10 * adjoint)  # fmt: skip
    return cotangents


def check_single(fun, *xs):
    """float32 (complex64) in, the same out, in both modes."""
    singles = [np.asarray(x) for x in xs]
    singles = [x.astype(np.complex64 if x.dtype.kind == "c" else np.float32) for x in singles]
    plain = fun(*singles)
    _, vjp = pullback(fun, *singles)
    gs = [np.ones_like(y) for y in leaves(plain)]
    for x, g in zip(singles, vjp(gs if len(gs) > 1 else gs[0])):
        assert g.dtype == x.dtype, (g.dtype, x.dtype)
    _, moved = pushforward(fun, singles, singles)
    for y, t in zip(leaves(plain), leaves(moved)):
        assert t.dtype == y.dtype, (t.dtype, y.dtype)
