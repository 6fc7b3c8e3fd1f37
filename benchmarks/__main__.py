"""Command line of the benchmarks: measures, prints the table, exits with 1 if a result is wrong.

A ratio below its bar is printed and changes nothing else: how fast a shared machine happens to be
is no ground for failing a build.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from . import machine, table
from .cases import CASES
from .contenders import KINDS, Contender, load
from .rows import Row, measure

# Without these two and the baseline there is nothing to compare; the other libraries are optional.
REQUIRED = ("numpy", "tracegrad")

LEGEND = """\
'NumPy by hand' is CPU time per call (or peak memory) of value and gradient written out in NumPy;
the columns after it are ratios to that, then autograd's figure over tracegrad's. Results agree
with those by hand. Time: the smallest of the interleaved rounds. Memory and deep_chain: one run
in a process of its own."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cases", nargs="+", metavar="NAME", choices=CASES, default=list(CASES))
    parser.add_argument(
        "--contenders",
        nargs="+",
        metavar="NAME",
        choices=KINDS,
        default=list(KINDS),
        help="libraries to run, the baseline always among them: " + ", ".join(KINDS),
    )
    parser.add_argument("--rounds", type=int, default=100, help="interleaved rounds (default: 100)")
    parser.add_argument("--smoke", action="store_true", help="check results, run once, no timing")
    parser.add_argument("--markdown", action="store_true", help="print a page of results")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure there")
    parser.add_argument("--list", action="store_true", help="list the cases and end")
    return parser.parse_args()


def load_all(names: list[str]) -> list[Contender]:
    """The contenders that are installed, in the order of the table."""
    found = []
    for name in KINDS:
        if name not in names and name != "numpy":
            continue
        try:
            found.append(load(name))
        except ImportError as error:
            if name in REQUIRED:
                raise
            print(f"{KINDS[name].title} is left out: {error}", file=sys.stderr)
    return found


def measure_all(options: argparse.Namespace, contenders: list[Contender]) -> list[Row]:
    rows = []
    for name in CASES:
        if name in options.cases:
            print(f"{name} ...", file=sys.stderr, flush=True)
            rows += measure(CASES[name], contenders, options.rounds, options.smoke)
    return rows


def print_text(rows: list[Row], contenders: list[Contender]) -> None:
    print(", ".join(f"{key}: {value}" for key, value in machine.describe().items()))
    print(", ".join(f"{contender.name} {contender.version}" for contender in contenders))
    print()
    print(table.text(rows, contenders))
    print()
    print(LEGEND)
    for remark in table.remarks(rows, contenders):
        print(remark)


def print_markdown(rows: list[Row], contenders: list[Contender]) -> None:
    print("# Results of the benchmarks\n")
    print("Measured by `python -m benchmarks --markdown`.\n")
    for key, value in machine.describe().items():
        print(f"- {key}: {value}")
    print("- libraries:", ", ".join(f"{found.name} {found.version}" for found in contenders))
    print()
    print(table.markdown(rows, contenders))
    print()
    print(LEGEND)
    print()
    for remark in table.remarks(rows, contenders):
        print(f"- {remark}")


def print_smoke(rows: list[Row], contenders: list[Contender]) -> None:
    for row in rows:
        right = ", ".join(row.figures)
        print(f"{row.case} ({row.measure}): equal for {right}")
    for remark in table.remarks(rows, contenders):
        print(remark)


def write_json(file: Path, rows: list[Row], contenders: list[Contender]) -> None:
    content = {
        "machine": machine.describe(),
        "libraries": {contender.name: contender.version for contender in contenders},
        "rows": [{**asdict(row), "speedup": row.speedup, "passed": row.passed} for row in rows],
    }
    file.write_text(json.dumps(content, indent=2) + "\n")


def main() -> int:
    """Runs what the command line asks for; 1 if a result is wrong or tracegrad gives none."""
    options = arguments()
    if options.list:
        for case in CASES.values():
            print(f"{case.name:16} {case.about}")
        return 0
    contenders = load_all(options.contenders)
    rows = measure_all(options, contenders)
    if options.smoke:
        print_smoke(rows, contenders)
    elif options.markdown:
        print_markdown(rows, contenders)
    else:
        print_text(rows, contenders)
    if options.json:
        write_json(options.json, rows, contenders)
    wrong = any(row.wrong or "tracegrad" in row.failures for row in rows)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
