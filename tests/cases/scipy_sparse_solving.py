"""Systems, eigenvalues and functions of sparse matrices."""

from __future__ import annotations

import functools
import inspect

import numpy
import scipy.sparse.linalg

from tests.tester import Case
from tracegrad.scipy import sparse
from tracegrad.scipy.sparse import linalg

from .samples import normal
from .scipy_sparse_matrices import OLD, D, X, Y, array, csr, other, row

ROWS = []
row = functools.partial(row, rows=ROWS)
Z = normal(3)
FEW = {"complex": False, "float32": False, "small": False}


def large(d):
    """Diagonally dominant."""
    a = sparse.csc_array(csr(d) + other(2.0 * d))
    return a + scipy.sparse.diags([[5.0, 6.0, 7.0, 8.5]], [0]).astype("f").tocsc()


def hermitian(d):
    a = large(d)
    return (a + a.conj().T).tocsr()


def first(fun, *args, **options):
    return fun(*args, **options)[0]


# -- factors -------------------------------------------------------------------------------------

for _b in (X, Y):
    row("spsolve", lambda d, b: linalg.spsolve(large(d), b), D, _b, whole=_b is Y)
row("spsolve sparse", lambda d, e: linalg.spsolve(large(d), other(e)), D, D[::-1])
row("spsolve permc_spec", lambda d: linalg.spsolve(large(d), X, permc_spec="NATURAL"), D)
row("spsolve constant", lambda b: linalg.spsolve(large(D), b), X)
for _trans in "NTH":
    row(f"splu {_trans}", lambda d, b, t=_trans: linalg.splu(large(d)).solve(b, t), D, X)
row("splu complex", lambda d, b: linalg.splu(large((1 + 0.2j) * d)).solve(b + 0j, "H"), D, X)
row("splu constant", lambda b: linalg.splu(large(D)).solve(b), Y)
row("factorized", lambda d, b: linalg.factorized(large(d))(b), D, X)
row("factorized constant", lambda b: linalg.factorized(large(D))(b), X)
row("inv", lambda d: linalg.inv(large(d)), D)
for _unit in (False, True):
    for _lower in (False, True):
        row(f"spsolve_triangular {_lower} {_unit}",
            lambda d, b, lower=_lower, unit=_unit: linalg.spsolve_triangular(
                (sparse.tril if lower else sparse.triu)(large(d)).tocsr(), b, lower,
                unit_diagonal=unit), D, Y)  # fmt: skip

# -- iterations ----------------------------------------------------------------------------------

FINE = {}
for _name in linalg.iterative.SOLVERS:
    _known = inspect.signature(getattr(scipy.sparse.linalg, _name)).parameters
    FINE[_name] = {"rtol" if "rtol" in _known else "tol": 1e-14}
    FINE[_name] |= {"atol": 0.0} if "atol" in _known else {}
    _solve = functools.partial(first, getattr(linalg, _name), **FINE[_name])
    row(_name, lambda d, b, s=_solve: s(hermitian(d), b), D, X, order=1 + (_name == "gmres"))
row("cg complex", lambda d, b: linalg.cg(hermitian(d), b, **FINE["cg"])[0], D, X, complex=True)
row("gmres complex", lambda d, b: linalg.gmres(large(d), b, **FINE["gmres"])[0], D, X, complex=True)
row("gmres dense", lambda d, b: linalg.gmres(large(d).toarray(), b, X, **FINE["gmres"])[0], D, X)
row(
    "bicgstab M",
    lambda d, m: linalg.bicgstab(large(d), X, M=sparse.diags(m), **FINE["bicgstab"])[0],
    D,
    1 / large(D).diagonal(),
)
row("minres shift", lambda d: linalg.minres(hermitian(d), X, shift=0.3, **FINE["minres"])[0], D)

# -- least squares -------------------------------------------------------------------------------

