"""An event of somebody's calendar, of which only one thing is wanted: when it takes their time."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Final, TypeAlias

from attrs import define, field, frozen

from reconnect.edges.ical._clocks import UTC, Clocks
from reconnect.edges.ical._content import Part, Property
from reconnect.edges.ical._length import Length
from reconnect.edges.ical._moment import NOTHING, Moment, moment, moments
from reconnect.edges.ical._onward import Onward, is_free
from reconnect.edges.ical._repeat import repeating
from reconnect.edges.ical._tzid import Zones
from reconnect.errors import InvalidCalendar
from reconnect.temporal.instant import DAY, local_at, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.zone import FIRST, LAST

__all__ = ["NONE_APART", "Apart", "Reader", "Span"]

MOST_TIMES: Final = 50_000  # ours, no study: a full calendar for decades
RULE: Final = 5  # ours: a rule is about so much more work than a time
COUNTED: Final = 50  # ours: and one that counts is followed from its beginning
Span: TypeAlias = tuple[int, int]  # from one instant to another, counted in seconds


@frozen
class Apart:
    """What is written down apart for an event that repeats.

    Attributes:
        starts: the starts of it that are events of their own.
        onward: what is there for one time of it and all that follow.
    """

    starts: tuple[Property, ...] = ()
    onward: tuple[Part, ...] = ()


NONE_APART: Final = Apart()


@frozen(kw_only=True)
class _Gone:
    """Which starts of an event are not its own any more: taken out, or written down apart."""

    instants: frozenset[int]
    days: frozenset[dt.date]

    def has(self, local: dt.datetime, start: int) -> bool:
        """Tell whether it has a start."""
        return start in self.instants or local.date() in self.days


@frozen
class _Start:
    """One start of an event: the line that says so, what clocks show, the instant, and a length of its own."""

    line: Property
    local: dt.datetime
    instant: int
    length: Length | None = None


@define(kw_only=True)
class Reader:
    """Reads when events take somebody's time, within a stretch of time, and gives up where there is no end to it.

    Attributes:
        within: the stretch of time.
        zones: which clocks the calendar means.
        home: the clocks that its owner lives by.
        named: the clocks that the calendar names for all of it, if it does.
        left: how many times may still be looked at.
    """

    within: Window
    zones: Zones
    home: Clocks
    named: Clocks | None = None
    left: int = field(default=MOST_TIMES)

    def event(self, event: Part, apart: Apart = NONE_APART) -> Iterator[Span]:
        """Go through the times that an event takes.

        Args:
            event: the event.
            apart: what is written down apart for it.
        """
        if is_free(event) and all(map(is_free, apart.onward)):
            return
        begins = event.needed("DTSTART")
        start = moment(begins, begins.value, self.zones)
        for clocks in self._clocks(start, repeats=bool(event.all("RRULE"))):
            yield from self._on_the_clocks(clocks, event, start, apart)

    def periods(self, line: Property) -> Iterator[Span]:
        """Go through the periods of a line of FREEBUSY, unless it says that they are free."""
        if line.parameters.get("FBTYPE", "").upper() == "FREE":
            return
        for text in line.value.split(","):
            begin, slash, end = text.partition("/")
            if not slash:
                raise InvalidCalendar(line.line, f"periods in {line.name}")
            start = moment(line, begin, self.zones)
            for clocks in self._clocks(start, repeats=False):
                length = Length.of_period(line, start, end, clocks, self.zones)
                at = start.second(clocks)
                yield from self._span(line, at, length.end(start.local, at, clocks))

    def _clocks(self, start: Moment, *, repeats: bool) -> tuple[Clocks, ...]:
        """Return the clocks to read a start on.

        Where calendars leave room for two readings, both count as taken: rather an evening too few is offered than
        one that is not free. A day belongs to everyone's clocks; what repeats in UTC, in a calendar that names a
        zone, may be meant on the clocks of that zone.
        """
        if start.clocks is None:
            return tuple(dict.fromkeys((self.named or self.home, self.home)))
        if start.clocks is UTC and repeats:
            return tuple(dict.fromkeys((UTC, self.named or UTC)))
        return (start.clocks,)

    def _on_the_clocks(self, clocks: Clocks, event: Part, start: Moment, apart: Apart) -> Iterator[Span]:
        """Go through the times that an event takes if it is read on some clocks."""
        length = Length.of(event, start, clocks, self.zones)
        self._look(event.needed("DTSTART"), len(apart.starts) + len(apart.onward))
        own = Onward(since=FIRST - DAY, shift=NOTHING, length=None if is_free(event) else length, clocks=clocks)
        named = (Onward.of(each, start, clocks, self.zones, self.home) for each in apart.onward)
        counting = [own, *sorted(named, key=lambda each: each.since)]
        gone = self._gone(event.all("EXDATE"), apart.starts, start, clocks)
        starts = chain(self._starts(event, start, clocks, counting), self._added(event, start, clocks))
        for each in starts:
            if not gone.has(each.local, each.instant):
                yield from self._taken(each, counting)

    def _taken(self, start: _Start, counting: list[Onward]) -> Iterator[Span]:
        """Go through the time that one start takes, by what counts from when on."""
        own = counting[bisect_right([each.since for each in counting], start.instant) - 1]
        if own.length is not None:
            length = start.length or own.length
            local, begin = own.moved(start.local, start.instant)
            yield from self._span(start.line, begin, length.end(local, begin, own.clocks))

    def _starts(self, event: Part, start: Moment, clocks: Clocks, counting: list[Onward]) -> Iterator[_Start]:
        """Go through the starts that may matter: the first one, and those of its rules."""
        begin, local = start.second(clocks), start.on(clocks)
        yield _Start(event.needed("DTSTART"), local, begin)
        reach = self._reach(counting)
        for line in event.all("RRULE"):
            self._look(line, COUNTED if "COUNT" in line.value.upper() else RULE)
            found = repeating(local, line, clocks, reach, whole=start.whole, look=partial(self._look, line))
            yield from (_Start(line, shown, instant) for shown, instant in found)

    def _reach(self, counting: list[Onward]) -> Span | None:
        """Return from when to when a start may lie that takes time within the stretch of time, if any can."""
        longest = max((each.length.most for each in counting if each.length is not None), default=NOTHING)
        if not longest:
            return None
        ahead, behind = max(each.shift for each in counting), max(-each.shift for each in counting)
        first = second_of(self.within.start) - _whole(longest) - _whole(ahead) - 2 * DAY
        last = second_of(self.within.end) + 1 + (_whole(behind) + 2 * DAY if behind else 0)
        return max(first, FIRST), min(last, LAST)

    def _added(self, event: Part, start: Moment, clocks: Clocks) -> Iterator[_Start]:
        """Go through the starts that are put in one by one, each with a length of its own if it is a period."""
        for line in event.all("RDATE"):
            for text in line.value.split(","):
                begin, slash, end = text.partition("/")
                at = moment(line, begin, self.zones)
                if at.whole is not start.whole:
                    raise InvalidCalendar(line.line, "two days or two times: a start and its RDATE")
                own = Length.of_period(line, at, end, clocks, self.zones) if slash else None
                yield _Start(line, at.on(clocks), at.second(clocks), own)

    def _gone(self, lines: Iterable[Property], apart: Iterable[Property], start: Moment, clocks: Clocks) -> _Gone:
        """Return what is not an event's own any more.

        A day takes all of its times out; but where one time is written down apart by its day, nobody knows which.
        """
        out, moved = list(moments(lines, self.zones)), list(moments(apart, self.zones))
        whole = [*out, *moved] if start.whole else [each for each in out if each.whole]
        timed = () if start.whole else (each.second(clocks) for each in (*out, *moved) if not each.whole)
        return _Gone(instants=frozenset(timed), days=frozenset(_day(each, clocks) for each in whole))

    def _look(self, line: Property, times: int = 1) -> None:
        self.left -= times
        if self.left < 0:
            raise InvalidCalendar(line.line, f"at most {MOST_TIMES:,} times to look at")

    def _span(self, line: Property, start: int, end: int) -> Iterator[Span]:
        self._look(line)
        if start < end:
            yield start, end


def _whole(length: dt.timedelta) -> int:
    return int(length.total_seconds())


def _day(taken_out: Moment, clocks: Clocks) -> dt.date:
    """Return the day that a moment counts as: some calendars write the midnight of that day in UTC."""
    there = clocks.local(taken_out.second(clocks))
    if taken_out.clocks is not None and there % DAY == 0:
        return local_at(there).date()
    return taken_out.local.date()
