"""Radial basis functions."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.interpolate as si

from ...core.box import getval
from ...numpy.rules.arrays import as_array, refuse
from .reading import double, settled, traced

__all__ = ["RBFInterpolator", "Rbf"]

# By squares of distances; those with a logarithm or an odd power are 0 where the distance is.
_KERNELS = {
    "linear": lambda s: -np.sqrt(s),
    "thin_plate_spline": lambda s: 0.5 * s * np.log(s),
    "cubic": lambda s: s * np.sqrt(s),
    "quintic": lambda s: -s * s * np.sqrt(s),
    "multiquadric": lambda s: -np.sqrt(s + 1.0),
    "inverse_multiquadric": lambda s: 1.0 / np.sqrt(s + 1.0),
    "inverse_quadratic": lambda s: 1.0 / (s + 1.0),
    "gaussian": lambda s: np.exp(-s),
}
_SINGULAR = {"linear", "thin_plate_spline", "cubic", "quintic"}


def _kernel(name, x, y):
    """The kernel between rows of x and rows of y."""
    d = x[..., :, None, :] - y[..., None, :, :]
    s = np.sum(d * d, -1)
    if name not in _SINGULAR:
        return _KERNELS[name](s)
    apart = getval(s) > 0.0
    return np.where(apart, _KERNELS[name](np.where(apart, s, 1.0)), 0.0)


def _monomials(x, powers):
    columns = []
    for exponents in powers:
        column = np.ones(x.shape[:-1])
        for j, exponent in enumerate(exponents):
            for _ in range(exponent):
                column = column * x[..., j]
        columns.append(column)
    return np.stack(columns, -1) if columns else np.zeros((*x.shape[:-1], 0))


class RBFInterpolator(si.RBFInterpolator):
    """Radial basis functions and a polynomial; see `scipy.interpolate.RBFInterpolator`.

    At a center the kernels that have a kink there have slope 0, and the infinite second derivative
    of the thin plate's is left out.
    """

    def __init__(
        self, y: Any, d: Any, neighbors: Any = None, smoothing: Any = 0.0,
        kernel: str = "thin_plate_spline", epsilon: Any = None, degree: Any = None,
    ) -> None:  # fmt: skip
        y, d, smoothing, epsilon = map(settled, (y, d, smoothing, epsilon))
        values = getval(y), getval(d), neighbors, getval(smoothing), kernel, getval(epsilon)
        super().__init__(*values, degree)
        if traced(y, d, smoothing, epsilon):
            self.y, self.d = double(y), double(d).reshape(y.shape[0], -1)
            self.smoothing = np.broadcast_to(double(smoothing), y.shape[:1])
            self.epsilon = self.epsilon if epsilon is None else epsilon
        low, high = getval(self.y).min(0), getval(self.y).max(0)
        # another basis of the same polynomials, so constants do
        self._middle, self._reach = (low + high) / 2, np.where(high > low, (high - low) / 2, 1.0)

    def _row(self, x: Any, y: Any) -> Any:
        """Kernels and monomials at points."""
        kernels = _kernel(self.kernel, x * self.epsilon, y * self.epsilon)
        return np.concatenate(
            [kernels, _monomials((x - self._middle) / self._reach, self.powers)], -1
        )

    def _coefficients(self, y: Any, d: Any, smoothing: Any) -> Any:
        n, m = y.shape[-2], len(self.powers)
        rows = self._row(y, y)
        p = rows[..., n:]
        smooth = np.eye(n, n + m) * smoothing[..., None]
        below = np.concatenate([np.swapaxes(p, -1, -2), np.zeros((*p.shape[:-2], m, m))], -1)
        right = np.concatenate([d, np.zeros((*d.shape[:-2], m, d.shape[-1]), d.dtype)], -2)
        return np.linalg.solve(np.concatenate([rows + smooth, below], -2), right)

    def __call__(self, x: Any) -> Any:
        x = settled(x)
        if not traced(x, self.y, self.d, self.smoothing, self.epsilon):
            return super().__call__(x)
        x = double(x)
        if x.ndim != 2 or x.shape[1] != self.y.shape[1]:
            raise ValueError(f"`x` must be two-dimensional, with {self.y.shape[1]} columns")
        d = self._data()
        if self.neighbors is None:
            ans = self._row(x, self.y) @ self._coefficients(self.y, d, self.smoothing)
        else:
            i = np.sort(self._tree.query(getval(x), self.neighbors)[1].reshape(len(x), -1), 1)
            y = self.y[i]
            ans = self._row(x[:, None], y) @ self._coefficients(y, d[i], self.smoothing[i])
        return ans.reshape(x.shape[0], *self.d_shape)

    def _data(self) -> Any:
        """SciPy keeps plain complex data as pairs of real numbers."""
        plain = np.dtype(self.d_dtype).kind == "c" and not traced(self.d)
        return self.d.view(np.complex128) if plain else self.d


# In the old class: by name and epsilon, of squares of distances in which epsilon is in.
_OLD = {
    "multiquadric": ("multiquadric", -1.0), "inverse_multiquadric": ("inverse_multiquadric", 1.0),
    "gaussian": ("gaussian", 1.0), "linear": ("linear", -1.0), "cubic": ("cubic", 1.0),
    "quintic": ("quintic", -1.0), "thin_plate": ("thin_plate_spline", 1.0),
}  # fmt: skip
_WITH_EPSILON = {"multiquadric", "inverse_multiquadric", "gaussian"}


class Rbf(si.Rbf):
    """Radial basis functions by coordinates; see `scipy.interpolate.Rbf`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        args = tuple(map(settled, args))
        options = {name: settled(option) for name, option in options.items()}
        smooth, epsilon = options.get("smooth", 0.0), options.get("epsilon")
        plain = {name: getval(option) for name, option in options.items()}
        super().__init__(*map(getval, args), **plain)
        if not traced(*args, smooth, epsilon):
            return
        self._check()
        self.xi = np.stack([double(a).ravel() for a in args[:-1]])
        di = as_array(args[-1])
        self.di = di if self.mode == "N-D" else di.ravel()
        self.smooth = smooth
        self.epsilon = self._mean_distance() if epsilon is None else epsilon
        matrix = self._kernels(self.xi) - np.eye(self.N) * smooth
        self.nodes = np.linalg.solve(matrix, self.di.reshape(self.N, -1)).reshape(self.di.shape)

    def _check(self) -> None:
        if self.norm != "euclidean":
            refuse("Rbf", norm=self.norm)
        if self.function not in _OLD:
            refuse("Rbf", function=self.function)

    def _mean_distance(self) -> Any:
        edges = np.max(self.xi, 1) - np.min(self.xi, 1)
        edges = edges[np.flatnonzero(getval(edges))]
        return (np.prod(edges) / self.N) ** (1.0 / edges.shape[0])

    def _kernels(self, x: Any) -> Any:
        name, sign = _OLD[self.function]
        unit = 1.0 / self.epsilon if self.function in _WITH_EPSILON else 1.0
        return sign * _kernel(name, x.T * unit, self.xi.T * unit)

    def __call__(self, *args: Any) -> Any:
        args = tuple(map(settled, args))
        if not traced(*args, self.xi, self.nodes):
            return super().__call__(*args)
        self._check()
        args = tuple(map(double, args))
        if any(a.shape != args[0].shape for a in args):
            raise ValueError("Array lengths must be equal")
        ans = self._kernels(np.stack([a.ravel() for a in args])) @ self.nodes
        return ans.reshape(args[0].shape + self.nodes.shape[1:])
