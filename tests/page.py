"""Writes `docs/functions.md`, what is differentiated and how far it is proved, from the table.

Run it with `python -m tests.page`, under the NumPy that the page names.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import numpy

import tracegrad.numpy
from tests.cases import ROWS
from tests.tester import Case, find
from tracegrad.core.primitive import Primitive
from tracegrad.modes.transpose import Derived

PAGE = Path(__file__).parent.parent / "docs" / "functions.md"
NUMPY = ".".join(numpy.__version__.split(".")[:2])

HEAD = f"""# Which functions have derivatives

Made with NumPy {NUMPY} by `python -m tests.page` from the table of cases in `tests/cases/`, which
the tests run through: every row of it in reverse and in forward mode, against differences.

- **modes**: both, always. A mode is *derived* where its rule is the other's, transposed.
- **orders**: up to which derivatives are compared with differences, in all nestings of the modes.
- **options**: those passed in tests. Others have no say in the derivative (`casting`), or are
  refused by name.
"""
COLUMNS = ("function", "modes", "orders", "dtypes", "options")

KINDS = {
    "zero": "Derivative zero everywhere; results are plain values:",
    "refused": "Refused by name when a traced value comes in:",
    "apart": "Tested apart from the table:",
    "plain": "NumPy's own, never traced:",
}


def module_of(name: str) -> str:
    """The namespace that a dotted name is in: "linalg" of "linalg.inv", "" of "add.reduce"."""
    prefix = name.rpartition(".")[0]
    while prefix:
        try:
            if isinstance(find(numpy, prefix), ModuleType):
                return prefix
        except AttributeError:
            pass
        prefix = prefix.rpartition(".")[0]
    return ""


def title_of(case: Case) -> str:
    """The dotted name that a row begins with."""
    found = re.match(r"[\w.]+", case.name)
    return found[0] if found else ""


def exists(name: str) -> bool:
    try:
        find(numpy, name)
    except AttributeError:
        return False
    return True


BY_NAME: dict[str, list[Case]] = {}
BY_PRIMITIVE: dict[object, list[Case]] = {}
for _case in ROWS:
    if exists(title_of(_case)):
        BY_NAME.setdefault(title_of(_case), []).append(_case)
    if _case.fun is None:
        BY_PRIMITIVE.setdefault(_case.traced, []).append(_case)


def names_in(namespace: str) -> list[str]:
    """The functions of a NumPy namespace, and what else in it has rows."""
    module = find(numpy, namespace) if namespace else numpy
    before = f"{namespace}." if namespace else ""
    functions = {
        before + name
        for name, value in vars(module).items()
        if callable(value) and not isinstance(value, type)
        if not name.startswith("_") and name != "test"
    }
    rows = {name for name in BY_NAME if module_of(name) == namespace}
    return sorted(functions | rows)


def rows_of(name: str) -> list[Case]:
    """The rows of a function under this or another of its names."""
    ours = find(tracegrad.numpy, name)
    rows = BY_PRIMITIVE.get(ours, []) if isinstance(ours, Primitive) else []
    return rows or BY_NAME.get(name, [])


def kind_of(name: str) -> str:
    ours = find(tracegrad.numpy, name)
    if rows_of(name):
        return "derivative"
    if isinstance(ours, Primitive):
        return "zero" if ours.constant else "refused"
    return "plain" if ours is find(numpy, name) else "apart"


def modes(name: str) -> str:
    ours = find(tracegrad.numpy, name)
    vjps, jvps = getattr(ours, "vjps", {}), getattr(ours, "jvps", {})
    for table, mode in ((vjps, "reverse"), (jvps, "forward")):
        if any(isinstance(rule, Derived) for rule in table.values()):
            return f"both, {mode} derived"
    return "both"


def options(name: str) -> list[str]:
    """Parameters that rows pass, but for the leading ones that every call has."""
    passed: set[str] = set()
    ours = find(tracegrad.numpy, name)
    positions = ours.signature.names if isinstance(ours, Primitive) else ()
    needed = [p for p in positions if p not in ours.signature.defaults]
    for case in rows_of(name):
        passed.update(positions[: len(case.args)])
        passed.update(*case.options)
    order = {p: i for i, p in enumerate((*positions, *_keywords(ours)))}
    return sorted(passed - set(needed), key=lambda p: (order.get(p, len(order)), p))


def _keywords(ours: object) -> tuple:
    if isinstance(ours, Primitive):
        return ours.signature.keyword_only
    try:
        return tuple(inspect.signature(ours).parameters)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ()


def row(name: str) -> str:
    rows = rows_of(name)
    dtypes = ["float64"]
    dtypes += ["float32"] * any(case.float32 for case in rows)
    dtypes += ["complex"] * any(case.complex for case in rows)
    orders = "1, 2" if max(case.order for case in rows) == 2 else "1"
    proved = ", ".join(f"`{option}`" for option in options(name))
    return f"| `{name}` | {modes(name)} | {orders} | {', '.join(dtypes)} | {proved} |"


def section(namespace: str) -> str:
    kinds: dict[str, list[str]] = {}
    for name in names_in(namespace):
        kinds.setdefault(kind_of(name), []).append(name)
    lines = [f"## numpy.{namespace}" if namespace else "## numpy", ""]
    lines += [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    lines += [row(name) for name in kinds.get("derivative", [])]
    for kind, text in KINDS.items():
        if kind in kinds:
            lines += ["", text, ", ".join(f"`{name}`" for name in kinds[kind]) + "."]
    return "\n".join(lines) + "\n"


def page() -> str:
    namespaces = sorted({module_of(name) for name in BY_NAME})
    return "\n".join([HEAD, *map(section, namespaces)])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
