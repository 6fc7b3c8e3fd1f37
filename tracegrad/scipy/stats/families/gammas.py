"""Gamma variables, their powers, roots, logarithms and reciprocals."""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln, xlogy

from ....core.box import getval
from ..distribution import law
from .parts import LOG2, gamma_cdf, zeta


def _ratio(upper, lower):
    """Γ(upper) / Γ(lower)"""
    return np.exp(gammaln(upper) - gammaln(lower))


for _name in ("gamma", "erlang"):
    law(
        _name,
        logpdf=lambda x, a: xlogy(a - 1.0, x) - x - gammaln(a),
        cdf=lambda x, a: gamma_cdf(a, x),
        mean=lambda a: a,
        var=lambda a: a,
        entropy=lambda a: a + gammaln(a) + (1.0 - a) * digamma(a),
    )
law(
    "chi2",
    logpdf=lambda x, df: xlogy(0.5 * df - 1.0, x) - 0.5 * x - gammaln(0.5 * df) - 0.5 * LOG2 * df,
    cdf=lambda x, df: gamma_cdf(0.5 * df, 0.5 * x),
    mean=lambda df: df,
    var=lambda df: 2.0 * df,
    entropy=lambda df: 0.5 * df + gammaln(0.5 * df) + (1.0 - 0.5 * df) * digamma(0.5 * df),
)
law(
    "chi",
    logpdf=lambda x, df: (
        xlogy(df - 1.0, x) - 0.5 * x * x - gammaln(0.5 * df) + (1.0 - 0.5 * df) * LOG2
    ),
    cdf=lambda x, df: gamma_cdf(0.5 * df, 0.5 * x * x),
    mean=lambda df: np.sqrt(2.0) * _ratio(0.5 * df + 0.5, 0.5 * df),
    var=lambda df: df - 2.0 * _ratio(0.5 * df + 0.5, 0.5 * df) ** 2,
    entropy=lambda df: gammaln(0.5 * df) + 0.5 * (df - (df - 1.0) * digamma(0.5 * df)),
)
law("maxwell", logpdf=lambda x: 2.0 * np.log(x) - 0.5 * x * x)
law("rayleigh", logpdf=lambda x: np.log(x) - 0.5 * x * x)
law(
    "nakagami",
    logpdf=lambda x, nu: xlogy(nu, nu) - gammaln(nu) + xlogy(2.0 * nu - 1.0, x) - nu * x * x,
    cdf=lambda x, nu: gamma_cdf(nu, nu * x * x),
    mean=lambda nu: _ratio(nu + 0.5, nu) / np.sqrt(nu),
    var=lambda nu: 1.0 - _ratio(nu + 0.5, nu) ** 2 / nu,
    entropy=lambda nu: gammaln(nu) + nu - (nu - 0.5) * digamma(nu) - 0.5 * np.log(nu),
)
law(
    "invgamma",
    logpdf=lambda x, a: -(a + 1.0) * np.log(x) - gammaln(a) - 1.0 / x,
    cdf=lambda x, a: 1.0 - gamma_cdf(a, 1.0 / x),
    mean=lambda a: 1.0 / (a - 1.0),
    var=lambda a: 1.0 / ((a - 1.0) ** 2 * (a - 2.0)),
    entropy=lambda a: a - (a + 1.0) * digamma(a) + gammaln(a),
)
law(
    "gengamma",
    logpdf=lambda x, a, c: np.log(abs(c)) + xlogy(c * a - 1.0, x) - x**c - gammaln(a),
    cdf=lambda x, a, c: np.where(getval(c) > 0.0, 0.0, 1.0) + np.sign(c) * gamma_cdf(a, x**c),
    mean=lambda a, c: _ratio(a + 1.0 / c, a),
    var=lambda a, c: _ratio(a + 2.0 / c, a) - _ratio(a + 1.0 / c, a) ** 2,
    entropy=lambda a, c: a * (1.0 - digamma(a)) + digamma(a) / c + gammaln(a) - np.log(abs(c)),
)
law(
    "loggamma",
    logpdf=lambda x, c: c * x - np.exp(x) - gammaln(c),
    cdf=lambda x, c: gamma_cdf(c, np.exp(x)),
    mean=lambda c: digamma(c),
    var=lambda c: zeta(2.0, c),
    entropy=lambda c: gammaln(c) - c * digamma(c) + c,
)


def _two_sided(half):
    """The distribution function of a variable whose size has `half`, of either sign."""

    def cdf(x, shape):
        size = np.maximum(abs(x), 1e-100)  # at 0 both tails are one half, whatever the shape
        return np.sign(getval(x)) * 0.5 * half(size, shape)

    return cdf


law(
    "dgamma",
    logpdf=lambda x, a: xlogy(a - 1.0, abs(x)) - abs(x) - gammaln(a),
    cdf=_two_sided(lambda x, a: gamma_cdf(a, x)),
    mean=lambda a: 0.0 * a,
    var=lambda a: a * (a + 1.0),
)
law(
    "gennorm",
    logpdf=lambda x, beta: np.log(beta) - gammaln(1.0 / beta) - abs(x) ** beta,
    cdf=_two_sided(lambda x, beta: gamma_cdf(1.0 / beta, x**beta)),
    mean=lambda beta: 0.0 * beta,
    var=lambda beta: _ratio(3.0 / beta, 1.0 / beta),
    entropy=lambda beta: 1.0 / beta - np.log(beta) + gammaln(1.0 / beta),
)
law(
    "halfgennorm",
    logpdf=lambda x, beta: np.log(beta) - gammaln(1.0 / beta) - x**beta,
    cdf=lambda x, beta: gamma_cdf(1.0 / beta, x**beta),
    entropy=lambda beta: 1.0 / beta - np.log(beta) + gammaln(1.0 / beta),
)
