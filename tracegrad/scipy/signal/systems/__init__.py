"""Linear systems: transfer functions, zeros and poles, states; their designs and responses."""

from . import designs, polynomials, responses, roots, states, taps

__all__ = ["designs", "polynomials", "responses", "roots", "states", "taps"]
