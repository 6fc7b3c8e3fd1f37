"""Runs cases and turns what was measured into rows of the table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import isolated
from .case import MEMORY, TIME, WORKS, Case
from .contenders import Contender
from .timing import smallest_times
from .trees import difference

MAX_SECONDS_PER_CASE = 30.0

# Two runs of one program differ by this much in peak memory, so equal use must not fail a bar of 1.
MEMORY_SLACK = 0.01


@dataclass
class Row:
    """One line of the table: a figure for each contender, or the reason why there is none.

    Figures are CPU seconds per call (``TIME`` and ``WORKS``) or peak bytes (``MEMORY``).
    ``wrong`` holds contenders whose value or gradient is not the one by hand.
    """

    case: str
    measure: str
    bar: float | None
    figures: dict[str, float] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def ratio(self, contender: str) -> float | None:
        """The contender's figure over the one by hand."""
        return self.quotient(contender, "numpy")

    @property
    def speedup(self) -> float | None:
        """autograd's figure over tracegrad's: how many times faster, or smaller, tracegrad is."""
        return self.quotient("autograd", "tracegrad")

    def quotient(self, above: str, below: str) -> float | None:
        if above not in self.figures or not self.figures.get(below):
            return None
        return self.figures[above] / self.figures[below]

    @property
    def passed(self) -> bool | None:
        """Whether the bar is reached; None where there is no bar or nothing to hold against it."""
        if "tracegrad" in self.failures or "tracegrad" in self.wrong:
            return False
        if self.measure == WORKS:
            return True if "tracegrad" in self.figures else None
        if self.bar is None or self.speedup is None:
            return None
        slack = MEMORY_SLACK if self.measure == MEMORY else 0.0
        return self.speedup >= self.bar * (1.0 - slack)


def time_row(case: Case, contenders: list[Contender], rounds: int, smoke: bool) -> Row:
    """Checks every contender's result against the one by hand, then times those that are right."""
    row = Row(case.name, TIME, case.bars[TIME])
    calls: dict[str, Callable[[], Any]] = {}
    wanted = None
    for contender in contenders:
        if contender.name in case.skip:
            row.skipped[contender.name] = case.skip[contender.name]
            continue
        try:
            call = contender.prepare(case)
            result = call()
        except Exception as error:
            row.failures[contender.name] = f"{type(error).__name__}: {error}"
            continue
        if wanted is None:
            wanted = result  # the first contender is the one by hand
        differs = difference(result, wanted)
        if differs is None:
            calls[contender.name] = call
        else:
            row.wrong[contender.name] = differs
    if smoke:
        row.figures = dict.fromkeys(calls, 0.0)
    else:
        row.figures = smallest_times(calls, rounds, MAX_SECONDS_PER_CASE)
    return row


def isolated_row(case: Case, measure: str, contenders: list[Contender]) -> Row:
    """Runs each contender once in its own process; the figure is CPU seconds or peak bytes."""
    row = Row(case.name, measure, case.bars[measure])
    for contender in contenders:
        name = contender.name
        if name in case.skip:
            row.skipped[name] = case.skip[name]
            continue
        report = isolated.run(case.name, name)
        figure = report.peak if measure == MEMORY else report.seconds
        if report.failure is not None:
            row.failures[name] = report.failure
        elif report.differs is not None:
            row.wrong[name] = report.differs
        elif figure is None:
            row.skipped[name] = "this system does not tell a process's memory"
        else:
            row.figures[name] = figure
    return row


def measure(case: Case, contenders: list[Contender], rounds: int, smoke: bool) -> list[Row]:
    """All rows of one case."""
    return [
        time_row(case, contenders, rounds, smoke)
        if what == TIME
        else isolated_row(case, what, contenders)
        for what in case.bars
    ]
