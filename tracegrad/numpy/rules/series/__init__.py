"""Functions of samples: slopes, integrals, filters, polynomials, histograms, transforms."""

from . import (
    convolution,
    fft,
    histograms,
    polynomials,
    slopes,
)

__all__ = [
    "convolution",
    "fft",
    "histograms",
    "polynomials",
    "slopes",
]
