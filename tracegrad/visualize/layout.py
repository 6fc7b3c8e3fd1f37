"""Where the boxes of a picture go: rows from top to bottom, ordered so that few arrows cross.

The usual four steps for layered graphs (Sugiyama, Tagawa and Toda, 1981): rows are given; arrows
over several rows get a bend in each; boxes in a row are ordered by the mean place of their
neighbours; then each row is shifted as near to its neighbours as the order and the widths allow.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .picture import Arrow

__all__ = ["arrange", "shifted"]

SWEEPS = 8


def arrange(
    rows: Sequence[int], widths: Sequence[float], arrows: Sequence[Arrow], gap: float
) -> tuple[list[float], list[list[tuple[int, float]]]]:
    """The middles of the boxes, and for each arrow its bends.

    Args:
        rows: each box's row.
        widths: each box's width.
        arrows: between boxes, always downwards.
        gap: the space between neighbours in a row.

    Returns:
        The x of each box's middle, from 0 on; for each arrow a list of `(row, x)`.
    """
    rows, widths = list(rows), list(widths)
    boxes = len(rows)
    above: dict[int, list[int]] = {i: [] for i in range(boxes)}
    below: dict[int, list[int]] = {i: [] for i in range(boxes)}
    bends: list[list[int]] = []
    for arrow in arrows:
        chain = [arrow.start]
        for row in range(rows[arrow.start] + 1, rows[arrow.end]):
            rows.append(row)
            widths.append(gap / 2)
            above[len(rows) - 1], below[len(rows) - 1] = [], []
            chain.append(len(rows) - 1)
        chain.append(arrow.end)
        bends.append(chain[1:-1])
        for upper, lower in itertools.pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    layers: list[list[int]] = [[] for _ in range(max(rows, default=-1) + 1)]
    for i, row in enumerate(rows):
        layers[row].append(i)
    _order(layers, above, below)

    # what has no inputs stands beside the way of what flows down; long lines are straight
    weights = [4.0 if i >= boxes else 1.0 if above[i] else 0.05 for i in range(len(rows))]
    links = {i: [(j, weights[i] * weights[j]) for j in above[i] + below[i]] for i in above}
    x = _spread(layers, rows, links, weights, widths, gap)
    left = min([x[i] - widths[i] / 2 for i in range(len(rows))], default=0.0)
    x = [place - left for place in x]
    return x[:boxes], [[(rows[i], x[i]) for i in chain] for chain in bends]


def _order(layers: list[list[int]], above: dict, below: dict) -> None:
    """Sort each row by the mean place of the neighbours in the row before, down and up again."""
    place = {i: float(k) for layer in layers for k, i in enumerate(layer)}
    best, fewest = [list(layer) for layer in layers], None
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        neighbours = above if down else below
        for layer in layers if down else reversed(layers):
            middle = {
                i: sum(place[j] for j in neighbours[i]) / len(neighbours[i])
                if neighbours[i]
                else place[i]
                for i in layer
            }
            layer.sort(key=middle.__getitem__)
            for k, i in enumerate(layer):
                place[i] = float(k)
        crossings = _crossings(layers, below, place)
        if fewest is None or crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    layers[:] = best


def _crossings(layers: list[list[int]], below: dict, place: dict) -> int:
    """How many pairs of arrows cross, counted row by row with a tree of partial sums."""
    total = 0
    for layer, following in itertools.pairwise(layers):
        size = len(following) + 1
        sums = [0] * (size + 1)
        seen = 0
        for i in layer:
            ends = sorted(int(place[j]) for j in below[i])
            for end in ends:  # those before that end farther right
                k, passed = end + 1, 0
                while k > 0:
                    passed += sums[k]
                    k -= k & -k
                total += seen - passed
            for end in ends:
                k = end + 1
                while k <= size:
                    sums[k] += 1
                    k += k & -k
                seen += 1
    return total


def _spread(
    layers: list[list[int]],
    rows: list[int],
    links: dict[int, list[tuple[int, float]]],
    weights: list[float],
    widths: list[float],
    gap: float,
) -> list[float]:
    """Places that keep the order and the gaps, with each box near the mean of its neighbours."""
    x = [0.0] * len(widths)
    for layer in layers:
        start = 0.0
        for i in layer:
            x[i] = start + widths[i] / 2
            start += widths[i] + gap
    for sweep in range(3 * SWEEPS):
        down = sweep % 2 == 0
        both = sweep >= 2 * SWEEPS  # the last sweeps look both ways, so that nothing leans
        middle = (sum(x) / max(len(x), 1), 0.002)  # pulls weakly, at what has no neighbours
        for layer in layers if down else reversed(layers):
            wishes = []
            for i in layer:
                near = [(x[j], w) for j, w in links[i] if both or (rows[j] < rows[i]) == down]
                near.append(middle if near or both else (x[i], 1.0))
                wishes.append(sum(w * place for place, w in near) / sum(w for _, w in near))
            between = [(widths[i] + widths[j]) / 2 + gap for i, j in itertools.pairwise(layer)]
            for i, place in zip(layer, shifted(wishes, between, [weights[i] for i in layer])):
                x[i] = place
    return x


def shifted(
    wishes: Sequence[float], between: Sequence[float], weights: Sequence[float]
) -> list[float]:
    """The places nearest to the wishes, in weighted least squares, at least `between` apart.

    With the distances taken off this is isotonic regression, by pooling adjacent violators.

    Example:
        >>> shifted([0.0, 0.0, 10.0], [2.0, 2.0], [1.0, 1.0, 1.0])
        [-1.0, 1.0, 10.0]
    """
    offsets = [0.0, *itertools.accumulate(between)]
    pools: list[tuple[float, float, int]] = []  # weighted sum, weight, how many
    for wish, offset, weight in zip(wishes, offsets, weights):
        pool = (weight * (wish - offset), weight, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            total, heavy, count = pools.pop()
            pool = (total + pool[0], heavy + pool[1], count + pool[2])
        pools.append(pool)
    means = [total / weight for total, weight, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets)]
