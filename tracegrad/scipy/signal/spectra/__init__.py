"""Spectral densities, short-time Fourier transforms, z-transforms."""

from . import densities, lomb, short_time, spirals

__all__ = ["densities", "lomb", "short_time", "spirals"]
