"""Distributions of vectors and matrices. Values are SciPy's, derivatives those of the formulas.

Symmetric matrices are taken by their symmetric part, so their gradients are symmetric.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import stats
from scipy.special import digamma, gammaln, xlogy

from ...core.box import getval, isbox
from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...core.trace import depth
from ...numpy.rules.arrays import refuse
from .families.parts import LOG2, LOG_2PI, LOG_PI
from .law import attach, double

__all__ = ["methods", "methods_of"]

methods: dict[str, dict[str, Primitive]] = {}
"""Distribution → name → method."""


def methods_of(name: str) -> dict[str, Primitive]:
    """The methods of a distribution that take boxes, by name."""
    return methods.get(name, {})


def _declare(name: str, method: str, signature: str, formula: Callable) -> None:
    distribution = getattr(stats, name, None)
    if distribution is None:
        return
    fun = getattr(distribution, method)
    names = [part.split("=")[0].strip() for part in signature.split(",")]
    bound = eval(f"lambda {signature}: ({', '.join(names)},)")

    def composition(*args, **kwargs):
        args = [arg if arg is None or isinstance(arg, bool) else double(arg)
                for arg in bound(*args, **kwargs)]  # fmt: skip
        plain = [arg if arg is None else np.asarray(getval(arg))[()] for arg in args]
        value = np.asarray(fun(**dict(zip(names, plain))))[()]
        return attach(np.reshape(formula(*args), value.shape), value)

    primitive = Primitive(fun, name=f"{name}.{method}", signature=signature)
    primitive.composition = composition
    methods.setdefault(name, {})[method] = primitive


def _density(name: str, signature: str, formula: Callable, log: str = "logpdf") -> None:
    _declare(name, log, signature, formula)
    _declare(name, log[3:], signature, lambda *args: np.exp(formula(*args)))


def _symmetric(matrix, size):
    """A matrix from a number, a diagonal or itself."""
    if matrix.ndim == 0:
        return matrix * np.eye(size)
    if matrix.ndim == 1:
        return matrix[:, None] * np.eye(size)
    return 0.5 * (matrix + matrix.T)


def _log_det(matrix):
    return np.linalg.slogdet(matrix)[1]


def _log_gamma_p(a, p):
    """log of the multivariate gamma function."""
    return 0.25 * p * (p - 1) * LOG_PI + sum(gammaln(a - 0.5 * j) for j in range(p))


# -- about a mean ----------------------------------------------------------------------------------


def _about(mean, matrix):
    """The mean, and the matrix in full."""
    size = mean.size if mean is not None else 1 if matrix.ndim < 2 else len(matrix)
    matrix = _symmetric(matrix, size)
    return np.zeros(size) if mean is None else mean.reshape(size), matrix


def _points(x, mean):
    return x.reshape(-1, len(getval(mean))) if x.ndim < 2 else x


def _on_support(name, x, mean, matrix, allow_singular):
    """The same in coordinates of the matrix's range, where it is diagonal, if it is singular.

    Also which points are in the support, as far as SciPy looks. The density is one on the support
    alone, and so are its derivatives. In the matrix there are none: of those nearby some have
    another rank, and with it a density of another dimension.
    """
    if not allow_singular:
        return x, mean, matrix, True
    w, v = np.linalg.eigh(getval(matrix))
    negligible = 1e6 * np.finfo(float).eps * abs(w).max()
    if w[0] > negligible:
        return x, mean, matrix, True
    if depth(matrix):
        raise NoDerivative(
            f"{name}: in a singular matrix there is no derivative.\n  in {user_line()}\n"
            "  Write the density in coordinates of its support, in which the matrix is regular."
        )
    basis, null = v[:, w > negligible], v[:, w <= negligible]
    off = np.linalg.norm((getval(x) - getval(mean)) @ null, axis=-1)
    return x @ basis, mean @ basis, np.diag(w[w > negligible]), off < 1e3 * negligible


def _distance(x, mean, matrix):
    """The squared distance of each point from the mean, in units of the matrix."""
    x = x - mean
    rows = x.reshape(math.prod(x.shape[:-1]), x.shape[-1])
    return np.sum(x * np.linalg.solve(matrix, rows.T).T.reshape(x.shape), axis=-1)


def _normal_height(x, mean, cov):
    return -0.5 * (len(getval(cov)) * LOG_2PI + _log_det(cov) + _distance(x, mean, cov))


def _normal(x, mean, cov, allow_singular):
    mean, cov = _about(mean, cov)
    name, x = "multivariate_normal", _points(x, mean)
    x, mean, cov, supported = _on_support(name, x, mean, cov, allow_singular)
    return np.where(supported, _normal_height(x, mean, cov), -np.inf)


def _normal_entropy(mean, cov):
    mean, cov = _about(mean, cov)
    return 0.5 * (len(getval(cov)) * (LOG_2PI + 1.0) + _log_det(cov))


_density("multivariate_normal", "x, mean=None, cov=1, allow_singular=False", _normal)
_declare("multivariate_normal", "entropy", "mean=None, cov=1", _normal_entropy)


def _student(x, loc, shape, df, allow_singular=False):
    loc, shape = _about(loc, shape)
    x, p = _points(x, loc), len(getval(shape))
    x, loc, shape, _ = _on_support("multivariate_t", x, loc, shape, allow_singular)
    if np.isinf(getval(df)):
        return _normal_height(x, loc, shape)
    return (
        gammaln(0.5 * (p + df)) - gammaln(0.5 * df) - 0.5 * p * (np.log(df) + LOG_PI)
        - 0.5 * _log_det(shape) - 0.5 * (df + p) * np.log1p(_distance(x, loc, shape) / df)
    )  # fmt: skip


_PLACE = "x, loc=None, shape=1, df=1"
_declare("multivariate_t", "logpdf", _PLACE, _student)
_declare(
    "multivariate_t", "pdf", f"{_PLACE}, allow_singular=False",
    lambda *args: np.exp(_student(*args)),
)  # fmt: skip

# -- matrices --------------------------------------------------------------------------------------


def _matrices(x, scale):
    """A stack of matrices, and the scale in full."""
    size = 1 if scale.ndim == 0 else len(getval(scale))
    if x.ndim == 1 and size == 1:
        return x[:, None, None], _symmetric(scale, size)
    x = np.moveaxis(x, -1, 0) if x.ndim == 3 else _symmetric(x, size)
    return 0.5 * (x + np.swapaxes(x, -1, -2)), _symmetric(scale, size)


def _trace_of_quotient(x, y):
    return np.trace(np.linalg.solve(y, x), axis1=-2, axis2=-1)


def _wishart(x, df, scale):
    x, scale = _matrices(x, scale)
    p = len(getval(scale))
    return (
        0.5 * (df - p - 1.0) * _log_det(x) - 0.5 * _trace_of_quotient(x, scale)
        - 0.5 * df * (p * LOG2 + _log_det(scale)) - _log_gamma_p(0.5 * df, p)
    )  # fmt: skip


def _inverse_wishart(x, df, scale):
    x, scale = _matrices(x, scale)
    p = len(getval(scale))
    return (
        0.5 * df * (_log_det(scale) - p * LOG2) - 0.5 * (df + p + 1.0) * _log_det(x)
        - 0.5 * _trace_of_quotient(scale, x) - _log_gamma_p(0.5 * df, p)
    )  # fmt: skip


def _matrix_normal(X, mean, rowcov, colcov):
    rows, columns = X.shape[-2:]
    rowcov, colcov = _symmetric(rowcov, rows), _symmetric(colcov, columns)
    X = X if mean is None else X - mean
    right = np.swapaxes(np.linalg.solve(colcov, np.swapaxes(X, -1, -2)), -1, -2)
    return -0.5 * (
        rows * columns * LOG_2PI + rows * _log_det(colcov) + columns * _log_det(rowcov)
        + np.sum(np.linalg.solve(rowcov, X) * right, axis=(-2, -1))
    )  # fmt: skip


_density("wishart", "x, df, scale", _wishart)
_density("invwishart", "x, df, scale", _inverse_wishart)
_density("matrix_normal", "X, mean=None, rowcov=1, colcov=1", _matrix_normal)

# -- parts of a whole ------------------------------------------------------------------------------


def _log_beta(alpha):
    return np.sum(gammaln(alpha)) - gammaln(np.sum(alpha))


def _dirichlet(x, alpha):
    """The last part may be left out: it is the rest."""
    if len(getval(x)) == alpha.size - 1:
        x = np.concatenate([x, 1.0 - np.sum(x, axis=0, keepdims=True)])
    return np.sum(xlogy(alpha - 1.0, x.T), axis=-1) - _log_beta(alpha)


def _dirichlet_entropy(alpha):
    total = np.sum(alpha)
    return (
        _log_beta(alpha) + (total - alpha.size) * digamma(total)
        - np.sum((alpha - 1.0) * digamma(alpha))
    )  # fmt: skip


def _dirichlet_var(alpha):
    part = alpha / np.sum(alpha)
    return part * (1.0 - part) / (np.sum(alpha) + 1.0)


_density("dirichlet", "x, alpha", _dirichlet)
_declare("dirichlet", "mean", "alpha", lambda alpha: alpha / np.sum(alpha))
_declare("dirichlet", "var", "alpha", _dirichlet_var)
_declare("dirichlet", "entropy", "alpha", _dirichlet_entropy)


def _whole(name, **counts):
    refuse(name, **{key: x if isbox(x) else None for key, x in counts.items()})


def _multinomial(x, n, p):
    """SciPy takes the last probability to be the rest."""
    _whole("multinomial", x=x, n=n)
    p = np.concatenate([p[..., :-1], 1.0 - np.sum(p[..., :-1], axis=-1, keepdims=True)], axis=-1)
    return gammaln(n + 1.0) + np.sum(xlogy(x, p) - gammaln(x + 1.0), axis=-1)


def _dirichlet_multinomial(x, alpha, n):
    _whole("dirichlet_multinomial", x=x, n=n)
    total = np.sum(alpha, axis=-1)
    return (
        gammaln(total) + gammaln(n + 1.0) - gammaln(n + total)
        + np.sum(gammaln(x + alpha) - gammaln(alpha) - gammaln(x + 1.0), axis=-1)
    )  # fmt: skip


_density("multinomial", "x, n, p", _multinomial, "logpmf")
_density("dirichlet_multinomial", "x, alpha, n", _dirichlet_multinomial, "logpmf")
