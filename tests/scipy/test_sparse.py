"""Sparse matrices as arguments, operators with closures, what is refused, what is SciPy's own."""

from __future__ import annotations

import inspect

import numpy
import pytest
import scipy.sparse
import scipy.sparse.linalg

import tracegrad.numpy as np
from tracegrad import grad, jvp, stop_gradient
from tracegrad.core.errors import NoDerivative
from tracegrad.core.tree import flatten
from tracegrad.scipy import sparse
from tracegrad.scipy.sparse import linalg

A = (scipy.sparse.random(5, 5, 0.5, random_state=1) + 3 * scipy.sparse.eye(5)).tocsr()
X = numpy.arange(1.0, 6.0)


def fine(solver):
    """Options for a small error."""
    known = inspect.signature(getattr(scipy.sparse.linalg, solver)).parameters
    absolute = {"atol": 0.0} if "atol" in known else {}
    return {"rtol" if "rtol" in known else "tol": 1e-13, **absolute}


def slope(fun, x, h=1e-4):
    """The derivative by differences of fourth order."""
    moved = [fun(x + k * h) for k in (1, -1, 2, -2)]
    return (8 * (moved[0] - moved[1]) - (moved[2] - moved[3])) / (12 * h)


# -- as an argument ------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csr", "csc", "coo", "bsr", "dia"])
@pytest.mark.parametrize("kind", [scipy.sparse.csr_array, scipy.sparse.csr_matrix])
def test_the_gradient_is_a_matrix_of_the_same_structure(format, kind):
    a = kind(A).asformat(format)
    slopes = grad(lambda a: ((a @ X) ** 2).sum())(a)
    assert type(slopes) is type(a)
    dense = 2 * numpy.outer(A @ X, X)
    there = a.toarray() != 0
    numpy.testing.assert_allclose(slopes.toarray()[there], dense[there])
    tangent = jvp(lambda a: ((a @ X) ** 2).sum(), (a,), (a,))[1]
    numpy.testing.assert_allclose(tangent, 2 * ((A @ X) ** 2).sum())


def test_in_containers_and_in_single_precision():
    parameters = {"a": scipy.sparse.csc_array(A).astype("f"), "x": X.astype("f")}
    slopes = grad(lambda p: (p["a"] @ p["x"]).sum())(parameters)
    assert slopes["a"].dtype == slopes["x"].dtype == numpy.float32
    plain = flatten(grad(lambda a: a.sum() * stop_gradient(a).sum())(A))[0][0]
    numpy.testing.assert_allclose(plain, A.sum())


def test_second_order_of_an_argument():
    push = jvp(grad(lambda a: ((a @ a @ X) ** 2).sum()), (A,), (A,))[1]
    numpy.testing.assert_allclose(push.data, 3 * grad(lambda a: ((a @ a @ X) ** 2).sum())(A).data)


# -- linear operators, whose functions close over what is traced -----------------------------------


def operator(s, b):
    """(s + A Aᵀ) x as a function."""
    return scipy.sparse.linalg.LinearOperator((5, 5), matvec=lambda x: s * x + A @ (A.T @ x))


def dense(s, b):
    return s * np.eye(5) + (A @ A.T).toarray()


@pytest.mark.parametrize("name", ["cg", "gmres", "minres", "lgmres", "bicgstab"])
def test_a_closure_through_three_orders(name):
    solve = getattr(linalg, name)

    def by_operator(s):
        return (solve(operator(s, X), s * X, **fine(name))[0] ** 2).sum()

    def by_matrix(s):
        return (np.linalg.solve(dense(s, X), s * X) ** 2).sum()

    one, two = by_operator, by_matrix
    for _ in range(3):
        numpy.testing.assert_allclose(one(2.0), two(2.0), rtol=1e-7)
        numpy.testing.assert_allclose(grad(one)(2.0), grad(two)(2.0), rtol=1e-7)
        one, two = (lambda s, f=f: jvp(f, (s,), (1.0,))[1] for f in (one, two))


def test_applied_operators():
    def fun(s):
        a = linalg.aslinearoperator(A * s)
        return (a @ X + a.rmatvec(X) + (a @ np.stack([X, s * X], 1))[:, 1]).sum()

    numpy.testing.assert_allclose(grad(fun)(2.0), slope(fun, 2.0), rtol=1e-9)
    numpy.testing.assert_allclose(
        grad(lambda x: (scipy.sparse.linalg.aslinearoperator(A) @ x)[0])(X), A.toarray()[0]
    )


