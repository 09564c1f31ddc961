"""A calendar program that others wrote: what it makes of a file."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]  # it ships none

import reconnect as rc
from reconnect.consent.proposal import Proposal
from reconnect.record.entry import Entry
from reconnect.record.view import View, look
from reconnect.temporal.window import Window

AGES: Final = (dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC))
Shown = tuple[dt.datetime, dt.datetime]


def expanded(data: bytes, within: Window | None = None) -> list[Any]:
    """Return every event that the program shows, those that repeat as often as they do."""
    ages = AGES if within is None else (utc(within.start), utc(within.end))
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(*ages)
    return sorted(found, key=lambda event: event.start.astimezone(dt.UTC))


def events_of(data: bytes) -> list[Any]:
    """Return the events that stand in a file, those that repeat once."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def shown(data: bytes, *, blocks: bool | None = None) -> set[Shown]:
    """Return when events begin and end, as the program shows them.

    Args:
        data: the file.
        blocks: only those that take one's time, or only those that do not.
    """
    kinds = {True: {"OPAQUE"}, False: {"TRANSPARENT"}, None: {"OPAQUE", "TRANSPARENT"}}[blocks]
    events = (event for event in expanded(data) if event["transp"] in kinds)
    return {(event.start.astimezone(dt.UTC), event.end.astimezone(dt.UTC)) for event in events}


def alarms(data: bytes) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Go through the reminders: the start of an event, and when one of its alarms goes off."""
    for event in expanded(data):
        for alarm in event.walk("VALARM"):
            start = event.start.astimezone(dt.UTC)
            yield start, start + alarm["trigger"].dt


def utc(moment: dt.datetime) -> dt.datetime:
    """Return an instant in whole seconds, without the names of other libraries."""
    whole = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    assert moment.utcoffset() == dt.timedelta(0)
    return dt.datetime(*whole, tzinfo=dt.UTC)


def slot(start: dt.datetime, length: dt.timedelta) -> Shown:
    """Return when something begins and ends."""
    return utc(start), utc(start) + length


def seen(*stories: rc.Story, by: str, at: dt.datetime) -> View:
    """Return somebody's view of some stories."""
    entries: list[Entry] = list(dict.fromkeys(chain.from_iterable((*each.founding, *each.acts) for each in stories)))
    return look(entries, reader=by, circle="c1", at=at)


def agreed(value: Any, *, name: str = "p1", at: dt.datetime, about: str | None = None) -> Proposal:  # noqa: ANN401 - any body
    """Return a proposal to which both say yes at once."""
    circle = rc.Circle(id="c1", members=tuple(rc.Person(id=person, zone="UTC") for person in ("ana", "ben")))
    p = Proposal.of(value, id=name, circle=circle, by="ana", at=at, about=about)
    return p.accept(by="ben", offer=p.offer.id, at=at)
