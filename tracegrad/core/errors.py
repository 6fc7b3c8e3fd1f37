"""Errors that name the function, the user's line and the way out."""

from __future__ import annotations

import linecache
import os
import sys
from types import FrameType

__all__ = ["NoDerivative", "frames_to_user", "user_line"]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class NoDerivative(NotImplementedError):
    """A derivative was asked for that no rule gives."""


def _user_frame() -> tuple[FrameType | None, int]:
    """The nearest caller outside this package, NumPy and SciPy, and how many frames up it is."""
    frame: FrameType | None = sys._getframe(2)
    steps = 1
    others = [sys.modules[name].__file__ for name in ("numpy", "scipy") if name in sys.modules]
    folders = (_PACKAGE, *[os.path.dirname(file) + os.sep for file in others if file])
    while frame is not None:
        if not frame.f_code.co_filename.startswith(folders):
            break
        frame, steps = frame.f_back, steps + 1
    return frame, steps


def user_line() -> str:
    """Where in the user's code the present call came from: `file:line: source`, or ''."""
    frame, _ = _user_frame()
    if frame is None:
        return ""
    path, line = frame.f_code.co_filename, frame.f_lineno
    source = linecache.getline(path, line).strip()
    if path.startswith(here := os.getcwd() + os.sep):
        path = path[len(here) :]
    return f"{path}:{line}: {source}" if source else f"{path}:{line}"


def frames_to_user() -> int:
    """The `stacklevel` that makes a warning of the calling function point at the user's line."""
    return _user_frame()[1]
