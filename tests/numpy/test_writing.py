"""Writing to arrays in a traced function has NumPy's meaning, in both modes and at second order.

Outside a traced function `tracegrad.numpy` is NumPy itself, so each program below is its own proof.
"""

from __future__ import annotations

import copy

import numpy
import pytest

import tracegrad as tg
import tracegrad.numpy as np
from tests import tester
from tests.cases.samples import normal
from tests.tester import Case, Sample
from tracegrad.core.box import isbox

X, M = normal(6), normal(3, 4)
PROGRAMS = {}


def program(*args):
    def keep(fun):
        PROGRAMS[fun.__name__] = (fun, args)
        return fun

    return keep


@program(X)
def as_the_readme_has_it(x):
    n = len(x)
    y = np.zeros(n)
    y[0] = 2 * x[0]
    y[1:] += x[:-1]
    y[x > 1.0] = x.sum()
    np.add(y, x, out=y)
    acc = np.zeros(n)
    acc += x
    return y * acc


@program(X)
def recurrence(x):
    y = np.empty(len(x))
    y[0] = x[0]
    for i in range(1, len(x)):
        y[i] = 0.5 * y[i - 1] * y[i - 1] + x[i]
    return y


@program(M)
def rows_and_columns(x):
    y = np.zeros_like(x)
    for i, row in enumerate(x):
        y[i] = row[::-1] * i
    y[:, 1] = x[:, 0] ** 2
    y[:, -1] *= 3.0
    y[1, 2] -= x[0, 0]
    return y


@program(M)
def every_index(x):
    y = x * 1.0
    y[0] = 1.0
    y[-1, ...] = x[0]
    y[None, 1] = x[1][None] * 2
    y[[0, 2], [1, 1]] = x[0, :2]
    y[[True, False, True]] *= 2.0
    y[:, [3, 0]] = x[:, :2]
    y[np.arange(3) % 2 == 1, 1:3] = -x[0, 0]
    y[::-1, ::2] += x[:, 1::2]
    y[...] -= x.mean()
    return y


@program(X)
def the_last_of_repeated_indices_wins(x):
    y = np.ones(4)
    y[[1, 1, 2, 1]] = x[:4]
    y[[0, 0]] += x[:2]
    return y * x[0]


@program(X)
def constants_between(x):
    y = np.ones(3) * 2.0
    y[1] = 5.0
    z = y * x[:3]  # keeps y as it was
    y[0] = 7.0
    y[2] = x[5]
    return z * y


@program(X)
def a_value_that_a_rule_kept(x):
    y = x * 2.0
    z = y * y + np.exp(y)
    y[0] = 0.0
    y[1:3] = x[:2]
    return z * y


@program(X)
def the_argument_itself(x):
    x[0] = x[1] * x[2]
    x *= 2.0
    x -= x[3]
    return x


@program(X)
def another_name(x):
    y = x
    y += 1.0
    y[2] = 0.5
    return x * y


@program(X)
def a_view_taken_before(x):
    y = x * 1.0
    v = y[1:4]
    w = v[::-1]
    y[2] = x[0] ** 2
    y[3] *= 2.0
    return np.concatenate([v * x[:3], w])


@program(X)
def writing_through_a_view(x):
    y = np.zeros(6)
    v = y[1:4]
    v[0] = x[0]
    v += x[3:]
    v[...] *= 2.0
    return y * v.sum()


@program(M)
def views_of_views(x):
    y = x.copy()
    t = y.T
    r = y.reshape(2, 6)
    t[1, 0] = x[2, 2]
    r[1] *= x[0, 0]
    y[0, 0] = t[1, 1] * r[0, 5]
    diagonal, column = np.swapaxes(y, 0, 1), y[:, 2][1:]
    column[:] = diagonal[0, 1:] * 2
    return y * t.T + r.reshape(3, 4)


@program(M)
def views_that_overlap(x):
    y = np.ravel(x) * 1.0
    a, b = y[0:7], y[4:]
    a[5] = x[0, 0]
    b[0] = a[5] * x[1, 1]
    b += 1.0
    a *= b[:7]
    return y


@program(M)
def parts_of_a_split(x):
    y = x * 1.0
    a, b = np.split(y, 2, axis=1)
    a += b
    b[0] = a[1]
    first, *others = y
    first *= 2.0
    others[0][1] = x[0, 0]
    return y


