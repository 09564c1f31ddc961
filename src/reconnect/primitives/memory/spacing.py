"""Spacing lets a memory come back after ever longer pauses, so that it stays fresh."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

import pendulum

from reconnect.temporal.elapsed import elapsed

__all__ = ["FIRST", "LONGEST", "fresh_after", "pause_after"]

FIRST: Final = dt.timedelta(days=7)  # ours, no study: a week after it was told, or last came back
LONGEST: Final = dt.timedelta(days=365)  # ours, no study: a good memory may come back once a year
STEPS: Final = 6  # ours, no study: each pause is twice as long as the one before, so many times


def pause_after(times: int) -> dt.timedelta:
    """Return how long a memory rests after it came back so many times.

    >>> [pause_after(times).days for times in (0, 1, 2, 5, 6, 1000)]
    [7, 14, 28, 224, 365, 365]
    """
    return min(FIRST * (1 << min(times, STEPS)), LONGEST)


def fresh_after(told: pendulum.DateTime, recalled: Iterable[pendulum.DateTime]) -> pendulum.DateTime:
    """Return from when on a memory is fresh again.

    Looking it up before that begins the same pause anew, and does not make it longer.

    >>> now = pendulum.datetime(2026, 1, 5)
    >>> fresh_after(now, [now.add(days=3), now.add(days=10)]).diff(now).in_days()  # looked up early, then fresh
    24

    Args:
        told: when it was told first, as far as its reader knows.
        recalled: when it came back to them, oldest first.
    """
    times, fresh = 0, elapsed(told, FIRST)
    for at in recalled:
        times += at >= fresh
        fresh = elapsed(at, pause_after(times))
    return fresh
