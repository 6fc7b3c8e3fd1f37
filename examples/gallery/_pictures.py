"""Pictures for the programs here: in characters, and in files where matplotlib is installed."""

import argparse
from pathlib import Path

import numpy


def shades(image, high=None):
    """An image in characters, two a pixel: from blank at 0 to dense at its largest value."""
    levels = " .:-=+*#%@"
    image = numpy.asarray(image) / (numpy.max(image) if high is None else high)
    numbers = numpy.clip(image * len(levels), 0, len(levels) - 1).astype(int)
    return "\n".join("".join(2 * levels[n] for n in row) for row in numbers)


def side_by_side(*blocks, gap="   "):
    """Blocks of text of the same height, next to each other."""
    return "\n".join(gap.join(lines) for lines in zip(*[block.split("\n") for block in blocks]))


def scatter(points, marks, rows=22, columns=66):
    """Points in the plane, each shown by its mark."""
    points = numpy.asarray(points)
    low, size = points.min(axis=0), numpy.ptp(points, axis=0)
    places = ((points - low) / size * [columns - 1, rows - 1]).round().astype(int)
    canvas = [[" "] * columns for _ in range(rows)]
    for (x, y), mark in zip(places, marks):
        canvas[rows - 1 - y][x] = mark
    return "\n".join("".join(row).rstrip() for row in canvas)


def save(name, draw, **layout):
    """Give axes to `draw`, and write what it draws to the folder that `--output` names."""
    parser = argparse.ArgumentParser()
    default = Path(__file__).parents[1] / "output"
    parser.add_argument("--output", type=Path, default=default, help="folder for the picture")
    output = parser.parse_args().output
    try:
        from matplotlib.figure import Figure
    except ImportError:
        print("(no picture: matplotlib is not installed)")
        return
    output.mkdir(parents=True, exist_ok=True)
    figure = Figure(figsize=layout.pop("figsize", (8, 4)), layout="constrained")
    draw(figure.subplots(**layout))
    figure.savefig(output / f"{name}.png", dpi=110)
    print(f"picture: {output / name}.png")