@program(M)
def iterating_writes(x):
    y = x + 0.0
    for row in y:
        row /= row.sum()
    for i in range(3):
        y[i][0] = i * x[0, 0]
    return y


@program(X)
def out_and_where(x):
    y = np.zeros_like(x)
    np.multiply(x, x, out=y)
    np.exp(x, y, where=x > 0)
    np.divide(1.0, x, out=y, where=x > 1.0)
    z = np.empty((2, 3))
    np.dot(np.ones((2, 2)), x.reshape(2, 3), out=z)
    np.sum(z * z, axis=1, out=y[1:3])
    np.cumsum(x[:3], out=y[3:])
    return y


@program(X)
def out_of_several_results(x):
    whole, part = np.zeros(6), np.zeros(6)
    np.modf(x * 1.1, out=(part, whole))
    return part * part + whole


@program(M)
def operators(x):
    y = x * 1.0
    y += 1.0
    y -= x[0]
    y *= [1.0, 2.0, 3.0, 4.0]
    y /= 3.0
    y **= 2
    y += numpy.float64(9.0)
    y %= 7.0
    y -= numpy.ones((3, 1)) * x[:, :1]
    s = y.sum()
    s += 1.0
    s *= s
    z = np.eye(4) * s
    z @= np.ones((4, 4)) + x[0]
    return y @ z


@program(M)
def methods(x):
    y = x * 1.0
    y.sort(axis=0)
    y.put([0, -1], x[0, :2])
    z = x.flatten()
    z.partition(3)
    z.sort()
    w = np.empty(3)
    w.fill(x[0, 0])
    w[1:] *= z[-2:]
    z.resize((2, 7))
    z[:, 0] = w[:2]
    return np.concatenate([y.ravel(), z.ravel(), w])


@program(M)
def functions(x):
    y = x * 1.0
    np.put(y, [1, 5, 1], x[0, :2])
    np.put(y, 25, x[0, 0] * 3, mode="clip")
    np.place(y, y > 1.5, x[1] * 2)
    np.putmask(y, y < -1.0, x[2] * x[2])
    np.copyto(y, x[::-1], where=np.array([True, False, False, True]))
    np.fill_diagonal(y, x[0] * 5)
    np.put_along_axis(y, np.array([[1, 3, 0, 2]]).T[:3], x[:, :1] * 7, axis=1)
    z = np.zeros((5, 2))
    np.fill_diagonal(z, x[0, :3] * 2, wrap=True)
    np.copyto(z[1], x[1, :2])
    holes = np.where(np.abs(x) > 1.0, np.nan, x * x)
    row = holes[1]
    assert np.nan_to_num(row, copy=False, nan=0.5) is row
    np.nan_to_num(holes[2:], False)
    return np.concatenate([y.ravel(), z.ravel(), holes[1:].ravel()])


@program(M)
def flat(x):
    y = x * 1.0
    y.flat[3] = x[0, 0] * 2
    y.flat[[0, 7]] = x[1, :2]
    y.T.flat[1:3] = [x[2, 2], 1.0]
    total = sum(v * v for v in y.flat)
    assert len(y.flat) == 12
    y.flat = y.flat[::-1] * total
    return y


@program(M)
def shapes(x):
    y = x * 1.0
    v = y[1]
    y.shape = (4, 3)
    y[1] = x[0, :3]
    v[0] *= 2.0
    return y * np.ones((4, 3))


@program(X)
def complex_parts(x):
    z = np.zeros(6, dtype=complex)
    z[:3] = x[:3]
    z[3:] = 1j * x[3:] + x[0]
    z.real = x * 2
    z.imag = z.real * x
    z *= z
    return z


@program(X)
def numbers_of_no_dimension(x):
    y = np.zeros(())
    y[...] = x[0]
    y += x[1]
    y[()] = y * x[2]
    z = np.array(3.0)
    z *= x.sum()
    return y * z


@program(X)
def wider_and_narrower(x):
    y = np.zeros((2, 3))
    y[...] = x[:3]
    y[0] = x[None, None, 3:]
    y[:, 1] = x[0]
    z = np.zeros(6, dtype=np.float32)
    z[:] = x
    z += x
    return (y * z[:3]).astype(float)


@program(X)
def a_copy_stays_as_it_is(x):
    y = x * 2.0
    kept, deep, again = y.copy(), copy.deepcopy(y), np.array(y)
    y[0] = 0.0
    return kept + deep * y + again + copy.copy(y)


