"""The table: a row for each primitive, in files by family as in `tracegrad/numpy/rules/`.

Each module of this package has a list `ROWS`; modules put here are found.
"""

import importlib
import pkgutil

ROWS = []
NUMPY_ROWS = []
for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    if _module != "samples":
        _rows = importlib.import_module(f"{__name__}.{_module}").ROWS
        ROWS += _rows
        NUMPY_ROWS += [] if _module.startswith("scipy_") else _rows
