"""An event of somebody's calendar, of which only one thing is wanted: when it takes their time."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, TypeAlias

from attrs import define, field, frozen

from reconnect.edges.ical._content import Part, Property
from reconnect.edges.ical._moment import Moment, clearly, lasting, later, moment, moments, repeating, second_at
from reconnect.edges.ical._tzid import Zones
from reconnect.errors import InvalidCalendar
from reconnect.temporal.instant import DAY, instant_at, local_at, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.zone import FIRST, LAST, clock

__all__ = ["Reader", "Span"]

MOST_TIMES: Final = 50_000  # ours, no study: a full calendar for decades
RULE: Final = 5  # ours: a rule is about so much more work than a time
COUNTED: Final = 50  # ours: and one that counts is followed from its beginning
Span: TypeAlias = tuple[int, int]  # from one instant to another, counted in seconds
ONE_DAY: Final = dt.timedelta(days=1)
NOTHING: Final = dt.timedelta(0)
_FREE: Final = (("TRANSP", "TRANSPARENT"), ("STATUS", "CANCELLED"))


@frozen(kw_only=True)
class _Length:
    """How long something takes: on the clocks, and really. Across a clock change the later end counts."""

    shown: dt.timedelta
    real: dt.timedelta

    def end(self, local: dt.datetime, start: int, zone: str) -> int:
        """Return when it ends, counted in seconds."""
        return max(second_at(later(local, self.shown), zone), min(start + int(self.real.total_seconds()), LAST))


@frozen(kw_only=True)
class _Gone:
    """Which starts of an event are not its own any more: taken out, or written down apart."""

    instants: frozenset[int]
    days: frozenset[dt.date]

    def has(self, local: dt.datetime, start: int) -> bool:
        """Tell whether it has a start."""
        return start in self.instants or local.date() in self.days


@define(kw_only=True)
class Reader:
    """Reads when events take somebody's time, within a stretch of time, and gives up where there is no end to it.

    Attributes:
        within: the stretch of time.
        zones: which zones the calendar means.
        home: the zone whose clocks its owner lives by.
        named: the zone that the calendar names for all of it, if it does.
        left: how many times may still be looked at.
    """

    within: Window
    zones: Zones
    home: str
    named: str | None = None
    left: int = field(default=MOST_TIMES)

    def event(self, event: Part, apart: list[Property]) -> Iterator[Span]:
        """Go through the times that an event takes.

        Args:
            event: the event.
            apart: the starts of it that are written down as events of their own.
        """
        if any((line := event.one(name)) is not None and line.value.upper() == free for name, free in _FREE):
            return
        begins = event.needed("DTSTART")
        start = moment(begins, begins.value, self.zones)
        for zone in self._clocks(start, repeats=bool(event.all("RRULE"))):
            yield from self._on_the_clocks(zone, event, start, apart)

    def periods(self, line: Property) -> Iterator[Span]:
        """Go through the periods of a line of FREEBUSY, unless it says that they are free."""
        if line.parameters.get("FBTYPE", "").upper() == "FREE":
            return
        for text in line.value.split(","):
            begin, slash, end = text.partition("/")
            if not slash:
                raise InvalidCalendar(line.line, f"periods in {line.name}")
            start = moment(line, begin, self.zones)
            for zone in self._clocks(start, repeats=False):
                length = self._period(line, start, end, zone)
                yield from self._window(line, start.second(zone), length.end(start.local, start.second(zone), zone))

    def _clocks(self, start: Moment, *, repeats: bool) -> tuple[str, ...]:
        """Return the zones to read a start in.

        Where calendars leave room for two readings, both count as taken: rather an evening too few is offered than
        one that is not free. A day belongs to everyone's clocks; what repeats in UTC, in a calendar that names a
        zone, may be meant on the clocks of that zone.
        """
        if start.zone is None:
            return tuple(dict.fromkeys((self.named or self.home, self.home)))
        if start.zone == "UTC" and repeats:
            return tuple(dict.fromkeys(("UTC", self.named or "UTC")))
        return (start.zone,)

    def _on_the_clocks(self, zone: str, event: Part, start: Moment, apart: list[Property]) -> Iterator[Span]:
        """Go through the times that an event takes if it is read on the clocks of a zone."""
        length = self._length(event, start, zone)
        gone = self._gone(event.all("EXDATE"), apart, start, zone)
        for line, local, begin in self._starts(event, start, zone, length):
            if not gone.has(local, begin):
                yield from self._window(line, begin, length.end(local, begin, zone))
        for line in event.all("RDATE"):
            for text in line.value.split(","):
                begin_text, slash, end = text.partition("/")
                at = moment(line, begin_text, self.zones)
                if at.whole is not start.whole:
                    raise InvalidCalendar(line.line, "two days or two times: a start and its RDATE")
                own = self._period(line, at, end, zone) if slash else length
                begin = at.second(zone)
                if not gone.has(at.local, begin):
                    yield from self._window(line, begin, own.end(at.local, begin, at.zone or zone))

    def _starts(
        self, event: Part, start: Moment, zone: str, length: _Length
    ) -> Iterator[tuple[Property, dt.datetime, int]]:
        """Go through the starts that may matter: the first one, and those of its rules."""
        begin = start.second(zone)
        local = start.local if start.zone in {None, zone} else local_at(clock(zone).local(begin))
        yield event.needed("DTSTART"), local, begin
        span = int(max(length.shown, length.real).total_seconds()) + 2 * DAY
        reach = Window(instant_at(max(second_of(self.within.start) - span, FIRST)), self.within.end)
        for line in event.all("RRULE"):
            self._look(line, COUNTED if "COUNT" in line.value.upper() else RULE)
            with clearly(line.line):
                for each in repeating(local, zone, line, whole=start.whole).starts(reach):
                    yield line, each.local, second_of(each.instant)

    def _length(self, event: Part, start: Moment, zone: str) -> _Length:
        """Return how long an event takes; a day, if it is one and says nothing else; otherwise no time at all.

        Some programs write both an end and a length of nothing: where both are there, the longer counts.
        """
        ends, lasts = event.one("DTEND"), event.one("DURATION")
        lengths: list[_Length] = []
        if lasts is not None:
            length = lasting(lasts, lasts.value)
            lengths.append(_Length(shown=length, real=NOTHING if start.whole else length))
        if ends is not None:
            lengths.append(self._until(ends, start, moment(ends, ends.value, self.zones), zone))
        if not lengths:
            return _Length(shown=ONE_DAY if start.whole else NOTHING, real=NOTHING)
        return _Length(shown=max(each.shown for each in lengths), real=max(each.real for each in lengths))

    def _period(self, line: Property, start: Moment, end: str, zone: str) -> _Length:
        if end[:1].upper() in {"P", "+", "-"}:
            length = lasting(line, end)
            return _Length(shown=length, real=length)
        return self._until(line, start, moment(line, end, self.zones), zone)

    @staticmethod
    def _until(line: Property, start: Moment, end: Moment, zone: str) -> _Length:
        if start.whole is not end.whole:
            raise InvalidCalendar(line.line, f"two days or two times: a start and its {line.name}")
        real = dt.timedelta(seconds=end.second(zone) - start.second(zone))
        shown = end.local - start.local if start.zone == end.zone else real
        if max(real, shown) < NOTHING:
            raise InvalidCalendar(line.line, f"an end that is not before the start in {line.name}")
        if start.whole:
            return _Length(shown=max(shown, ONE_DAY), real=NOTHING)
        return _Length(shown=max(shown, NOTHING), real=real)

    def _gone(self, lines: list[Property], apart: list[Property], start: Moment, zone: str) -> _Gone:
        """Return what is not an event's own any more.

        A day takes all of its times out; but where one time is written down apart by its day, nobody knows which.
        """
        for line in apart:
            self._look(line)
        out, moved = list(moments(lines, self.zones)), list(moments(apart, self.zones))
        whole = [*out, *moved] if start.whole else [each for each in out if each.whole]
        timed = () if start.whole else (each.second(zone) for each in (*out, *moved) if not each.whole)
        return _Gone(instants=frozenset(timed), days=frozenset(_day(each, zone) for each in whole))

    def _look(self, line: Property, times: int = 1) -> None:
        self.left -= times
        if self.left < 0:
            raise InvalidCalendar(line.line, f"at most {MOST_TIMES:,} times to look at")

    def _window(self, line: Property, start: int, end: int) -> Iterator[Span]:
        self._look(line)
        if start < end:
            yield start, end


def _day(taken_out: Moment, zone: str) -> dt.date:
    """Return the day that a moment counts as: some calendars write the midnight of that day in UTC."""
    there = clock(zone).local(taken_out.second(zone))
    if taken_out.zone is not None and there % DAY == 0:
        return local_at(there).date()
    return taken_out.local.date()
