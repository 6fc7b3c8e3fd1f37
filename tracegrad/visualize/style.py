"""Colours of the kinds of boxes, one table for both kinds of pictures."""

from __future__ import annotations

__all__ = ["COLOURS", "FONT", "GREY", "INK"]

# kind → fill, edge
COLOURS = {
    "input": ("#dbeafe", "#2563eb"),
    "constant": ("#f3f4f6", "#9ca3af"),
    "operation": ("#fff7ed", "#ea9a3e"),
    "output": ("#dcfce7", "#16a34a"),
}
INK = "#1f2937"
GREY = "#6b7280"
FONT = "Helvetica, Arial, sans-serif"
