"""What a recording holds: values and the operations between them."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Operation", "Program", "Value"]


@dataclass
class Value:
    """One array or number of a recording.

    Attributes:
        name: the argument it came in as (`x`, `p['w']`), the number of the operation that made it
            (`v3`), or for a constant its value, or what it is.
        shape, dtype: of the array.
        kind: "input", "constant" or "result".
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    kind: str

    @property
    def space(self) -> str:
        """Dtype and shape in one word: `float64 (2, 3)`."""
        return f"{self.dtype} {self.shape}" if self.shape else self.dtype


@dataclass
class Operation:
    """One call of a primitive.

    Attributes:
        name: the function's name: `add`, `sum`, `getitem`.
        inputs: the values it was given, in the order of its arguments.
        options: its other arguments: `axis=0`.
        results: the values it gave; one, but for functions that give several.
        line: the user's line that led to it: `file:line: source`.
    """

    name: str
    inputs: list[Value]
    options: str
    results: list[Value]
    line: str

    @property
    def shape(self) -> tuple:
        """The result's shape; of several results a tuple of their shapes."""
        shapes = tuple([value.shape for value in self.results])
        return shapes[0] if len(shapes) == 1 else shapes

    @property
    def dtype(self) -> str | tuple[str, ...]:
        """The result's dtype; of several results a tuple of their dtypes."""
        dtypes = tuple([value.dtype for value in self.results])
        return dtypes[0] if len(dtypes) == 1 else dtypes


@dataclass
class Program:
    """The record of one run.

    Attributes:
        title: the function's name.
        inputs: the arguments' leaves.
        operations: in the order in which they ran.
        outputs: name (`result`, `result['loss']`) and value of each leaf of what was returned.
    """

    title: str
    inputs: list[Value] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    outputs: list[tuple[str, Value]] = field(default_factory=list)
