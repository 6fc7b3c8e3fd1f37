"""Functions of matrices: exponential, logarithm, powers, roots, sign.

The derivative of f at A along E is the upper right block of f([[A, E], [0, A]]) (Mathias 1996, "A
chain rule for matrix functions and applications"; Higham 2008, "Functions of Matrices", 3.2). It
needs no eigenvectors, so it is right at repeated eigenvalues and at defective matrices. In the sum
of products its transpose is the derivative at Aᵀ.
"""

from __future__ import annotations

import functools

import numpy as np
import scipy.linalg as sl

from ...core.box import getval, isbox
from ...core.errors import NoDerivative, user_line
from ...core.primitive import Primitive
from ...numpy.kinds import composed, custom
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array
from ...numpy.rules.linear.matrices import T, scaled
from ...spaces import match
from .reading import valid


def _along(fun, a, e):
    """The derivative of a function of matrices at a along e."""
    n = a.shape[-1]
    a, e = np.broadcast_arrays(a, e) if a.shape != e.shape else (a, e)
    top = np.concatenate([a, e], -1)
    under = np.concatenate([np.zeros_like(getval(a)), a], -1)
    return fun(np.concatenate([top, match(under, top.dtype)], -2))[..., :n, n:]


def _by_blocks(name, fun):
    """A primitive whose derivative is a block of itself."""
    primitive = Primitive(fun, name=name)

    def vjp(g, a, t):
        return match(_along(lambda x: primitive(x, t), T(a), g), a.dtype)

    def jvp(dt, ans, a, t):
        return match(_along(lambda x: primitive(x, t), a, dt), ans.dtype)

    return custom(
        primitive,
        a=vjp,
        t=lambda g, ans, a, t: match((g * _slope(ans, a)).sum(), t.dtype),
        jvps={"a": jvp, "t": lambda dt, ans, a: dt * _slope(ans, a)},
    )


def _slope(ans, a):
    """Of a power in its exponent: log(A) Aᵗ."""
    return match(_logm(a) @ ans, ans.dtype)


def _square(A):
    A = valid(A)
    if A.ndim < 2 or A.shape[-1] != A.shape[-2]:
        raise ValueError("expected a square matrix")
    return A


_exp = _by_blocks("expm", lambda a, t: sl.expm(a))
_log = _by_blocks("logm", lambda a, t: sl.logm(a))
_power = _by_blocks("fractional_matrix_power", lambda a, t: sl.fractional_matrix_power(a, t))


def _expm(a):
    return _exp(a, None)


def _logm(a):
    return _log(a, None)


composed(of(sl.expm), lambda A: _expm(_as_square(A)))


def _as_square(A):
    A = as_array(A)
    return A.reshape(1, 1) if A.ndim < 2 and A.size == 1 else A


def _with_error(fun, A, ans, disp):
    """With `disp=False` SciPy's estimate of the error may stand beside the answer."""
    known = None if disp else fun(getval(A), disp=disp)
    return (ans, *known[1:]) if isinstance(known, tuple) else ans


def _logm_of(A, disp=True):
    return _with_error(sl.logm, A, _logm(_square(A)), disp)


def _fractional_matrix_power(A, t):
    """Whole powers by products."""
    A = _square(A)
    if isbox(t) or t != int(t):
        return _power(A, t)
    return np.linalg.matrix_power(A, int(t))


composed(of(sl.logm), _logm_of)
composed(of(sl.fractional_matrix_power), _fractional_matrix_power)

# -- expm's relatives --------------------------------------------------------------------------


def _cos_and_sin(A):
    A = _square(A)
    if A.dtype.kind == "c":
        turned, back = _expm(A * 1j), _expm(A * -1j)
        return 0.5 * (turned + back), (turned - back) * -0.5j
    turned = _expm(A * 1j)
    return turned.real, turned.imag


def _cosh_and_sinh(A):
    A = _square(A)
    up, down = _expm(A), _expm(-A)
    return 0.5 * (up + down), 0.5 * (up - down)


