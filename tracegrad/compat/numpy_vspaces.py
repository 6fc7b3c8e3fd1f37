"""autograd.numpy.numpy_vspaces: the spaces of arrays; of namedtuples, that of containers."""

from __future__ import annotations

from ..spaces import ArrayVSpace, ComplexArrayVSpace, ContainerVSpace, VSpace

__all__ = [
    "ArrayVSpace", "ComplexArrayVSpace", "EigResultVSpace", "EighResultVSpace",
    "NamedTupleVSpace", "QRResultVSpace", "SVDResultVSpace", "SlogdetResultVSpace", "VSpace",
]  # fmt: skip

NamedTupleVSpace = EigResultVSpace = EighResultVSpace = ContainerVSpace
QRResultVSpace = SVDResultVSpace = SlogdetResultVSpace = ContainerVSpace
