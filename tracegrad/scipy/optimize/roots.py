"""Systems of equations: `root`, `fsolve`, `fixed_point` and the quasi-Newton solvers by name."""

from __future__ import annotations

import numpy as np
from scipy.optimize import OptimizeResult

from ...core.box import getval
from .calling import like, replaced, solver, vector_of
from .implicit import follow
from .optimality import optimum

__all__ = ["equations", "system_root"]


def equations(fun, args, pair=False):
    """The user's function of x alone; of a pair (values, Jacobian) the first."""
    args = args if isinstance(args, tuple) else (args,)
    return (lambda x: fun(x, *args)[0]) if pair else (lambda x: fun(x, *args))


def system_root(fun, x):
    """The root of `fun` near an array x of any shape, complex ones as pairs of real numbers.

    Where there are more equations than unknowns, the least-squares solution.
    """
    x = np.asarray(x)
    if np.iscomplexobj(x):
        whole = lambda z: _parts(fun(_complex(z, x.shape)))
        return _complex(follow(whole, _parts(x)), x.shape)
    flat = lambda z: vector_of(fun(np.reshape(z, x.shape)))
    z = np.ravel(x) * 1.0
    if np.size(getval(flat(z))) > z.size:
        return optimum(lambda z: 0.5 * np.sum(flat(z) ** 2), z).x
    return np.reshape(follow(flat, z), x.shape)


def _parts(z):
    z = vector_of(z)
    return np.concatenate([np.real(z), np.imag(z)])


def _complex(z, shape):
    real, imag = np.split(z, 2)
    return np.reshape(real + imag * 1j, shape)


@solver("root")
def _root(answer, given):
    fun = equations(given.fun, given.args, given.jac is True)
    x = system_root(fun, answer.x)
    return replaced(answer, x=x, fun=fun(x))


@solver("fsolve")
def _fsolve(answer, given):
    fun = equations(given.func, given.args)
    if not given.full_output:
        return like(system_root(fun, answer), answer)
    place, info, *rest = answer
    x = system_root(fun, place)
    return (like(x, place), replaced(OptimizeResult(info), fvec=vector_of(fun(x))), *rest)


@solver(
    "anderson", "broyden1", "broyden2", "diagbroyden", "excitingmixing", "linearmixing",
    "newton_krylov",
)  # fmt: skip
def _quasi_newton(answer, given):
    return like(system_root(given.F, answer), answer)


@solver("fixed_point")
def _fixed_point(answer, given):
    fun = equations(given.func, given.args)
    return like(system_root(lambda x: x - fun(x), answer), answer)
