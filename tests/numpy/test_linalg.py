"""Linear algebra against differences: products, systems, determinants, norms."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.numpy.derivatives import check, check_single
from tracegrad.core.errors import NoDerivative
from tracegrad.modes.reverse import pullback

NUMPY_2 = int(numpy.__version__.split(".")[0]) >= 2
needs_numpy_2 = pytest.mark.skipif(not NUMPY_2, reason="a name of NumPy 2")
inf = numpy.inf


@pytest.fixture(autouse=True)
def seeded():
    """The same numbers for a test whatever ran before it."""
    global rng
    rng = numpy.random.default_rng(2)


def real(*shape):
    return rng.standard_normal(shape)


def cmplx(*shape):
    return real(*shape) + 1j * real(*shape)


both = pytest.mark.parametrize("make", [real, cmplx])


def gradient(fun, x):
    return pullback(fun, x)[1](numpy.ones(()))[0]


def test_namespace_is_ours():
    assert np.linalg.__name__ == "tracegrad.numpy.linalg"
    missing = [n for n in dir(numpy.linalg) if n[0] != "_" and not hasattr(np.linalg, n)]
    assert not missing
    assert np.linalg.LinAlgError is numpy.linalg.LinAlgError


# -- inverses and systems ----------------------------------------------------------------------


@both
def test_inv(make):
    check(np.linalg.inv, make(3, 3))
    check(np.linalg.inv, make(2, 3, 3))


@both
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((3, 3), (3,)),
        ((3, 3), (3, 2)),
        ((2, 3, 3), (2, 3, 4)),
        ((3, 3), (2, 3, 4)),
        ((2, 1, 3, 3), (1, 5, 3, 2)),
        pytest.param((2, 1, 3, 3), (5, 3, 2), marks=needs_numpy_2),
        pytest.param((2, 3, 3), (3,), marks=needs_numpy_2),
        pytest.param((2, 3, 3), (3, 1), marks=needs_numpy_2),
        pytest.param((2, 3, 3), (2, 3), marks=pytest.mark.skipif(NUMPY_2, reason="1.26's stacks")),
    ],
)
def test_solve(make, a, b):
    check(np.linalg.solve, make(*a), make(*b))


def test_solve_of_real_and_complex():
    check(np.linalg.solve, real(3, 3), cmplx(3))
    check(np.linalg.solve, cmplx(3, 3), real(3, 2))


@both
def test_pinv(make):
    check(np.linalg.pinv, make(4, 3), tolerance=1e-6)
    check(np.linalg.pinv, make(2, 3, 4), tolerance=1e-6)
    check(lambda a: np.linalg.pinv(a, hermitian=True), _hermitian(make(3, 3)), tolerance=1e-5)


def test_pinv_at_lower_rank_that_stays():
    left, right = real(4, 2), real(2, 3)
    check(lambda a, b: np.linalg.pinv(a @ b, 1e-8), left, right, tolerance=1e-5, adjoint=1e-8)


@both
@pytest.mark.parametrize(("rows", "columns"), [(5, 3), (3, 3), (3, 5)])
def test_lstsq(make, rows, columns):
    def fun(a, b):
        x, residuals, rank, s = np.linalg.lstsq(a, b, rcond=None)
        assert rank == 3
        return x, residuals, s

    for b in (make(rows), make(rows, 2)):
        check(fun, make(rows, columns), b, tolerance=1e-6)


def test_lstsq_refuses_dependent_columns():
    with pytest.raises(NoDerivative, match="lstsq"):
        gradient(lambda a: np.linalg.lstsq(a, numpy.ones(3), rcond=None)[0].sum(), np.ones((3, 2)))


# -- determinants ------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("n", [1, 2, 4])
def test_det_and_slogdet(make, n):
    far = 2 * numpy.eye(n)  # from singular matrices
    for fun in (np.linalg.det, np.linalg.slogdet):
        check(fun, make(n, n) + far, tolerance=1e-6)
        check(fun, make(2, n, n) + far, tolerance=1e-6)


@both
@pytest.mark.parametrize("rank", [0, 1, 2, 3])
def test_det_where_it_is_0(make, rank):
    """Determinants are polynomial, so differences are exact wherever they are taken."""
    exact = make(4, rank) @ make(rank, 4)
    check(np.linalg.det, exact, order=2, tolerance=1e-7)
    check(np.linalg.det, numpy.stack([exact, make(4, 4)]), order=2, tolerance=1e-7)
    zeros = numpy.diag([2.0] * rank + [0.0] * (4 - rank)) + 0 * make(4, 4)
    check(np.linalg.det, zeros, order=2, tolerance=1e-7)


def test_det_of_nothing_and_of_one():
    assert gradient(np.linalg.det, numpy.zeros((0, 0))).shape == (0, 0)
    assert gradient(np.linalg.det, numpy.zeros((1, 1))) == 1


def test_third_order_of_a_singular_det_is_refused():
    second = lambda a: gradient(lambda a: gradient(np.linalg.det, a)[0, 0], a)[1, 1]
    with pytest.raises(NoDerivative, match="det at a singular matrix"):
        gradient(second, numpy.zeros((3, 3)))


def test_silenced_logdet_of_a_singular_matrix():
    stack = numpy.stack([numpy.eye(2), numpy.zeros((2, 2))])

    def fun(a):
        return np.sum(np.where(np.array([True, False]), np.linalg.slogdet(a)[1], 0))

    assert numpy.array_equal(gradient(fun, stack), numpy.stack([numpy.eye(2), numpy.zeros((2, 2))]))


# -- norms -------------------------------------------------------------------------------------

VECTOR_ORDERS = (None, 0, 1, 2, 3, 0.5, 1.5, -1, -2.5, inf, -inf)
MATRIX_ORDERS = (None, "fro", "nuc", 1, -1, 2, -2, inf, -inf)


@both
@pytest.mark.parametrize("ord", VECTOR_ORDERS)
def test_vector_norm(make, ord):
    check(lambda x: np.linalg.norm(x, ord), make(4), tolerance=1e-6)
    check(lambda x: np.linalg.norm(x, ord=ord, axis=1), make(2, 3), tolerance=1e-6)
    check(lambda x: np.linalg.norm(x, ord, 0, keepdims=True), make(2, 3), tolerance=1e-6)
    if NUMPY_2:
        order = 2 if ord is None else ord
        fun = lambda x: np.linalg.vector_norm(x, axis=(0, 2), ord=order)
        check(fun, make(2, 3, 2), tolerance=1e-6)
        check(lambda x: np.linalg.vector_norm(x, keepdims=True, ord=order), make(2, 3), order=1)


@both
@pytest.mark.parametrize("ord", MATRIX_ORDERS)
def test_matrix_norm(make, ord):
    check(lambda x: np.linalg.norm(x, ord), make(3, 4), tolerance=1e-5)
    check(lambda x: np.linalg.norm(x, ord, axis=(2, 0)), make(3, 2, 3), tolerance=1e-5)
    check(lambda x: np.linalg.norm(x, ord, (-1, 0), keepdims=True), make(3, 2, 4), tolerance=1e-5)
    if NUMPY_2:
        ord = "fro" if ord is None else ord
        check(lambda x: np.linalg.matrix_norm(x, ord=ord, keepdims=True), make(2, 3, 3), order=1)


def test_norm_of_anything_flat():
    check(np.linalg.norm, real(2, 3, 4))
    check(lambda x: np.linalg.norm(x, keepdims=True), cmplx(2, 3, 4))
    check(np.linalg.norm, 2.0)
    check(lambda x, y: np.linalg.norm([x, y], 3), 2.0, 3.0)


@both
@pytest.mark.parametrize("ord", VECTOR_ORDERS)
def test_slope_of_a_vector_norm_is_0_at_0(make, ord):
    with numpy.errstate(divide="ignore"):
        assert numpy.array_equal(gradient(lambda x: np.linalg.norm(x, ord), 0 * make(3)), [0, 0, 0])


@pytest.mark.parametrize("ord", MATRIX_ORDERS)
def test_slope_of_a_matrix_norm_is_0_at_0(ord):
    slope = gradient(lambda x: np.linalg.norm(x, ord), numpy.zeros((2, 3)))
    assert numpy.array_equal(slope, numpy.zeros((2, 3)))


@both
@pytest.mark.parametrize("ord", [3, 1.5, -1])
def test_power_norm_with_entries_of_0(make, ord):
    x = make(4)
    x[1] = 0
    with numpy.errstate(divide="ignore"):
        slope = gradient(lambda x: np.linalg.norm(x, ord), x)
    assert numpy.all(numpy.isfinite(slope)) and slope[1] == 0
    if ord == 3:
        check(lambda x: np.linalg.norm(x, ord), x, tolerance=1e-5)


@pytest.mark.parametrize("ord", [None, 3, "wrong"])
def test_norm_refuses_what_numpy_refuses(ord):
    axis = (0, 0) if ord is None else None
    for module in (np, numpy):
        with pytest.raises(ValueError):
            x = real(2, 2, 2)
            pullback(lambda x: module.linalg.norm(x, ord, axis), x) if module is np else (
                module.linalg.norm(x, ord, axis)
            )


# -- powers, products, tensors, condition numbers ----------------------------------------------


@both
@pytest.mark.parametrize("n", [-3, -1, 0, 1, 2, 3, 7])
def test_matrix_power(make, n):
    check(lambda a: np.linalg.matrix_power(a, n), make(2, 2) / 2, tolerance=1e-5)
    check(lambda a: np.linalg.matrix_power(a, n), make(2, 2, 2), order=1, tolerance=1e-5)


@pytest.mark.parametrize(
    "shapes",
    [
        [(2, 3), (3, 4)],
        [(2, 3), (3, 4), (4, 2)],
        [(3,), (3, 4), (4, 2), (2, 5)],
        [(3, 4), (4, 2), (2, 5), (5,)],
        [(3,), (3, 4), (4,)],
    ],
)
def test_multi_dot(shapes):
    check(lambda *xs: np.linalg.multi_dot(xs), *[cmplx(*shape) for shape in shapes])
    check(lambda x: np.linalg.multi_dot([x, x]), real(3, 3))


def test_tensors():
    check(np.linalg.tensorinv, real(4, 6, 8, 3), order=1, tolerance=1e-5)
    check(lambda a: np.linalg.tensorinv(a, ind=1), cmplx(4, 2, 2))
    check(np.linalg.tensorsolve, real(2, 3, 6), real(2, 3))
    check(lambda a, b: np.linalg.tensorsolve(a, b, axes=(0, 2)), cmplx(4, 6, 6, 4), cmplx(6, 4))


@both
@pytest.mark.parametrize("p", [None, 2, -2, 1, -1, inf, -inf, "fro", "nuc"])
def test_cond(make, p):
    far = 2 * numpy.eye(3)  # from singular matrices; NumPy 1.26 makes complex numbers of norms
    check(lambda a: np.real(np.linalg.cond(a, p)), make(3, 3) + far, tolerance=1e-5)
    check(lambda a: np.real(np.linalg.cond(a, p)), make(2, 3, 3) + far, order=1, tolerance=1e-6)


def test_rank_is_a_constant():
    assert np.linalg.matrix_rank(real(3, 2)) == 2
    slope = gradient(lambda a: np.linalg.matrix_rank(a) * a.sum(), real(3, 2))
    assert numpy.array_equal(slope, 2 * numpy.ones((3, 2)))


@needs_numpy_2
@both
def test_spellings_of_numpy_2(make):
    check(lambda x, y: np.linalg.cross(x, y), make(2, 3), make(2, 3))
    check(lambda x, y: np.linalg.cross(x, y, axis=0), make(3, 2), make(3, 2))
    check(lambda x: np.linalg.diagonal(x, offset=1), make(2, 3, 4))
    check(lambda x: np.linalg.trace(x, offset=-1), make(2, 3, 4))
    check(np.linalg.matmul, make(2, 3), make(3, 2))
    check(np.linalg.matrix_transpose, make(2, 3, 4))
    check(np.linalg.outer, make(2), make(3))
    check(lambda x, y: np.linalg.tensordot(x, y, axes=1), make(2, 3), make(3, 2))
    check(np.linalg.vecdot, make(2, 3), make(3))
    check(lambda x, y: np.linalg.vecdot(x, y, axis=0), make(3, 2), make(3, 2))


def _hermitian(a):
    return a + numpy.conj(numpy.swapaxes(a, -1, -2))


@both
@pytest.mark.parametrize(
    "fun",
    [
        np.linalg.inv,
        np.linalg.det,
        np.linalg.slogdet,
        np.linalg.pinv,
        np.linalg.norm,
        lambda a: np.linalg.solve(a, a[0]),
        lambda a: np.linalg.norm(a, 3, 0),
        lambda a: np.linalg.norm(a, "nuc"),
        lambda a: np.linalg.cond(a),
        lambda a: np.linalg.matrix_power(a, -2),
        lambda a: np.linalg.lstsq(a, a[0], rcond=None)[:2],
    ],
)
def test_single_precision(fun, make):
    check_single(fun, make(3, 3))


def test_single_precision_of_a_singular_det():
    check_single(np.linalg.det, numpy.ones((3, 3)))
