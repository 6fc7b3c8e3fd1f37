"""More tools by the names that users of autograd's `test_util` know."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy

from ..core.tree import flatten, map_leaves, paths, unflatten
from .check_grads import check_grads
from .compare import element, worst
from .differences import along
from .subject import of_call

__all__ = ["check_equivalent", "combo_check", "make_numerical_jvp", "scalar_close"]


def combo_check(f: Callable, *check_args: Any, **check_kwargs: Any) -> Callable[..., None]:
    """`check_grads` at all combinations of arguments.

    Args:
        f: the function.
        check_args, check_kwargs: what `check_grads` takes: argnum, modes, order, tolerances.

    Returns:
        A function that takes, for each argument of `f`, the list of values to try.

    Example:
        >>> import numpy
        >>> import tracegrad.numpy as np
        >>> combo_check(np.sum, modes=["rev"])(
        ...     [numpy.ones(3), numpy.ones((2, 3))], axis=[None, 0], keepdims=[True, False])
    """
    return at_combinations(check_grads(f, *check_args, **check_kwargs))


def at_combinations(check: Callable) -> Callable[..., None]:
    """A check of one call as one of all combinations of arguments."""

    def check_all(*args: Any, **kwargs: Any) -> None:
        for values in itertools.product(*args, *kwargs.values()):
            by_name = dict(zip(kwargs, values[len(args) :]))
            check(*values[: len(args)], **by_name)

    return check_all


def check_equivalent(x: Any, y: Any, rtol: float = 1e-6, atol: float = 1e-6) -> None:
    """Check that two values have the same containers, shapes, dtypes and, nearly, numbers.

    Integers count as float64, for so they are differentiated.

    Raises:
        AssertionError: with the place where they differ most.

    Example:
        >>> check_equivalent({"a": 1.0}, {"a": 1.0 + 1e-9})
        >>> check_equivalent([1.0, 2.0], [1.0, 3.0])
        Traceback (most recent call last):
        AssertionError: the values differ at x[1]: got 2, expected 3, difference -1
    """
    (xs, structure), (ys, other) = flatten(x), flatten(y)
    if structure != other:
        raise AssertionError(f"the structures differ: {structure} and {other}")
    xs, ys = ([_array(leaf) for leaf in leaves] for leaves in (xs, ys))
    names = paths(structure, "x")
    for name, a, b in zip(names, xs, ys):
        if a.shape != b.shape or a.dtype != b.dtype:
            raise AssertionError(
                f"the values differ at {name}: got {a.dtype}, shape {a.shape}, "
                f"expected {b.dtype}, shape {b.shape}"
            )
    found = worst(xs, ys, rtol, [atol] * len(xs))
    if found is not None:
        raise AssertionError(
            f"the values differ at {element(names[found.leaf], found.at)}: {found}"
        )


def scalar_close(a: Any, b: Any) -> bool:
    """Whether two numbers agree to 1e-6, absolutely or relative to their sum.

    Example:
        >>> scalar_close(1e9, 1e9 + 1), scalar_close(1.0, 1.1)
        (True, False)
    """
    return bool(abs(a - b) < 1e-6 or abs(a - b) / abs(a + b) < 1e-6)


def make_numerical_jvp(f: Callable, x: Any) -> Callable:
    """The derivative of `f` at x along v, as a function of v, by central differences.

    x and v, and the results of `f` and of it, are numbers, arrays or containers of them.

    Example:
        >>> import tracegrad.numpy as np
        >>> round(make_numerical_jvp(np.sin, 0.0)(2.0), 6)
        np.float64(2.0)
    """
    subject = of_call(f, None, (x,), {})
    structure = flatten(f(x))[1]

    def jvp(v: Any) -> Any:
        moves = map_leaves(numpy.asarray, flatten(v)[0])
        values = along(subject, moves, 1e-4).values
        return unflatten(structure, [value[()] for value in values])

    return jvp


def _array(leaf: Any) -> numpy.ndarray:
    array = numpy.asarray(leaf)
    return array if array.dtype.kind in "fc" else array.astype(float)
