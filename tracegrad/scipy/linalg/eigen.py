"""Eigenvalues and -vectors of full, generalised, banded and tridiagonal problems.

Vectors have the signs and phases that SciPy gives them; their derivatives hold for what does not
depend on these, and are NaN between equal values (see `numpy/rules/decompositions.py`).
"""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.box import getval
from ...numpy.kinds import composed
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import refuse
from ...numpy.rules.linear.matrices import H, conj, from_triangle, scaled
from ...spaces import match
from .banded import full
from .factors import aligned
from .reading import valid

# -- Hermitian problems, by the standard one: L⁻¹ A L⁻ᴴ y = w y where B = L Lᴴ -------------------


def _standard(a, b, type):
    """Eigenvalues and -vectors of A v = w B v, A B v = w v or B A v = w v (types 1, 2, 3)."""
    if b is None:
        return np.linalg.eigh(a)
    half = np.linalg.cholesky(b)
    if type == 1:
        inner = np.linalg.solve(half, H(np.linalg.solve(half, H(a))))
    else:
        inner = H(half) @ a @ half
    w, y = np.linalg.eigh(inner)
    return w, half @ y if type == 3 else np.linalg.solve(H(half), y)


def _hermitian(a, b, type, first, wanted):
    """Those values and vectors, from the one numbered `first` on, that SciPy was asked for."""
    w, v = _standard(a, b, type)
    w = w[..., first : first + wanted[0].shape[-1]]
    if len(wanted) == 1:
        return w
    v = v[..., first : first + wanted[1].shape[-1]]
    return w, scaled(v, aligned(v, wanted[1]))


def _eigh(
    a, b=None, lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False, turbo=False,
    eigvals=None, type=1, check_finite=True, subset_by_index=None, subset_by_value=None,
    driver=None,
):  # fmt: skip
    if eigvals is not None:
        refuse("eigh", eigvals=eigvals)
    triangle = "L" if lower else "U"
    a = from_triangle(valid(a, check_finite), triangle)
    b = None if b is None else from_triangle(valid(b, check_finite), triangle)
    options = {"lower": lower, "type": type, "driver": driver}
    if subset_by_index is not None:
        options["subset_by_index"] = subset_by_index
    if subset_by_value is not None:
        options["subset_by_value"] = subset_by_value
    wanted = sl.eigh(getval(a), getval(b), eigvals_only=eigvals_only, **options)
    wanted = (wanted,) if eigvals_only else wanted
    first = 0 if subset_by_index is None else int(subset_by_index[0])
    if subset_by_value is not None:
        every = sl.eigh(getval(a), getval(b), eigvals_only=True, type=type)
        first = int(np.sum(every <= subset_by_value[0]))
    return _hermitian(a, b, type, first, wanted)


def _eigvalsh(a, b=None, lower=True, *args, **options):
    names = ("overwrite_a", "overwrite_b", "turbo", "eigvals", "type", "check_finite",
             "subset_by_index", "subset_by_value", "driver")  # fmt: skip
    return _eigh(a, b, lower, True, **dict(zip(names, args)), **options)


composed(of(sl.eigh), _eigh)
composed(of(sl.eigvalsh), _eigvalsh)

# -- few diagonals -----------------------------------------------------------------------------


def _selected(solver, arrays, a, eigvals_only, options):
    """By way of the full matrix, so for matrices of moderate size."""
    wanted = solver(*map(getval, arrays), **options)
    wanted = (wanted,) if eigvals_only else wanted
    first, select = 0, options["select"]
    if select in ("i", 2, "index"):
        first = int(min(options["select_range"]))
    elif select in ("v", 1, "value"):
        first = int(np.sum(np.linalg.eigvalsh(getval(a)) <= min(options["select_range"])))
    return _hermitian(a, None, 1, first, wanted)


