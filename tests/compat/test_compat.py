"""Programs written for autograd, each in a process of its own: the stand-in changes `sys.modules`.

The programs are in `programs/`; they check themselves.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMS = sorted((HERE / "programs").glob("*.py"))
RUN = ["-m", "tracegrad.compat"]


def python(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess:
    """Runs Python, and gives what it printed; it can import the package, and from `cwd`."""
    paths = os.pathsep.join([str(ROOT), str(cwd or HERE)])
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
        capture_output=True,
    )


def output(*arguments: object, cwd: Path | None = None) -> str:
    done = python(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_program(program, tmp_path):
    output(*RUN, program, cwd=tmp_path)


def test_importing_tracegrad_does_not_import_this():
    code = (
        "import sys, tracegrad; print([m for m in sys.modules if m.startswith('tracegrad.compat')])"
    )
    assert output("-c", code) == "[]"


def test_installing_by_a_line(tmp_path):
    code = """
import tracegrad
tracegrad.install_as_autograd()
tracegrad.install_as_autograd()
import autograd, autograd.numpy as np
print(autograd is tracegrad, np is tracegrad.numpy, autograd.grad(np.sin)(0.0))
"""
    assert output("-c", code) == "True True 1.0"


def test_after_the_real_autograd_it_is_refused(tmp_path):
    (tmp_path / "autograd").mkdir()
    (tmp_path / "autograd" / "__init__.py").touch()
    code = "import autograd, tracegrad; tracegrad.install_as_autograd()"
    done = python("-c", code, cwd=tmp_path)
    assert "ImportError: autograd is imported already, from " in done.stderr
    assert "before the first import of autograd" in done.stderr


def test_before_the_real_autograd_it_hides_it(tmp_path):
    (tmp_path / "autograd" / "extra").mkdir(parents=True)
    (tmp_path / "autograd" / "__init__.py").write_text("raise SystemExit('the real one')")
    (tmp_path / "program.py").write_text("import autograd.numpy; print(autograd.__name__)")
    assert output(*RUN, "program.py", cwd=tmp_path) == "tracegrad"


PROGRAM = """
import sys
from autograd import grad
print(sys.argv[1:], __name__, grad(lambda x: x**2)(3.0))
"""


@pytest.mark.parametrize("how", [["program.py"], ["-m", "program"]])
def test_running_a_program(how, tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    assert output(*RUN, *how, "-m", "x", cwd=tmp_path) == "['-m', 'x'] __main__ 6.0"


@pytest.mark.slow
def test_running_pytest(tmp_path):
    (tmp_path / "test_it.py").write_text(
        "import autograd\ndef test_it():\n    assert autograd.__name__ == 'tracegrad'\n"
    )
    assert "1 passed" in output(*RUN, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path)


@pytest.mark.parametrize("arguments", [[], ["-m"], ["--help"]])
def test_usage(arguments):
    assert python(*RUN, *arguments).stderr.startswith("usage: python -m tracegrad.compat")


WORKERS = """
import multiprocessing
import numpy
from autograd import grad
import autograd.numpy as np

def f(x):
    return np.sum(x**2)

if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        print(*[g.sum() for g in pool.map(grad(f), [numpy.ones(2), numpy.ones(3)])])
"""


@pytest.mark.slow
def test_worker_processes(tmp_path):
    (tmp_path / "program.py").write_text(WORKERS)
    assert output(*RUN, "program.py", cwd=tmp_path) == "4.0 6.0"
