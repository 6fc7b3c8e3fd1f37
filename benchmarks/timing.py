"""CPU time of several contenders on one case, in rounds that interleave them.

A processor slows down when it is hot or shared. Timed one after another, the contender that ran at
the wrong moment looks slow; taking turns, all meet the same conditions. Of the rounds the smallest
time is kept: noise only ever adds.
"""

import gc
import time
from collections.abc import Callable
from typing import Any

Call = Callable[[], Any]

# A measurement repeats a call until it lasts this long: far above the clock's resolution, yet short
# beside the tenths of a second for which a processor stays slow, so that many short rounds give
# every contender its share of the fast moments.
SECONDS_PER_MEASUREMENT = 0.005


def seconds_per_call(call: Call, repeats: int) -> float:
    """CPU seconds of one call, all threads together, averaged over ``repeats`` calls."""
    start = time.process_time()
    for _ in range(repeats):
        call()
    return (time.process_time() - start) / repeats


def repeats_needed(call: Call) -> int:
    """How many calls make one measurement long enough; also warms the caches up."""
    repeats = 1
    while True:
        seconds = seconds_per_call(call, repeats) * repeats
        if seconds >= SECONDS_PER_MEASUREMENT / 2:
            return max(1, round(repeats * SECONDS_PER_MEASUREMENT / seconds))
        repeats *= 4


def smallest_times(calls: dict[str, Call], rounds: int, seconds: float) -> dict[str, float]:
    """The smallest CPU seconds per call of each contender over ``rounds`` interleaved rounds.

    After ``seconds`` of wall-clock time no further round begins, but three are always finished if
    that many were asked for.
    """
    # The collector stays on: cycles that a library leaves behind are part of its cost. What the
    # imported libraries keep alive is not, so it is taken out of the collector's sight.
    gc.collect()
    gc.freeze()
    repeats = {name: repeats_needed(call) for name, call in calls.items()}
    best = dict.fromkeys(calls, float("inf"))
    order = list(calls)
    deadline = time.monotonic() + seconds
    for done in range(rounds):
        if done >= 3 and time.monotonic() > deadline:
            break
        for name in order:
            best[name] = min(best[name], seconds_per_call(calls[name], repeats[name]))
        # Each round begins with another contender, so that none always follows the same one.
        order = order[1:] + order[:1]
    gc.unfreeze()
    return best
