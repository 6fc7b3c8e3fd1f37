"""Code written for autograd, on tracegrad: `install_as_autograd()`, `python -m tracegrad.compat`.

After it `import autograd` gives the module `tracegrad` itself, and `autograd.NAME` is
`tracegrad.NAME` where there is such a module. The names that autograd has besides are put into
those modules from the files of the same name here; modules that only autograd has are here whole.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from .. import extend, scipy
from ..core.box import Box, box_types
from ..numpy.box import ArrayBox
from ..numpy.namespace import Maker
from .core import primitive_for
from .deprecated import let_primitives_define
from .ended import box_in_rules
from .finder import OURS, Finder
from .objects import let_arrays_hold_boxes
from .rebinding import let_names_be_rebound
from .subclasses import let_subclasses_defer

__all__ = ["install_as_autograd"]

_ROOT = __name__.split(".")[0]
_of_scipy = scipy.__getattr__

_ADDED = [
    ("", "builtins", ["dict", "isinstance", "list", "primitive", "tuple", "type"]),
    ("", "differential_operators", ["hessian", "jacobian"]),
    ("core", "core", None),
    ("extend", "core", ["JVPNode", "VJPNode"]),
    ("misc", "tracers", ["const_graph", "const_graph_unary", "full_graph"]),
    ("misc.fixed_points", "tracers", ["fixed_point_vjp"]),
    ("misc.optimizers", "tracers", ["unflatten_optimizer"]),
    ("numpy", "numpy_wrapper", None),
    ("numpy.linalg", "numpy_linalg", None),
    ("numpy.fft", "numpy_wrapper", ["wrap_namespace"]),
    ("numpy.random", "numpy_wrapper", ["wrap_namespace"]),
]
"""A module of tracegrad, the module here, and which of its names are put there; None: all."""

_ADDED_LATER = {"scipy.signal": "scipy_signal"}
"""A module that is imported when it is asked for → the module here, of which all is put there."""


def install_as_autograd() -> None:
    """Make `import autograd`, and of everything in it, give tracegrad, for the whole process.

    Call it before anything imports autograd. Calling it again does nothing. Arrays that are made
    in traced functions then are plain ones, as packages written for autograd take them to be: they
    cannot have traced values written into them.

    Raises:
        ImportError: the real autograd has been imported already.

    Example:
        >>> import tracegrad
        >>> tracegrad.install_as_autograd()  # doctest: +SKIP
        >>> import autograd.numpy as np  # doctest: +SKIP
    """
    ours: Any = sys.modules[_ROOT]
    found = sys.modules.get("autograd")
    if found is ours:
        return
    if found is not None:
        raise ImportError(
            f"autograd is imported already, from {getattr(found, '__file__', 'somewhere')}: call "
            "tracegrad.install_as_autograd() before the first import of autograd and of packages "
            "that use it, or start the program with python -m tracegrad.compat"
        )
    for target, source, names in _ADDED:
        module = import_module(f"{_ROOT}.{target}".rstrip("."))
        _add(module, import_module(f"{__name__}.{source}"), names)
    Box.type_mappings = box_types
    let_subclasses_defer()
    let_arrays_hold_boxes()
    let_primitives_define()
    let_names_be_rebound()
    ArrayBox.__module__ = "autograd.numpy.numpy_boxes"  # array libraries choose by it
    Maker.__call__ = _plain
    box_in_rules()
    extend.primitive_for = primitive_for
    sys.modules["autograd"] = ours
    # found there it is not set on its parent, where the function of that name is
    sys.modules["autograd.misc.flatten"] = sys.modules[f"{_ROOT}.misc.flatten"]
    sys.meta_path.insert(0, Finder(ours, _complete))
    scipy.__getattr__ = _submodule
    for name in OURS:
        import_module(f"autograd.{name}")


def _add(module: Any, source: Any, names: list[str] | None) -> None:
    for name in names or source.__all__:
        setattr(module, name, getattr(source, name))


def _complete(name: str, module: Any) -> None:
    """Add to a module that was asked for."""
    if name in _ADDED_LATER:
        _add(module, import_module(f"{__name__}.{_ADDED_LATER[name]}"), None)


def _submodule(name: str) -> Any:
    """A submodule of `autograd.scipy` that is asked for as an attribute."""
    _of_scipy(name)  # refuses what there is not
    return import_module(f"autograd.scipy.{name}")


def _plain(maker: Maker, *args: Any, **kwargs: Any) -> Any:
    """What makes arrays makes plain ones."""
    return maker.primitive(*args, **kwargs)