@program(X)
def a_list_of_boxes(x):
    y = np.zeros((2, 2))
    y[0] = [x[0], 2.0]
    y[1] = (1.0, x[1] * x[2])
    return y @ y


@program(X)
def results_of_constants(x):
    y = np.eye(3) * 0.5 + np.arange(3.0)
    y[0, 1] = x[0]
    v = np.linspace(0.0, 1.0, 3)[::-1]
    v[0] = x[1]
    w = np.concatenate([np.zeros(2), np.ones(1)])
    w[1] = x[2]
    return y @ v * w


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    fun, args = PROGRAMS[name]

    def fresh(*leaves):  # NumPy's own run writes to its arguments
        return fun(*[leaf if isbox(leaf) else leaf.copy() for leaf in leaves])

    # values pass through float32 in this one
    loss = 1e9 if name == "wider_and_narrower" else 1.0
    sample = Sample(Case(name, args, fun=fresh, loss=loss), {})
    tester.check_value(sample)
    if name != "wider_and_narrower":
        tester.check_first(sample)
        tester.check_second(sample)


def test_the_callers_array_is_never_changed():
    x = numpy.arange(3.0)

    def fun(x):
        x[0] = 9.0
        x += 1.0
        x.sort()
        return (x * x).sum()

    tg.grad(fun)(x)
    tg.jvp(fun, (x,), (x,))
    tg.hessian(fun)(x)
    assert x.tolist() == [0.0, 1.0, 2.0]


REFUSED = {
    "a plain array": (lambda x: _set(numpy.zeros(2), ..., x), TypeError, r"y = np\.array\(y\)"),
    "out=": (lambda x: np.add(x, x, out=numpy.zeros(2)), TypeError, r"add .*\n.*\n.*np\.array"),
    "+=": (lambda x: _add(numpy.zeros(2), x), TypeError, r"add .*\n.*\n.*np\.array"),
    "integers": (lambda x: _set(np.zeros(2, int), 0, x[0]), (TypeError, ValueError), "deriv|seq"),
    "a number": (lambda x: _set(x[0], 0, 1.0), TypeError, "item assignment"),
    "read-only": (lambda x: _set(np.broadcast_to(x, (2, 2)), 0, 1.0), ValueError, "read-only"),
    "the wrong shape": (lambda x: _set(x * 1, ..., numpy.ones(3)), ValueError, "broadcast"),
    "the wrong shape of out": (lambda x: np.add(x, x, out=np.zeros(3)), ValueError, "broadcast"),
    "complex into real": (lambda x: np.add(x, 1j, out=np.zeros(2)), TypeError, "same_kind"),
    "out of range": (lambda x: _set(x * 1, 5, 1.0), IndexError, "out of bounds"),
    "view as": (lambda x: (x * 1).view(numpy.int64), TypeError, "view"),
    "part of complex": (lambda x: _set((x * 1j).real, 0, 1.0), TypeError, r"x\.real\.copy"),
}


@pytest.mark.parametrize("mode", [tg.grad, tg.deriv], ids=["reverse", "forward"])
def test_an_element_of_a_plain_array_is_refused(mode):
    """NumPy answers with an error of its own, whose cause is ours."""

    def fun(x):
        y = numpy.zeros(2)
        y[0] = x
        return y.sum()

    with pytest.raises(ValueError) as info:
        mode(fun)(1.0)
    assert "y[0] = x" in str(info.value.__cause__)
    assert "y = np.array(y)" in str(info.value.__cause__)


def _set(y, index, value):
    whole = y if not isbox(y) else (y, y[...])[0]
    y[index] = value
    return whole


def _add(y, x):
    y += x
    return y


@pytest.mark.parametrize("mode", [tg.grad, tg.deriv], ids=["reverse", "forward"])
@pytest.mark.parametrize("name", [name for name in REFUSED if name != "part of complex"])
def test_refused(name, mode):
    fun, error, match = REFUSED[name]
    with pytest.raises(error, match=match):
        mode(lambda t: (fun(t * numpy.ones(2)) * 1.0).sum())(1.0)


def test_a_part_of_a_complex_array_is_refused_before_anything_changes():
    def fun(x):
        z = x * 1j
        re = z.real
        with pytest.raises(TypeError, match=r"x\.real\.copy"):
            re[0] = 1.0
        with pytest.raises(TypeError, match=r"x\.real\.copy"):
            z[0] = 1.0
        return (z * z).real.sum()

    assert numpy.allclose(tg.grad(fun)(numpy.ones(2)), -2.0)


