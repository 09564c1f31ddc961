"""A sequence shares turns by weights, so that everybody is always within one turn of their share."""

from functools import lru_cache
from heapq import heappop, heappush
from math import gcd
from typing import Final

__all__ = ["sequence"]

KEPT: Final = 4096  # ours: sequences that are remembered, at most 1000 small numbers each


@lru_cache(maxsize=KEPT)
def sequence(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Return one round of turns, as places in the order of the weights; the first turn goes to the first place.

    After any number of turns, everyone has had less than one turn more or less than their share. Equal weights
    take turns in order.

    >>> sequence((1, 1, 1)), sequence((2, 1, 1)), sequence((1, 3))
    ((0, 1, 2), (0, 1, 0, 2), (0, 1, 1, 1))

    Each turn of a person has a first and a last place in the round at which it keeps them within one turn of their
    share. Of those turns that can come, the one comes whose last place is nearest. All first turns can come at
    once, so whoever opens the round upsets nobody.

    Sources:
        R. Tijdeman, The chairman assignment problem (1980); by deadlines as in G. Steiner and S. Yeomans, Level
        schedules for mixed-model, just-in-time processes (1993).
    """
    divisor = gcd(*weights)
    parts = [weight // divisor for weight in weights]
    total = sum(parts)
    coming = sorted(
        (turn * total // part, -(-(turn + 1) * total // part), place)
        for place, part in enumerate(parts)
        for turn in range(part)
    )
    coming.remove((0, -(-total // parts[0]), 0))
    found, ready, read = [0], list[tuple[int, int]](), 0
    for now in range(1, total):
        while read < len(coming) and coming[read][0] <= now:
            heappush(ready, coming[read][1:])
            read += 1
        found.append(heappop(ready)[1])
    return tuple(found)
