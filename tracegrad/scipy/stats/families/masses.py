"""Distribution functions of laws of which only the density is known, by Gauss and Legendre.

The density is integrated from a point outwards, to where it has fallen by exp(-40). The nodes lie
at distances s sinh(v), dense within s, where it has fallen by exp(-1): that suits tails that fall
as powers, and those that fall faster. Nodes stand still while the law moves, so derivatives are
those of the integrand.
"""

from __future__ import annotations

import numpy as np

from ....core.box import getval
from ....modes.forward import pushforward
from ....numpy.rules.arrays import as_array
from ....numpy.rules.random.implicit import FALL, NODES, WEIGHTS
from ....numpy.rules.safe import quietly

__all__ = ["below", "log_whole"]

DISTANCES = np.exp2(np.arange(-60.0, 61.0))
WIDTHS = [800.0 / 30.0**n for n in range(5)]  # of ever closer looks for the highest point


def _slope(log_height, y, shapes):
    return pushforward(lambda y: log_height(y, *shapes), [y], [np.ones(np.shape(y))])[1]


def _outwards(log_height, y, sign, shapes):
    """Steps from y and their weights, along a new last axis."""
    y, sign, *shapes = [x[..., None] for x in (y, sign, *shapes)]
    fall = log_height(y, *shapes) - log_height(y + sign * DISTANCES, *shapes)

    def reach(depth):
        return DISTANCES[np.argmax(~(fall < depth), -1)][..., None]

    scale = reach(1.0)
    length = np.arcsinh(reach(FALL) / scale)
    return sign * scale * np.sinh(length * NODES), (
        scale * length * WEIGHTS * np.cosh(length * NODES)
    )


def _plain(args):
    return [np.asarray(x, np.float64) for x in np.broadcast_arrays(*map(getval, args))]


def below(log_height, y, *shapes):
    """∫ exp(log_height(t, *shapes)) dt for t < y, by the tail beyond y.

    Args:
        log_height: the logarithm of a density on the whole line, which rises and then falls.
        y: the point; it may move with the shapes.
        shapes: the parameters.
    """
    with quietly(), np.errstate(over="ignore", under="ignore"):
        at, *plain = _plain((y, *shapes))
        up = _slope(log_height, at, plain) < 0.0
        steps, weights = _outwards(log_height, at, np.where(up, 1.0, -1.0), plain)
        y, *shapes = [as_array(x)[..., None] for x in (y, *shapes)]
        mass = np.sum(weights * np.exp(log_height(y + steps, *shapes)), -1)
        # what has underflowed stands still, however steep its logarithm
        mass = np.where(getval(mass) == 0.0, 0.0, mass)
    return np.where(up, 1.0 - mass, mass)


def log_whole(log_height, *shapes):
    """log ∫ exp(log_height(t, *shapes)) dt over the whole line."""
    with quietly(), np.errstate(over="ignore", under="ignore"):
        plain = _plain(shapes)
        at, along = np.zeros(plain[0].shape), [x[..., None] for x in plain]
        for width in WIDTHS:
            points = at[..., None] + np.linspace(-width, width, 65)
            height = log_height(points, *along)
            best = np.argmax(np.where(np.isnan(height), -np.inf, height), -1)[..., None]
            at = np.take_along_axis(points, best, -1)[..., 0]
        top = log_height(at, *plain)
        shapes = [as_array(x)[..., None] for x in shapes]
        sides = 0.0
        for sign in (-1.0, 1.0):
            steps, weights = _outwards(log_height, at, np.full(at.shape, sign), plain)
            height = log_height(at[..., None] + steps, *shapes) - top[..., None]
            sides = sides + np.sum(weights * np.exp(height), -1)
        return top + np.log(sides)
