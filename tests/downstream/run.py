"""Runs the own tests of published packages on autograd and on tracegrad.

    python tests/downstream/run.py pymanopt lifelines

For each package: a fresh virtual environment, the tests from its distribution, one run with
autograd, one with tracegrad in autograd's place, and a row for the table in `docs/migrating.md`.
What passes on autograd and not on tracegrad is listed under it. Needs a network; continuous
integration does not run it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import venv
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from packages import PACKAGES, Package

ROOT = Path(__file__).parents[2]
COMMON = (
    "matplotlib==3.10.7",
    "numpy==2.3.5",
    "pandas==2.3.3",
    "pytest==8.4.2",
    "pytest-timeout==2.4.0",
    "scipy==1.16.3",
)
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}


@dataclass
class Outcome:
    """What came of the tests, by name; the seconds of processor time; whether time ran out."""

    tests: dict[str, str]
    seconds: float
    cut: bool

    def passed(self, among: set[str]) -> list[str]:
        """The tests that passed."""
        return [test for test in among if self.tests.get(test) == "passed"]


def environment(name: str, package: Package, folder: Path) -> Path:
    """The Python of a virtual environment that has the package; its tests are in `source`."""
    python = folder / "venv" / "bin" / "python"
    if python.exists():
        return python
    venv.create(folder / "venv", with_pip=True)
    wanted = f"{name}=={package.version}"
    pip = [python, "-m", "pip", "--quiet"]
    kind = "--only-binary" if package.wheel else "--no-binary"
    subprocess.run([*pip, "download", "--no-deps", kind, name, "-d", folder, wanted], check=True)
    (found,) = [path for path in folder.iterdir() if path.suffix in (".gz", ".whl")]
    source = folder / "source"
    shutil.unpack_archive(found, source, format="zip" if package.wheel else "gztar")
    autograd = [] if name == "autograd" else [f"autograd=={package.autograd}"]
    subprocess.run([*pip, "install", *COMMON, *autograd, *package.needs, found], check=True)
    return python


def tested(python: Path, package: Package, folder: Path, options: list[str], how: str) -> Outcome:
    """Run the tests with "autograd" or with "tracegrad"."""
    source = folder / "source"
    where = source if package.wheel else next(path for path in source.iterdir() if path.is_dir())
    report = folder / f"{how}.xml"
    command = [python, *(["-m", "tracegrad.compat"] if how == "tracegrad" else []), "-m", "pytest"]
    with open(report.with_suffix(".log"), "w") as log:
        start = processor_time()
        subprocess.run(
            [*command, *package.options, *package.tests, *options, f"--junitxml={report}"],
            cwd=where,
            env={**os.environ, **ONE_THREAD},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    report.with_suffix(".seconds").write_text(str(processor_time() - start))
    return read(report)


def processor_time() -> float:
    """Seconds that finished children have used: other work of the machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read(report: Path) -> Outcome:
    """The outcome that was written down."""
    tests: dict[str, str] = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        bad = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        tests[f"{case.get('classname')}::{case.get('name')}"] = bad[0] if bad else "passed"
    seconds = float(report.with_suffix(".seconds").read_text())
    return Outcome(tests, seconds, "session-timeout:" in report.with_suffix(".log").read_text())


def compared(name: str, package: Package, before: Outcome, after: Outcome) -> str:
    """A row of the table, and the tests that only autograd passes.

    Where time ran out, those count that both runs came to.
    """
    tests = set(before.tests)
    if before.cut or after.cut:
        tests &= set(after.tests)
    run = [test for test in tests if before.tests[test] != "skipped"]
    row = [f"{name} {package.version}", package.autograd]
    for outcome in (before, after):
        row += [f"{len(outcome.passed(tests))} of {len(run)}", f"{outcome.seconds:.0f} s"]
    lost = sorted(set(before.passed(tests)) - set(after.passed(tests)))
    notes = [f"  {test}: {after.tests.get(test, 'not run')}" for test in lost]
    return "\n".join([f"| {' | '.join(row)} |", *notes])


def copy_tracegrad(python: Path) -> None:
    """Put tracegrad as it is now into the environment, compiled, as pip does."""
    (site,) = python.parents[1].glob("lib/python*/site-packages")
    shutil.rmtree(site / "tracegrad", ignore_errors=True)
    stale = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tracegrad", site / "tracegrad", ignore=stale)
    subprocess.run([python, "-m", "compileall", "-q", site / "tracegrad"], check=True)


def main() -> None:
    """Run the packages that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("packages", nargs="*", default=list(PACKAGES))
    parser.add_argument("--folder", type=Path, help="keep environments and logs there")
    parser.add_argument("--limit", type=int, default=900, help="seconds for one run")
    parser.add_argument("--ours", action="store_true", help="autograd's run is there already")
    parser.add_argument("--tests", type=Path, help="the tests, where no distribution has them")
    given = parser.parse_args()
    for name in given.packages:
        package = PACKAGES[name]
        folder = (given.folder or Path(tempfile.mkdtemp())).resolve() / name
        folder.mkdir(parents=True, exist_ok=True)
        python = environment(name, package, folder)
        options = ["-q", "--color=no", "-p", "no:cacheprovider"]
        options += ["--timeout=120", f"--session-timeout={given.limit}"]
        options += [str(given.tests.resolve())] if given.tests else []
        if given.ours:
            before = read(folder / "autograd.xml")
        else:
            before = tested(python, package, folder, options, "autograd")
        copy_tracegrad(python)
        after = tested(python, package, folder, options, "tracegrad")
        print(compared(name, package, before, after), flush=True)


if __name__ == "__main__":
    main()
