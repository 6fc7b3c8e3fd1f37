"""Equations for matrices: Sylvester's, Lyapunov's, Riccati's."""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl

from ...core.primitive import Primitive
from ...modes.forward import pushforward
from ...numpy.kinds import composed, custom
from ...numpy.namespace import primitive_of as of
from ...numpy.rules.arrays import as_array, refuse
from ...numpy.rules.linear.matrices import H, T, conj
from ...spaces import fit, match

# -- A X + X B = Q -----------------------------------------------------------------------------

_sylvester = of(sl.solve_sylvester)


def _back(g, a, b):
    return _sylvester(T(a), T(b), g)


custom(
    _sylvester,
    a=lambda g, ans, a, b: fit(-_back(g, a, b) @ T(ans), a.shape, a.dtype),
    b=lambda g, ans, a, b: fit(-T(ans) @ _back(g, a, b), b.shape, b.dtype),
    q=lambda g, a, b, q: fit(_back(g, a, b), q.shape, q.dtype),
    jvps={
        "a": lambda t, ans, a, b: -_sylvester(a, b, t @ ans),
        "b": lambda t, ans, a, b: -_sylvester(a, b, ans @ t),
        "q": lambda t, again: again(q=t),
    },
)

# -- Lyapunov: A X + X Aᴴ = Q and A X Aᴴ - X + Q = 0 ---------------------------------------------


def _lyapunov(a, q):
    a, q = as_array(a), as_array(q)
    return _sylvester(a, H(a), q)


def _by_products(a, q):
    """As one system for all entries, in double precision as SciPy has it."""
    n = a.shape[0]
    system = np.eye(n * n) - np.kron(a, conj(a))
    return np.linalg.solve(system, q.reshape(n * n, 1)).reshape(n, n)


def _bilinear(a, q):
    """As a continuous one, by the Cayley transform of a."""
    eye = np.eye(a.shape[0])
    inverse = np.linalg.inv(H(a) + eye)
    b = (H(a) - eye) @ inverse
    return _lyapunov(H(b), -2.0 * np.linalg.inv(a + eye) @ q @ inverse)


def _discrete_lyapunov(a, q, method=None):
    a, q = as_array(a), as_array(q)
    if method is None:
        method = "bilinear" if a.shape[-1] >= 10 else "direct"
    if method.lower() not in ("direct", "bilinear"):
        raise ValueError(f"Unknown solver {method}")
    solve = _by_products if method.lower() == "direct" else _bilinear
    if a.ndim == 2:
        return solve(a, q)
    q = np.broadcast_to(q, a.shape)
    return np.stack([_discrete_lyapunov(*pair, method) for pair in zip(a, q)])


for _name in ("solve_continuous_lyapunov", "solve_lyapunov"):
    composed(of(getattr(sl, _name)), _lyapunov)
composed(of(sl.solve_discrete_lyapunov), _discrete_lyapunov)

# -- Riccati. Where the residual F(X, θ) stays 0, the linear equation for dX is F's own slope:
#    Mᴴ Y + Y M = -dF or Mᴴ Y M - Y = -dF for Y = Eᴴ dX E, M = E⁻¹ (A - B K), K the feedback. --


def _feedback(x, a, b, r, e, s, discrete):
    if discrete:
        return np.linalg.solve(r + H(b) @ x @ b, H(b) @ x @ a + H(s))
    return np.linalg.solve(r, H(b) @ x @ e + H(s))


def _residual(x, a, b, q, r, e, s, discrete):
    k = _feedback(x, a, b, r, e, s, discrete)
    if discrete:
        return H(a) @ x @ a - H(e) @ x @ e - (H(a) @ x @ b + s) @ k + q
    return H(a) @ x @ e + H(e) @ x @ a - (H(e) @ x @ b + s) @ k + q


def _solved(x, moved, a, b, r, e, s, discrete):
    m = np.linalg.solve(e, a - b @ _feedback(x, a, b, r, e, s, discrete))
    y = _discrete_lyapunov(H(m), moved) if discrete else _lyapunov(H(m), -moved)
    return np.linalg.solve(H(e), H(np.linalg.solve(H(e), H(y))))


def _riccati_value(a, b, q, r, e, s, discrete, balanced):
    solve = sl.solve_discrete_are if discrete else sl.solve_continuous_are
    return solve(a, b, q, r, e, s, balanced)


_riccati = Primitive(_riccati_value, name="solve_are")


def _jvp(place):
    def jvp(t, ans, a, b, q, r, e, s, discrete):
        arguments = [a, b, q, r, e, s]

        def residual(moving):
            arguments[place] = moving
            return _residual(ans, *arguments, discrete)

        moved = pushforward(residual, [arguments[place]], [t])[1]
        return match(_solved(ans, moved, a, b, r, e, s, discrete), ans.dtype)

    return jvp


custom(
    _riccati,
    jvps={name: _jvp(place) for place, name in enumerate("abqres")},
    inert=("discrete", "balanced"),
)


def _hermitian(x):
    return 0.5 * (x + H(x))


def _are(discrete):
    def solve(a, b, q, r, e=None, s=None, balanced=True):
        a, b, q, r = map(as_array, (a, b, q, r))
        refuse("solve_are", e=e)
        e = np.eye(a.shape[0], dtype=a.dtype)
        s = np.zeros(b.shape, b.dtype) if s is None else as_array(s)
        return _riccati(a, b, _hermitian(q), _hermitian(r), e, s, discrete, balanced)

    return solve


composed(of(sl.solve_continuous_are), _are(discrete=False))
composed(of(sl.solve_discrete_are), _are(discrete=True))
