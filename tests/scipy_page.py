"""Writes `docs/scipy.md`, which of SciPy's functions have derivatives, from what is declared.

Run it with `python -m tests.scipy_page`, under the SciPy that the page names.
"""

from __future__ import annotations

import functools
import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import scipy

from tracegrad.core.primitive import Primitive
from tracegrad.scipy.sparse.calling import Answering
from tracegrad.scipy.stats.distribution import Distribution

PAGE = Path(__file__).parent.parent / "docs" / "scipy.md"
SCIPY = ".".join(scipy.__version__.split(".")[:2])
MODULES = (
    "special", "stats", "linalg", "fft", "signal", "signal.windows", "integrate", "optimize",
    "interpolate", "ndimage", "spatial", "spatial.distance", "sparse", "sparse.linalg",
)  # fmt: skip

HEAD = f"""# Which functions of SciPy have derivatives

Made with SciPy {SCIPY} by `python -m tests.scipy_page` from what is declared. Each is a name of
`tracegrad.scipy`, with SciPy's signature, and has derivatives in both modes; the tests of each are
in `tests/cases/scipy_*.py` or `tests/scipy/`. A call that nothing traced goes into is SciPy's own.
What is not named here, or an option that no rule takes notice of, is refused by name when a traced
value comes in.
"""
KINDS = {
    "derivative": "Derivatives:",
    "zero": "Derivative zero everywhere; results are plain values:",
    "refused": "Refused by name when a traced value comes in:",
}


def kind_of(ours: Any, theirs: Any) -> str | None:
    """None for what is SciPy's own, and for no functions."""
    if isinstance(ours, Primitive):
        if ours.constant:
            return "zero"
        return "derivative" if ours.composition or ours.vjps else "refused"
    if isinstance(ours, Distribution):
        return "derivative" if ours._methods else "refused"
    if isinstance(theirs, ModuleType) or not callable(ours) or ours is theirs:
        return None
    refused = (
        isinstance(ours.composition, functools.partial)
        if isinstance(ours, Answering)
        else is_refusing(ours)
    )
    return "refused" if refused else "derivative"


def is_refusing(ours: Any) -> bool:
    """Whether a class was made by `refusing`, in the name of the package itself."""
    return isinstance(ours, type) and ours.__module__ == "tracegrad.scipy.interpolate"


def section(namespace: str) -> str:
    ours, theirs = (
        importlib.import_module(f"{root}.{namespace}") for root in ("tracegrad.scipy", "scipy")
    )
    kinds: dict[str, list[str]] = {}
    distributions: dict[str, list[str]] = {}
    for name in sorted(vars(theirs)):
        if name.startswith("_") or name == "test" or not hasattr(ours, name):
            continue
        value = getattr(ours, name)
        kind = kind_of(value, getattr(theirs, name))
        if isinstance(value, Distribution) and kind == "derivative":
            distributions.setdefault(", ".join(sorted(value._methods)), []).append(name)
        elif kind is not None:
            kinds.setdefault(kind, []).append(name)
    lines = [f"## scipy.{namespace}"]
    for kind, text in KINDS.items():
        if kind in kinds:
            lines += ["", text, ", ".join(f"`{name}`" for name in kinds[kind]) + "."]
        if kind == "derivative":
            for methods, names in distributions.items():
                listed = ", ".join(f"`{name}`" for name in names)
                lines += ["", f"Distributions, their methods {methods}:", f"{listed}."]
    return "\n".join(lines) + "\n"


def page() -> str:
    return "\n".join([HEAD, *map(section, MODULES)])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
