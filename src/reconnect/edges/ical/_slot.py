"""A slot is one stretch of time in a calendar, in the whole seconds that a calendar knows."""

import datetime as dt
import zoneinfo
from typing import Any, Final, Self, TypeAlias

import pendulum
from attrs import evolve, field, frozen
from icalendar import Alarm, Component, Event, vDuration

from reconnect.primitives.checkin import Occurrence
from reconnect.temporal.instant import ceiling, instant_at, local_at, second_of
from reconnect.temporal.zone import clock

__all__ = ["SECOND", "Sheet", "Slot", "in_zone", "put"]

SECOND: Final = dt.timedelta(seconds=1)
Shape: TypeAlias = tuple[int, tuple[int, ...]]


class _Exact(vDuration):
    """A length of time that really passes.

    RFC 5545 lets a day be a day on the calendar, which has 23 or 25 hours when clocks change; hours are hours.
    """

    def to_ical(self) -> bytes:
        """Write it in seconds alone."""
        seconds = self.td // SECOND
        return b"%sPT%dS" % (b"-" if seconds < 0 else b"", abs(seconds))


@frozen(kw_only=True)
class Slot:
    """From when on, how long, and when to remind (seconds from the start)."""

    start: pendulum.DateTime
    seconds: int
    alarms: tuple[int, ...] = ()

    @classmethod
    def of(cls, start: pendulum.DateTime, length: dt.timedelta) -> Self:
        """Return a slot of a length, rounded up to whole seconds."""
        return cls(start=whole(start), seconds=-(-length // SECOND))

    @classmethod
    def at(cls, moment: pendulum.DateTime) -> Self:
        """Return a slot that takes no time."""
        return cls(start=whole(moment), seconds=0)

    @classmethod
    def of_check_in(cls, found: Occurrence) -> Self:
        """Return the slot of a check-in; a reminder that has no whole second inside the window is left out."""
        start = second_of(found.start)
        moments = (ceiling(reminder, inclusive=True) for reminder in found.reminders)
        alarms = (moment - start for moment in moments if instant_at(moment) in found.window)
        return cls(start=whole(found.start), seconds=-(-found.length // SECOND), alarms=tuple(alarms))

    @classmethod
    def shaped(cls, start: pendulum.DateTime, shape: Shape) -> Self:
        """Return a slot of a shape."""
        return cls(start=start, seconds=shape[0], alarms=shape[1])

    @property
    def shape(self) -> Shape:
        """How long, and when to remind, wherever it lies."""
        return self.seconds, self.alarms


@frozen(kw_only=True)
class Sheet:
    """What the events of one story have in common.

    Attributes:
        circle: whose calendar it is.
        title: what stands there.
        stamp: when this calendar was made.
        sequence: how many things people had said by then: it only rises.
        blocks: whether the time is taken.
    """

    circle: str
    title: str = field(repr=False)
    stamp: pendulum.DateTime
    sequence: int
    blocks: bool = True

    def after(self, said: int) -> "Sheet":
        """Return the same for a story in which people have said so many things."""
        return evolve(self, sequence=said - 1)

    def event(self, uid: str, slot: Slot, *, zone: str = "UTC") -> Event:
        """Return the event of a slot, on the clocks of a zone."""
        event = Event()
        said = {"summary": self.title, "class": "PRIVATE", "transp": "OPAQUE" if self.blocks else "TRANSPARENT"}
        put(event, uid=uid, dtstamp=in_zone(self.stamp, "UTC"), sequence=self.sequence, **said)
        put(event, dtstart=in_zone(slot.start, zone))
        if slot.seconds:  # without a length it ends when it begins (RFC 5545, 3.6.1)
            put(event, duration=_Exact(slot.seconds * SECOND))
        for seconds in slot.alarms:
            alarm = Alarm()
            put(alarm, action="DISPLAY", description=self.title, trigger=_Exact(seconds * SECOND))
            event.add_component(alarm)
        return event


def put(part: Component, **properties: object) -> None:
    """Add properties to a part of a calendar, by their names with a line below where a calendar has a hyphen."""
    for name, value in properties.items():
        part.add(name.replace("_", "-"), value)  # pyright: ignore[reportUnknownMemberType] - the library gives the value no type


def whole(moment: pendulum.DateTime) -> pendulum.DateTime:
    """Return the whole second in which an instant lies."""
    return instant_at(second_of(moment))


def in_zone(moment: pendulum.DateTime, zone: str) -> dt.datetime:
    """Return what clocks in a zone show, as calendars write it; in UTC where they show a time for the second time."""
    second = second_of(moment)
    local = clock(zone).local(second)
    name: Any = dt.UTC if zone == "UTC" or clock(zone).instant(local) != second else zoneinfo.ZoneInfo(zone)
    return local_at(second if name is dt.UTC else local).replace(tzinfo=name)
