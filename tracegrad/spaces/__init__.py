"""Vector spaces of values: zeros, bases, addition, inner products; sparse cotangents."""

from .array import ArrayVSpace, ComplexArrayVSpace, is_nothing
from .container import ContainerVSpace
from .fit import fit, match, spread
from .sparse import SparseObject
from .vspace import VSpace, vspace

__all__ = [
    "ArrayVSpace",
    "ComplexArrayVSpace",
    "ContainerVSpace",
    "SparseObject",
    "VSpace",
    "fit",
    "is_nothing",
    "match",
    "spread",
    "vspace",
]