LIMITS = {"lsqr": {"iter_lim": 50}, "lsmr": {"maxiter": 50}}
LIMITS = {name: {"atol": 1e-15, "btol": 1e-15} | limits for name, limits in LIMITS.items()}
for _name, _limits in LIMITS.items():
    _solve = functools.partial(first, getattr(linalg, _name), **_limits)
    row(_name, lambda d, b, s=_solve: s(large(d)[:, :3], b), D, X)
    row(f"{_name} wide", lambda d, b, s=_solve: s(large(d)[:3], b, x0=X), D, Z)
    row(f"{_name} damp", lambda d, b, s=_solve: s(large(d)[:, :3], b, damp=0.7, x0=Z), D, X)
for _name, _places in {"lsqr": (3, 4, 8), "lsmr": (3, 7)}.items():
    _solve = functools.partial(getattr(linalg, _name), damp=0.7, **LIMITS[_name])
    row(f"{_name} lengths",
        lambda d, s=_solve, p=_places: numpy.stack([s(large(d)[:, :3], X)[i] for i in p]), D,
        order=1)  # fmt: skip

# -- eigenvalues; vectors up to a phase ------------------------------------------------------------


def projected(w, v):
    """What depends on no phase."""
    return w, abs(X[: len(v)] @ v)


START = numpy.ones(4)
MASS = scipy.sparse.diags([[1.0, 2.0, 1.5, 0.7]], [0]).tocsc()


def eigsh(d, **options):
    return projected(*linalg.eigsh(hermitian(d), 2, v0=START, **options))


ROWS += [
    Case("sparse.linalg.eigsh", (D,), fun=eigsh, small=False, float32=False),
    Case("sparse.linalg.eigsh", (D, MASS), [{"sigma": 40.0}], **FEW,
         fun=lambda d, m, **o: eigsh(array(d), M=m, **o)),
    Case("sparse.linalg.eigsh", (D,), [{"return_eigenvectors": False}], **FEW,
         fun=lambda d, **o: linalg.eigsh(hermitian(d), 2, which="SA", v0=START, **o)),
    Case("sparse.linalg.eigs", (D,), small=False, float32=False,
         fun=lambda d: projected(*linalg.eigs(large(d), 2, v0=START))),
    Case("sparse.linalg.lobpcg", (D,), **FEW, fun=lambda d: projected(*linalg.lobpcg(
        hermitian(d), numpy.eye(4)[:, :1] + 0.1, tol=1e-14, maxiter=200)), loss=100),
    *[Case("sparse.linalg.svds", (D,), [{"return_singular_vectors": which}], **FEW,
           fun=lambda d, **o: [abs(x) for x in linalg.svds(large(d), 2, v0=START, **o)
                               if x is not None])
      for which in (True, "u", "vh")],
    Case("sparse.linalg.svds", (D,), [{"return_singular_vectors": False}], small=False,
         float32=False, fun=lambda d, **o: linalg.svds(large(d), 2, **o)),
]  # fmt: skip

# -- functions -----------------------------------------------------------------------------------

for _b in (X, Y):
    row("expm_multiply", lambda d, b: linalg.expm_multiply(0.3 * csr(d), b), D, _b, whole=_b is X)
row(
    "expm_multiply in steps",
    lambda d: linalg.expm_multiply(csr(d), X, 0.2, 1.1, 3, False),
    D,
    order=1,
)
row("expm", lambda d: linalg.expm(csr(d).tocsc()), D)
for _ord in (None, "fro", 1, -1, numpy.inf, -numpy.inf) if not OLD else (None, "fro"):
    row(f"norm {_ord}", lambda d, o=_ord: linalg.norm(large(d), o), D, complex=_ord == 1)
for _ord in (None, 1, 2, 3, numpy.inf) if not OLD else ():
    row(
        f"norm {_ord} of columns",
        lambda d, o=_ord: linalg.norm(csr(d), o, axis=0),
        D,
        complex=_ord == 2,
    )
row("norm 2", lambda d: linalg.norm(large(d), 2), D)
if not OLD:
    row("matrix_power", lambda d: linalg.matrix_power(csr(d), 4), D)
