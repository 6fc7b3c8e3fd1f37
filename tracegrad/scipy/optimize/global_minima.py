"""Global minima. Which of the local minima is the lowest does not move; the minimum does."""

from __future__ import annotations

import numpy as np

from ...core.errors import NoDerivative, user_line
from .calling import like, orders, replaced, solver, vector_of
from .conditions import conditions_of
from .minima import heeded, result, solved
from .roots import equations

__all__: list[str] = []


@solver("basinhopping")
def _basinhopping(answer, given):
    local = dict(given.minimizer_kwargs or {})
    fun = equations(given.func, local.get("args", ()), local.get("jac") is True)
    conditions = heeded(local.get("method"), local.get("bounds"), local.get("constraints", ()))
    found = result(answer, fun, conditions)
    found.lowest_optimization_result = result(answer.lowest_optimization_result, fun, conditions)
    return found


@solver("differential_evolution")
def _differential_evolution(answer, given):
    if given.integrality is not None and np.any(given.integrality):
        raise NoDerivative(
            "differential_evolution: the derivative does not handle the option integrality=.\n  "
            f"in {user_line()}\n  Fix the integers that it finds and minimize over the others."
        )
    fun = equations(given.func, given.args)
    if given.vectorized:
        columns = fun
        fun = lambda x: columns(np.reshape(x, (-1, 1)))
    return result(answer, fun, conditions_of(given.bounds, given.constraints))


@solver("direct", "dual_annealing")
def _in_bounds(answer, given):
    return result(answer, equations(given.func, given.args), conditions_of(given.bounds))


@solver("shgo")
def _shgo(answer, given):
    """Each local minimum that it lists moves as well."""
    fun = equations(given.func, given.args, (given.options or {}).get("jac") is True)
    conditions = conditions_of(given.bounds, given.constraints or ())
    answer = result(answer, fun, conditions)
    if "xl" in answer:
        places = [solved(fun, x, conditions) for x in answer.xl]
        values = [np.sum(vector_of(fun(x))) for x in places]
        answer = replaced(answer, xl=np.stack(places), funl=np.stack(values))
    return answer


@solver("brute")
def _brute(answer, given):
    """Without `finish` the place is one of the grid's points, which do not move."""
    if not callable(given.finish) and orders(given.ranges):
        raise NoDerivative(
            "brute: without finish= no derivative is known with respect to its argument "
            f"'ranges'.\n  in {user_line()}"
        )
    fun = equations(given.func, tuple(given.args) if np.iterable(given.args) else given.args)
    place, *rest = answer if given.full_output else (answer,)
    x = solved(fun, place) if callable(given.finish) else place
    if not given.full_output:
        return like(x, place)
    value, grid, values = rest
    points = np.reshape(grid, (-1, values.size)).T if len(given.ranges) > 1 else grid
    values = like(np.stack([np.sum(vector_of(fun(point))) for point in points]), values)
    return like(x, place), like(np.sum(vector_of(fun(x))), value), grid, values
