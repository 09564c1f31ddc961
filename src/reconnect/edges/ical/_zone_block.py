"""The block of a zone says in a calendar which offsets clocks had, for programs without a zone database."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from typing import Any

from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

from reconnect.edges.ical._slot import put
from reconnect.temporal.instant import DAY, as_instant, local_at, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.zone import FIRST, LAST, clock

__all__ = ["reach", "zone_block"]

_BESIDE = 2 * DAY  # farther than any clock was ever moved


def zone_block(zone: str, within: Window) -> Timezone:
    """Return the VTIMEZONE of a zone for a stretch of time: one part for each change of its clocks.

    Each begins at what clocks showed before the change, as RFC 5545 says in section 3.6.5 (the function of the
    library that does the same writes what they showed after it, which is an hour later in spring).
    """
    clocks = clock(zone)
    start = max(second_of(within.start), FIRST + 2 * _BESIDE) - _BESIDE
    end = min(second_of(within.end), LAST - 2 * _BESIDE) + _BESIDE
    block = Timezone()
    put(block, tzid=zone)
    block.add_component(_part(zone, start, clocks.offset(start), clocks.offset(start)))
    for at, before, after in clocks.changes(start, end):
        block.add_component(_part(zone, at, before, after))
    return block


def reach(within: Window, events: Iterable[Event]) -> Window:
    """Return a stretch of time with everything in it that some events say on the clocks of their zone.

    A time that was moved into a calendar names the one by its rule, which may lie months away.
    """
    said = [as_instant(moment) for event in events for moment in _moments(event)]
    return Window(min([within.start, *said]), max([within.end, *said]))


def _moments(event: Event) -> Iterator[dt.datetime]:
    """Go through the moments that an event names."""
    said: Any = event  # the library gives its values no type of one kind
    yield from (said[name].dt for name in ("DTSTART", "RECURRENCE-ID") if name in said)
    yield from (each.dt for each in (said["EXDATE"].dts if "EXDATE" in said else ()))


def _part(zone: str, at: int, before: int, after: int) -> TimezoneStandard | TimezoneDaylight:
    """Return the part that begins at an instant."""
    there = local_at(at).replace(tzinfo=dt.UTC).astimezone(zoneinfo.ZoneInfo(zone))
    part = TimezoneDaylight() if there.dst() else TimezoneStandard()
    offsets = {"tzoffsetfrom": dt.timedelta(seconds=before), "tzoffsetto": dt.timedelta(seconds=after)}
    put(part, dtstart=local_at(at + before), **offsets)
    return part
