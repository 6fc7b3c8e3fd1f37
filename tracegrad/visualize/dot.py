"""A picture as Graphviz DOT text."""

from __future__ import annotations

from .picture import Picture, Shape
from .style import COLOURS, GREY, INK

__all__ = ["dot"]


def dot(picture: Picture) -> str:
    """The picture as text for Graphviz, which does its own layout."""
    lines = [
        f"digraph {_quoted(picture.title)} {{",
        "  rankdir=TB;",
        f'  node [shape=box, style="rounded,filled", fontname="Helvetica", fontcolor="{INK}"];',
        f'  edge [color="{GREY}", fontname="Helvetica", fontsize=10];',
    ]
    lines += [f"  n{i} [{_attributes(shape)}];" for i, shape in enumerate(picture.shapes)]
    for arrow in picture.arrows:
        label = f" [label={_quoted(arrow.label)}]" if arrow.label else ""
        lines.append(f"  n{arrow.start} -> n{arrow.end}{label};")
    return "\n".join([*lines, "}", ""])


def _attributes(shape: Shape) -> str:
    fill, edge = COLOURS[shape.kind]
    found = {"label": "\n".join(shape.lines), "tooltip": shape.tooltip or shape.lines[0]}
    text = ", ".join(f"{name}={_quoted(value)}" for name, value in found.items())
    style = ', style="rounded,filled,dashed"' if shape.again else ""
    return f'{text}, fillcolor="{fill}", color="{edge}"{style}'


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
