"""How long something in a calendar takes, by its end, by its length, or by both."""

import datetime as dt
from collections.abc import Callable
from typing import Final, Self

from attrs import frozen

from reconnect.edges.ical._clocks import Clocks
from reconnect.edges.ical._content import Part, Property
from reconnect.edges.ical._moment import NOTHING, Moment, lasting, later, moment, second_at
from reconnect.errors import InvalidCalendar
from reconnect.temporal.zone import LAST

__all__ = ["Length"]

ONE_DAY: Final = dt.timedelta(days=1)
NamedClocks = Callable[[str, int], Clocks]


@frozen
class Length:
    """How long something takes: one or several pairs of a time on the clocks and a time that really passes after it.

    RFC 5545 says in 3.3.6 that a day is one on the calendar and an hour one that passes. Of an end it says in 3.8.5.3
    that each time takes as long as the first, and programs show the same end on the clocks: then both are pairs. The
    latest end counts.
    """

    pairs: tuple[tuple[dt.timedelta, dt.timedelta], ...]

    @classmethod
    def of(cls, event: Part, start: Moment, clocks: Clocks, zones: NamedClocks) -> Self:
        """Return how long an event takes; a day, if it is one and says nothing else; otherwise no time at all.

        Some programs write both an end and a length of nothing: where both are there, the longer counts.
        """
        ends, lasts = event.one("DTEND"), event.one("DURATION")
        pairs: list[tuple[dt.timedelta, dt.timedelta]] = []
        if lasts is not None:
            days, time = lasting(lasts, lasts.value)
            pairs.append((days + time, NOTHING) if start.whole else (days, time))
        if ends is not None:
            pairs += cls.until(ends, start, moment(ends, ends.value, zones), clocks).pairs
        return cls(tuple(pairs or [(ONE_DAY if start.whole else NOTHING, NOTHING)]))

    @classmethod
    def of_period(cls, line: Property, start: Moment, end: str, clocks: Clocks, zones: NamedClocks) -> Self:
        """Return how long a period is, by what stands behind its stroke."""
        if end[:1].upper() in {"P", "+", "-"}:
            return cls((lasting(line, end),))
        return cls.until(line, start, moment(line, end, zones), clocks)

    @classmethod
    def until(cls, line: Property, start: Moment, end: Moment, clocks: Clocks) -> Self:
        """Return how long something takes by its end.

        Raises:
            InvalidCalendar: one of them is a day and the other none, or it ends before it begins.
        """
        if start.whole is not end.whole:
            raise InvalidCalendar(line.line, f"two days or two times: a start and its {line.name}")
        real = dt.timedelta(seconds=end.second(clocks) - start.second(clocks))
        shown = end.local - start.local if start.clocks is end.clocks else real
        if max(real, shown) < NOTHING:
            raise InvalidCalendar(line.line, f"an end that is not before the start in {line.name}")
        if start.whole:
            return cls(((max(shown, ONE_DAY), NOTHING),))
        return cls(((max(shown, NOTHING), NOTHING), (NOTHING, max(real, NOTHING))))

    @property
    def most(self) -> dt.timedelta:
        """The longest that it may be."""
        return max(shown + real for shown, real in self.pairs)

    def end(self, local: dt.datetime, start: int, clocks: Clocks) -> int:
        """Return when it ends, counted in seconds."""
        ends = (
            (second_at(later(local, shown), clocks) if shown else start) + int(real.total_seconds())
            for shown, real in self.pairs
        )
        return min(max(ends), LAST)
