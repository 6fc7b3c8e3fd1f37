"""The table, as aligned text for a terminal or as Markdown for a page of results."""

from .case import MEMORY, WORKS
from .contenders import Contender
from .rows import Row

NOTHING = "–"


def quantity(figure: float, measure: str) -> str:
    """CPU seconds or bytes in a unit that keeps the number short."""
    if measure == MEMORY:
        return f"{figure / 1e6:,.0f} MB"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if figure >= size:
            return f"{figure / size:.3g} {unit}"
    return f"{figure / 1e-6:.3g} µs"


def number(ratio: float) -> str:
    """Three figures, and no exponent for large numbers."""
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.3g}"


def figure_cell(row: Row, contender: str) -> str:
    """The contender's cell: by hand a quantity, others a ratio to it, or a word why not."""
    if contender in row.failures:
        return row.failures[contender].partition(":")[0]
    if contender in row.wrong:
        return "differs"
    if contender not in row.figures:
        return NOTHING
    if contender == "numpy":
        return quantity(row.figures[contender], row.measure)
    ratio = row.ratio(contender)
    return NOTHING if ratio is None else number(ratio)


def bar_cell(row: Row) -> str:
    if row.measure == WORKS:
        return "works"
    return NOTHING if row.bar is None else f"≥ {row.bar:g}"


def verdict_cell(row: Row) -> str:
    return {None: NOTHING, True: "pass", False: "FAIL"}[row.passed]


def cells(rows: list[Row], contenders: list[Contender]) -> list[list[str]]:
    """The header and one list of cells a row."""
    header = ["case", "measure", *(contender.title for contender in contenders)]
    header += ["autograd / tracegrad", "bar", ""]
    lines = [header]
    for row in rows:
        line = [row.case, row.measure]
        line += [figure_cell(row, contender.name) for contender in contenders]
        line += [NOTHING if row.speedup is None else number(row.speedup)]
        line += [bar_cell(row), verdict_cell(row)]
        lines.append(line)
    return lines


def text(rows: list[Row], contenders: list[Contender]) -> str:
    """Columns padded to their widest cell: words to the left, figures to the right."""
    lines = cells(rows, contenders)
    widths = [max(map(len, column)) for column in zip(*lines)]
    padded = [
        [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ]
        for line in lines
    ]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def markdown(rows: list[Row], contenders: list[Contender]) -> str:
    header, *lines = cells(rows, contenders)
    rule = ["---", "---", *("---:" for _ in header[2:])]
    return "\n".join("| " + " | ".join(line) + " |" for line in (header, rule, *lines))


def remarks(rows: list[Row], contenders: list[Contender]) -> list[str]:
    """A sentence for each figure that is missing, with the reason."""
    titles = {contender.name: contender.title for contender in contenders}
    found = []
    for row in rows:
        for kind, reasons in (
            ("differs", row.wrong),
            ("failed", row.failures),
            ("left out", row.skipped),
        ):
            for name, reason in reasons.items():
                first_line = reason.partition("\n")[0]
                found.append(f"{row.case}, {row.measure}: {titles[name]} {kind}: {first_line}")
    return found
