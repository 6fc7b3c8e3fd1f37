"""What has no derivative yet: refused by name, and SciPy's own for plain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import scipy.interpolate as si

from ...core.trace import inside
from ...core.tree import map_leaves
from ...numpy.namespace import primitive_of as of
from ...numpy.refusing import constant_of
from .bsplines import BSpline
from .collocation import make_interp_spline
from .reading import settled, traced, values_only

__all__ = ["make_smoothing_spline", "make_splrep", "refusing"]


def refusing(kind: type) -> type:
    """A class of SciPy's that says by name that it has no derivative in what it is given."""

    def method(name: str) -> Callable:
        def called(self: Any, *args: Any, **options: Any) -> Any:
            args, options = map_leaves(constant_of, (args, options))
            values_only(kind.__name__, *inside((*args, *options.values())))
            return getattr(kind, name)(self, *args, **options)

        return called

    members: dict[str, Any] = {
        "__doc__": f"See `scipy.interpolate.{kind.__name__}`; it has no derivative.",
        "__module__": __package__,
    }
    names = [name for name in ("__init__", "__call__") if hasattr(kind, name)]
    return type(kind.__name__, (kind,), members | {n: method(n) for n in names})


def _with_traced_points(found: Any) -> Any:
    return BSpline.construct_fast(*found.tck, found.extrapolate, found.axis)


def make_smoothing_spline(*args: Any, **options: Any) -> Any:
    """See `scipy.interpolate.make_smoothing_spline`; with derivatives in its points alone."""
    return _with_traced_points(of(si.make_smoothing_spline)(*args, **options))


def make_splrep(x: Any, y: Any, *, k: int = 3, s: Any = 0, **options: Any) -> Any:
    """See `scipy.interpolate.make_splrep`; with derivatives in the data where it interpolates."""
    x, y = settled(x), settled(y)
    if traced(x, y) and not traced(s) and s == 0 and not options:
        return make_interp_spline(x, y, k)
    return _with_traced_points(of(si.make_splrep)(x, y, k=k, s=s, **options))