def test_a_failed_write_leaves_the_array_as_it_was():
    def fun(x):
        y = x * 1.0
        v = y[:2]
        with pytest.raises(ValueError):
            v[...] = x[:3]
        with pytest.raises(ValueError):
            np.add(x, x, out=v)
        return (y * v.sum()).sum()

    assert numpy.array_equal(tg.grad(fun)(numpy.ones(3)), [5.0, 5.0, 2.0])


def test_nested_functions_write_to_arrays_of_the_outer_one():
    def outer(x):
        y = np.zeros(2)

        def inner(z):
            y[0] = z * x
            return z**3 * x + y[0] * 2.0

        slope = tg.grad(inner)(x)  # 3 z² x + 2 x at z = x
        return slope + y[0]  # after inner, y[0] is the number x * x with its derivative

    x = 1.3
    assert numpy.isclose(tg.grad(outer)(x), 9 * x**2 + 2 + 2 * x)
    assert numpy.isclose(tg.deriv(outer)(x), 9 * x**2 + 2 + 2 * x)


def test_an_outer_value_kept_by_an_inner_rule_stays():
    def outer(x):
        def inner(z):
            y = x * 1.0
            out = (z * y).sum()
            y[0] = 100.0
            return out

        return (tg.grad(inner)(x) * x).sum()

    assert numpy.allclose(tg.grad(outer)(numpy.array([1.0, 2.0])), [2.0, 4.0])


def test_outside_a_traced_function_arrays_are_plain():
    assert type(np.zeros(2)) is numpy.ndarray
    kinds = []
    tg.grad(lambda x: (kinds.append(type(np.zeros(2, int))), x)[1])(1.0)
    with pytest.raises(ZeroDivisionError):
        tg.grad(lambda x: 1 / 0)(1.0)
    assert kinds == [numpy.ndarray]
    assert type(np.ones(3)) is numpy.ndarray


def test_what_is_returned_is_plain():
    _, aux = tg.grad(lambda x: (x * 2.0, [np.zeros(2), np.ones(1) * 2]), has_aux=True)(1.0)
    assert [type(a) for a in aux] == [numpy.ndarray, numpy.ndarray]


def test_constants_answer_as_numbers():
    seen = []

    def fun(x):
        c = np.array([1.5, 2.0])
        seen.append((float(c[0]), c.tolist(), numpy.asarray(c), f"{c}", repr(c), c.sum().item()))
        return x * int(np.array(3.0)) * c[1]

    assert tg.grad(fun)(1.0) == 6.0
    first, as_list, array, text, shown, total = seen[0]
    assert (first, as_list, text, total) == (1.5, [1.5, 2.0], "[1.5 2. ]", 3.5)
    assert type(array) is numpy.ndarray
    assert shown == "array([1.5, 2. ])"


def test_many_views_do_not_pile_up():
    from tracegrad.modes.sharing import sharers

    def fun(x):
        y = x * 1.0
        for i in range(1000):
            y[i % 5 : i % 5 + 2].sum()
        assert len(y._link.members) < 64
        assert sharers(y) == []
        return y.sum()

    tg.grad(fun)(numpy.ones(6))


# -- what is kept for the derivative is kept -------------------------------------------------------

A = numpy.array([1.0, 2.0, 3.0])


def written(x):
    y = np.zeros(3)
    y[:] = np.exp(x)
    y[0] = x[1] * x[2]
    return y * y


@pytest.mark.parametrize("fun", [np.exp, np.tanh, np.square, lambda x: np.exp(x)[...], written])
@pytest.mark.parametrize("make_vjp", [False, True])
def test_arguments_and_values_may_be_changed_before_the_vjp(fun, make_vjp):
    def run(change):
        x = A.copy()
        if make_vjp:
            vjp, value = tg.make_vjp(fun)(x)
        else:
            value, vjp = tg.vjp(lambda x: fun(x), x)
        if change:
            x[:], value[:] = 7.0, 9.0
        g = vjp(numpy.ones(3))
        return g if make_vjp else g[0]

    assert numpy.array_equal(run(True), run(False))


