"""Random programs: gradients against central differences, forward mode against reverse.

A program is a list of steps, each a function of values that earlier steps made. It is drawn from a
seed, so `run(seed)` brings a failed one back.
"""

from __future__ import annotations

import numpy
import pytest

import tracegrad.numpy as np
from tests import tester
from tests.tester import differences, jvp_of, pullback, vjp_of

PROGRAMS, CHUNK = 2000, 100
SHAPES = [(), (3,), (1,), (2, 3), (3, 1), (2, 1, 3), (3, 3), (2, 0)]

# Values stay below this: at a distance from the kinks at 40, and sin(value) is not too steep.
LARGE = 30.0
# Functions that are smooth at all such values.
ONE = [
    np.sin, np.cos, np.tanh, np.arctan, np.arcsinh, np.negative, np.positive, np.sinc,
    lambda x: np.exp(-x * x), lambda x: np.sqrt(1.0 + np.square(x)), lambda x: np.log1p(x * x),
    lambda x: 1.0 / (1.0 + x**2), lambda x: np.log(2.0 + np.sin(x)), lambda x: np.expm1(0.1 * x),
    lambda x: np.real(x), lambda x: x.conj(), lambda x: np.float64(2.0) ** np.sin(x),
    lambda x: (1.5 + np.cos(x)) ** 0.5, lambda x: np.cbrt(2.0 + np.cos(x)), lambda x: abs(x + 40.0),
    lambda x: np.where(x > 40.0, x, 0.5 * x), lambda x: x.astype(float), lambda x: np.copy(x),
    lambda x: np.clip(x, -40.0, 40.0), lambda x: np.nan_to_num(x), lambda x: 3 - x,
]  # fmt: skip
TWO = [
    np.add, np.subtract, lambda x, y: np.tanh(x) * np.sin(y), lambda x, y: x / (2.0 + np.cos(y)),
    lambda x, y: np.arctan2(x, 3.0 + np.sin(y)), np.logaddexp,
    lambda x, y: np.hypot(x, 1.0 + y * y),
    lambda x, y: (2.0 + np.sin(x)) ** np.tanh(y), lambda x, y: np.maximum(x, y + 50.0),
    lambda x, y: np.where(numpy.True_, x, y), lambda x, y: 0.5 * x - y * 0.25,
]  # fmt: skip
FOLDS = [np.sum, np.mean, np.var, lambda x, **o: np.prod(np.cos(x), **o)]
SHAPED = [
    np.ravel, np.transpose, lambda x: np.expand_dims(x, 0), lambda x: np.atleast_2d(x), np.squeeze,
    lambda x: x[..., None], lambda x: np.reshape(x, -1), lambda x: x.T, lambda x: np.tile(x, 2),
    lambda x: np.broadcast_to(x, (2, *x.shape)), lambda x: np.pad(x, 1), lambda x: np.repeat(x, 2),
]  # fmt: skip


def fold(draw, x):
    axis = None
    if x.ndim:
        axes = draw.permutation(x.ndim)[: draw.integers(1, x.ndim + 1)]
        axis = [None, int(axes[0]), int(axes[0]) - x.ndim, tuple(map(int, axes))][draw.integers(4)]
    keepdims = bool(draw.integers(2))
    fun = FOLDS[draw.integers(len(FOLDS))]
    if fun in (np.mean, np.var) and not x.size:
        fun = np.sum
    return lambda x: fun(x, axis=axis, keepdims=keepdims)


def along_an_axis(draw, x):
    if not x.ndim:
        return np.atleast_1d
    axis = int(draw.integers(-x.ndim, x.ndim))
    return [
        lambda x: np.cumsum(x, axis), lambda x: np.flip(x, axis), lambda x: np.roll(x, 2, axis),
        lambda x: np.diff(x, axis=axis, prepend=0.0), lambda x: np.concatenate([x, x * 2.0], axis),
        lambda x: np.stack([x, np.sin(x)], axis), lambda x: np.moveaxis(x, axis, 0),
        lambda x: np.swapaxes(x, axis, -1), lambda x: np.cumprod(np.cos(x), axis),
        lambda x: np.split(x, [1], axis)[0], lambda x: np.take(x, [0, 0], axis) if x.size else x,
    ][draw.integers(11)]  # fmt: skip


