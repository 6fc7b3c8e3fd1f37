"""`scipy.optimize.minimize` with derivatives from tracegrad, of functions of any container."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy
from scipy.optimize import Bounds, LinearConstraint, NonlinearConstraint, OptimizeResult

from . import numpy as np
from .core.box import getval
from .core.tree import flatten as leaves_of
from .core.tree import is_leaf
from .misc.flatten import flatten
from .operators.constants import stop_gradient
from .operators.gradients import value_and_grad
from .operators.jacobians import hessian, jacobian
from .operators.products import hvp
from .scipy.optimize.calling import solvers

__all__ = ["minimize"]

_WITHOUT_SLOPES = {"nelder-mead", "powell", "cobyla", "cobyqa"}
_WITH_HESSIAN = {"dogleg", "trust-exact"}
_WITH_PRODUCTS = {"newton-cg", "trust-ncg", "trust-krylov", "trust-constr"}


def minimize(
    fun: Callable,
    x0: Any,
    args: tuple = (),
    method: str | Callable | None = None,
    *,
    bounds: Any = None,
    constraints: Any = (),
    tol: float | None = None,
    callback: Callable | None = None,
    options: dict | None = None,
    progress: bool = False,
) -> OptimizeResult:
    """Minimize a function whose gradient tracegrad takes.

    The methods that use Hessians, or products with them, get these as well, and constraints their
    Jacobians. The result is differentiable in whatever `fun` closes over or gets as `args`: the
    minimum moves by the implicit function theorem (see `tracegrad.scipy.optimize`).

    Args:
        fun: `fun(x, *args)`, a real number.
        x0: where to begin: numbers and arrays in any container. A list or tuple of numbers is an
            array, as in SciPy. Complex numbers count as pairs of real ones.
        args, method, tol, options: as in SciPy. A method of the user's own is called as with
            `jac=True`.
        bounds: for an array as in SciPy. For a container one like it, with `(low, high)` or None
            in place of each number or array; `low` and `high` may be None or arrays.
        constraints: as in SciPy; their functions get x as `fun` does.
        callback: called with x after each iteration; with an `OptimizeResult` if its parameter
            is called `intermediate_result`.
        progress: whether to show a progress bar, which needs tqdm.

    Returns:
        SciPy's result, in which `x` is like `x0`. What is about vectors (`jac`, `hess_inv`) is
        about the vector of all numbers in x, in the order of `tracegrad.misc.flatten`.

    Example:
        >>> import tracegrad.numpy as np
        >>> from tracegrad import grad
        >>> def misfit(p, y):
        ...     return np.sum((p["slope"] * np.arange(3.0) + p["start"] - y) ** 2)
        >>> y = np.array([1.0, 3.0, 5.0])
        >>> minimize(misfit, {"slope": 0.0, "start": 0.0}, args=(y,)).x
        {'slope': np.float64(2.00), 'start': np.float64(1.00)}

        The minimum as a function of what it depends on:

        >>> def lowest(a):
        ...     return minimize(lambda x: np.exp(x) - a * x, 0.0).x
        >>> lowest(2.0), grad(lowest)(2.0)
        (np.float64(0.6931), np.float64(0.5000))
    """
    if type(x0) in (list, tuple) and all(is_leaf(x) and numpy.ndim(getval(x)) == 0 for x in x0):
        x0 = np.array(x0)
    start, back = flatten(stop_gradient(x0))

    def objective(vector: Any, *args: Any) -> Any:
        return fun(back(vector), *args)

    with _Report(callback, back, (options or {}) if progress else None) as report:
        found = solvers["minimize"](
            objective if _name(method) in _WITHOUT_SLOPES else value_and_grad(objective),
            start.astype(float),
            args,
            method,
            bounds=_bounds(bounds, x0),
            constraints=_constraints(constraints, back),
            tol=tol,
            callback=report.callback,
            options=options,
            **_derivatives(objective, method),
        )
    found.x = back(found.x)
    return found


def _name(method: Any) -> str:
    return method.lower() if isinstance(method, str) else ""


def _derivatives(objective: Callable, method: Any) -> dict[str, Any]:
    """What a method takes besides the function."""
    name = _name(method)
    if name in _WITHOUT_SLOPES:
        return {}
    if name in _WITH_HESSIAN:
        return {"jac": True, "hess": hessian(objective)}
    if name in _WITH_PRODUCTS:
        product = hvp(objective)
        return {"jac": True, "hessp": lambda x, p, *args: product(x, *args, p)}
    return {"jac": True}


def _bounds(bounds: Any, x0: Any) -> Any:
    """Bounds of the vector of all numbers in x0."""
    if bounds is None or isinstance(bounds, Bounds) or (is_leaf(x0) and numpy.ndim(getval(x0))):
        return bounds
    return Bounds(*[flatten(_limits(bounds, x0, side, "x0"))[0] for side in (0, 1)])


def _limits(bounds: Any, x: Any, side: int, place: str) -> Any:
    """The lower or the upper bounds, like x."""
    if is_leaf(x):
        limit = None if bounds is None else bounds[side]
        x = numpy.asarray(getval(x))
        if x.dtype.kind == "c" and bounds is not None:
            raise TypeError(f"bounds: {place} is complex, and complex numbers have no order")
        infinite = (numpy.inf, numpy.inf * (1 + 1j))[x.dtype.kind == "c"] * (-1, 1)[side]
        return np.broadcast_to(infinite if limit is None else limit, x.shape)[()]
    if bounds is None and not leaves_of(x)[0]:
        return x  # None, a string
    if isinstance(x, dict):
        bounds = bounds or {}
        if not bounds.keys() <= x.keys():
            raise ValueError(f"bounds: {place} has no {sorted(bounds.keys() - x.keys())}")
        return {key: _limits(bounds.get(key), x[key], side, f"{place}[{key!r}]") for key in x}
    if isinstance(x, (list, tuple)):
        bounds = [None] * len(x) if bounds is None else bounds
        if len(bounds) != len(x):
            raise ValueError(f"bounds: {place} has {len(x)} items, not {len(bounds)}")
        return [
            _limits(one, item, side, f"{place}[{i}]")
            for i, (one, item) in enumerate(zip(bounds, x))
        ]
    raise TypeError(
        f"bounds: {place} is a {type(x).__name__}; there are bounds for dicts and lists"
    )


def _constraints(constraints: Any, back: Callable) -> Any:
    """Constraints on the vector, with their Jacobians."""
    if isinstance(constraints, (list, tuple)):
        return [_constraints(constraint, back) for constraint in constraints]
    if isinstance(constraints, LinearConstraint):
        return constraints

    def of_vector(given: Callable) -> Callable:
        return lambda vector, *args: np.ravel(np.array(given(back(vector), *args)))

    if isinstance(constraints, NonlinearConstraint):
        constraints = copy.copy(constraints)
        constraints.fun = of_vector(constraints.fun)
        constraints.jac = jacobian(constraints.fun)
        return constraints
    fun = of_vector(constraints["fun"])
    return {**constraints, "fun": fun, "jac": jacobian(fun)}


class _Report:
    """What happens after each iteration: the user's callback, and the progress bar.

    Attributes:
        callback: what SciPy is to call; None where there is nothing to do.
    """

    def __init__(self, callback: Callable | None, back: Callable, options: dict | None) -> None:
        self.user, self.back = callback, back
        self.bar = None if options is None else _bar(options.get("maxiter"))
        self.callback: Callable | None = None
        if callback is not None and [*inspect.signature(callback).parameters] == [RESULT]:
            self.callback = self._with_result
        elif callback is not None or self.bar is not None:
            self.callback = self._with_x

    def _with_x(self, x: Any, *state: Any) -> Any:
        self._advance()
        return None if self.user is None else self.user(self.back(x))

    def _with_result(self, intermediate_result: OptimizeResult) -> None:
        self._advance()
        result = copy.copy(intermediate_result)
        result.x = self.back(result.x)
        self.user(intermediate_result=result)  # type: ignore[misc]

    def _advance(self) -> None:
        if self.bar is not None:
            self.bar.update()

    def __enter__(self) -> _Report:
        return self

    def __exit__(self, *exception: Any) -> None:
        if self.bar is not None:
            self.bar.close()


RESULT = "intermediate_result"


def _bar(total: int | None) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError(
            "minimize(progress=True) needs tqdm to show it: pip install 'tracegrad[progress]'"
        ) from None
    return tqdm(total=total, desc="minimize", unit="iteration")
