"""What the README and the pages in `docs/` show is run, and prints what they say it prints.

The ```python blocks of a page run in order in one namespace, as a reader would type them. Where
the `print` calls of a block carry their output as a comment, `print(f(2.0))  # 4.0`, all of them
must, and the output must agree; numbers may differ in the last digits. A block under
`<!-- no run -->` is only compiled.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
COMMANDS = ["main job", "tests"]

_spec = importlib.util.spec_from_file_location("ci_markdown", ROOT / ".ci" / "markdown.py")
markdown = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(markdown)

NUMBER = re.compile(r"[-+]?\d+\.\d+(?:e[-+]?\d+)?")
SAID = re.compile(r"^\s*print\(.*\)  # (.*)$", re.MULTILINE)
NO_RUN = re.compile(r"<!--\s*no run\s*-->\s*\n+\s*```")


def same_output(seen: str, said: str) -> bool:
    """Equal texts, but for decimal numbers that agree to 7 digits."""
    if NUMBER.sub("#", seen).split() != NUMBER.sub("#", said).split():
        return False
    numbers = zip(NUMBER.findall(seen), NUMBER.findall(said), strict=True)
    return all(math.isclose(float(a), float(b), rel_tol=1e-7, abs_tol=1e-12) for a, b in numbers)


def not_run(text: str) -> set[int]:
    """The first lines of the blocks that stand under `<!-- no run -->`."""
    return {text.count("\n", 0, match.end()) + 2 for match in NO_RUN.finditer(text)}


def run_page(page: Path) -> int:
    """Runs the Python blocks of a page and compares what they print; returns how many there are."""
    text = page.read_text(encoding="utf-8")
    namespace: dict = {"__name__": "__main__"}
    blocks = [block for block in markdown.code_blocks(text) if block.language == "python"]
    for block in blocks:
        # Empty lines in front, so that a traceback names the page's own line.
        code = compile("\n" * (block.line - 1) + block.code, str(page), "exec")
        if block.line in not_run(text):
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, namespace)
        said = SAID.findall(block.code)
        if said:
            seen = printed.getvalue().splitlines()
            where = f"{page.name}, block on line {block.line}"
            assert len(seen) == len(said), f"{where}: printed {seen}, the page says {said}"
            for one, other in zip(seen, said, strict=True):
                assert same_output(one, other), f"{where}: printed {one!r}, the page says {other!r}"
    return len(blocks)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a page may write files
    run_page(page)


def test_the_readme_has_a_sample():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert any(block.language == "python" for block in markdown.code_blocks(text))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_has_the_commands_that_ci_runs(name):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = markdown.command(text, name)
    checked = subprocess.run(["bash", "-n"], input=code, text=True, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    for file in re.findall(r"\S+\.py\b", code):
        assert (ROOT / file).is_file(), f"the command '{name}' runs {file}, which is not there"


def page_with(tmp_path: Path, body: str) -> Path:
    page = tmp_path / "page.md"
    page.write_text(body, encoding="utf-8")
    return page


def test_blocks_share_a_namespace_and_their_output_is_compared(tmp_path):
    body = "```python\na = 0.1 + 0.2\n```\n\nThen:\n\n```python\nprint(a, 'x')  # 0.3 x\n```\n"
    assert run_page(page_with(tmp_path, body)) == 2


@pytest.mark.parametrize("said", ["0.4 x", "0.3 y", "0.3", "0.3 x 1.0"])
def test_a_page_that_says_something_else_fails(tmp_path, said):
    body = f"```python\nprint(0.1 + 0.2, 'x')  # {said}\n```\n"
    with pytest.raises(AssertionError, match="block on line 2"):
        run_page(page_with(tmp_path, body))


def test_an_output_that_the_page_leaves_out_fails(tmp_path):
    body = "```python\nprint(1)  # 1\nprint(2)\n```\n"
    with pytest.raises(AssertionError, match="the page says"):
        run_page(page_with(tmp_path, body))


def test_a_block_under_no_run_is_only_compiled(tmp_path):
    body = "Text.\n\n<!-- no run -->\n```python\nmissing()\n```\n"
    assert run_page(page_with(tmp_path, body)) == 1
    with pytest.raises(NameError):
        run_page(page_with(tmp_path, body.replace("no run", "a remark")))
    with pytest.raises(SyntaxError):
        run_page(page_with(tmp_path, body.replace("missing()", "missing(")))


def test_reading_blocks():
    text = "<!-- run: one -->\n\n```sh\na\n```\n<!-- run: two -->\nText.\n````\n```\n````\n"
    first, second = markdown.code_blocks(text)
    assert first == ("sh", 4, "a\n", "one")
    assert second == ("", 9, "```\n", None)  # text stands between it and the mark
    assert markdown.command(text, "one") == "a\n"
    with pytest.raises(ValueError, match="found 0"):
        markdown.command(text, "two")
    with pytest.raises(ValueError, match="line 1 is not closed"):
        markdown.code_blocks("```\na\n")


def test_printing_a_block_from_the_command_line(tmp_path):
    page = page_with(tmp_path, "<!-- run: it -->\n```sh\necho hello\n```\n")
    program = [sys.executable, str(ROOT / ".ci" / "markdown.py"), str(page)]
    done = subprocess.run([*program, "it"], text=True, capture_output=True)
    assert (done.returncode, done.stdout) == (0, "echo hello\n")
    failed = subprocess.run([*program, "other"], text=True, capture_output=True)
    assert failed.returncode != 0 and "found 0" in failed.stderr
