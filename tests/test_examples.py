"""Every program in `examples/` runs as a user would start it; each asserts its own result."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
GALLERY = sorted((ROOT / "examples" / "gallery").glob("[!_]*.py"))

WRITES = {
    "logistic_regression": ["logistic_regression.png"],
    "two_modes": ["two_modes.dot", "two_modes.svg"],
}
SAYS = {
    "hessian_vector_products": "largest distance of a coordinate from 1",
    "logistic_regression": "loss before: 2.7725887",
    "tape": "d²(x³)/dx² at 2: 12.0",
    "taylor_sine": "-0.99989953",
}


def run(example: Path, folder: Path) -> subprocess.CompletedProcess:
    """The example in a process of its own, which writes its pictures to the folder."""
    text = example.read_text(encoding="utf-8")
    for package in ("matplotlib", "sklearn", "tqdm"):
        if re.search(rf"^(from|import) {package}\b", text, re.M):
            pytest.importorskip(package, reason=f"{example.name} needs the extra 'examples'")
    draws = "--output" in text or re.search(r"^from _pictures import .*\bsave\b", text, re.M)
    arguments = ["--output", str(folder)] if draws else []
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",  # small arrays: more threads would only get in the way
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(folder),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    return subprocess.run(
        [sys.executable, str(example), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example(example, tmp_path):
    done = run(example, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert SAYS.get(example.stem, "") in done.stdout
    for file in WRITES.get(example.stem, ()):
        assert (tmp_path / file).stat().st_size > 0


@pytest.mark.parametrize("program", GALLERY, ids=lambda path: path.stem)
def test_gallery(program, tmp_path):
    done = run(program, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for file in re.findall(r"^picture: (.*)$", done.stdout, re.M):
        assert Path(file).parent == tmp_path and Path(file).stat().st_size > 0


def test_the_gallery_has_a_table():
    """Each program has its line in the folder's README, and is short."""
    table = (ROOT / "examples" / "gallery" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == [path.stem for path in GALLERY]
    assert GALLERY and all(len(path.read_text("utf-8").splitlines()) <= 120 for path in GALLERY)


def test_the_examples_are_there():
    """Those that the documentation speaks of; without the folder nothing above would run."""
    named = "taylor_sine logistic_regression two_modes chain_rule linear_regression tape neural_net"
    named += " modules define_primitive hessian_vector_products"
    assert set(named.split()) <= {path.stem for path in EXAMPLES}


def test_the_library_in_modules_is_short():
    """It is presented as a library of some 120 lines, so it must not grow past that."""
    lines = (ROOT / "examples" / "modules.py").read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("# --- the library"))
    last = next(i for i, line in enumerate(lines) if line.startswith("# --- both optimisers"))
    assert last - first < 150
