"""One contender runs one case once, in a process of its own.

Peak memory needs this, because a process's peak never falls again, and so does a case that may
exhaust the interpreter's stack: a crash then costs one figure, not the run.

``python -m benchmarks.isolated CASE CONTENDER`` prints one line of JSON.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .cases import CASES
from .contenders import load
from .memory import peak_bytes, resident_bytes
from .trees import difference

ROOT = Path(__file__).resolve().parents[1]
SECONDS_ALLOWED = 300


@dataclass
class Report:
    """What became of the run: CPU seconds and peak bytes of a result, or why there is none."""

    seconds: float | None = None
    peak: int | None = None
    failure: str | None = None
    differs: str | None = None


def run_here(case_name: str, contender_name: str) -> Report:
    """Computes value and gradient once, measures, then compares with those by hand."""
    case = CASES[case_name]
    call = load(contender_name).prepare(case)
    before = resident_bytes()
    start = time.process_time()
    try:
        result = call()
    except Exception as error:
        return Report(failure=f"{type(error).__name__}: {error}")
    seconds = time.process_time() - start
    peak = peak_bytes()
    # By hand only now: computed earlier, it would have raised the peak itself.
    differs = difference(result, load("numpy").prepare(case)())
    growth = None if peak is None or before is None else peak - before
    return Report(seconds=seconds, peak=growth, differs=differs)


def run(case_name: str, contender_name: str) -> Report:
    """The same in a fresh process; a crash or a time-out is a failure that says so."""
    command = [sys.executable, "-m", "benchmarks.isolated", case_name, contender_name]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS_ALLOWED
        )
    except subprocess.TimeoutExpired:
        return Report(failure=f"TimeoutExpired: {SECONDS_ALLOWED} seconds")
    if done.returncode < 0:
        return Report(failure=f"Crash: signal {-done.returncode}")
    if done.returncode > 0:
        lines = done.stderr.strip().splitlines()
        return Report(failure=lines[-1] if lines else f"Exit: status {done.returncode}")
    return Report(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    # The line is out before the interpreter ends; a crash while it ends shows in the exit status.
    print(json.dumps(asdict(run_here(*sys.argv[1:]))), flush=True)
