"""Derivative rules by family, in the words of `kinds`. Importing this declares them all."""

from . import elementwise, layout, linear, random, reductions, selection, series

__all__ = ["elementwise", "layout", "linear", "random", "reductions", "selection", "series"]
