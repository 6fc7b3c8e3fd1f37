"""`graph(f)(*args)`: what `f` did with its arguments."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

from .dot import dot
from .picture import picture_of
from .program import Operation, Program, Value
from .record import record
from .svg import svg
from .table import table

__all__ = ["Graph", "graph"]


def graph(fun: Callable) -> Callable[..., Graph]:
    """A function of `fun`'s arguments that runs it and gives the graph of its operations.

    Arguments and results may be containers. Integers, strings and None among the arguments are
    passed as they are. `fun` may itself be a derivative: `graph(grad(f))` shows the operations of
    the gradient, those of the way back too.

    Example:
        >>> g = graph(lambda x, y: (x + y) * (x - y))(3.0, 2.0)
        >>> [(operation.name, operation.shape) for operation in g.operations]
        [('add', ()), ('subtract', ()), ('multiply', ())]
        >>> g
        <graph of <lambda>: 2 inputs, 3 operations, 1 output>
    """
    if not callable(fun):
        raise TypeError(f"graph takes a function first, not {type(fun).__name__}")
    return lambda *args, **kwargs: Graph(record(fun, args, kwargs))


class Graph:
    """The recorded operations of one run of a function.

    `str(graph)` is the table; a notebook shows the picture.

    Attributes:
        title: the function's name.
        inputs: a `Value` for each leaf of the arguments.
        operations: an `Operation` for each call of a primitive, in the order in which they ran.
        outputs: `(name, Value)` for each leaf of the result.
    """

    title: str
    inputs: list[Value]
    operations: list[Operation]
    outputs: list[tuple[str, Value]]

    def __init__(self, program: Program) -> None:
        self._program = program
        self.title, self.inputs = program.title, program.inputs
        self.operations, self.outputs = program.operations, program.outputs

    def table(self) -> str:
        """Aligned text: name, operation, inputs, shape, dtype and the user's line.

        Example:
            >>> print(graph(lambda x: x)(3.0).table())
            graph of <lambda>
            -----------------------------------------------
            name    operation  inputs  shape  dtype    line
            -----------------------------------------------
            x       input              ()     float64
            result  output     x       ()     float64
            -----------------------------------------------
        """
        return table(self._program)

    def dot(self) -> str:
        """Text for Graphviz.

        Example:
            >>> print(graph(lambda x: x)(3.0).dot().splitlines()[0])
            digraph "graph of <lambda>" {
        """
        return dot(picture_of(self._program))

    def svg(self) -> str:
        """A picture as SVG text, made without other programs.

        Operations run from top to bottom; arrows enter them in the order of their arguments, from
        left to right. An input that is used far down is drawn again there, with a dashed edge.

        Example:
            >>> graph(lambda x: x)(3.0).svg().startswith("<svg")
            True
        """
        return svg(picture_of(self._program))

    def save(self, path: Any) -> None:
        """Write the graph to a file, in the form that the name's ending says.

        Args:
            path: ends in .svg, .dot or .gv, or .txt for the table.

        Raises:
            ValueError: another ending.

        Example:
            >>> import pathlib, tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     file = pathlib.Path(folder, "f.txt")
            ...     graph(lambda x: x)(3.0).save(file)
            ...     file.read_text().splitlines()[0]
            'graph of <lambda>'
        """
        path = pathlib.Path(path)
        forms = {".svg": self.svg, ".dot": self.dot, ".gv": self.dot, ".txt": self.table}
        form = forms.get(path.suffix.lower())
        if form is None:
            raise ValueError(f"the file's name must end in one of {list(forms)}: {str(path)!r}")
        path.write_text(form(), encoding="utf-8")

    def _repr_svg_(self) -> str:
        return self.svg()

    def __str__(self) -> str:
        return self.table()

    def __repr__(self) -> str:
        counts = [
            f"{len(found)} {name}{'' if len(found) == 1 else 's'}"
            for name, found in (
                ("input", self.inputs),
                ("operation", self.operations),
                ("output", self.outputs),
            )
        ]
        return f"<graph of {self.title}: {', '.join(counts)}>"
