"""Jacobians and Hessians, as arrays or nested blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ..core.box import getval
from ..core.tree import flatten, unflatten
from ..modes.forward import pushforward
from ..modes.reverse import cotangents, opened, record
from ..spaces import vspace
from .constants import stop_gradient
from .operator import Argnum, Operator, name_of, prepare, selected, warn_independent

__all__ = ["hessian", "jacfwd", "jacobian", "jacrev"]


def jacobian(fun: Callable, argnum: Argnum = 0, has_aux: bool = False) -> Operator:
    """The Jacobian, a row for each output element, by reverse mode.

    Args:
        fun: any function of arrays; arguments and results may be containers.
        argnum: which argument, as for `grad`.
        has_aux: whether `fun` gives `(value, aux)`; then the result is `(jacobian, aux)`.

    Returns:
        A function whose result has shape `output.shape + input.shape`. For containers, the
        output's container holding the input's container of such blocks. Complex results of real
        arguments have a complex Jacobian; complex results of complex arguments must be
        holomorphic, which is checked.

    Raises:
        ValueError: a complex function of complex arguments is not holomorphic.

    Example:
        >>> import numpy
        >>> import tracegrad.numpy as np
        >>> jacobian(lambda x: np.array([x[0] * x[1], x[1] ** 2]))(numpy.array([2.0, 3.0]))
        array([[3., 2.],
               [0., 6.]])
        >>> jacobian(lambda p: (p["a"] * p["b"], p["a"]))({"a": 2.0, "b": 3.0})
        ({'a': np.float64(3.0), 'b': np.float64(2.0)}, {'a': np.float64(1.0), 'b': np.float64(0.0)})
    """
    return Operator(_jacrev, fun, (argnum, has_aux), "jacobian")


jacrev = jacobian


def _split_aux(fun: Callable, out: Any, has_aux: bool, title: str) -> tuple[Any, Any]:
    if not has_aux:
        return out, None
    if type(out) is not tuple or len(out) != 2:
        raise TypeError(f"{title} with has_aux: {name_of(fun)} must give a pair (value, aux)")
    return out


def _jacrev(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    argnum, has_aux = options
    x, unary = selected(fun, argnum, args, kwargs)
    values, structure = prepare(fun, x)
    trace, out = record(lambda *leaves: unary(unflatten(structure, leaves)), values)
    out, aux = _split_aux(fun, out, has_aux, "jacobian")
    out_values, nodes, out_structure = opened(out, trace)
    if not any(node is not None for node in nodes):
        warn_independent()
    blocks = []
    for node, value in zip(nodes, out_values):
        rows = _rows(fun, trace, node, value, values)
        shape = numpy.shape(value)
        blocks.append(
            unflatten(
                structure,
                [
                    numpy.reshape(_stack(column, v), shape + numpy.shape(v))[()]
                    for column, v in zip(rows, values)
                ],
            )
        )
    result = unflatten(out_structure, blocks)
    if has_aux:
        leaves, _, aux_structure = opened(aux, trace)
        return result, unflatten(aux_structure, leaves)
    return result


def _stack(rows: list, value: Any) -> Any:
    return numpy.stack(rows) if rows else numpy.zeros((0, *numpy.shape(value)), value.dtype)


def _rows(fun: Callable, trace: Any, node: Any, value: Any, values: list) -> list[list]:
    """For each input the list of its cotangents, one for each element of the output."""
    rows: list[list] = [[] for _ in values]

    def pull(g: Any) -> list:
        return cotangents(trace, {} if node is None else {node: g}, values, keep=True)

    for index in numpy.ndindex(*numpy.shape(value)):
        unit = numpy.zeros(numpy.shape(value), vspace(value).dtype)
        unit[index] = 1
        pulled = pull(unit[()])
        if numpy.iscomplexobj(value):  # row(-i g) has the imaginary part that row(g) lacks
            turned = pull((-1j * unit)[()])
            pulled = [_complex_row(fun, *pair) for pair in zip(pulled, turned)]
        for column, g in zip(rows, pulled):
            column.append(g)
    return rows


def _complex_row(fun: Callable, row: Any, turned: Any) -> Any:
    """A row of the Jacobian of a complex output, from those of its real and imaginary parts."""
    if not numpy.iscomplexobj(row):
        return row + 1j * turned
    if not numpy.allclose(getval(turned), -1j * getval(row), rtol=1e-4, atol=1e-8):
        raise ValueError(
            f"{name_of(fun)} is not holomorphic, so it has no complex Jacobian; differentiate its "
            "real and imaginary parts with respect to real arguments"
        )
    return row


def jacfwd(fun: Callable, argnum: Argnum = 0, has_aux: bool = False) -> Operator:
    """The Jacobian, a column for each input element, by forward mode.

    Arguments, result and errors are those of `jacobian`; cheaper where inputs are fewer than
    outputs.

    Example:
        >>> import tracegrad.numpy as np
        >>> jacfwd(lambda t: np.array([t, t**2]))(3.0)
        array([1., 6.])
    """
    return Operator(_jacfwd, fun, (argnum, has_aux), "jacfwd")


def _jacfwd(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    argnum, has_aux = options
    x, unary = selected(fun, argnum, args, kwargs)
    values, structure = prepare(fun, x)
    kept: list = []

    def call(*leaves: Any) -> Any:
        out, aux = _split_aux(fun, unary(unflatten(structure, leaves)), has_aux, "jacfwd")
        if has_aux:
            kept[:] = [aux]
        return out

    zeros = [vspace(value).zeros() for value in values]
    blocks: list[list] = []  # input leaf → output leaf → block
    out = None if any(numpy.size(v) for v in values) else call(*values)
    for i, value in enumerate(values):
        columns: list[list] = []
        for index in numpy.ndindex(*numpy.shape(value)):
            out, moved = _push_unit(call, values, zeros, i, index, 1)
            if numpy.iscomplexobj(value):
                _, turned = _push_unit(call, values, zeros, i, index, 1j)
                moved = [_complex_column(fun, *pair) for pair in zip(moved, turned)]
            columns.append(moved)
        out_leaves = flatten(out)[0]
        blocks.append(
            [
                _last_axes([column[j] for column in columns], numpy.shape(value), leaf)
                for j, leaf in enumerate(out_leaves)
            ]
        )
    out_leaves, out_structure = flatten(out)
    result = unflatten(
        out_structure,
        [unflatten(structure, [b[j] for b in blocks]) for j in range(len(out_leaves))],
    )
    return (result, stop_gradient(kept[0])) if has_aux else result


def _push_unit(
    call: Callable, values: list, zeros: list, i: int, index: tuple, unit: Any
) -> tuple[Any, list]:
    tangents = list(zeros)
    direction = numpy.zeros(numpy.shape(values[i]), vspace(values[i]).dtype)
    direction[index] = unit
    tangents[i] = direction[()]
    out, moved = pushforward(call, values, tangents)
    return out, flatten(moved)[0]


def _complex_column(fun: Callable, column: Any, turned: Any) -> Any:
    """A column of the Jacobian along a complex input, from those along 1 and along i."""
    if not numpy.iscomplexobj(column):
        return column - 1j * turned
    _complex_row(fun, column, -turned)  # along i the columns of a holomorphic function turn by i
    return column


def _last_axes(columns: list, shape: tuple, leaf: Any) -> Any:
    """Columns as the trailing axes of one block."""
    if not columns:
        return numpy.zeros(numpy.shape(leaf) + shape, vspace(leaf).dtype)
    block = numpy.stack(columns, axis=-1)
    return numpy.reshape(block, numpy.shape(leaf) + shape)[()]


def hessian(fun: Callable, argnum: Argnum = 0) -> Operator:
    """The matrix of second derivatives: the Jacobian of the Jacobian.

    Its shape is `output.shape + input.shape + input.shape`; containers nest as in `jacobian`.

    Example:
        >>> import numpy
        >>> hessian(lambda x: x[0] ** 2 * x[1])(numpy.array([1.0, 2.0]))
        array([[4., 2.],
               [2., 0.]])
    """
    return Operator(_hessian, fun, (argnum,), "hessian")


def _hessian(fun: Callable, options: Any, args: tuple, kwargs: dict) -> Any:
    (argnum,) = options
    return jacobian(jacobian(fun, argnum), argnum)(*args, **kwargs)
