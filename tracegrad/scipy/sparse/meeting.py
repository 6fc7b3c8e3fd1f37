"""SciPy's own sparse matrices beside traced arrays, and as arguments of `grad`.

SciPy asks an operand for its values before the operand is asked anything, and knows no protocol
by which it would not. Its operators are therefore told here to leave traced operands to ours;
with all others they do what they did.
"""

from __future__ import annotations

import functools

import scipy.sparse as ss

from ...core.box import Box
from ...core.trace import CONTAINERS, inside
from ...core.tree import register
from .arithmetic import OPERATORS
from .matrix import FORMATS, Sparse, Structure, numbered, with_data

__all__ = ["meet"]

_CLASSES = [
    getattr(ss, f"{format}_{kind}")
    for format in (*FORMATS, "dok", "lil")
    for kind in ("array", "matrix")
]


def _meeting(own, ours):
    @functools.wraps(own)
    def method(self, other, *args, **options):
        if isinstance(other, (Box, Sparse)) or (type(other) in CONTAINERS and inside(other)):
            return ours(self, other)
        return own(self, other, *args, **options)

    method.meets = True
    return method


def _build(structure, children):
    (data,) = children
    matrix = structure.matrix
    if isinstance(data, Box) or getattr(data, "shape", None) != matrix.data.shape:
        return Sparse(matrix, data)  # traced, or what stands for the data (their names, a space)
    return with_data(matrix, data)


def meet():
    """Let SciPy's matrices meet traced arrays, and be pytrees whose leaf is their data."""
    for kind in {base for one in _CLASSES for base in one.__mro__}:
        for name in OPERATORS.keys() & vars(kind).keys():
            if not hasattr(own := vars(kind)[name], "meets"):
                setattr(kind, name, _meeting(own, OPERATORS[name]))
    for one in _CLASSES:
        if one.__name__[:3] in FORMATS:
            register(one, lambda a: ((a.data,), Structure(numbered(a))), _build)
    register(Sparse, lambda a: ((a.data,), Structure(a.layout)), _build)
