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


@frozen(kw_only=True)
class Length:
    """How long something takes: on the clocks, and really. Across a clock change the later end counts."""

    shown: dt.timedelta
    real: dt.timedelta

    @classmethod
    def of(cls, event: Part, start: Moment, clocks: Clocks, zones: NamedClocks) -> Self:
        """Return how long an event takes; a day, if it is one and says nothing else; otherwise no time at all.

        Some programs write both an end and a length of nothing: where both are there, the longer counts.
        """
        ends, lasts = event.one("DTEND"), event.one("DURATION")
        lengths: list[Self] = []
        if lasts is not None:
            length = lasting(lasts, lasts.value)
            lengths.append(cls(shown=length, real=NOTHING if start.whole else length))
        if ends is not None:
            lengths.append(cls.until(ends, start, moment(ends, ends.value, zones), clocks))
        if not lengths:
            return cls(shown=ONE_DAY if start.whole else NOTHING, real=NOTHING)
        return cls(shown=max(each.shown for each in lengths), real=max(each.real for each in lengths))

    @classmethod
    def of_period(cls, line: Property, start: Moment, end: str, clocks: Clocks, zones: NamedClocks) -> Self:
        """Return how long a period is, by what stands behind its stroke."""
        if end[:1].upper() in {"P", "+", "-"}:
            length = lasting(line, end)
            return cls(shown=length, real=length)
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
            return cls(shown=max(shown, ONE_DAY), real=NOTHING)
        return cls(shown=max(shown, NOTHING), real=real)

    @property
    def most(self) -> dt.timedelta:
        """The longer one of both."""
        return max(self.shown, self.real)

    def end(self, local: dt.datetime, start: int, clocks: Clocks) -> int:
        """Return when it ends, counted in seconds."""
        return max(second_at(later(local, self.shown), clocks), min(start + int(self.real.total_seconds()), LAST))