# -- SciPy's own -----------------------------------------------------------------------------------


def test_plain_values_are_scipys():
    assert type(sparse.csr_array(A)) is scipy.sparse.csr_array
    assert type(sparse.vstack([A, A])) is type(scipy.sparse.vstack([A, A]))
    assert isinstance(linalg.cg(A @ A.T, X, atol=0.0)[0], numpy.ndarray)
    assert (linalg.splu(A.tocsc()).perm_c == scipy.sparse.linalg.splu(A.tocsc()).perm_c).all()
    with pytest.raises(ValueError):
        A @ numpy.ones(4)


def test_kinds():
    def fun(a):
        assert isinstance(a, sparse.csr_matrix) and not isinstance(a, sparse.csr_array)
        assert sparse.issparse(a) and sparse.isspmatrix_csr(a) and not sparse.isspmatrix_csc(a)
        assert a.shape == (5, 5) and a.nnz == A.nnz and a.format == "csr" and a.ndim == 2
        assert (a > 1).nnz == (A > 1).nnz and repr(a) == repr(A)
        return sparse.find(a)[2].sum() + sum((row @ X).sum() for row in a)

    grad(fun)(A)

    class Mine(sparse.csr_array):
        pass

    assert issubclass(Mine, scipy.sparse.csr_array)


def test_constants_in_traced_functions_are_scipys():
    def fun(x):
        a = sparse.coo_array((np.ones(2), ([0, 1], [1, 0])), shape=(5, 5))
        assert type(a) is scipy.sparse.coo_array
        return (a @ x).sum() + (A @ [x[0], 1.0, x[1], 2.0, 0.0]).sum()

    columns = A.toarray().sum(0)
    want = [1 + columns[0], 1 + columns[2], 0, 0, 0]
    numpy.testing.assert_allclose(grad(fun)(X), want)


def test_lists_of_boxes():
    def fun(x):
        a = sparse.csr_array(([x[0], 2 * x[1]], ([0, 1], [0, 1])), shape=(5, 5))
        return (a @ X).sum()

    numpy.testing.assert_allclose(grad(fun)(X), [1, 4, 0, 0, 0])


def test_empty():
    a = scipy.sparse.csr_array((0, 5))
    assert grad(lambda x: (a @ x).sum())(X).tolist() == [0] * 5
    made = grad(lambda d: sparse.coo_array((d, ([], [])), shape=(3, 3)).toarray().sum())
    assert made(numpy.zeros(0)).shape == (0,)


# -- what is refused -------------------------------------------------------------------------------

DIAGONAL = numpy.array([1.0, 1.0, 2.0, 2.0, 0.0])
LARGE = scipy.sparse.random(40, 40, 0.2, random_state=1).tocsr()
ONES = scipy.sparse.csr_array(numpy.ones((5, 2)))
REFUSED = {
    "max": lambda a: a.max(),
    "setdiag": lambda a: a.setdiag(3.0),
    "lil_array": lambda a: sparse.lil_array(a),
    "spilu": lambda a: linalg.spilu(a).solve(X),
    "splu.*L": lambda a: linalg.splu(a.tocsc()).L,
    "cg did not converge": lambda a: linalg.cg(a, X, maxiter=1, atol=0.0)[0].sum(),
    "spsolve.*singular": lambda a: linalg.spsolve(a * sparse.diags(DIAGONAL), X).sum(),
    "lsqr.*singular": lambda a: linalg.lsqr(a @ ONES, X)[0].sum(),
    "lobpcg did not converge": lambda a: linalg.lobpcg(
        a + a.T, numpy.linspace(1.0, 2.0, 40)[:, None], maxiter=1
    )[0].sum(),
    "repeated": lambda a: linalg.eigsh(sparse.diags(DIAGONAL) * a[0, 0], 2)[0].sum(),
    "linear operators": lambda a: linalg.expm_multiply(
        scipy.sparse.linalg.aslinearoperator(A), a @ X
    ),
}


@pytest.mark.filterwarnings("ignore:Exited at iteration:UserWarning")
@pytest.mark.filterwarnings("ignore:Exited postprocessing:UserWarning")
@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    a = LARGE if "lobpcg" in what else A
    with pytest.raises(NoDerivative, match=what):
        grad(REFUSED[what])(a)


@pytest.mark.parametrize("fun", [numpy.asarray, np.sin, lambda a: a.__setitem__((0, 0), 1.0)])
def test_no_array(fun):
    with pytest.raises(TypeError):
        grad(lambda a: fun(a).sum())(A)
