"""A recording as what a picture shows: boxes with text, and arrows between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .program import Program, Value

__all__ = ["Arrow", "Picture", "Shape", "picture_of"]

FAR = 3
"""An input used so many rows below its first use is drawn again there."""


@dataclass
class Shape:
    """A box of the picture.

    Attributes:
        kind: "input", "constant", "operation" or "output".
        lines: its text, the first line the title.
        tooltip: more text, shown when pointed at.
        again: whether it stands for an input that is drawn elsewhere, too.
        row: how far down it is, from 0.
    """

    kind: str
    lines: list[str]
    tooltip: str
    again: bool = False
    row: int = 0


@dataclass
class Arrow:
    """From one shape to another, by their numbers.

    Attributes:
        place, places: which of how many arrows into its end this one is, by argument.
        result, results: which of how many results of its start it carries.
        label: how that result is called.
    """

    start: int
    end: int
    place: int = 0
    places: int = 1
    result: int = 0
    results: int = 1
    label: str = ""


@dataclass
class Picture:
    """Shapes and arrows, from top to bottom. Attributes: `title`, `shapes`, `arrows`."""

    title: str
    shapes: list[Shape] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


class _Drawer:
    def __init__(self, program: Program) -> None:
        self.picture = Picture(f"graph of {program.title}")
        self.program = program
        self.shape_of: dict[int, int] = {}  # id of a value → its shape
        self.copies: dict[int, list[int]] = {}  # id of an input → its shapes
        self.place_of: dict[int, tuple[int, int, str]] = {}  # among several results

    def draw(self) -> Picture:
        for number, operation in enumerate(self.program.operations, 1):
            lines = [operation.name]
            if operation.options:
                lines.append(operation.options)
            lines += [f"{value.name}: {value.space}" for value in operation.results]
            row = 1 + max([self._row(value) for value in operation.inputs], default=0)
            shape = self._add(Shape("operation", lines, operation.line, row=row))
            self._connect(operation.inputs, shape)
            for i, value in enumerate(operation.results):
                self.shape_of[id(value)] = shape
                label = value.name.removeprefix(f"v{number}")
                self.place_of[id(value)] = (i, len(operation.results), label)
        for name, value in self.program.outputs:
            row = 1 + self._row(value)
            lines = [name, value.space]
            shape = self._add(Shape("output", lines, f"{name} is {value.name}", row=row))
            self._connect([value], shape)
        for value in self.program.inputs:  # what nothing used
            if id(value) not in self.copies:
                self._source(value, 1, [])
        return self.picture

    def _add(self, shape: Shape) -> int:
        self.picture.shapes.append(shape)
        return len(self.picture.shapes) - 1

    def _row(self, value: Value) -> int:
        found = self.shape_of.get(id(value))
        return 0 if found is None else self.picture.shapes[found].row

    def _connect(self, values: list[Value], end: int) -> None:
        row = self.picture.shapes[end].row
        constants: list[tuple[str, int]] = []
        for place, value in enumerate(values):
            start = self.shape_of.get(id(value))
            if start is None:
                start = self._source(value, row, constants)
            result = self.place_of.get(id(value), (0, 1, ""))
            self.picture.arrows.append(Arrow(start, end, place, len(values), *result))

    def _source(self, value: Value, row: int, constants: list[tuple[str, int]]) -> int:
        """The shape of an input or constant for a use in this row: right above it, if it can be."""
        if value.kind == "constant":
            for name, shape in constants:
                if name == value.name:
                    return shape
            lines = [value.name] if not value.shape else ["constant", value.space]
            found = self._add(Shape("constant", lines, f"constant, {value.space}", row=row - 1))
            constants.append((value.name, found))
            return found
        copies = self.copies.setdefault(id(value), [])
        for shape in copies:
            if 0 < row - self.picture.shapes[shape].row <= FAR:
                return shape
        lines = [value.name, value.space]
        tooltip = f"argument {value.name}"
        found = self._add(Shape("input", lines, tooltip, again=bool(copies), row=row - 1))
        copies.append(found)
        return found


def picture_of(program: Program) -> Picture:
    """The boxes and arrows of a recording."""
    return _Drawer(program).draw()
