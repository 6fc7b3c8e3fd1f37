"""Systems solved by iteration: derivatives by the same solver, with the same relative accuracy."""

from __future__ import annotations

import functools
import inspect

import numpy as np
import scipy.sparse as ss
import scipy.sparse.linalg as sl

from ....core.box import getval
from ....core.errors import NoDerivative, user_line
from ....numpy.rules.arrays import as_array
from ...standing import Standing
from ..matrix import simplest, traced
from .direct import plain
from .operators import Operand
from .roots import Inverse, followed

__all__ = ["SOLVERS", "install"]

SOLVERS = (
    "bicg", "bicgstab", "cg", "cgs", "gcrotmk", "gmres", "lgmres", "minres", "qmr", "tfqmr",
)  # fmt: skip
_ONCE = {"A", "b", "x0", "callback", "outer_v", "CU", "atol", "rtol", "tol", "show", "M", "M1",
         "M2", "callback_type", "prepend_outer_v"}  # fmt: skip


def _value(x):
    return x if isinstance(x, sl.LinearOperator) else plain(x)


def _converged(solver, info):
    if info:
        raise NoDerivative(
            f"{solver.__name__} did not converge (info={info}), and only a solution has the "
            f"derivative of one.\n  in {user_line()}\n  Raise maxiter or the tolerance, or pass a "
            "preconditioner M."
        )


def _followed(solver, call):
    """The solution and 0."""
    given = call.arguments
    a, b = Operand(given["A"]), as_array(given["b"])
    b = b.reshape(-1) if 1 in b.shape[1:] else b
    plainly = {name: _value(x) for name, x in given.items() if name not in ("A", "b")}
    value = np.asarray(getval(b))
    x, info = solver(a.value, value, **plainly)
    shift = given.get("shift", 0.0)
    residual = functools.partial(_residual, a, b, shift)
    if not traced(simplest(residual(x))):
        return x, info
    _converged(solver, info)

    def again(matrix, preconditioners, r):
        if r.dtype.kind == "c" and np.dtype(matrix.dtype).kind != "c":
            real, imag = (again(matrix, preconditioners, part) for part in (r.real, r.imag))
            return real + 1j * imag
        options = _relative(plainly, value)
        x, info = solver(matrix, r, **options, **preconditioners)
        if info:  # methods of short recurrences break down on some right sides
            options = {name: options[name] for name in options.keys() & {"tol", "rtol", "atol"}}
            x, info = sl.gmres(shifted(matrix), r, **options, restart=min(len(r), 100))
            rounding = 1e3 * np.finfo(x.dtype).eps * np.linalg.norm(r)
            info = info * (np.linalg.norm(r - shifted(matrix) @ x) > rounding)
        _converged(solver, info)
        return x

    def shifted(matrix):
        if not shift:
            return matrix
        return sl.aslinearoperator(matrix) - shift * sl.aslinearoperator(ss.identity(len(value)))

    near = {name: plainly[name] for name in ("M", "M1", "M2") if plainly.get(name) is not None}
    other = {"M": "M", "M1": "M2", "M2": "M1"}
    turned = {other[name]: m.T for name, m in near.items()}
    inverse = Inverse(
        functools.partial(again, a.value, near), functools.partial(again, a.turned, turned)
    )
    return followed(x, residual, inverse), info


def _residual(a, b, shift, x):
    return b - a(x) + shift * x if shift else b - a(x)


def _relative(options, b):
    """Options for another right side: an absolute tolerance as a share of b."""
    kept = {name: x for name, x in options.items() if name not in _ONCE}
    name = "tol" if "tol" in options else "rtol"
    size = np.linalg.norm(b)
    absolute = options.get("atol") or 0.0
    absolute = 0.0 if isinstance(absolute, str) else float(absolute)
    kept[name] = max(options[name], absolute / size) if size else options[name]
    if "atol" in options:
        kept["atol"] = 0.0
    return kept


def _answer(solver):
    """The solver for what is traced, or may be: an operator's function knows it alone."""
    signature = inspect.signature(solver)

    def solve(*args, **options):
        args, options = simplest(args), simplest(options)
        A = args[0] if args else options.get("A")
        if not traced((args, options)) and not isinstance(A, sl.LinearOperator):
            return solver(*args, **options)
        call = signature.bind(*args, **options)
        call.apply_defaults()
        return _followed(solver, call)

    return Standing(solver, solve)


def install(namespace):
    """Put the solvers into the namespace."""
    for name in SOLVERS:
        namespace[name] = _answer(getattr(sl, name))
