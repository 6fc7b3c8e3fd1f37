"""Functions that choose elements, write to them, or call a function on them."""

from . import (
    applying,
    assigning,
    indexing,
    iterating,
    putting,
    selecting,
    sets,
    vectorizing,
)

__all__ = [
    "applying",
    "assigning",
    "indexing",
    "iterating",
    "putting",
    "selecting",
    "sets",
    "vectorizing",
]
