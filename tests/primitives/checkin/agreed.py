"""People who agreed on check-ins, for the tests in this folder."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.consent.proposal import Proposal
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, OccurrenceKey, Rhythm
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = pendulum.datetime(2026, 1, 5, 12)  # a Monday
NAMES: Final = ("ana", "ben", "cleo", "dan")
WEEK: Final = Window.of(NOW, dt.timedelta(days=7))
MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)


def circle(people: int = 2) -> Circle:
    """Return a circle of so many people."""
    return Circle(id="c1", members=tuple(Person(id=name, zone="Europe/Paris") for name in NAMES[:people]))


def daily(time: str = "20:00", *, zone: str = "UTC", starts: dt.date = dt.date(2026, 1, 5)) -> Recurrence:
    """Return every day at a time."""
    return Recurrence.daily(time=time, zone=zone, starts=starts)


def agree(
    rhythm: Rhythm | Recurrence | None = None,
    *,
    id: str = "p1",  # noqa: A002 - a proposal's own name for it
    people: int = 2,
    at: dt.datetime = NOW,
    about: str | None = None,
    lasts: dt.timedelta = 90 * DAY,
) -> Proposal:
    """Return a rhythm that everyone said yes to."""
    value = rhythm if isinstance(rhythm, Rhythm) else Rhythm.of(rhythm or daily())
    p = Proposal.of(value, id=id, circle=circle(people), by="ana", at=at, about=about, lasts=lasts)
    for name in NAMES[1:people]:
        p = p.accept(by=name, offer=p.offer.id, at=at)
    return p


def begin(
    rhythm: Rhythm | Recurrence | None = None, *, people: int = 2, at: dt.datetime = NOW, lasts: dt.timedelta = 90 * DAY
) -> CheckInSchedule:
    """Return a schedule on a rhythm that everyone said yes to: every day at 20:00 unless said otherwise."""
    return CheckInSchedule.of(agree(rhythm, people=people, at=at, lasts=lasts), id="s1", by="ana", at=at)


def keys(s: CheckInSchedule, within: Window = WEEK) -> list[OccurrenceKey]:
    """Return the keys of the check-ins in a window."""
    return [occurrence.key for occurrence in s.occurrences(within)]


def day(number: int, hour: int = 20, minute: int = 0) -> pendulum.DateTime:
    """Return a moment so many days after the first one."""
    return pendulum.datetime(2026, 1, 5 + number, hour, minute)


def local(number: int, hour: int = 20) -> dt.datetime:
    """Return a local time so many days after the first one."""
    return dt.datetime(2026, 1, 5 + number, hour)  # noqa: DTZ001 - local by meaning
