"""Schur and Hessenberg forms, indefinite factors, updated QR factors."""

from __future__ import annotations

import numpy
import scipy.linalg

import tracegrad.scipy
from tests.tester import Case

from .samples import normal

M = normal(4, 4) + numpy.diag([0.0, 2.0, 4.0, 6.0])
SYMMETRIC = normal(3, 3) + normal(3, 3).T
INDEFINITE = numpy.array([[0.1, 3.0, 0.4], [3.0, 0.2, 0.7], [0.4, 0.7, 2.0]])


def linalg(name, *args, options=None, **flags):
    flags = {"small": False, "complex": False, "float32": False, **flags}
    return Case(f"scipy.linalg.{name}", args, options or [{}], **flags)


def of_products(fun, a, *args, **options):
    """What does not depend on signs and phases of the vectors."""
    t, z, *rest = fun(a, *args, **options)
    return abs(t) ** 2, t.diagonal(), abs(z) ** 2, *rest


def in_phase(fun, t, z, **options):
    """T keeps its zeros."""
    t, z = fun(numpy.multiply(t, REAL_FORM[0] != 0), z, **options)
    return abs(t) ** 2, abs(z) ** 2


def of_eigenpairs(fun, x, y, v, w):
    """One real eigenvalue and a pair."""
    pair = numpy.array([0.0, 1.0, -1.0])
    x, v, w = [numpy.multiply(part, 1.0 + 0 * pair) for part in (x, v, w)]
    twin = numpy.array([0, 1, 1])
    y = numpy.multiply(y, 1.0 + 0 * pair)
    return fun(x[twin] + 1j * y[twin] * pair, v[:, twin] + 1j * w[:, twin] * pair)


def doubled(x):
    """SciPy takes no factors of one precision and vectors of another."""
    if isinstance(x, int | float | str | None):
        return x
    return numpy.multiply(x, numpy.ones(len(x[0]) if numpy.ndim(x) == 2 else len(x)))


def of_factors(fun, a, mode, **options):
    """Q and R of a matrix stay factors when the matrix moves."""
    options = {name: doubled(value) for name, value in options.items()}
    return fun(*tracegrad.scipy.linalg.qr(doubled(a), mode=mode), **options)


COMPLEX = normal(3, 3) + 1j * normal(3, 3, seed=1)
REAL_FORM = scipy.linalg.schur(normal(3, 3) - 3 * numpy.eye(3)[[1, 2, 0]])
ROWS = [
    linalg("schur", M, use=of_products, options=[
        {}, {"sort": "lhp"}, {"lwork": None, "overwrite_a": False, "check_finite": False}]),
    linalg("schur", M - 4 * numpy.eye(4)[[1, 2, 3, 0]], use=of_products,
           options=[{"output": "complex"}]),
    linalg("schur", COMPLEX, "complex", use=of_products),
    linalg("rsf2csf", *REAL_FORM, use=in_phase, options=[{"check_finite": False}]),
    linalg("cdf2rdf", normal(3), normal(3), normal(3, 3), normal(3, 3), use=of_eigenpairs),
    linalg("hessenberg", M, options=[
        {}, {"calc_q": True, "overwrite_a": False, "check_finite": False}]),
    linalg("hessenberg", COMPLEX, True),
    linalg("hessenberg", normal(2, 2), options=[{"calc_q": True}]),
    linalg("matrix_balance", M * [1, 100, 0.01, 1], complex=True, options=[
        {}, {"permute": False}, {"scale": False, "overwrite_a": False}, {"separate": True}]),
    *[linalg("ldl", a, options=[{}, {"lower": False}, {"hermitian": False},
                                {"overwrite_a": False, "check_finite": False}])
      for a in (SYMMETRIC, INDEFINITE)],
    linalg("ldl", COMPLEX + COMPLEX.T, options=[{"hermitian": False}, {"lower": False,
           "hermitian": False}]),
    linalg("ldl", COMPLEX, options=[{}, {"lower": False}], use=lambda fun, a, **options: fun(
        a + numpy.conj(a).T, **options)),
    linalg("qr_update", normal(4, 3), "economic", use=of_factors, options=[
        {"u": normal(4), "v": normal(3), "overwrite_qruv": False, "check_finite": False}]),
    linalg("qr_update", normal(3, 3), "full", use=of_factors, options=[
        {"u": normal(3, 2), "v": normal(3, 2)}]),
    *[linalg("qr_insert", normal(4, 3), "economic", use=of_factors, options=[
        {"u": u, "k": 1, "which": which, "rcond": rcond, "overwrite_qru": False,
         "check_finite": False}])
      for u, which, rcond in ((normal(3), "row", None), (normal(4), "col", 1e-9))],
    *[linalg("qr_delete", normal(5, 3), "economic", use=of_factors, options=[
        {"k": 1, "p": p, "which": which, "overwrite_qr": False, "check_finite": False}])
      for p, which in ((1, "row"), (2, "row"), (1, "col"))],
]  # fmt: skip
