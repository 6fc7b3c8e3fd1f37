"""Containers of parameters as one real vector, for optimisers that know vectors alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy

from .. import numpy as np
from ..core.box import isbox
from ..core.tree import TreeDef, unflatten
from ..core.tree import flatten as leaves_of

__all__ = ["flatten", "flatten_func"]


def flatten(value: Any) -> tuple[Any, Callable]:
    """All numbers in a container as one real vector, and the way back.

    Args:
        value: a number or array, or a container of such: lists, tuples, dicts, namedtuples,
            dataclasses, nested as they come. None, strings and booleans stay in the structure.

    Returns:
        `(vector, unflatten)`. The vector is 1-D, in the finest dtype among the numbers (integers
        count as float64), and shares no memory with `value`. Dicts go by their keys in sorted
        order, as far as these can be sorted, so that dicts of equal keys give comparable vectors.
        A complex array takes twice its size, real parts before imaginary ones.
        `unflatten(vector)` is a container like `value`, with its shapes and floating dtypes.
        Both can be differentiated.

    Raises:
        ValueError: (from `unflatten`) the vector has the wrong shape.

    Example:
        >>> import numpy
        >>> vector, unflatten = flatten({"w": numpy.ones((2, 2)), "b": 3.0})
        >>> vector
        array([3., 1., 1., 1., 1.])
        >>> unflatten(2 * vector)
        {'w': array([[2., 2.],
               [2., 2.]]), 'b': np.float64(6.0)}
    """
    leaves, structure = leaves_of(value)
    leaves = [leaf if isbox(leaf) else _floating(leaf) for leaf in leaves]
    order = list(_sorted_places(structure, iter(range(len(leaves)))))
    pieces = [piece for i in order for piece in _real(leaves[i])]
    vector = np.concatenate(pieces) if pieces else numpy.zeros(0)
    spaces = [(i, leaves[i].shape, leaves[i].dtype, leaves[i].size) for i in order]

    def back(vector: Any) -> Any:
        vector = vector if isbox(vector) else numpy.asarray(vector)
        total = sum(size * (2 if dtype.kind == "c" else 1) for _, _, dtype, size in spaces)
        if vector.shape != (total,):
            raise ValueError(f"unflatten takes a vector of shape ({total},), not {vector.shape}")
        filled = [None] * len(spaces)
        start = 0
        for i, shape, dtype, size in spaces:
            part = vector[start : start + size]
            start += size
            if dtype.kind == "c":
                part = part + 1j * vector[start : start + size]
                start += size
            part = part.reshape(shape) if shape else part[0]
            # a copy, as a step in place on the vector must not change earlier containers
            filled[i] = part.astype(dtype)
        return unflatten(structure, filled)

    return vector, back


def flatten_func(func: Callable, example: Any) -> tuple[Callable, Callable, Any]:
    """A function of containers as one of vectors.

    Returns:
        `(flat_func, unflatten, flat_example)`, where `flat_func(vector, *args)` is the flattened
        `func(unflatten(vector), *args)`.

    Example:
        >>> double = lambda p: {"a": 2 * p["a"], "b": 2 * p["b"]}
        >>> flat_double, unflatten, x = flatten_func(double, {"a": 1.0, "b": 2.0})
        >>> flat_double(x)
        array([2., 4.])
    """
    flat_example, back = flatten(example)
    return lambda x, *args: flatten(func(back(x), *args))[0], back, flat_example


def _floating(leaf: Any) -> Any:
    leaf = numpy.asarray(leaf)
    return leaf if leaf.dtype.kind in "fc" else leaf.astype(float)


def _real(leaf: Any) -> list:
    flat = np.ravel(leaf)
    return [flat.real, flat.imag] if leaf.dtype.kind == "c" else [flat]


def _sorted_places(structure: TreeDef, places: Iterator[int]) -> list[int]:
    """The places of the leaves, dict by dict in the order of sorted keys."""
    if structure.kind is None:
        return [next(places)]
    parts = [_sorted_places(child, places) for child in structure.children]
    if issubclass(structure.kind, dict):
        keys = structure.auxiliary[0]
        try:
            order = sorted(range(len(keys)), key=keys.__getitem__)
        except TypeError:  # keys of several types: as they were put in
            order = list(range(len(keys)))
        parts = [parts[i] for i in order]
    return [place for part in parts for place in part]
