"""What may import what inside the package, read from the source with `ast`.

Every file belongs to a unit: the folder or the file right under `tracegrad/`. A unit has a tier.
A file imports units of lower tiers and files of its own unit, never in a circle. The package's own
`__init__.py` hands out the public names and may import any unit; nothing imports names back from
it. Imports inside functions are refused: they are how a circle is hidden.

An import under `if TYPE_CHECKING:` never runs, so two files of one unit may name each other's
types that way; between units the tiers hold for types too.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "tracegrad"
LONGEST = 400  # lines a file may have

TIERS = {
    "_version": 0,
    "core": 0,
    "spaces": 1,
    "modes": 2,
    "numpy": 3,
    "operators": 4,
    "scipy": 5,
    "misc": 5,
    "compile": 5,
    "visualize": 5,
    "testing": 5,
    "extend": 5,
    "compat": 6,
    "optimize": 6,
}


class Import(NamedTuple):
    """One import of a module of the package."""

    target: str  # the module, dotted
    line: int
    late: bool  # it runs when a function is called
    types_only: bool  # it stands under `if TYPE_CHECKING:`


@functools.cache
def read_modules(package: Path) -> dict[str, Path]:
    """Dotted name → file for each Python file; an `__init__` has its folder's name."""
    modules = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        modules[".".join(parts)] = file
    return modules


def is_type_checking(test: ast.expr) -> bool:
    """Whether the condition of an `if` is `TYPE_CHECKING`, bare or from `typing`."""
    return getattr(test, "id", getattr(test, "attr", None)) == "TYPE_CHECKING"


def walk(node: ast.AST, late=False, types_only=False) -> Iterator[tuple[ast.AST, bool, bool]]:
    """Each node below, with whether a function surrounds it and whether it is there for types."""
    for child in ast.iter_child_nodes(node):
        yield child, late, types_only
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield from walk(child, True, types_only)
        elif isinstance(child, ast.If) and is_type_checking(child.test):
            yield from walk(ast.Module(child.body, []), late, True)
            yield from walk(ast.Module(child.orelse, []), late, types_only)
        else:
            yield from walk(child, late, types_only)


