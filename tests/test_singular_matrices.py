"""Norms at zero, determinants of singular matrices, functions of repeated eigenvalues."""

from __future__ import annotations

import numpy
import pytest

import tracegrad.numpy as np
from tests.test_singular import INF, check, gradient, hessian
from tests.tester import vjp_of
from tracegrad import grad, jacfwd, jacrev

# -- norms -------------------------------------------------------------------------------------

ORDERS = [None, 0.5, 1, 1.5, 2, 3, INF, -INF, -1]


@pytest.mark.parametrize("p", ORDERS)
def test_norm_at_zero(p):
    check(lambda x: np.linalg.norm(x, p), [0.0, 0.0], [0, 0])
    check(lambda x: np.linalg.norm(x, p, axis=1), [[0.0, 0.0], [3.0, 0.0]], [[0, 0], first(p)])
    check(lambda x: np.linalg.norm(x, p) ** 2, [0.0, 0.0], [0, 0])


def first(p):
    """The gradient of the p-norm at (3, 0)."""
    return [0, 0] if p in (-INF, -1) else [1, 0]


@pytest.mark.parametrize("p", [None, 2, 3])
def test_norm_with_a_zero_entry(p):
    curvature = 0 if p == 3 else 1 / 3
    check(lambda x: np.linalg.norm(x, p), [0.0, 3.0], [0, 1], [[curvature, 0], [0, 0]])
    both = [[6 * curvature, 0], [0, 2]]
    check(lambda x: np.linalg.norm(x, p) ** 2, [0.0, 3.0], [0, 6], both)


@pytest.mark.parametrize("p", ORDERS)
def test_second_order_of_norms_with_zero_entries_is_finite(p):
    for x in ([0.0, 0.0], [0.0, 3.0], [0.0, 0.0, -2.0]):
        assert numpy.all(numpy.isfinite(hessian(lambda x: np.linalg.norm(x, p), x)))


def test_squares_that_are_smooth_at_zero():
    check(lambda x: np.sum(x**2), [0.0, 0.0], [0, 0], 2 * numpy.eye(2))
    check(lambda x: np.dot(x, x), [0.0, 3.0], [0, 6], 2 * numpy.eye(2))
    check(lambda x: np.sum(np.abs(x) ** 2), [3.0, -2.0], [6, -4], 2 * numpy.eye(2))


@pytest.mark.parametrize("p", ["fro", "nuc", 1, -1, 2, -2, INF, -INF])
def test_matrix_norm_at_zero(p):
    check(lambda x: np.linalg.norm(x, p), numpy.zeros((2, 3)), numpy.zeros((2, 3)))


def test_norm_of_complex_zero():
    z = numpy.zeros(2, complex)
    for p in (None, 1, 3, INF):
        g = vjp_of(lambda z, p=p: (np.linalg.norm(z, p),), [numpy.float64(1)])(z)[0]
        assert numpy.all(g == 0) and g.dtype == complex


# -- singular and repeated ---------------------------------------------------------------------


def cofactors(a):
    n = len(a)
    minor = lambda i, j: numpy.delete(numpy.delete(a, i, 0), j, 1)
    return [[(-1) ** (i + j) * numpy.linalg.det(minor(i, j)) for j in range(n)] for i in range(n)]


@pytest.mark.parametrize(
    "a",
    [
        [[1.0, 2.0], [2.0, 4.0]],
        numpy.zeros((2, 2)),
        [[1.0, 2.0, 3.0], [2.0, 4.0, 6.5], [1.0, 2.0, 3.0]],  # rank 2
        numpy.outer([1.0, 2.0, 1.0], [1.0, 2.0, 3.0]),  # rank 1
        numpy.zeros((3, 3)),
    ],
    ids=["2: 1", "2: 0", "3: 2", "3: 1", "3: 0"],
)
def test_det_of_singular_matrices(a):
    a = numpy.array(a)
    numpy.testing.assert_allclose(gradient(np.linalg.det, a), cofactors(a), atol=1e-13)
    # det is quadratic in an entry and another, so its second differences are exact
    units = [unit.reshape(a.shape) for unit in numpy.eye(a.size)]
    det = numpy.linalg.det
    second = [
        [(det(a + u + v) - det(a + u - v) - det(a - u + v) + det(a - u - v)) / 4 for v in units]
        for u in units
    ]
    numpy.testing.assert_allclose(hessian(np.linalg.det, a), second, atol=1e-12)


def symmetric(x):
    return 0.5 * (x + x.T)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_powers_of_repeated_eigenvalues(k):
    """tr(Aᵏ) has the gradient k Aᵏ⁻¹, whatever the eigenvalues."""
    a = numpy.diag([1.0, 1.0, 2.0])
    want = k * numpy.linalg.matrix_power(a, k - 1)
    check(lambda x: np.sum(np.linalg.eigvalsh(symmetric(x)) ** k), a, want)
    check(lambda x: np.sum(np.linalg.eigh(symmetric(x))[0] ** k), a, want)


def test_traces_of_functions_of_repeated_eigenvalues():
    a = numpy.diag([2.0, 2.0, 3.0])
    eigenvalues = lambda x: np.linalg.eigvalsh(symmetric(x))
    check(lambda x: np.sum(np.exp(eigenvalues(x))), a, numpy.diag(numpy.exp([2.0, 2.0, 3.0])))
    check(lambda x: np.sum(np.log(eigenvalues(x))), a, numpy.linalg.inv(a))


def test_repeated_singular_values():
    tall = numpy.eye(3, 2)
    for a in (numpy.eye(2), 2 * tall, tall):
        singular = lambda x: np.linalg.svd(x, compute_uv=False)
        u, _, vh = numpy.linalg.svd(a, full_matrices=False)
        check(lambda x: np.linalg.norm(x, "nuc"), a, u @ vh)
        check(lambda x: np.sum(singular(x) ** 2), a, 2 * a)


@pytest.mark.parametrize("outer", [jacrev, jacfwd])
@pytest.mark.parametrize("inner", [jacrev, jacfwd])
@pytest.mark.parametrize(
    "values, diagonal",
    [
        (lambda x: np.linalg.svd(x, compute_uv=False), [2, 2, 2, 2]),
        (np.linalg.eigvalsh, [2, 0, 4, 2]),  # of the lower triangle
    ],
)
def test_second_order_at_repeated_values_is_right_or_nan(values, diagonal, inner, outer):
    second = outer(inner(lambda x: np.sum(values(x) ** 2)))(2 * numpy.eye(2)).reshape(4, 4)
    kept = numpy.isfinite(second)
    assert kept[0, 0] and kept[3, 3]
    numpy.testing.assert_allclose(second[kept], numpy.diag(diagonal)[kept], atol=1e-13)


def test_a_cotangent_of_zeros_is_not_the_same_as_none():
    def squared(x):
        u, s, vh = np.linalg.svd(x)
        return ((u * s**2) @ vh)[0, 1]

    assert numpy.isnan(grad(squared)(2 * numpy.eye(2))).any()
