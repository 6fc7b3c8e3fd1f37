"""Reads the fenced code blocks of a Markdown page, so that what the page says is what runs.

As a program it prints one block, the one under the comment `<!-- run: NAME -->`:

    python .ci/markdown.py README.md tests
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

MARK = re.compile(r"<!--\s*run:\s*(.+?)\s*-->\s*$")
FENCE = re.compile(r"(\s*)(`{3,})\s*(\S*)\s*$")


class Block(NamedTuple):
    """A fenced block; its code starts on `line`, counted from 1."""

    language: str
    line: int
    code: str
    mark: str | None


def code_blocks(text: str) -> list[Block]:
    """The fenced blocks of a page in order; a fence that is never closed is an error."""
    blocks: list[Block] = []
    mark = None
    opened = None  # (indent, fence, language, line) of the block we are in
    code: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        fence = FENCE.match(line)
        if opened is None:
            if fence:
                opened, code = (*fence.groups(), number), []
            elif found := MARK.match(line.strip()):
                mark = found.group(1)
            elif line.strip():
                mark = None  # a mark belongs to the block right under it
        elif fence and fence.group(2) == opened[1] and not fence.group(3):
            indent, _, language, start = opened
            lines = [each.removeprefix(indent) for each in code]
            blocks.append(Block(language, start + 1, "\n".join(lines) + "\n", mark))
            opened = mark = None
        else:
            code.append(line)
    if opened is not None:
        raise ValueError(f"the code block opened on line {opened[3]} is not closed")
    return blocks


def command(text: str, name: str) -> str:
    """The code of the one block marked `<!-- run: name -->`."""
    found = [block.code for block in code_blocks(text) if block.mark == name]
    if len(found) != 1:
        raise ValueError(f"expected one block marked '<!-- run: {name} -->', found {len(found)}")
    return found[0]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        page, wanted = sys.argv[1:]
        print(command(Path(page).read_text(encoding="utf-8"), wanted), end="")
    except (OSError, ValueError) as problem:
        sys.exit(f"{sys.argv[1]}: {problem}")
