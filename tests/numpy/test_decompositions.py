"""Decompositions at equal values, where vectors are free to turn, and at zero ones."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.numpy.derivatives import (
    check,
    close,
    difference,
    pairing,
    random_like,
)
from tracegrad.core.box import getval
from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback


@pytest.fixture(autouse=True)
def seeded():
    """The same numbers for a test whatever ran before it."""
    global rng
    rng = numpy.random.default_rng(3)


def real(*shape):
    return rng.standard_normal(shape)


def cmplx(*shape):
    return real(*shape) + 1j * real(*shape)


both = pytest.mark.parametrize("make", [real, cmplx])


def H(x):
    return np.conjugate(np.swapaxes(x, -1, -2))


def gradient(fun, x):
    return pullback(fun, x)[1](numpy.ones(()))[0]


def with_spectrum(w, make):
    """A Hermitian matrix with these eigenvalues."""
    q = numpy.linalg.qr(make(len(w), len(w)))[0]
    return (q * numpy.array(w)) @ q.conj().T


# -- eigh --------------------------------------------------------------------------------------


def test_eigenvectors_of_real_matrices_themselves():
    check(lambda a: np.linalg.eigh(a)[1], real(3, 3), tolerance=1e-6)


@both
def test_repeated_eigenvalues(make):
    """Sums of equal eigenvalues, and the vectors of another one, move smoothly."""
    a = with_spectrum([1.0, 1.0, 1.0, 4.0], make)

    def simple(a):
        v = np.linalg.eigh(a)[1][:, 3:]
        return v @ H(v)

    check(lambda a: np.linalg.eigvalsh(a)[:3].sum(), a, order=1, tolerance=1e-6)
    check(simple, a, order=1, tolerance=1e-6)
    rest = lambda a: (v := np.linalg.eigh(a)[1][:, :3]) @ H(v)
    assert everywhere_nan(rest, a)
    identity = numpy.eye(3) + 0 * make(3, 3)
    assert numpy.allclose(gradient(lambda a: np.sum(np.linalg.eigh(a)[0]), identity), numpy.eye(3))
    w, v = pushforward(np.linalg.eigh, [identity], [make(3, 3)])[1]
    assert numpy.all(numpy.isfinite(w)) and numpy.all(numpy.isnan(v))


def f_of(f):
    """A function of Hermitian matrices by their eigenvalues."""

    def fun(a):
        w, v = np.linalg.eigh(a)
        return (v * f(w)[..., None, :]) @ H(v)

    return fun


def everywhere_nan(fun, a):
    """Whether a derivative in any mode is NaN, rather than a finite wrong number."""
    value, vjp = pullback(fun, a)
    moved = pushforward(fun, [a], [random_like(a, rng)])[1]
    return bool(numpy.isnan(vjp(random_like(value, rng))[0]).all() and numpy.isnan(moved).all())


@both
def test_functions_of_matrices_with_repeated_eigenvalues_are_nan(make):
    """Their slope there is f', of which the vectors' slope knows nothing."""
    identity = numpy.eye(2) + 0 * make(2, 2)
    assert everywhere_nan(f_of(np.square), identity)
    assert everywhere_nan(f_of(np.square), with_spectrum([2.0, 2.0, 5.0], make))
    one_row = numpy.array([[0.0, 1.0], [0.0, 0.0]]) + 0 * identity  # leaves no cotangent for w
    assert numpy.isnan(pullback(f_of(np.square), identity)[1](one_row)[0]).all()
    along = pushforward(f_of(np.square), [identity], [numpy.diag([1.0, 3.0]) + 0 * identity])[1]
    assert numpy.allclose(along, numpy.diag([2.0, 6.0]))  # this step turns no vector


def test_second_order_at_repeated_values_is_right_or_nan():
    first = lambda a: gradient(lambda a: np.sum(np.linalg.eigvalsh(a) ** 2), a)
    moved = pushforward(first, [numpy.eye(2)], [numpy.array([[0.0, 1.0], [1.0, 0.0]])])[1]
    assert numpy.isnan(moved).all()
    a = with_spectrum([1.0, 1.0, 4.0], real)
    check(lambda a: np.linalg.eigvalsh(a)[2], a, order=2, tolerance=1e-5)
    a = with_singular_values([2.0, 2.0, 4.0], (3, 4), real)
    check(lambda a: np.linalg.svd(a, compute_uv=False)[0], a, order=2, tolerance=1e-5)


def test_no_cotangent_is_not_a_small_one():
    """The VJP is linear in the cotangent: zeros that move are not zeros to stay."""
    weights = real(2, 2)
    vjp = lambda c: pullback(f_of(np.square), numpy.eye(2))[1](c * weights)[0]
    assert numpy.isnan(pushforward(vjp, [numpy.float64(0)], [numpy.float64(1)])[1]).all()


# -- eig ---------------------------------------------------------------------------------------


def test_eig_of_a_repeated_eigenvalue():
    assert numpy.allclose(
        gradient(lambda a: np.sum(np.linalg.eig(a)[0]), numpy.eye(3)), numpy.eye(3)
    )
    w, v = pushforward(np.linalg.eig, [numpy.eye(3)], [real(3, 3)])[1]
    assert numpy.all(numpy.isfinite(w)) and numpy.all(numpy.isnan(v))
    assert everywhere_nan(lambda a: np.linalg.eig(a)[1], numpy.eye(3))

    def simple(a):
        w, v = np.linalg.eig(a)
        top = int(numpy.argmax(getval(w).real))
        return np.abs(v[:, top]) ** 2, w[top].real

    basis = numpy.eye(3) + 0.3 * real(3, 3)
    a = basis @ numpy.diag([1.0, 1.0, 4.0]) @ numpy.linalg.inv(basis)
    check(simple, a, order=1, tolerance=1e-6)


# -- svd ---------------------------------------------------------------------------------------


@both
def test_repeated_and_zero_singular_values(make):
    a = numpy.linalg.qr(make(4, 2))[0]
    check(lambda a: np.linalg.svd(a, compute_uv=False).sum(), a, order=1, tolerance=1e-6)
    zeros = numpy.zeros((3, 2)) + 0 * make(3, 2)
    for full in (True, False):
        u, s, vh = pushforward(lambda a: np.linalg.svd(a, full), [zeros], [make(3, 2)])[1]
        assert numpy.all(numpy.isfinite(s))
        assert numpy.all(numpy.isnan(u)) and numpy.all(numpy.isnan(vh))
        assert everywhere_nan(lambda a: np.linalg.svd(a, full)[0], zeros)


@both
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("shape", [(3, 3), (4, 3), (3, 5)])
def test_vectors_of_simple_singular_values(make, shape, full):
    """Others are equal, or 0."""
    for s in ([3.0, 2.0, 2.0], [3.0, 0.0, 0.0]):
        a = with_singular_values(s, shape, make)

        def simple(a):
            u, s, vh = np.linalg.svd(a, full)
            return (u[:, :1] * s[:1]) @ vh[:1], np.abs(u[:, 0]) ** 2, np.abs(vh[0]) ** 2

        check(simple, a, order=1, tolerance=1e-6)


def with_singular_values(s, shape, make):
    u, v = (numpy.linalg.qr(make(n, len(s)))[0] for n in shape)
    return (u * numpy.array(s)) @ v.conj().T


def polar(a, full=False):
    u, s, vh = np.linalg.svd(a, full)
    return u[:, : len(s)] @ vh[: len(s)]


@both
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    "s, shape", [([1, 1, 1], (3, 3)), ([2, 2, 1], (3, 3)), ([2, 2, 1], (4, 3)), ([2, 2, 1], (3, 5))]
)
def test_polar_factor_at_repeated_singular_values(make, s, shape, full):
    whole = lambda a: polar(a, full)
    for a in (numpy.eye(*shape) * numpy.array([*s, 0, 0][: shape[1]]) + 0 * make(*shape),
              with_singular_values(s, shape, make)):  # fmt: skip
        value, vjp = pullback(whole, a)
        g = random_like(value, rng)
        ts = [random_like(a, rng) for _ in range(2 * a.size)]
        for t in ts:
            assert abs(pairing(vjp(g), [t]) - pairing([g], difference(whole, [a], [t]))) < 1e-6
        assert numpy.isnan(pushforward(whole, [a], ts[:1])[1]).all()


@both
@pytest.mark.parametrize("s", [[1, 1, 1], [2, 2, 1]])
def test_polar_factor_along_a_turn(make, s):
    """Of U and V against each other, which equal singular values leave determined."""
    a = numpy.diag(s) + 0 * make(3, 3)
    t = make(3, 3)
    equal = numpy.equal.outer(s, s)
    t = numpy.where(equal, t - H(t), t)
    close(pushforward(polar, [a], [t])[1], difference(polar, [a], [t]), 1e-6, "JVP")


@both
def test_functions_of_repeated_singular_values_are_nan(make):
    def squared(a):
        u, s, vh = np.linalg.svd(a)
        return (u * s**2) @ vh

    assert everywhere_nan(squared, numpy.eye(3) + 0 * make(3, 3))
    assert everywhere_nan(squared, with_singular_values([2, 2, 1], (3, 3), make))


def test_result_keeps_its_type():
    plain = np.linalg.svd(real(3, 2))
    for hermitian in (False, True):
        out, _ = pullback(lambda a: np.linalg.svd(a, hermitian=hermitian), real(3, 3))
        assert type(out) is type(plain)
    assert type(pullback(np.linalg.eigh, real(2, 2))[0]) is type(np.linalg.eigh(real(2, 2)))
    assert type(pullback(np.linalg.qr, real(2, 3))[0]) is type(np.linalg.qr(real(2, 3)))


def test_reflections_of_columns_that_need_none():
    a = numpy.triu(real(3, 3))
    a[0, 0] = -2.0
    (h, tau), pull = pullback(lambda a: np.linalg.qr(a, "raw"), a)
    want = numpy.linalg.qr(a, "raw")
    assert numpy.allclose(h, want[0], atol=1e-14) and numpy.allclose(tau, want[1], atol=1e-14)
    assert numpy.isfinite(pull((numpy.ones((3, 3)), numpy.ones(3)))[0]).all()


def test_slope_of_cholesky_is_hermitian():
    for make in (real, cmplx):
        a = with_spectrum([1.0, 2.0, 3.0], make)
        slope = gradient(lambda a: np.abs(np.linalg.cholesky(a)).sum(), a)
        assert numpy.allclose(slope, H(slope))
