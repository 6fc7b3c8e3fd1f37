"""Random programs that make arrays, look into them and write to them.

Outside a traced function `tracegrad.numpy` is NumPy itself: the same program run there gives the
value, its differences the derivatives. What NumPy refuses has to be refused, and nothing else.
"""

from __future__ import annotations

import math
import operator
import random

import numpy
import pytest

import tracegrad.numpy as np
from tests.tester import NUMPY_2, jvp_of, pullback, pushforward, vjp_of
from tracegrad.core.box import getval

PROGRAMS = 400
BATCH = 50
LARGEST = 24  # elements


class Program:
    """A random program; each run of one seed takes the same steps, as shapes alone decide."""

    def __init__(self, seed):
        self.seed = seed

    def __call__(self, x):
        self.random = random.Random(self.seed)
        self.arrays, self.lines, self.total = [x, x * 1.0], [], 0.0
        for _ in range(self.random.randint(4, 14)):
            kind = self.random.choice([self.make, self.look, self.look, self.write, self.write])
            try:
                kind()
            except (ValueError, IndexError):
                self.lines[-1] += "  # refused"
            if len(self.arrays) > 2 and self.random.random() < 0.25:
                i = self.random.randrange(len(self.arrays))
                self.lines.append(f"del a[{i}]")
                del self.arrays[i]
            if self.random.random() < 0.3:
                i = self.random.randrange(len(self.arrays))
                self.lines.append(f"total += sum(sin(a[{i}]))")
                self.total = self.total + weighed(np.sin(self.arrays[i]))
        for a in self.arrays:
            self.total = self.total + weighed(a)
        return self.total

    def pick(self, rank=0):
        """An array of at least so many axes, and its name."""
        found = [i for i, a in enumerate(self.arrays) if isarray(a) and a.ndim >= rank]
        if not found:
            raise IndexError
        i = self.random.choice(found)
        return self.arrays[i], f"a[{i}]"

    def note(self, line):
        self.lines.append(line)

    def keep(self, line, make):
        self.note(f"a[{len(self.arrays)}] = {line}")
        new = make()
        if np.size(new) <= LARGEST:
            self.arrays.append(new)
        else:
            self.lines[-1] += "  # too large"

    # -- new arrays --------------------------------------------------------------------------------

    def make(self):
        self.note("make")
        a, name = self.pick()
        shape = self.random.choice([(3,), (6,), (2, 3), (3, 2), (4, 3), (2, 2, 3), ()])
        line, new = self.random.choice([
            (f"zeros({shape})", lambda: np.zeros(shape)),
            (f"ones({shape}) * 0.5", lambda: np.ones(shape) * 0.5),
            (f"full({shape}, {name}.sum())", lambda: np.full(shape, np.sum(a).real)),
            (f"asfortranarray(zeros({shape}))", lambda: np.zeros(shape, order="F")),
            (f"zeros({shape}, complex)", lambda: np.zeros(shape, complex)),
            (f"array({name})", lambda: np.array(a)),
            (f"{name}.copy()", lambda: a.copy()),
            (f"{name}.flatten()", lambda: a.flatten()),
            (f"tanh({name})", lambda: np.tanh(a)),
            (f"{name} * {name}[::-1]", lambda: a * a[::-1]),
            (f"concatenate([ravel({name})] * 2)", lambda: np.concatenate([np.ravel(a)] * 2)),
            (f"zeros_like({name})", lambda: np.zeros_like(a)),
        ])  # fmt: skip
        self.keep(line, new)

    # -- views -------------------------------------------------------------------------------------

    def index(self, shape):
        """A basic index, as views have."""
        parts = []
        for n in shape[: self.random.randint(0, len(shape))]:
            parts.append(self.random.choice([
                slice(None), slice(1, None), slice(None, -1), slice(None, None, -1),
                slice(None, None, 2), slice(n - 1, None, -2),
                self.random.randrange(-n, n) if n else 0,
            ]))  # fmt: skip
        parts.insert(self.random.randint(0, len(parts)), self.random.choice([None, Ellipsis]))
        return tuple(parts[: self.random.randint(1, len(parts))])

    def look(self):
        self.note("look")
        a, name = self.pick()
        index = self.index(a.shape)
        axis = self.random.randrange(max(a.ndim, 1))
        last, size = a.ndim - 1, math.prod(a.shape)
        shapes = [(size,), (1, -1), (-1, 1), (2, -1), (-1, 3), (2, 1, -1)]
        shape, order = self.random.choice(shapes), self.random.choice("CF")
        line, view = self.random.choice([
            (f"{name}[{index}]", lambda: a[index]),
            (f"{name}[{index}]", lambda: a[index]),
            (f"{name}.T", lambda: a.T),
            (f"{name}.reshape({shape}, {order})", lambda: a.reshape(shape, order=order)),
            (f"ravel({name})", lambda: np.ravel(a)),
            (f"{name}.ravel({order})", lambda: a.ravel(order)),
            (f"swapaxes({name}, {axis}, {last})", lambda: np.swapaxes(a, axis, last)),
            (f"moveaxis({name}, {axis}, -1)", lambda: np.moveaxis(a, axis, -1)),
            (f"split({name}, [1], {axis})[1]", lambda: np.split(a, [1], axis)[1]),
            (f"array_split({name}, 2, {axis})[0]", lambda: np.array_split(a, 2, axis)[0]),
            (f"squeeze({name})", lambda: np.squeeze(a)),
            (f"expand_dims({name}, {axis})", lambda: np.expand_dims(a, axis)),
            (f"flip({name})", lambda: np.flip(a)),
            (f"rot90({name})", lambda: np.rot90(a)),
            (f"list({name})[-1]", lambda: list(a[None] if a.ndim == 0 else a)[-1]),
            (f"asarray({name})", lambda: np.asarray(a)),
            (f"ascontiguousarray({name})", lambda: np.ascontiguousarray(a)),
            (f"asfortranarray({name})", lambda: np.asfortranarray(a)),
            (f"atleast_2d({name})", lambda: np.atleast_2d(a)),
            (f"broadcast_to({name})", lambda: np.broadcast_to(a, (2, *a.shape))),
            (f"diagonal({name})", lambda: np.diagonal(a)),
            (f"einsum('ii->i', {name})", lambda: np.einsum("ii->i", a)),
            (f"windows of {name}", lambda: np.lib.stride_tricks.sliding_window_view(a, 2, axis)),
            (f"real_if_close({name})", lambda: a.view()),
            (f"{name}.real.copy()", lambda: a.real.copy()),
        ])  # fmt: skip
        self.keep(line, view)

    # -- writes ------------------------------------------------------------------------------------

    def value(self, shape, real):
        """Something that broadcasts to a shape, perhaps of the very memory that is written to."""
        alike = [i for i, b in enumerate(self.arrays) if fits(b, shape) and (real <= isreal(b))]
        if alike and self.random.random() < 0.6:
            i = self.random.choice(alike)
            return f"a[{i}]", self.arrays[i]
        i = self.random.randrange(len(self.arrays))
        b = self.arrays[i].real if real else self.arrays[i]
        if not np.size(b) or self.random.random() < 0.2:
            return "0.7", 0.7
        return f"sin(resize(a[{i}]))", np.sin(np.resize(b, shape))

    def write(self):
        self.note("write")
        a, name = self.pick()
        real = isreal(a)
        pick = self.random.choice
        index = self.index(a.shape)
        part_shape = numpy.empty(a.shape)[index].shape
        first, where = self.value(part_shape, real)
        if any(isinstance(part, slice) and part.step in (2, -2) for part in index):
            where = where * 1.0  # y[::2] = y[:3] comes out wrong in NumPy
        text, v = self.value(a.shape, real)
        mask = numpy.array([pick([True, False]) for _ in range(math.prod(a.shape))], bool)
        mask = mask.reshape(a.shape)
        n = a.shape[0] if a.ndim else 1
        rows = [self.random.randrange(-n, n) for _ in range(3)] if n else []
        row_text, row = self.value((len(rows), *a.shape[1:]), real)
        count = max(math.prod(a.shape), 1)
        flat = [self.random.randrange(-count, count) for _ in range(3)]
        few_text, few = "0.3", 0.3
        if self.random.random() < 0.7:
            few_text, few = self.value((3,), real)
            few = few * 1.0
        steps = [
            (f"{name}[{index}] = {first}", lambda: operator.setitem(a, index, where)),
            (f"{name}[{index}] = {first}", lambda: operator.setitem(a, index, where)),
            (f"{name}[{index}] += {first}", lambda: added(a, index, where)),
            (f"{name}[mask] = sin({name})[mask]",
             lambda: operator.setitem(a, mask, np.sin(a)[mask])),
            (f"{name}[mask] = 0.25", lambda: operator.setitem(a, mask, 0.25)),
            (f"{name}[{rows}] = {row_text}", lambda: operator.setitem(a, rows, row)),
            (f"{name}[{rows}] *= {row_text}", lambda: multiplied(a, rows, row)),
            (f"{name} += {text}", lambda: operator.iadd(a, v)),
            (f"{name} *= {text}", lambda: operator.imul(a, v)),
            (f"add({text}, 1, out={name})", lambda: np.add(v, 1.0, out=a)),
            (f"sin({text}, out={name})", lambda: np.sin(np.broadcast_to(v, a.shape), out=a)),
            (f"add({text}, 1, out={name}, where=mask)",
             lambda: np.add(v, 1.0, out=a, where=mask)),
            (f"multiply({text}, {name}, {name})", lambda: np.multiply(v, a, a)),
            (f"cumsum({name}, 0, out={name})", lambda: np.cumsum(a, 0, out=a)),
            (f"{name}.fill(total)", lambda: a.fill(np.tanh(self.total).real)),
            (f"{name}.sort()", lambda: a.sort()),
            (f"put({name}, {flat}, {few_text})", lambda: np.put(a, flat, few)),
            (f"copyto({name}, {text}, where=mask)", lambda: np.copyto(a, v * 1.0, where=mask)),
            (f"add.at({name}, {rows}, 1.5)", lambda: at(np.add, a, rows, 1.5)),
            (f"add.at({name}, {rows}, x)", lambda: at(np.add, a, rows, np.sin(row))),
            (f"multiply.at({name}, {rows}, .5)", lambda: at(np.multiply, a, rows, 0.5)),
            (f"{name}.flat[{flat}] = {few_text}", lambda: operator.setitem(a.flat, flat, few)),
            (f"putmask({name}, mask, {text})", lambda: np.putmask(a, mask, np.sin(v))),
            (f"fill_diagonal({name}, 0.1)", lambda: np.fill_diagonal(a, 0.1)),
            (f"{name}.real = sum({name})", lambda: part_set(a, "real", np.sum(a).real)),
            (f"{name}.imag = sum({name})", lambda: part_set(a, "imag", np.sum(a).real)),
        ]  # fmt: skip
        line, step = pick(steps)
        self.note(line)
        step()