def index(draw, x):
    """An index expression of slices, integers, arrays and masks."""
    if x.ndim and not draw.integers(4):
        mask = draw.integers(2, size=x.shape).astype(bool)
        return lambda x: x[mask]
    parts = []
    for n in x.shape:
        kind = draw.integers(5)
        if kind == 0 and n:
            parts.append(int(draw.integers(-n, n)))
        elif kind == 1 and n and not any(isinstance(part, numpy.ndarray) for part in parts):
            parts.append(draw.integers(-n, n, size=2))
        elif kind == 2:
            parts.append(slice(None, None, -1))
        else:
            parts.append(slice(int(draw.integers(2)), None, int(draw.integers(1, 3))))
        if not draw.integers(4):
            parts.append(None)
    if draw.integers(2):
        parts[len(parts) :] = [Ellipsis]
    return lambda x: x[tuple(parts)]


def product(draw, x, y):
    if not x.ndim or not y.ndim:
        return lambda x, y: np.dot(x, np.tanh(y))
    if x.ndim == 2 and y.ndim == 2 and x.shape[1] == y.shape[0]:
        return [
            lambda x, y: x @ np.sin(y), lambda x, y: np.einsum("ij,jk->ki", np.cos(x), y),
            lambda x, y: np.tensordot(x, np.tanh(y), 1), lambda x, y: np.dot(x, np.tanh(y)),
        ][draw.integers(4)]  # fmt: skip
    if x.shape[-1] == y.shape[-1]:
        return [
            lambda x, y: np.inner(x, np.tanh(y)), lambda x, y: np.einsum("...i,...i", x, np.sin(y)),
        ][0 if x.shape[:-1] != y.shape[:-1] else draw.integers(2)]  # fmt: skip
    return lambda x, y: np.outer(np.sin(x), np.cos(y))


def step(draw, values):
    """One more step: the function, and the places of its arguments among the values."""
    i, j = (int(draw.integers(max(0, len(values) - 4), len(values))) for _ in "xy")
    x, y = values[i], values[j]
    kind = draw.integers(8)
    if kind < 2:
        return ONE[draw.integers(len(ONE))], (i,)
    if kind < 4:
        try:
            numpy.broadcast_shapes(x.shape, y.shape)
        except ValueError:
            j = i
        return TWO[draw.integers(len(TWO))], (i, j)
    if kind == 7:
        return product(draw, x, y), (i, j)
    makers = {4: fold, 5: index, 6: along_an_axis}
    if x.ndim < 4 and not draw.integers(3):
        return SHAPED[draw.integers(len(SHAPED))], (i,)
    return makers[kind](draw, x), (i,)


def program(seed):
    """Arguments and a function of them: 3 to 12 steps, of which each result counts in the end."""
    draw = numpy.random.default_rng(seed)
    leaves = [draw.uniform(-1.5, 1.5, SHAPES[k]) for k in draw.integers(len(SHAPES), size=2)]
    leaves = [leaf[()] for leaf in map(numpy.asarray, leaves)]
    values, steps = list(leaves), []
    for _ in range(draw.integers(3, 13)):
        fun, places = step(draw, values)
        value = fun(*[values[i] for i in places])
        if numpy.size(value) < 200 and numpy.all(numpy.abs(value) < LARGE):
            values.append(value)
            steps.append((fun, places))

    def run(*leaves):
        values = list(leaves)
        for fun, places in steps:
            values.append(fun(*[values[i] for i in places]))
        return (sum(np.sum(np.sin(value)) for value in values),)

    return leaves, run, draw


def prove(seed):
    leaves, run, draw = program(seed)
    ts = [numpy.asarray(draw.standard_normal(leaf.shape))[()] for leaf in leaves]
    value, vjp = pullback(run, *leaves)
    pull = vjp((numpy.float64(1.0),))
    tester.close(value, run(*leaves), 1e-12, "value")
    tester.same_spaces(pull, leaves, "gradient")
    push = jvp_of(run, ts)(*leaves)
    tester.check_adjoint([numpy.float64(1.0)], push, pull, ts, 1e-11)
    numeric = differences(run, leaves, ts)
    # what the step of the differences does not resolve grows with the slope
    scale = 1.0 + sum(float(numpy.abs(g).sum()) for g in pull) + abs(float(value[0]))
    assert abs(push[0] - numeric[0]) <= 1e-7 * scale, (push, numeric)
    if seed % 10 == 0:
        ones = [numpy.float64(1.0)]
        twice = vjp_of(vjp_of(run, ones), ts)(*leaves)
        tester.close(twice, jvp_of(vjp_of(run, ones), ts)(*leaves), 1e-9, "second order")


@pytest.mark.parametrize("start", range(0, PROGRAMS, CHUNK))
def test_random_programs(start):
    for seed in range(start, start + CHUNK):
        try:
            prove(seed)
        except Exception as error:
            raise AssertionError(f"tests.test_programs.prove({seed})") from error
