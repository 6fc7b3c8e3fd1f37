"""Densities estimated with Gaussian kernels, of data, weights and bandwidth that may be traced."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special, stats

from ...core.box import Box, getval
from ...core.trace import inside
from ...numpy.rules.arrays import refuse
from .statistic import plain, real

__all__ = ["gaussian_kde"]


class gaussian_kde(stats.gaussian_kde):
    """SciPy's class; where something is traced, its methods are the formulas."""

    def __init__(self, dataset: Any, bw_method: Any = None, weights: Any = None) -> None:
        bandwidth = getval(bw_method) if isinstance(bw_method, Box) else bw_method
        self._traced = False
        super().__init__(plain(dataset), None if callable(bandwidth) else bandwidth, plain(weights))
        if inside([dataset, weights]):
            self._traced = True
            self.dataset = np.atleast_2d(real(dataset))
            weights = self._weights if weights is None else real(weights)
            self._weights = weights / np.sum(weights)
            self._neff = 1.0 / np.sum(self._weights * self._weights)
        if self._traced or callable(bandwidth) or isinstance(bw_method, Box):
            self.set_bandwidth(bw_method)

    def set_bandwidth(self, bw_method: Any = None) -> None:
        if isinstance(bw_method, Box):
            self.covariance_factor = lambda: bw_method
            self._compute_covariance()
        else:
            super().set_bandwidth(bw_method)

    def _compute_covariance(self) -> None:
        self._traced = self._traced or isinstance(self.covariance_factor(), Box)
        if not self._traced:
            super()._compute_covariance()
            return
        self.factor = self.covariance_factor()
        covariance = np.cov(self.dataset, aweights=self._weights)
        self._data_covariance = np.reshape(covariance, (self.d, self.d))
        self.covariance = self._data_covariance * self.factor**2
        self.cho_cov = np.linalg.cholesky(self.covariance)
        self.log_det = 2.0 * np.sum(np.log(np.diagonal(self.cho_cov) * np.sqrt(2.0 * np.pi)))

    @property
    def inv_cov(self) -> Any:
        return np.linalg.inv(self.covariance) if self._traced else super().inv_cov

    def _plainly(self, *others: Any) -> bool:
        return not (self._traced or inside(list(others)))

    def evaluate(self, points: Any) -> Any:
        if self._plainly(points):
            return super().evaluate(points)
        return np.exp(self.logpdf(points))

    __call__ = evaluate

    def pdf(self, x: Any) -> Any:
        return self.evaluate(x)

    def logpdf(self, x: Any) -> Any:
        if self._plainly(x):
            return super().logpdf(x)
        points = np.atleast_2d(real(x))
        if points.shape[0] != self.d and points.shape == (1, self.d):
            points = np.reshape(points, (self.d, 1))
        if points.shape[0] != self.d:
            raise ValueError(f"points have dimension {points.shape[0]}, dataset has {self.d}")
        away = points[:, :, None] - self.dataset[:, None, :]
        return self._summed(away, self.cho_cov) - 0.5 * self.log_det

    def _summed(self, away: Any, factor: Any) -> Any:
        """The logarithm of the sum of weighted kernels, without their constant."""
        flat = np.reshape(away, (self.d, -1))
        energy = 0.5 * np.sum(np.linalg.solve(factor, flat) ** 2, axis=0)
        energy = np.reshape(energy, away.shape[1:])
        least = np.min(getval(energy), axis=-1, keepdims=True)
        return np.log(np.sum(self.weights * np.exp(least - energy), axis=-1)) - least[..., 0]

    def integrate_gaussian(self, mean: Any, cov: Any) -> Any:
        if self._plainly(mean, cov):
            return super().integrate_gaussian(mean, cov)
        mean = np.atleast_1d(np.squeeze(real(mean)))
        cov = np.reshape(real(cov), (self.d, self.d))
        return self._product(mean[:, None, None], self.covariance + cov)[0]

    def integrate_kde(self, other: Any) -> Any:
        if self._plainly() and not getattr(other, "_traced", False):
            return super().integrate_kde(other)
        both = self._product(other.dataset[:, :, None], self.covariance + other.covariance)
        return np.sum(other.weights * both)

    def _product(self, points: Any, covariance: Any) -> Any:
        """The integral of the estimate times a normal density about each point."""
        factor = np.linalg.cholesky(covariance)
        constant = np.sum(np.log(np.diagonal(factor))) + 0.5 * self.d * np.log(2.0 * np.pi)
        return np.exp(self._summed(points - self.dataset[:, None, :], factor) - constant)

    def integrate_box_1d(self, low: Any, high: Any) -> Any:
        if self._plainly(low, high):
            return super().integrate_box_1d(low, high)
        if self.d != 1:
            raise ValueError("integrate_box_1d() only handles 1D pdfs")
        width = np.sqrt(self.covariance[0, 0])
        low, high = [special.ndtr((x - self.dataset[0]) / width) for x in (low, high)]
        return np.sum(self.weights * (high - low))

    def integrate_box(self, low_bounds: Any, high_bounds: Any, maxpts: Any = None, **rng: Any):
        if self._plainly(low_bounds, high_bounds):
            return super().integrate_box(low_bounds, high_bounds, maxpts, **rng)
        if self.d != 1:
            refuse("gaussian_kde.integrate_box", dataset="of several dimensions")
        low, high = [np.reshape(real(x), ()) for x in (low_bounds, high_bounds)]
        return self.integrate_box_1d(low, high)

    def resample(self, size: Any = None, seed: Any = None) -> Any:
        if not self._plainly():
            refuse("gaussian_kde.resample", dataset=self.dataset)
        return super().resample(size, seed)

    def marginal(self, dimensions: Any) -> Any:
        if self._plainly():
            return super().marginal(dimensions)
        dataset = self.dataset[np.atleast_1d(dimensions)]
        return gaussian_kde(dataset, self.covariance_factor(), self.weights)
