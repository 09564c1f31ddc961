"""Rhythms with fewer check-ins: for a while, or from now on; each is a value that somebody may offer, or not."""

import datetime as dt
from typing import Final

import pendulum
from attrs import evolve

from reconnect.primitives.checkin import Rhythm
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import Frequency
from reconnect.temporal.window import Window

__all__ = ["EASES", "comes_round", "halved", "lighter"]

EASES: Final = dt.timedelta(days=28)  # ours, no study: four weeks are a while, and then it is as before
_SPARSE: Final = frozenset({Frequency.MONTHLY, Frequency.YEARLY})  # ours: so seldom that there is nothing to halve


def comes_round(rhythm: Rhythm, since: pendulum.DateTime) -> int:
    """Return how often a rhythm comes round in the four weeks from an instant on."""
    return sum(1 for each in rhythm.recurrences for _ in each.between(Window(since, elapsed(since, EASES))))


def lighter(rhythm: Rhythm, at: pendulum.DateTime) -> Rhythm | None:
    """Return a rhythm in which every other check-in of the next four weeks is left out, or `None` if that is none.

    After these weeks it is as before, and nobody has to do anything for that. Of a rhythm in which an inconvenient
    hour alternates, each hour is halved by itself, so nobody is left with theirs.

    >>> rule = Recurrence.weekly("MO", "TH", time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
    >>> monday = pendulum.datetime(2026, 1, 5)
    >>> eased = lighter(Rhythm.of(rule), monday)
    >>> [start.day for start in eased.recurrences[0].between(Window.of(monday, dt.timedelta(days=35)))]
    [5, 12, 19, 26, 2, 5]

    Args:
        rhythm: the rhythm now.
        at: now, as the host sees it.
    """
    within = Window(at, elapsed(at, EASES))
    recurrences = tuple(_thinned(each, within) for each in rhythm.recurrences)
    return None if recurrences == rhythm.recurrences else evolve(rhythm, recurrences=recurrences)


def _thinned(recurrence: Recurrence, within: Window) -> Recurrence:
    return recurrence.excluding(*[start.local for start in recurrence.starts(within)][1::2])


def halved(rhythm: Rhythm, at: pendulum.DateTime) -> Rhythm | None:
    """Return a rhythm that comes round half as often from now on, or `None` where nothing comes round that often.

    What came round each week comes round every second week, on the same days.

    >>> rule = Recurrence.weekly("MO", "TH", time="20:00", zone="UTC", starts=dt.date(2026, 1, 5))
    >>> half = halved(Rhythm.of(rule), pendulum.datetime(2026, 1, 6))
    >>> [str(half.recurrences[0].nth(k))[:10] for k in range(4)]
    ['2026-01-08', '2026-01-19', '2026-01-22', '2026-02-02']

    Args:
        rhythm: the rhythm now.
        at: now, as the host sees it.
    """
    recurrences = tuple(_every_other(each, at) for each in rhythm.recurrences)
    return None if recurrences == rhythm.recurrences else evolve(rhythm, recurrences=recurrences)


def _every_other(recurrence: Recurrence, at: pendulum.DateTime) -> Recurrence:
    """Return one that comes round half as often, counted from its next start; one that ends by a count stays."""
    if recurrence.rule.frequency in _SPARSE or recurrence.rule.count is not None:
        return recurrence
    ruled = evolve(recurrence, added=())  # a single date beside the rule gives it no measure
    ahead = ruled.after(at, inclusive=True)
    if ahead is None:
        return recurrence
    rule = evolve(recurrence.rule, every=2 * recurrence.rule.every)
    return evolve(recurrence, start=ruled.locals_at(ahead)[0], rule=rule)