def _eig_banded(
    a_band, lower=False, eigvals_only=False, overwrite_a_band=False, select="a",
    select_range=None, max_ev=0, check_finite=True,
):  # fmt: skip
    a_band = valid(a_band, check_finite)
    k = a_band.shape[0]
    half = a_band
    if not lower:  # the diagonals below, each from its start
        rows = [np.roll(conj(a_band[k - 1 - r]), -r) for r in range(k)]
        half = np.stack(rows)
    a = from_triangle(full(half))
    options = {"lower": lower, "select": select, "select_range": select_range, "max_ev": max_ev}
    options["eigvals_only"] = eigvals_only
    return _selected(sl.eig_banded, [a_band], a, eigvals_only, options)


def _eigvals_banded(
    a_band, lower=False, overwrite_a_band=False, select="a", select_range=None, check_finite=True
):
    return _eig_banded(
        a_band, lower, True, select=select, select_range=select_range, check_finite=check_finite
    )


def _eigh_tridiagonal(
    d, e, eigvals_only=False, select="a", select_range=None, check_finite=True, tol=0.0,
    lapack_driver="auto",
):  # fmt: skip
    d, e = valid(d, check_finite), valid(e, check_finite)
    a = np.diag(d) + np.diag(e, -1) + np.diag(e, 1)
    options = {"select": select, "select_range": select_range, "tol": tol}
    options |= {"eigvals_only": eigvals_only, "lapack_driver": lapack_driver}
    return _selected(sl.eigh_tridiagonal, [d, e], a, eigvals_only, options)


def _eigvalsh_tridiagonal(
    d, e, select="a", select_range=None, check_finite=True, tol=0.0, lapack_driver="auto"
):
    return _eigh_tridiagonal(d, e, True, select, select_range, check_finite, tol, lapack_driver)


composed(of(sl.eig_banded), _eig_banded)
composed(of(sl.eigvals_banded), _eigvals_banded)
composed(of(sl.eigh_tridiagonal), _eigh_tridiagonal)
composed(of(sl.eigvalsh_tridiagonal), _eigvalsh_tridiagonal)

# -- other matrices: A v = w B v and uᴴ A = w uᴴ B ------------------------------------------------


def _as_ordered(w, wanted):
    """For each wanted value the place of the nearest one that is not taken."""
    apart = abs(w[None, :] - wanted[:, None])
    order = np.empty(len(w), int)
    for _ in w:
        i, j = np.unravel_index(np.argmin(apart), apart.shape)
        order[i] = j
        apart[i], apart[:, j] = np.inf, np.inf
    return order


def _unit(v, wanted):
    """Columns of length 1, with the wanted phases."""
    v = v / np.sqrt((v * conj(v)).real.sum(0))
    return match(scaled(v, aligned(v, wanted.astype(v.dtype))), wanted.dtype)


def _eig(
    a, b=None, left=False, right=True, overwrite_a=False, overwrite_b=False, check_finite=True,
    homogeneous_eigvals=False,
):  # fmt: skip
    if homogeneous_eigvals:
        refuse("eig", homogeneous_eigvals=homogeneous_eigvals)
    a, b = valid(a, check_finite), None if b is None else valid(b, check_finite)
    if a.ndim > 2:
        pairs = [(x, None) for x in a] if b is None else zip(a, np.broadcast_to(b, a.shape))
        found = [_eig(x, y, left, right) for x, y in pairs]
        return tuple(map(np.stack, zip(*found))) if left or right else np.stack(found)
    w, v = np.linalg.eig(a if b is None else np.linalg.solve(b, a))
    wanted = sl.eig(getval(a), getval(b), left, right)
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    order = _as_ordered(getval(w), wanted[0])
    w, v = match(w[order], wanted[0].dtype), v[:, order]
    if not (left or right):
        return w
    found = [w]
    if left:
        u = H(np.linalg.inv(v))
        u = u if b is None else np.linalg.solve(H(b), u)
        found.append(_unit(u, wanted[1]))
    if right:
        found.append(_unit(v, wanted[-1]))
    return tuple(found)


def _eigvals(a, b=None, overwrite_a=False, check_finite=True, homogeneous_eigvals=False):
    return _eig(a, b, False, False, False, False, check_finite, homogeneous_eigvals)


composed(of(sl.eig), _eig)
composed(of(sl.eigvals), _eigvals)
