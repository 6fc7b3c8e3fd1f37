"""Finds the modules of autograd among those of tracegrad."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["OURS", "Finder"]

OURS = {
    "builtins": "builtins",
    "differential_operators": "differential_operators",
    "numpy.numpy_boxes": "numpy_boxes",
    "numpy.numpy_jvps": "numpy_jvps",
    "numpy.numpy_vjps": "numpy_vjps",
    "numpy.numpy_vspaces": "numpy_vspaces",
    "numpy.numpy_wrapper": "numpy_wrapper",
    "misc.tracers": "tracers",
    "test_util": "test_util",
    "tracer": "tracer",
    "util": "util",
    "wrap_util": "wrap_util",
}
"""Modules that only autograd has → their files here."""


class Finder(MetaPathFinder):
    """Answers for `autograd.*` with modules that bear their own names.

    Args:
        root: the module that stands for `autograd`.
        complete: is called with the name below `autograd` of each and with the module.
    """

    def __init__(self, root: ModuleType, complete: Callable) -> None:
        self.root, self.complete = root, complete

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        package, _, name = fullname.partition(".")
        if package != "autograd" or not name:
            return None
        return ModuleSpec(fullname, _Found(self.root.__name__, name, self.complete))


class _Found(Loader):
    """Gives a module that is there already, or is imported by its own name."""

    def __init__(self, root: str, name: str, complete: Callable) -> None:
        self.root, self.name, self.complete = root, name, complete
        self.spec: Any = None

    def create_module(self, spec: ModuleSpec) -> Any:
        if self.name in OURS:
            module: Any = import_module(f"{self.root}.compat.{OURS[self.name]}")
        else:
            module = self._own()
            self.complete(self.name, module)
        self.spec = getattr(module, "__spec__", None)
        return module

    def _own(self) -> Any:
        """The module of that name, or the object (`scipy.stats.norm`), which serves as one."""
        name = f"{self.root}.{self.name}"
        parent, _, last = name.rpartition(".")
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
            found = getattr(import_module(parent), last, None)
            if found is None:
                raise ModuleNotFoundError(
                    f"tracegrad, installed as autograd, has no module {self.name!r}",
                    name=f"autograd.{self.name}",
                ) from None
            return found

    def exec_module(self, module: Any) -> None:
        """Undo what the import system noted on the module: it keeps its own name."""
        if self.spec is not None:
            module.__spec__ = self.spec
