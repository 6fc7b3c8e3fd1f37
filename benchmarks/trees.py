"""Nested lists, tuples and dictionaries of arrays: mapping a function over them, comparing two."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy


def tree_map(function: Callable[[Any], Any], tree: Any) -> Any:
    """The same containers with ``function`` applied to each leaf."""
    if isinstance(tree, dict):
        return {key: tree_map(function, value) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(tree_map(function, value) for value in tree)
    return function(tree)


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each leaf with the path that leads to it, in the order of ``tree_map``."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}[{key!r}]")
    elif isinstance(tree, (list, tuple)):
        for position, value in enumerate(tree):
            yield from leaves(value, f"{path}[{position}]")
    else:
        yield path, tree


def difference(found: Any, wanted: Any) -> str | None:
    """What is different between two trees of arrays, or None if nothing is.

    The tolerance leaves room for libraries that round their sine or their sums differently in the
    last digits, and for nothing else: every case is computed in double precision.
    """
    found_leaves, wanted_leaves = dict(leaves(found)), dict(leaves(wanted))
    if found_leaves.keys() != wanted_leaves.keys():
        return f"{len(found_leaves)} leaves where {len(wanted_leaves)} are wanted, or other paths"
    for path, leaf in wanted_leaves.items():
        got, want = numpy.asarray(found_leaves[path]), numpy.asarray(leaf)
        if got.shape != want.shape:
            return f"{path or 'leaf'} has shape {got.shape}, wanted {want.shape}"
        if got.dtype != want.dtype:
            return f"{path or 'leaf'} has dtype {got.dtype}, wanted {want.dtype}"
        if not numpy.allclose(got, want, rtol=1e-9, atol=1e-12):
            return f"{path or 'leaf'} is off by {numpy.max(numpy.abs(got - want)):.3g}"
    return None
