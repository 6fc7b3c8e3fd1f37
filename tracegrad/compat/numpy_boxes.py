"""autograd.numpy.numpy_boxes: the box of arrays and numbers."""

from __future__ import annotations

from ..core.box import Box
from ..numpy.box import ArrayBox
from .tracer import SequenceBox

__all__ = ["ArrayBox", "Box", "SequenceBox"]
