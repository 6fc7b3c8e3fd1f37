"""autograd.numpy.numpy_wrapper: what autograd has in its namespace beside NumPy's functions."""

from __future__ import annotations

import types
from typing import Any

import numpy

from .. import numpy as np
from ..core.box import Box
from ..core.trace import inside
from ..extend import notrace_primitive, primitive
from ..numpy.namespace import primitive_of, primitives
from ..numpy.namespace import wrap_namespace as wrap_module
from .integers import INTEGERS, wrap_intdtype
from .makers import ArrayOfNumbers, Choosing, Joining

__all__ = [
    "Box",
    "__version__",
    "_astype",
    "array",
    "array_from_args",
    "column_stack",
    "concatenate",
    "concatenate_args",
    "hstack",
    "int8",
    "int16",
    "int32",
    "int64",
    "make_diagonal",
    "metadata",
    "notrace_functions",
    "notrace_primitive",
    "parse_einsum_input",
    "primitive",
    "row_stack",
    "stack",
    "vstack",
    "where",
    "wrap_if_boxes_inside",
    "wrap_intdtype",
    "wrap_namespace",
]  # fmt: skip

__version__ = numpy.__version__
notrace_functions = [fun for fun, made in primitives.items() if made.constant]


def __getattr__(name: str) -> Any:
    """The functions of the namespace itself."""
    return getattr(np, name)


array = ArrayOfNumbers(primitive_of(numpy.array))
column_stack, concatenate, hstack, stack, vstack = [
    Joining(primitive_of(fun))
    for fun in (numpy.column_stack, numpy.concatenate, numpy.hstack, numpy.stack, numpy.vstack)
]
row_stack = vstack
int8, int16, int32, int64 = INTEGERS.values()
where = Choosing(primitive_of(numpy.where))


def wrap_namespace(old: dict, new: dict) -> None:
    """The functions in `old`, a namespace of NumPy's or SciPy's, traced, into `new`."""
    wrap_module(types.SimpleNamespace(**old), new)


def metadata(A: Any) -> tuple:
    """The shape, the number of axes, the dtype of an array, and whether it is complex."""
    return np.shape(A), np.ndim(A), np.result_type(A), np.iscomplexobj(A)


def _astype(
    A: Any, dtype: Any, order: str = "K", casting: str = "unsafe", subok: bool = True,
    copy: bool = True,
) -> Any:  # fmt: skip
    """An array in another dtype."""
    return A.astype(dtype, order=order, casting=casting, subok=subok, copy=copy)


def array_from_args(array_args: tuple, array_kwargs: dict, *args: Any) -> Any:
    """An array of these items."""
    return np.array(list(args), *array_args, **array_kwargs)


def wrap_if_boxes_inside(raw_array: Any, slow_op_name: Any = None) -> Any:
    """An array of objects with boxes among them, as one traced array."""
    items = raw_array.ravel().tolist() if raw_array.dtype == object else []
    return np.reshape(np.array(items), raw_array.shape) if inside(items) else raw_array


def concatenate_args(axis: int, *args: Any) -> Any:
    """These arrays behind one another."""
    return np.concatenate(args, axis)


def make_diagonal(D: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The array that has the last axis of D on its diagonal and zeros elsewhere."""
    if offset:
        raise NotImplementedError("make_diagonal makes the main diagonal: offset=0")
    unit = numpy.eye(np.shape(D)[-1], dtype=bool)
    return np.moveaxis(np.where(unit, np.expand_dims(D, -1), 0), (-2, -1), (axis1, axis2))


def parse_einsum_input(*args: Any) -> Any:
    """Not needed: `einsum` takes every form of its arguments."""
    raise NotImplementedError("call numpy.einsum with these arguments, in whichever form they are")
