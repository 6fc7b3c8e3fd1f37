"""A recording as aligned text."""

from __future__ import annotations

from .program import Program

__all__ = ["table"]

WIDEST, LAST = 60, 120
"""Columns are cut at so many characters, the last one, the line, later."""


def table(program: Program) -> str:
    """One line for each input and operation: name, operation, inputs, shape, dtype, line."""
    rows = [("name", "operation", "inputs", "shape", "dtype", "line")]
    rows += [(v.name, "input", "", str(v.shape), v.dtype, "") for v in program.inputs]
    for operation in program.operations:
        inputs = ", ".join([value.name for value in operation.inputs])
        if operation.options:
            inputs = f"{inputs}; {operation.options}" if inputs else operation.options
        for i, value in enumerate(operation.results):
            first = (operation.name, inputs) if i == 0 else ("", "")
            line = operation.line if i == 0 else ""
            rows.append((value.name, *first, str(value.shape), value.dtype, line))
    rows += [(name, "output", v.name, str(v.shape), v.dtype, "") for name, v in program.outputs]
    rows = [(*[_cut(cell, WIDEST) for cell in row[:-1]], _cut(row[-1], LAST)) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in rows]
    rule = "-" * max(map(len, lines))
    return "\n".join([f"graph of {program.title}", rule, lines[0], rule, *lines[1:], rule])


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 3] + "..."
