"""Each person's own day: which day an entry is about, and which days belong to a window, on one person's clocks."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.errors import InvalidBody
from reconnect.people.person import Person
from reconnect.record.entry import Entry
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap, instant_of

__all__ = ["as_day", "day_of", "days_within", "received", "window_of_days"]

DAY: Final = dt.timedelta(days=1)
FIRST: Final = dt.date(2, 1, 1)  # a local day of the years 2 to 9998 has its instants within the years 1 to 9999
LAST: Final = dt.date(9998, 12, 31)


def as_day(value: dt.date) -> dt.date:
    """Return a plain date, or refuse what is none.

    Raises:
        InvalidBody: it is no date within the years 2 to 9998.
    """
    if type(value) is not dt.date or not FIRST <= value <= LAST:
        raise InvalidBody("a date within the years 2 to 9998", f"another {type(value).__name__}")
    return value


def day_of(entry: Entry, person: Person) -> dt.date:
    """Return the day an entry is about: what its author says, else the day it was for them when it was received.

    >>> from reconnect.metrics.rating import Moments
    >>> ana = Person(id="ana", zone="America/New_York")
    >>> late = pendulum.datetime(2026, 1, 6, 3)  # ten in the evening in New York
    >>> day_of(Entry(circle="c1", author="ana", id="e1", at=late, body=Moments(positive=2)), ana)
    datetime.date(2026, 1, 5)
    """
    said: object = getattr(entry.body, "day", None)
    return said if isinstance(said, dt.date) else received(entry.at, person)


def days_within(window: Window, person: Person) -> tuple[dt.date, dt.date]:
    """Return the first day that begins in a window on a person's clocks, and the first one after it.

    Each day belongs to the window in which it begins, so windows that meet share no day and leave none out.

    >>> ben = Person(id="ben", zone="Europe/Paris")
    >>> week = Window.of(pendulum.datetime(2026, 1, 4, 23), dt.timedelta(days=7))  # from a midnight in Paris on
    >>> days_within(week, ben)
    (datetime.date(2026, 1, 5), datetime.date(2026, 1, 12))
    """
    return _first_from(window.start, person), _first_from(window.end, person)


def window_of_days(first: dt.date, end: dt.date, person: Person) -> Window:
    """Return the window from the beginning of a day up to that of another, on a person's clocks.

    Inverse of `days_within`, within the years 3 to 9997, and but for the few days that some islands left out.

    >>> ben = Person(id="ben", zone="Europe/Paris")
    >>> window_of_days(dt.date(2026, 3, 29), dt.date(2026, 3, 30), ben).length  # clocks go forward
    datetime.timedelta(seconds=82800)

    Raises:
        InvalidWindow: the second day does not begin after the first.
    """
    return Window(_dawn(first, person), _dawn(end, person))


def _first_from(moment: pendulum.DateTime, person: Person) -> dt.date:
    """Return the first day that begins at an instant or later."""
    if moment.year <= FIRST.year:
        return FIRST
    if moment.year >= LAST.year:
        return LAST
    day = received(moment, person) - DAY
    while _dawn(day, person) < moment:
        day += DAY
    return day


def received(moment: pendulum.DateTime, person: Person) -> dt.date:
    """Return the day that it is for a person at an instant, within the days that there are."""
    return min(max(_local_day(moment, person), FIRST), LAST)


def _local_day(moment: pendulum.DateTime, person: Person) -> dt.date:
    if FIRST.year < moment.year < LAST.year:
        return person.day_of(moment)
    return moment.date()


def _dawn(day: dt.date, person: Person) -> pendulum.DateTime:
    """Return the instant at which a day begins by the zone the person lives by then."""
    midnight = dt.datetime.combine(day, dt.time())
    guess = pendulum.datetime(day.year, day.month, day.day)
    for _ in range(2):  # a move may lie between the guess and the day's own beginning
        begins = instant_of(midnight, person.zone_at(guess), Gap.FIRST_VALID)
        guess = guess if begins is None else as_instant(begins)
    return guess
