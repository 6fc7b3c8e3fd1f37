"""Distributions of vectors and matrices."""

from __future__ import annotations

import numpy

import tracegrad.numpy as np
import tracegrad.scipy.stats as stats
from tests.tester import Case

from .samples import normal, positive

M, X, L, D = normal(3), normal(4, 3), normal(3, 3), normal(2, 2)
DF, ALPHA = numpy.float64(4.4), positive(3)
PARTS = numpy.array([0.2, 0.3])


def definite(root):
    root = np.array(root)
    return root @ root.T + numpy.eye(len(root))


PLANE = normal(4, 2, seed=3)


def on_plane(name, **parameters):
    """A density on a plane, at points on it."""
    density = getattr(stats, name)
    return row(
        f"{name}.pdf on a plane", (D, PLANE[:, 0]),
        lambda z, mean: density.pdf(mean + z @ PLANE.T, mean, PLANE @ PLANE.T,
                                    allow_singular=True, **parameters),
    )  # fmt: skip


def row(name, args, fun, **flags):
    """Matrices are made from their roots, so that what moves may be any matrix."""
    flags = {"complex": False, "float32": False, "small": False, **flags}
    return Case(f"stats.{name}", args, fun=fun, **flags)


def both(name, args, make):
    """The density and its logarithm."""
    return [
        row(f"{name}.{method}", args,
            lambda *a, m=method: getattr(getattr(stats, name), m)(*make(*a)))
        for method in ("logpdf", "pdf")
    ]  # fmt: skip


ROWS = [
    *both("multivariate_normal", (X, M, L), lambda x, mean, r: (x, mean, definite(r))),
    *both("multivariate_normal", (M, M + 0.1, ALPHA), lambda x, mean, cov: (x, mean, cov)),
    *both("multivariate_t", (X, M, L, DF), lambda x, loc, r, df: (x, loc, definite(r), df)),
    *both("wishart", (L, DF, L + 0.2), lambda x, df, r: (definite(x), df, definite(r))),
    *both("invwishart", (L, DF, L + 0.2), lambda x, df, r: (definite(x), df, definite(r))),
    *both(
        "matrix_normal", (normal(3, 2), normal(3, 2, seed=1), L, D),
        lambda x, mean, r, s: (x, mean, definite(r), definite(s)),
    ),
    *both("dirichlet", (PARTS, ALPHA), lambda x, alpha: (x, alpha)),
    *[
        row(f"dirichlet.{m}", (ALPHA,), lambda alpha, m=m: getattr(stats.dirichlet, m)(alpha))
        for m in ("mean", "var", "entropy")
    ],
    on_plane("multivariate_normal"),
    on_plane("multivariate_t", df=3.5),
    row("multivariate_normal.entropy", (L,),
        lambda r: stats.multivariate_normal.entropy(numpy.zeros(3), definite(r))),
    row("dirichlet_multinomial.logpmf", (ALPHA,),
        lambda alpha: stats.dirichlet_multinomial.logpmf([1, 2, 3], alpha, 6)),
    row("multinomial.logpmf", (PARTS,),
        lambda p: stats.multinomial.logpmf([2, 4], 6, np.stack([p[0], 1.0 - p[0]]))),
]  # fmt: skip
