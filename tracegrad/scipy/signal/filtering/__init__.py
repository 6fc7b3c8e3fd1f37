"""Convolutions and what filters a series: recursive filters, medians, splines, trends."""

from . import convolution, filters, ranking, smoothing, spline_filters

__all__ = ["convolution", "filters", "ranking", "smoothing", "spline_filters"]
