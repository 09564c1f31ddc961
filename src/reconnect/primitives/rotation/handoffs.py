"""Handoffs are the distinct instants of a recurrence, numbered, so that each turn has a place in the order."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

import pendulum

from reconnect.temporal.instant import DAY, ceiling, instant_at, second_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.start import Start
from reconnect.temporal.window import Window
from reconnect.temporal.zone import clock, local_time

__all__ = ["Handoffs"]

SECOND: Final = dt.timedelta(seconds=1)
FIRST: Final = second_of(pendulum.datetime(1800, 1, 1))  # before this, no zone changes its clocks
LISTED: Final = second_of(pendulum.datetime(2038, 1, 1))  # zones list their changes up to here; later ones are small
AHEAD: Final = 366 * DAY  # how far starts that fall together are looked for at once


class Handoffs:
    """The distinct instants of a recurrence.

    A recurrence counts its local starts. Where clocks skip time, two of those can be one instant, and one
    instant is one handoff. That is rare, and happens only near clock changes, so only those are looked at.
    """

    __slots__ = ("_doubles", "_known", "_least", "_until", "recurrence")

    def __init__(self, recurrence: Recurrence) -> None:
        """Take a recurrence; nothing is looked at yet."""
        rule = recurrence.rule
        several = recurrence.added or max(map(len, (rule.hours, rule.minutes, rule.seconds))) > 1
        self.recurrence: Recurrence = recurrence
        self._least = 1 if several else DAY  # starts a day apart fall together only if a whole day is skipped
        self._until = None if several else LISTED
        self._known = max(FIRST, min(map(second_of, (recurrence.start, *recurrence.added))) - 2 * DAY)
        self._doubles: list[int] = []

    def last(self, at: pendulum.DateTime) -> pendulum.DateTime | None:
        """Return the last handoff at or before an instant."""
        return self.recurrence.before(at, inclusive=True)

    def next(self, after: pendulum.DateTime) -> pendulum.DateTime | None:
        """Return the next handoff after an instant."""
        return self.recurrence.after(after)

    def first(self, since: pendulum.DateTime) -> pendulum.DateTime | None:
        """Return the first handoff at or after an instant."""
        return self.recurrence.after(since, inclusive=True)

    def count(self, before: pendulum.DateTime) -> int:
        """Count the handoffs before an instant."""
        second = ceiling(before, inclusive=True)
        self._look(second)
        return self.recurrence.rank(before) - bisect_left(self._doubles, second)

    def local(self, at: pendulum.DateTime) -> dt.datetime:
        """Return the last local time that means a handoff: what clocks show then, unless they skip it."""
        shown = local_time(at, self.recurrence.zone)
        if self.recurrence.instant_of(shown) == at:
            return shown
        return next(self.starts(Window.of(at, SECOND))).local

    def starts(self, within: Window) -> Iterator[Start]:
        """Go through the handoffs in a window, each with the last local time that means it."""
        for _, together in groupby(self.recurrence.starts(within), key=lambda start: start.instant):
            *_, last = together
            yield last

    def _look(self, second: int) -> None:
        """Find the starts that fall together, up to a second."""
        end = self._until or second + AHEAD
        if end <= self._known or second <= self._known:
            return
        for at, old, new in clock(self.recurrence.zone).changes(self._known, end):
            if new - old >= self._least:
                skipped = Window(instant_at(at), instant_at(at + new - old + 1))
                seconds = [second_of(start.instant) for start in self.recurrence.starts(skipped)]
                self._doubles += [later for earlier, later in pairwise(seconds) if earlier == later]
        self._known = end