composed(of(sl.cosm), lambda A: _cos_and_sin(A)[0])
composed(of(sl.sinm), lambda A: _cos_and_sin(A)[1])
composed(of(sl.tanm), lambda A: np.linalg.solve(*_cos_and_sin(A)))
composed(of(sl.coshm), lambda A: _cosh_and_sinh(A)[0])
composed(of(sl.sinhm), lambda A: _cosh_and_sinh(A)[1])
composed(of(sl.tanhm), lambda A: np.linalg.solve(*_cosh_and_sinh(A)))


def _expm_frechet(A, E, method=None, compute_expm=True, check_finite=True):
    A, E = valid(A, check_finite), valid(E, check_finite)
    if A.shape != E.shape or A.ndim < 2 or A.shape[-1] != A.shape[-2]:
        raise ValueError("expected A and E to be square matrices of the same shape")
    if method not in (None, "SPS", "blockEnlarge"):
        raise ValueError(f"Unknown implementation {method}")
    along = _along(_expm, A, E)
    return (_expm(A), along) if compute_expm else along


def _expm_cond(A, check_finite=True):
    """The norm of the derivative, as a matrix of n² rows, by that of A over that of expm."""
    A = valid(A, check_finite)
    n = A.shape[-1]
    units = np.eye(n * n, dtype=A.dtype).reshape(n * n, n, n)
    moves = _along(_expm, np.broadcast_to(A, units.shape), units)
    slope = np.linalg.norm(moves.reshape(n * n, n * n), 2)
    return slope * np.linalg.norm(A) / np.linalg.norm(_expm(A))


composed(of(sl.expm_frechet), _expm_frechet)
composed(of(sl.expm_cond), _expm_cond)

# -- root and sign, by equations of their derivatives ------------------------------------------


def _sylvester(a, b, q):
    return of(sl.solve_sylvester)(a, b, q)


_sqrtm = Primitive(lambda a: sl.sqrtm(a), name="sqrtm")
custom(  # X dX + dX X = dA
    _sqrtm,
    a=lambda g, ans, a: match(_sylvester(T(ans), T(ans), g), a.dtype),
    jvps={"a": lambda t, ans: match(_sylvester(ans, ans, t), ans.dtype)},
)

_signm = Primitive(lambda a: sl.signm(a), name="signm")


def _sign_jvp(t, ans, a):
    """N dS + dS N = dA - S dA S where N = S A (Higham 2008, theorem 5.3)."""
    n = ans @ a
    return match(_sylvester(n, n, t - ans @ t @ ans), ans.dtype)


def _sign_vjp(g, ans, a):
    n = T(ans @ a)
    y = _sylvester(n, n, g)
    return match(y - T(ans) @ y @ T(ans), a.dtype)


custom(_signm, a=_sign_vjp, jvps={"a": _sign_jvp})


def _sqrtm_of(A, disp=True, blocksize=64):
    return _with_error(sl.sqrtm, A, _sqrtm(_square(A)), disp)


def _signm_of(A, disp=True):
    return _with_error(sl.signm, A, _signm(_square(A)), disp)


composed(of(sl.sqrtm), _sqrtm_of)
composed(of(sl.signm), _signm_of)

# -- any function, of matrices with simple eigenvalues -----------------------------------------


def _funm(A, func, disp=True):
    A = _square(A)
    w, v = np.linalg.eig(A)
    values = getval(w)
    apart = abs(values[..., :, None] - values[..., None, :]) + np.diag(np.full(A.shape[-1], np.inf))
    if (apart <= 1e-8 * abs(values).max(initial=0)).any():
        raise NoDerivative(
            "funm: a function's derivative at repeated eigenvalues takes more than its values.\n"
            f"  in {user_line()}\n  Use expm, logm, sqrtm or fractional_matrix_power."
        )
    ans = scaled(v, func(w)) @ np.linalg.inv(v)
    known = functools.partial(sl.funm, func=lambda x: getval(func(x)))
    return _with_error(known, A, match(ans, known(getval(A)).dtype), disp)


composed(of(sl.funm), _funm)
