"""The layout: distances kept, few crossings, straight ways."""

import itertools
import random

from tracegrad.visualize.layout import arrange, shifted
from tracegrad.visualize.picture import Arrow


def test_shifted_keeps_distances_and_is_nearest():
    assert shifted([], [], []) == []
    assert shifted([5.0], [], [1.0]) == [5.0]
    assert shifted([0.0, 10.0], [2.0], [1.0, 1.0]) == [0.0, 10.0]
    assert shifted([3.0, 3.0, 3.0], [1.0, 1.0], [1.0] * 3) == [2.0, 3.0, 4.0]
    heavy = shifted([0.0, 0.0], [2.0], [1000.0, 1.0])
    assert abs(heavy[0]) < 0.01 and heavy[1] == heavy[0] + 2
    rng = random.Random(0)
    for _ in range(100):
        n = rng.randint(1, 8)
        wishes = [rng.uniform(-5, 5) for _ in range(n)]
        between = [rng.uniform(0, 2) for _ in range(n - 1)]
        places = shifted(wishes, between, [1.0] * n)
        for distance, (a, b) in zip(between, itertools.pairwise(places)):
            assert b - a >= distance - 1e-9


def test_crossings_are_removed():
    arrows = [Arrow(0, 3), Arrow(1, 2)]  # 0 1 above 2 3: crossed as given
    x, _ = arrange([0, 0, 1, 1], [10.0] * 4, arrows, 5.0)
    assert (x[0] < x[1]) == (x[3] < x[2])


def test_a_chain_is_straight_and_long_arrows_bend_in_each_row():
    arrows = [Arrow(0, 1), Arrow(1, 2), Arrow(2, 3), Arrow(0, 3)]
    x, bends = arrange([0, 1, 2, 3], [10.0] * 4, arrows, 5.0)
    assert [row for row, _ in bends[3]] == [1, 2] and bends[0] == []
    assert abs(x[1] - x[2]) < 1.0
    assert min(x) >= 0


def test_nothing():
    assert arrange([], [], [], 5.0) == ([], [])
