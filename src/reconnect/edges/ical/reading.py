"""Reading a calendar of one's own: when its owner is busy, and nothing else of it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from reconnect.edges.ical._content import Part, Property, calendars
from reconnect.edges.ical._event import NONE_APART, Apart, Reader, Span
from reconnect.edges.ical._onward import speaks_for_later
from reconnect.edges.ical._tzid import Zones
from reconnect.temporal.instant import instant_at
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import clock

__all__ = ["busy"]

NOWHERE: Final = (0, 0)  # before the first instant that there is


def busy(data: bytes | str, *, within: Window, zone: str) -> Windows:
    r"""Return when somebody is busy, by a calendar of their own (RFC 5545): its events and its free/busy times.

    Take it out of what that person publishes (`publish(..., busy=..., within=...)`), and throw the file away. No title,
    place, guest or note is looked at, and no error shows anything of what is written there.

    A calendar that cannot be read to its end is refused as a whole: an event that was left out would be offered as
    a free evening. Where it leaves room for two readings (a time without a zone in a calendar that names one, an end
    across a clock change), both count as busy.

    >>> import pendulum
    >>> week = Window(pendulum.datetime(2026, 3, 23), pendulum.datetime(2026, 3, 30))
    >>> lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART;TZID=W. Europe Standard Time:20260322T183000",
    ...     "DURATION:PT45M", "RRULE:FREQ=WEEKLY", "SUMMARY:nobody reads this", "END:VEVENT", "END:VCALENDAR")
    >>> busy("\r\n".join(lines), within=week, zone="Europe/Paris")  # clocks go forward on the 29th
    Windows.of(Window('2026-03-29T16:30:00Z', '2026-03-29T17:15:00Z'))

    Args:
        data: the file, as it was exported or fetched.
        within: the stretch of time to look at.
        zone: the zone whose clocks its owner lives by, for whole days and times that name no zone.

    Raises:
        InvalidCalendar: it is no calendar, breaks off, has more than 16 MiB, 50,000 parts or 50,000 times to look
            at, such as those of something every second for weeks, or a line says something that this library does not
            carry out, such as a name of a zone that nobody knows. It names the line.
        InvalidZone: there is no such zone.

    Laws:
        The order of events, how lines are folded, and what else stands in a calendar change nothing. Another event
        never makes anybody less busy. Any bytes give windows inside `within`, or one `InvalidCalendar`, in bounded
        time.

    Sources:
        16 MiB and 50,000: ours, no study.
    """
    found = calendars(data)
    reader = Reader(within=within, zones=Zones.of(found), home=clock(zone))
    taken = chain.from_iterable(_taken(each, reader) for each in found)
    return Windows(tuple(_joined(sorted(taken)))) & Windows((within,))


def _joined(spans: Iterable[Span]) -> Iterator[Window]:
    """Go through the windows that spans of time come to, in order and apart from each other."""
    start, end = NOWHERE
    for begin, stop in spans:
        if begin > end:
            yield from _window(start, end)
            start = begin
        end = max(end, stop)
    yield from _window(start, end)


def _window(start: int, end: int) -> Iterator[Window]:
    if start < end:
        yield Window(instant_at(start), instant_at(end))


def _taken(calendar: Part, reader: Reader) -> Iterator[Span]:
    named = calendar.one("X-WR-TIMEZONE")
    reader.named = None if named is None or not named.value else reader.zones(named.value, named.line)
    events = [part for part in calendar.parts if part.kind == "VEVENT"]
    apart = _apart(events)
    for event in events:
        uid = event.one("UID")
        whose = "" if uid is None or event.all("RECURRENCE-ID") else uid.value
        yield from reader.event(event, apart.get(whose, NONE_APART))
    for part in calendar.parts:
        for line in part.all("FREEBUSY"):
            yield from reader.periods(line)


def _apart(events: Iterable[Part]) -> dict[str, Apart]:
    """Return what is written down apart for each event that repeats."""
    starts: dict[str, list[Property]] = {}
    onward: dict[str, list[Part]] = {}
    for event in events:
        line, uid = event.one("RECURRENCE-ID"), event.one("UID")
        later = speaks_for_later(event)
        if uid is None or not uid.value:
            continue
        if later:
            onward.setdefault(uid.value, []).append(event)
        elif line is not None:
            starts.setdefault(uid.value, []).append(line)
    uids = {*starts, *onward}
    return {uid: Apart(tuple(starts.get(uid, ())), tuple(onward.get(uid, ()))) for uid in uids}
