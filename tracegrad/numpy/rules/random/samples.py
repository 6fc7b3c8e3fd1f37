"""Random samples as functions of the parameters of their distribution.

The sample is NumPy's own, drawn with the plain parameters. Its derivative is that of a *path*: a
smooth function of the parameters and of noise that does not depend on them, which goes through the
sample. The noise is drawn again, from a copy of the generator as it was, so that nothing is divided
by a scale that may be 0; or the path is an implicit one through the sample itself.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np

from ....core.box import Box, getval
from ....core.errors import NoDerivative, user_line
from ....core.primitive import Primitive
from ....core.trace import CONTAINERS, inside
from ...kinds import elementwise
from ..arrays import as_array, as_axis, refuse
from .implicit import log_gamma, log_odds, log_wald, turn

__all__ = ["COUNTS", "PATHS", "PICKS", "REFUSED", "count", "pick", "refused", "sample"]

PATHS: dict[str, Callable] = {}
"""Method → the path of its samples, called as `(drawn, *args, **kwargs)`."""
PICKS: dict[str, Callable] = {}
"""Method → what picks elements, called as `(draw, *args, **kwargs)` with the plain method."""
COUNTS = frozenset({
    "binomial", "geometric", "hypergeometric", "integers", "logseries", "multinomial",
    "multivariate_hypergeometric", "negative_binomial", "poisson", "randint", "random_integers",
    "tomaxint", "zipf",
})  # fmt: skip
"""Methods whose samples are whole numbers: they have no derivative."""
REFUSED = frozenset({"noncentral_chisquare", "noncentral_f"})
"""Methods that no derivative is known of."""

_TINY = np.finfo(np.float64).tiny


def _put(table):
    def put(path):
        table[path.__name__] = path
        return path

    return put


_path, _pick = _put(PATHS), _put(PICKS)


# -- drawing ---------------------------------------------------------------------------------------


def _state(source):
    """All of it: RandomState keeps every second normal number for later."""
    if isinstance(source, np.random.RandomState):
        return source.get_state(legacy=False)
    return source.bit_generator.state


def _set_state(source, state):
    if isinstance(source, np.random.RandomState):
        source.set_state(state)
    else:
        source.bit_generator.state = state


class Drawn:
    """A sample, and the generator as it was before it.

    Attributes:
        value: the sample; a number as a NumPy scalar.
    """

    def __init__(self, source, method, args, kwargs):
        legacy = isinstance(source, np.random.RandomState)
        kind = np.random.RandomState if legacy else np.random.Generator
        with source._bit_generator.lock:
            before = _state(source)
            self._twin = kind(copy.deepcopy(source._bit_generator))
            _set_state(self._twin, before)
            self.value = np.asarray(method(self._twin, *args, **kwargs))[()]
            _set_state(source, _state(self._twin))
        _set_state(self._twin, before)

    def again(self, name, *parameters):
        """The numbers that the sample was made of, from another method."""
        return getattr(self._twin, name)(*map(_plain, parameters), size=self.value.shape)


def _holds(x):
    return isinstance(x, Box) or (type(x) in CONTAINERS and bool(inside(x)))


def _plain(x):
    return getval(as_array(x)) if _holds(x) else x


def _array(x):
    return as_array(x) if type(x) in (list, tuple) else x


def _over(fun, args, kwargs):
    return [fun(x) for x in args], {name: fun(x) for name, x in kwargs.items()}


_through = Primitive(lambda path, value: value, name="sample")
elementwise(_through, path=lambda g: g, value=None)


def sample(source, name, method, args, kwargs):
    """A sample with the derivative of its path."""
    args, kwargs = _over(_array, args, kwargs)
    plain_args, plain_kwargs = _over(_plain, args, kwargs)
    refuse(f"random.{name}", out=kwargs.get("out"))
    drawn = Drawn(source, method, plain_args, plain_kwargs)
    with np.errstate(all="ignore"):  # as NumPy's generators are silent
        return _through(PATHS[name](drawn, *args, **kwargs), drawn.value)


def count(source, name, method, args, kwargs):
    args, kwargs = _over(_plain, args, kwargs)
    return method(source, *args, **kwargs)


def pick(source, name, method, args, kwargs):
    return PICKS[name](lambda *args, **kwargs: method(source, *args, **kwargs), *args, **kwargs)


def refused(source, name, method, args, kwargs):
    raise NoDerivative(
        f"random.{name}: no derivative is known.\n  in {user_line()}\n"
        "  If its parameters are meant as constants, pass stop_gradient(...) of them."
    )


# -- noise, moved and stretched -------------------------------------------------------------------


@_path
def normal(drawn, loc=0.0, scale=1.0, size=None):
    return loc + scale * drawn.again("standard_normal")


@_path
def lognormal(drawn, mean=0.0, sigma=1.0, size=None):
    return np.exp(mean + sigma * drawn.again("standard_normal"))


@_path
def uniform(drawn, low=0.0, high=1.0, size=None):
    return low + (high - low) * drawn.again("uniform")


@_path
def laplace(drawn, loc=0.0, scale=1.0, size=None):
    return loc + scale * drawn.again("laplace")


@_path
def logistic(drawn, loc=0.0, scale=1.0, size=None):
    return loc + scale * drawn.again("logistic")


@_path
def gumbel(drawn, loc=0.0, scale=1.0, size=None):
    return loc + scale * drawn.again("gumbel")


@_path
def exponential(drawn, scale=1.0, size=None):
    return scale * drawn.again("exponential")


@_path
def rayleigh(drawn, scale=1.0, size=None):
    return scale * drawn.again("rayleigh")


@_path
def pareto(drawn, a, size=None):
    return np.expm1(drawn.again("standard_exponential") / a)


@_path
def weibull(drawn, a, size=None):
    return drawn.again("standard_exponential") ** (1.0 / a)


@_path
def power(drawn, a, size=None):
    return (-np.expm1(-drawn.again("standard_exponential"))) ** (1.0 / a)


@_path
def triangular(drawn, left, mode, right, size=None):
    """The distribution function is two parabolas, inverted."""
    u, base = drawn.again("uniform"), right - left
    return np.where(
        u * base <= mode - left,
        left + np.sqrt(u * base * (mode - left)),
        right - np.sqrt((1.0 - u) * base * (right - mode)),
    )


# -- many normal numbers at once ------------------------------------------------------------------


def _factor(cov, method):
    if method == "cholesky":
        return np.linalg.cholesky(cov)
    if method == "eigh":
        w, v = np.linalg.eigh(cov)
    else:
        v, w, _ = np.linalg.svd(cov)
    return v * np.sqrt(abs(w))


def _root(cov, method):
    """NumPy's factor of the covariance.

    Between equal eigenvalues that factor has no derivative. Any other factor's derivative moves the
    distribution in the same way, so there it is Cholesky's, turned to NumPy's factor.
    """
    plain = getval(cov)
    w = np.linalg.eigvalsh(plain)
    repeated = np.any(np.diff(w) <= 1e-8 * w[-1:]) and w[0] > 1e-12 * w[-1]
    if method == "cholesky" or not repeated:
        return _factor(cov, method)
    turned = np.linalg.solve(np.linalg.cholesky(plain), _factor(plain, method))
    return np.linalg.cholesky(cov) @ turned


@_path
def multivariate_normal(drawn, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="svd"):
    cov = 0.5 * (cov + np.transpose(cov))
    return mean + drawn.again("standard_normal") @ np.transpose(_root(cov, method))


# -- implicit paths -------------------------------------------------------------------------------


def _log(x):
    """Of samples, among which tiny ones may have been rounded to 0."""
    return np.log(np.maximum(x, _TINY))


def _gamma(value, shape):
    return np.exp(log_gamma(_log(value), shape))


@_path
def standard_gamma(drawn, shape, size=None, dtype=np.float64, out=None):
    refuse("random.standard_gamma", out=out)
    return _gamma(np.asarray(drawn.value, np.float64), shape)


@_path
def gamma(drawn, shape, scale=1.0, size=None):
    return scale * _gamma(drawn.again("standard_gamma", shape), shape)


@_path
def chisquare(drawn, df, size=None):
    return 2.0 * _gamma(0.5 * drawn.value, 0.5 * df)


@_path
def beta(drawn, a, b, size=None):
    odds = _log(drawn.value) - _log(1.0 - drawn.value)
    return np.exp(-np.logaddexp(0.0, -log_odds(odds, a, b)))


@_path
def f(drawn, dfnum, dfden, size=None):
    """Odds of a beta variable, in units of their degrees of freedom."""
    unit = dfden / dfnum
    odds = log_odds(_log(drawn.value) - np.log(getval(unit)), 0.5 * dfnum, 0.5 * dfden)
    return unit * np.exp(odds)


@_path
def standard_t(drawn, df, size=None):
    """The square is an F variable of 1 and df degrees of freedom."""
    odds = 2.0 * _log(abs(drawn.value)) - np.log(getval(df))
    return np.sign(drawn.value) * np.sqrt(df) * np.exp(0.5 * log_odds(odds, 0.5, 0.5 * df))


@_path
def dirichlet(drawn, alpha, size=None):
    """Sticks broken one from another: each takes a beta part of what is left."""
    left = np.cumsum(drawn.value[..., ::-1], -1)[..., ::-1][..., 1:]
    later = np.cumsum(alpha[::-1])[::-1][1:]
    odds = log_odds(_log(drawn.value[..., :-1]) - _log(left), alpha[:-1], later)
    whole = np.zeros((*odds.shape[:-1], 1))
    taken = np.concatenate([-np.logaddexp(0.0, -odds), whole], -1)
    rest = np.concatenate([whole, np.cumsum(-np.logaddexp(0.0, odds), -1)], -1)
    return np.exp(taken + rest)


@_path
def wald(drawn, mean, scale, size=None):
    return mean * np.exp(log_wald(_log(drawn.value) - np.log(getval(mean)), scale / mean))


@_path
def vonmises(drawn, mu, kappa, size=None):
    angle = drawn.value - getval(mu)
    return mu + turn(angle - 2.0 * np.pi * np.round(angle / (2.0 * np.pi)), kappa)


# -- picked elements -------------------------------------------------------------------------------


def _places(x, axis):
    """The places along an axis, as an array that NumPy is to take for such a one."""
    return np.arange(x.shape[axis]).reshape([n if i == axis else 1 for i, n in enumerate(x.shape)])


def _picked(draw, x, axis, /, *options, **named):
    """NumPy's choice among places, made of the array."""
    places = np.asarray(draw(_places(x, axis), *options, **named))
    end = places.ndim - (x.ndim - 1 - axis)
    return np.take(x, places.reshape(places.shape[axis:end]), axis=axis)


@_pick
def choice(draw, a, *options, **named):
    a = as_array(a)
    options, named = _over(_plain, options, named)
    if np.ndim(a) == 0:
        return draw(getval(a), *options, **named)
    axis = options[3] if len(options) > 3 else named.get("axis", 0)
    return _picked(draw, a, as_axis(axis, a.ndim), *options, **named)


@_pick
def permutation(draw, x, *options, **named):
    x = as_array(x)
    if np.ndim(x) == 0:
        return draw(getval(x), *options, **named)
    axis = options[0] if options else named.get("axis", 0)
    return _picked(draw, x, as_axis(axis, x.ndim), *options, **named)


@_pick
def permuted(draw, x, *, axis=None, out=None):
    refuse("random.permuted", out=out)
    x = as_array(x)
    return np.ravel(x)[draw(np.arange(x.size).reshape(x.shape), axis=axis)]


@_pick
def shuffle(draw, x, axis=0):
    named = {} if axis == 0 else {"axis": axis}  # RandomState has no such option
    if not isinstance(x, Box):
        return draw(x, **named)  # a list with traced items
    axis = as_axis(axis, x.ndim)
    places = _places(x, axis)
    draw(places, **named)
    x[...] = np.take(x, np.ravel(places), axis)