def isarray(a):
    return type(getval(a)) is numpy.ndarray


def isreal(a):
    return np.result_type(a).kind == "f"


def fits(b, shape):
    try:
        return np.broadcast_shapes(np.shape(b), shape) == shape
    except ValueError:
        return False


def added(a, index, value):
    a[index] += value


def multiplied(a, index, value):
    a[index] *= value


def at(ufunc, a, index, value):
    a[:0] = 0.0  # which refuses read-only arrays, as NumPy's `at` does not
    ufunc.at(a, index, value)


def part_set(a, name, value):
    if isreal(a):
        raise ValueError
    setattr(a, name, value)


def weighed(a):
    """A number that each element of an array changes otherwise."""
    size = math.prod(np.shape(a))
    weights = numpy.cos(1.0 + numpy.arange(size)).reshape(np.shape(a))
    return np.sum(np.real(a) * weights + np.imag(a) * weights[::-1] if size > 1 else np.real(a))


def check(seed):
    program = Program(seed)
    x = numpy.random.default_rng(seed).standard_normal(6)
    t, u = numpy.random.default_rng(seed + 1).standard_normal((2, 6))

    def fun(x):
        return (program(x),)

    want = program(x.copy())
    if not numpy.isfinite(want) or abs(want) > 1e3:
        return False
    lines = list(program.lines)
    value, vjp = pullback(fun, x)
    assert program.lines == lines, "\n".join(program.lines)
    close(value[0], want, 1e-12)
    gradient = vjp((numpy.float64(1.0),))[0]
    value, push = pushforward(fun, [x], [t])
    assert program.lines == lines, "\n".join(program.lines)
    close(value[0], want, 1e-12)
    close(gradient @ t, push[0], 1e-10)

    slopes = [slope(program, x, t, h) for h in (1e-3, 1e-5)]  # in the first, sorting may differ
    close(push[0], min(slopes, key=lambda s: abs(s - push[0])), 1e-6)
    if seed % 8:
        return True
    second = pushforward(vjp_of(fun, [numpy.float64(1.0)]), [x], [t])[1][0]
    close(vjp_of(vjp_of(fun, [numpy.float64(1.0)]), [t])(x)[0], second, 1e-9)
    close(vjp_of(jvp_of(fun, [t]), [numpy.float64(1.0)])(x)[0], second, 1e-9)
    close(pushforward(jvp_of(fun, [t]), [x], [u])[1][0], second @ u, 1e-9)
    return True


def slope(program, x, t, h):
    a, b, c, d = [program(x + k * h * t) for k in (1, -1, 2, -2)]
    return (8 * (a - b) - (c - d)) / (12 * h)


def close(got, want, tolerance):
    scale = max(1.0, float(numpy.max(numpy.abs(want))))
    numpy.testing.assert_allclose(got, want, rtol=0, atol=tolerance * scale)


@pytest.mark.skipif(not NUMPY_2, reason="NumPy 1: y[[2, 0, 1]] = y reads what it wrote")
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("batch", range(PROGRAMS // BATCH))
def test_random_program(batch):
    checked = 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        try:
            checked += check(seed)
        except BaseException as error:
            program = Program(seed)
            program(numpy.random.default_rng(seed).standard_normal(6))
            error.add_note(f"program {seed}:\n" + "\n".join(program.lines))
            raise
    assert checked > BATCH // 2
