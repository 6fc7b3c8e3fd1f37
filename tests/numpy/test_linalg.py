"""What the table of cases does not show: singular matrices, kinks of norms, refusals."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.numpy.derivatives import check, check_single
from tracegrad.core.errors import NoDerivative
from tracegrad.modes.reverse import pullback

NUMPY_2 = int(numpy.__version__.split(".")[0]) >= 2
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


def test_lstsq_refuses_dependent_columns():
    with pytest.raises(NoDerivative, match="lstsq"):
        gradient(lambda a: np.linalg.lstsq(a, numpy.ones(3), rcond=None)[0].sum(), np.ones((3, 2)))


# -- determinants ------------------------------------------------------------------------------


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


def test_norm_of_a_list():
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


def test_lists_of_traced_numbers():
    """They stand for arrays in numpy.linalg's own spellings, too."""
    check(lambda x, y: np.linalg.det([[x, y], [y, 2.0]]), 2.0, 3.0)
    check(lambda x, y: np.linalg.multi_dot([[x, y], [[1.0, x], [y, 2.0]], [y, x]]), 2.0, 3.0)
    if NUMPY_2:
        check(lambda x, y: np.linalg.outer([x, y], [1.0, x]), 2.0, 3.0)
        check(lambda x, y: np.linalg.trace([[x, y], [y, x]]), 2.0, 3.0)
        check(lambda x, y: np.linalg.vecdot([x, y], [y, 1.0]), 2.0, 3.0)


def test_one_array_in_many_places():
    check(lambda x: np.linalg.multi_dot([x, x, x]), real(3, 3))


def test_multi_dot_refuses_what_numpy_refuses():
    with pytest.raises(numpy.linalg.LinAlgError):
        pullback(lambda x: np.linalg.multi_dot([real(2, 3), x, real(3, 2)]), real(3))


def test_single_precision_of_a_singular_det():
    check_single(np.linalg.det, numpy.ones((3, 3)))


def test_cond_of_a_singular_matrix_is_infinite_as_numpys():
    """In a stack the others keep their derivatives."""
    stack = numpy.stack([real(3, 3), numpy.zeros((3, 3)), numpy.ones((3, 3))])
    with numpy.errstate(all="ignore"):
        for p in (None, -2, 1, "fro", inf):
            want = numpy.linalg.cond(stack, p)
            value, vjp = pullback(lambda a: np.linalg.cond(a, p), stack)
            numpy.testing.assert_allclose(value, want)
            alone = gradient(lambda a: np.linalg.cond(a, p), stack[0])
            numpy.testing.assert_allclose(vjp(numpy.array([1.0, 0.0, 0.0]))[0][0], alone)


WRONG = {
    "matrix_power of a row": lambda m, a: m.linalg.matrix_power(a[0], 2),
    "matrix_power of a rectangle": lambda m, a: m.linalg.matrix_power(a[:2], 2),
    "cond of nothing": lambda m, a: m.linalg.cond(a[:0]),
    "cond of a rectangle": lambda m, a: m.linalg.cond(a[:2], "fro"),
    "qr": lambda m, a: m.linalg.qr(a, mode="wrong"),
    "eigh": lambda m, a: m.linalg.eigh(a, "X"),
    "tensorinv": lambda m, a: m.linalg.tensorinv(a, ind=0),
    "tensorsolve": lambda m, a: m.linalg.tensorsolve(a, a[0, :2]),
    "hfft": lambda m, a: m.fft.hfft(a, norm="wrong"),
    "ihfft": lambda m, a: m.fft.ihfft(a, norm="wrong"),
    "fftn": lambda m, a: m.fft.fftn(a, s=(2,), axes=(0, 1)),
}


@pytest.mark.parametrize("call", WRONG.values(), ids=WRONG)
def test_wrong_calls_fail_as_in_numpy(call):
    a = real(3, 3)
    with pytest.raises(Exception) as numpys:
        call(numpy, a)
    with pytest.raises(numpys.type):
        pullback(lambda a: call(np, a), a)