def test_arguments_may_be_changed_before_other_products():
    x = A.copy()
    multiply, gradient = tg.make_hvp(lambda x: (x**4).sum())(x)
    push = tg.make_jvp_reversemode(lambda x: x**3)(x)
    jvp = tg.make_jvp(lambda x: x**3)(x)
    with tg.Tape() as tape:
        watched = tape.watch(x)
        y = watched[:2] * watched[1:]
    x[:] = gradient[:] = 0.0
    assert numpy.allclose(multiply(numpy.ones(3)), 12 * A**2)
    assert numpy.allclose(push(numpy.ones(3)), 3 * A**2)
    assert numpy.allclose(jvp(numpy.ones(3))[1], 3 * A**2)
    assert numpy.allclose(tape.gradient(y, watched), [2.0, 4.0, 2.0])


def test_what_a_tape_read_by_index_alone_is_an_array():
    with tg.Tape() as tape:
        x = tape.watch(A)
        y = x[1]
    assert tape.gradient(y, x).tolist() == [0.0, 1.0, 0.0]


def test_writing_functions_leave_a_kept_constant_alone():
    def fun(x):
        c = np.ones(3)
        view, z = np.ascontiguousarray(c), c * x
        for write in (np.putmask, np.place):
            write(c, numpy.array([True, False, False]), 5.0)
        np.put(c, 1, 6.0)
        np.copyto(c[2:], 7.0)
        return (z * view).sum()

    assert tg.grad(fun)(A).tolist() == [5.0, 6.0, 7.0]


def test_out_takes_what_is_broadcast_to_it():
    def fun(x):
        y = np.zeros((2, 3))
        np.multiply(x, x, out=y)
        np.put(z := np.zeros(()), [0, 0], x[:2])
        return (y * z).sum()

    assert numpy.allclose(tg.grad(fun)(A), [8.0, 2 * 14 + 16.0, 24.0])


# -- checkpoint, and functions with rules of their own ---------------------------------------------


def its_argument(y):
    z = (y * y).sum()
    y[0] = y[1] * y[2]
    return z + (y**3).sum()


def a_view(y):
    return y[1:]


@pytest.mark.parametrize("inner", [its_argument, a_view, written])
def test_checkpoint(inner):
    def outer(x, inner):
        y = x * 1.0
        z = inner(y)
        y[1] = 5.0 * x[0]
        if np.ndim(z):
            z[0] *= 2.0
        return (z * z).sum() + (y * y).sum()

    want = tg.grad(outer)(A, inner)
    assert numpy.allclose(tg.grad(outer)(A, tg.checkpoint(inner)), want)


def reads_then_writes(x, y):
    z = (y * x).sum()
    y[0] = x[1]
    return z


def reads(x, y):
    return (y * x).sum()


@pytest.mark.parametrize("constant", [False, True])
@pytest.mark.parametrize("fun", [reads_then_writes, reads])
def test_checkpoint_refuses_what_changes_between_its_runs(fun, constant):
    def outer(x):
        y = np.ones(3) if constant else x * 1.0
        z = tg.checkpoint(lambda x: fun(x, y))(x)
        y[2] = 100.0
        return z

    with pytest.raises(RuntimeError, match="checkpointed"):
        tg.grad(outer)(A)


@pytest.mark.parametrize("kind", ["vjp", "jvp"])
def test_a_function_with_its_own_rule_may_not_write_to_its_argument(kind):
    def fun(x):
        x[0] = 0.0
        return x.sum()

    if kind == "vjp":
        made = tg.custom_vjp(fun)
        made.defvjp(lambda x: (fun(x), None), lambda _, g: (g * numpy.ones(3),))
    else:
        made = tg.custom_jvp(fun)
        made.defjvp(lambda xs, ts: (fun(xs[0]), ts[0].sum()))
    with pytest.raises(ValueError, match="read-only"):
        tg.grad(made)(A)
    assert A[0] == 1.0


def test_arrays_outlive_their_trace():
    kept = []

    def first(x):
        y = np.zeros(3)
        kept[:] = [y, y[1:], x]
        y[1:] = x[1:]
        return (y * y).sum()

    tg.grad(first)(A)
    y, view, x = kept
    x[0] = 9.0
    assert A[0] == 1.0

    def second(x):
        y[1] = x[0] * x[1]
        return (view * view * y[1:]).sum()

    assert tg.grad(second)(A).tolist() == [24.0, 12.0, 0.0]
