"""SciPy's namespace, traced. A submodule is imported when it is first asked for."""

from importlib import import_module as _import_module
from typing import Any as _Any


def __getattr__(name: str) -> _Any:
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return _import_module(f"{__name__}.{name}")
    except ModuleNotFoundError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
