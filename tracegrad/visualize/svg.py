"""A picture as SVG text, drawn here: no other program is needed."""

from __future__ import annotations

from html import escape

from .layout import arrange
from .picture import Arrow, Picture, Shape
from .style import COLOURS, FONT, GREY, INK

__all__ = ["svg"]

LINE, TITLE = 15, 13  # height of a line of text, size of a box's first line
SMALL = 11
PAD = 10  # between a box's edge and its text
GAP, DROP = 26, 46  # between boxes in a row, between rows
MARGIN, HEAD = 20, 34  # around the picture, for its title
WIDEST = 34  # characters in a line


def svg(picture: Picture) -> str:
    """The picture as SVG text. Pointing at an operation shows the line it came from."""
    texts = [[_cut(line) for line in shape.lines] for shape in picture.shapes]
    widths = [_width(lines) for lines in texts]
    rows = [shape.row for shape in picture.shapes]
    x, bends = arrange(rows, widths, picture.arrows, GAP)
    tops, heights = _rows(rows, [_height(lines) for lines in texts])
    right = max([a + w / 2 for a, w in zip(x, widths)], default=0.0)
    title_width = 0.6 * TITLE * len(picture.title)
    width = max([right, title_width, *[bend for chain in bends for _, bend in chain]]) + 2 * MARGIN
    height = (tops[-1] + heights[-1] if tops else 0) + 2 * MARGIN + HEAD
    boxes = [
        (MARGIN + a, MARGIN + HEAD + tops[row] + heights[row] / 2, w, _height(lines))
        for a, row, w, lines in zip(x, rows, widths, texts)
    ]
    curves = [
        _curve(arrow, boxes, [(MARGIN + b, row) for row, b in chain], tops, heights)
        for arrow, chain in zip(picture.arrows, bends)
    ]
    drawn = [_box(shape, lines, *box) for shape, lines, box in zip(picture.shapes, texts, boxes)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" role="img">',
            f"<title>{escape(picture.title)}</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            f'markerHeight="7" orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="{GREY}"/>'
            "</marker></defs>",
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="white"/>',
            f'<text x="{MARGIN}" y="{MARGIN + TITLE}" font-size="{TITLE + 2}" font-weight="bold" '
            f'fill="{INK}">{escape(picture.title)}</text>',
            *curves,
            *drawn,
            "</svg>",
            "",
        ]
    )


def _cut(line: str) -> str:
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def _width(lines: list[str]) -> float:
    """A box's width: no font is measured, so letters are taken as wide ones."""
    first, *others = lines
    return 2 * PAD + max(0.62 * TITLE * len(first), *[0.56 * SMALL * len(o) for o in others], 30)


def _height(lines: list[str]) -> float:
    return 2 * PAD + LINE * len(lines) - 4


def _rows(rows: list[int], heights: list[float]) -> tuple[list[float], list[float]]:
    """The top and height of each row."""
    highest = [0.0] * (max(rows, default=-1) + 1)
    for row, height in zip(rows, heights):
        highest[row] = max(highest[row], height)
    tops, y = [], 0.0
    for height in highest:
        tops.append(y)
        y += height + DROP
    return tops, highest


def _box(shape: Shape, lines: list[str], x: float, y: float, width: float, height: float) -> str:
    fill, edge = COLOURS[shape.kind]
    dashes = ' stroke-dasharray="4 3"' if shape.again or shape.kind == "constant" else ""
    radius = 6 if shape.kind == "operation" else min(height / 2, 14)
    parts = [
        f"<g><title>{escape(chr(10).join(filter(None, [*shape.lines, shape.tooltip])))}</title>",
        f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="{radius:.0f}" fill="{fill}" stroke="{edge}"{dashes}/>',
    ]
    baseline = y - height / 2 + PAD + TITLE - 3
    for i, line in enumerate(lines):
        look = (
            f'font-size="{TITLE}" font-weight="bold" fill="{INK}"'
            if i == 0
            else f'font-size="{SMALL}" fill="{GREY}"'
        )
        parts.append(
            f'<text x="{x:.1f}" y="{baseline + i * LINE:.1f}" text-anchor="middle" {look}>'
            f"{escape(line)}</text>"
        )
    return "".join([*parts, "</g>"])


def _curve(
    arrow: Arrow, boxes: list[tuple], bends: list[tuple[float, int]], tops: list, heights: list
) -> str:
    """An arrow from the lower edge of one box to the upper edge of another, through its bends."""
    x, y, width, height = boxes[arrow.start]
    end_x, end_y, end_width, end_height = boxes[arrow.end]
    # arrows go out side by side, in the order of the results, and come in in that of the arguments
    x += _aside(arrow.result, arrow.results, 40, width)
    end_x += _aside(arrow.place, arrow.places, 18, end_width)
    y += height / 2
    label = ""
    if arrow.label:
        label = (
            f'<text x="{x + 4:.1f}" y="{y + SMALL:.1f}" font-size="{SMALL - 1}" fill="{GREY}">'
            f"{escape(arrow.label)}</text>"
        )
    path = [f"M{x:.1f} {y:.1f}"]
    for bend_x, row in bends:
        top = MARGIN + HEAD + tops[row]
        path.append(_down(x, y, bend_x, top) + f" L{bend_x:.1f} {top + heights[row]:.1f}")
        x, y = bend_x, top + heights[row]
    path.append(_down(x, y, end_x, end_y - end_height / 2 - 1))
    return (
        f'<path d="{" ".join(path)}" fill="none" stroke="{GREY}" stroke-width="1.2" '
        f'marker-end="url(#tip)"/>{label}'
    )


def _aside(place: int, places: int, step: float, width: float) -> float:
    """How far from the middle of a box an arrow touches it."""
    return (place - (places - 1) / 2) * min(step, width / (places + 1))


def _down(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (to_y - y) / 2
    return f"C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}"