def imported_names(node: ast.AST, package: str) -> list[str]:
    """The dotted names a statement or call imports; `package` is what a leading dot means."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, *filter(None, [node.module])])
        return [f"{base}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        function = getattr(node.func, "attr", getattr(node.func, "id", None))
        name = node.args[0].value
        if function in ("import_module", "__import__") and isinstance(name, str):
            dots = len(name) - len(name.lstrip("."))
            if not dots:
                return [name]
            above = package.split(".")[: len(package.split(".")) - dots + 1]
            return [".".join([*above, *filter(None, [name[dots:]])])]
    return []


@functools.cache
def read_imports(package: Path) -> dict[str, list[Import]]:
    """Module → what it imports from the package, as the names of existing modules."""
    modules = read_modules(package)
    root = package.name
    imports: dict[str, list[Import]] = {}
    for module, file in modules.items():
        here = module if file.name == "__init__.py" else module.rpartition(".")[0]
        imports[module] = []
        for node, late, types_only in walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
            for name in imported_names(node, here):
                if name.split(".")[0] != root:
                    continue
                while name not in modules and "." in name:
                    name = name.rpartition(".")[0]  # a name inside a module, or a missing module
                imports[module].append(Import(name, node.lineno, late, types_only))
    return imports


def unit(module: str) -> str:
    """`tracegrad.numpy.rules.joining` → `numpy`; the package itself → the empty string."""
    return [*module.split("."), ""][1]


def place(package: Path, module: str, line: int) -> str:
    """`tracegrad/core/box.py:12`, for messages."""
    file = read_modules(package)[module]
    return f"{file.relative_to(package.parent).as_posix()}:{line}"


def tier_errors(package: Path) -> list[str]:
    """One message for each import of the package that its tiers forbid."""
    errors = []
    for module, imports in read_imports(package).items():
        own = unit(module)
        if own == "":
            continue  # the package's __init__ may import anything
        if own not in TIERS:
            errors.append(
                f"{place(package, module, 1)} is in '{own}', which has no tier: give it one"
            )
            continue
        for target, line, _, _ in imports:
            other = unit(target)
            where = f"{place(package, module, line)} imports {target}"
            if other == "":
                errors.append(
                    f"{where}, the package's public names: import the module they are from"
                )
            elif other != own and other in TIERS and TIERS[other] >= TIERS[own]:
                errors.append(
                    f"{where}: '{own}' is tier {TIERS[own]} and may import only lower tiers, "
                    f"'{other}' is tier {TIERS[other]}"
                )
    return errors


def late_import_errors(package: Path) -> list[str]:
    """One message for each import of a module of the package inside a function."""
    return [
        f"{place(package, module, line)} imports {target} inside a function"
        for module, imports in read_imports(package).items()
        for target, line, late, _ in imports
        if late
    ]


def cycle_errors(package: Path) -> list[str]:
    """One message for each circle of imports, with the line of each step."""
    imports = {
        module: {each.target: each.line for each in found if not each.types_only}
        for module, found in read_imports(package).items()
    }
    errors: list[str] = []
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> None:
        if module in path:
            circle = [*path[path.index(module) :], module]
            steps = [
                f"{place(package, one, imports[one][two])} imports {two}"
                for one, two in pairwise(circle)
            ]
            errors.append("a circle: " + ", ".join(steps))
        elif module not in done:
            for target in imports.get(module, ()):
                visit(target, [*path, module])
            done.add(module)

    for module in imports:
        visit(module, [])
    return errors


def length_errors(package: Path, longest: int = LONGEST) -> list[str]:
    """One message for each file with more lines than `longest`."""
    lengths = {
        file: len(file.read_text(encoding="utf-8").splitlines()) for file in package.rglob("*.py")
    }
    return [
        f"{file.relative_to(package.parent).as_posix()} has {length} lines, more than {longest}"
        for file, length in sorted(lengths.items())
        if length > longest
    ]


CHECKS = [tier_errors, late_import_errors, cycle_errors, length_errors]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_package(check):
    errors = check(PACKAGE)
    assert not errors, "\n" + "\n".join(errors)


def test_the_package_is_there():
    assert read_modules(PACKAGE), f"no Python file in {PACKAGE}"


# The checks themselves, on small made-up packages.


@pytest.fixture
def tree(tmp_path):
    """Writes a package `tracegrad` from {path: source}, with the `__init__.py` files it lacks."""

    def write(files: dict[str, str]) -> Path:
        package = tmp_path / "tracegrad"
        for path, source in files.items():
            file = package / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, encoding="utf-8")
        for file in list(package.rglob("*.py")):
            (file.parent / "__init__.py").touch()
        (package / "__init__.py").touch()
        return package

    return write


def errors_of(package: Path) -> list[str]:
    return [error for check in CHECKS for error in check(package)]


def test_what_is_allowed(tree):
    package = tree(
        {
            "__init__.py": "from tracegrad import core\nfrom .operators.gradients import grad\n",
            "_version.py": "__version__ = '1'\n",
            "core/__init__.py": "from .box import Box\nfrom tracegrad.core.trace import Trace\n",
            "core/box.py": "import numpy\nimport os.path\n"
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from .trace import Trace\n",
            "core/trace.py": "from . import box\n\ndef f():\n    import functools\n",
            "numpy/__init__.py": "from .rules import joining\n",
            "numpy/namespace.py": "import numpy as np\nfrom ..core import Box\n",
            "numpy/rules/joining.py": "from ..namespace import wrap\nfrom ...core.box import Box\n",
            "operators/gradients.py": "import tracegrad.numpy as np\nfrom tracegrad import core\n",
            "extend.py": "from .core import Box\nfrom ._version import __version__\n",
            "compat/shim.py": "from tracegrad import extend\n",
        }
    )
    assert errors_of(package) == []


@pytest.mark.parametrize(
    "path, source, message",
    [
        (
            "core/box.py",
            "import os\nfrom tracegrad.numpy import sin\n",
            "tracegrad/core/box.py:2 imports tracegrad.numpy: 'core' is tier 0 and may import only "
            "lower tiers, 'numpy' is tier 3",
        ),
        (
            "misc/flatten.py",
            "from ..testing import check_grads\n",
            "tracegrad/misc/flatten.py:1 imports tracegrad.testing: 'misc' is tier 5 and may "
            "import only lower tiers, 'testing' is tier 5",
        ),
        (
            "core/box.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tracegrad.numpy\n",
            "tracegrad/core/box.py:3 imports tracegrad.numpy: 'core' is tier 0 and may import only "
            "lower tiers, 'numpy' is tier 3",
        ),
        (
            "compat/shim.py",
            "from tracegrad import grad\n",
            "tracegrad/compat/shim.py:1 imports tracegrad, the package's public names: import the "
            "module they are from",
        ),
        (
            "gadgets.py",
            "",
            "tracegrad/gadgets.py:1 is in 'gadgets', which has no tier: give it one",
        ),
        (
            "compat/shim.py",
            "def f():\n    from ..core import Box\n",
            "tracegrad/compat/shim.py:2 imports tracegrad.core inside a function",
        ),
        (
            "compat/shim.py",
            "import importlib\nf = lambda: importlib.import_module('..core', __package__)\n",
            "tracegrad/compat/shim.py:2 imports tracegrad.core inside a function",
        ),
        (
            "__init__.py",
            "def __getattr__(name):\n    import tracegrad.numpy\n",
            "tracegrad/__init__.py:2 imports tracegrad.numpy inside a function",
        ),
        (
            "misc/long.py",
            "x = 1\n" * 401,
            "tracegrad/misc/long.py has 401 lines, more than 400",
        ),
        (
            "core/box.py",
            "from .box import Box\n",
            "a circle: tracegrad/core/box.py:1 imports tracegrad.core.box",
        ),
    ],
)
def test_what_is_refused(tree, path, source, message):
    files = dict.fromkeys(["core/__init__.py", "numpy/__init__.py", "testing/__init__.py"], "")
    assert errors_of(tree({**files, path: source})) == [message]


def test_a_circle_names_each_step(tree):
    package = tree(
        {
            "core/a.py": "from . import b\n",
            "core/b.py": "import os\nfrom tracegrad.core.c import d\n",
            "core/c.py": "from .a import e\n",
            "core/d.py": "from .a import e\n",
        }
    )
    assert errors_of(package) == [
        "a circle: tracegrad/core/a.py:1 imports tracegrad.core.b, "
        "tracegrad/core/b.py:2 imports tracegrad.core.c, "
        "tracegrad/core/c.py:1 imports tracegrad.core.a"
    ]


def test_a_file_that_imports_its_own_folder_makes_a_circle(tree):
    package = tree(
        {
            "numpy/__init__.py": "from .rules import joining\n",
            "numpy/rules/joining.py": "from tracegrad.numpy import concatenate\n",
        }
    )
    (error,) = errors_of(package)
    assert "tracegrad/numpy/rules/joining.py:1 imports tracegrad.numpy" in error
