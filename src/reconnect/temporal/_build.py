"""What the builders of `Recurrence` share: from plain words to a rule and a start that belongs to it."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Final

from reconnect.errors import InvalidDate, InvalidRecurrence
from reconnect.temporal._plan import Plan
from reconnect.temporal._starts import starts_of
from reconnect.temporal.day import as_date
from reconnect.temporal.instant import DAY, instant_at, is_a, local_at, second_of
from reconnect.temporal.rule import Frequency, Rule
from reconnect.temporal.zone import as_local, clock

_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)


def as_time(time: str | dt.time) -> dt.time:
    """Return a time of day given as a `time` or as a text such as `20:00`."""
    if isinstance(time, dt.time):
        if time.tzinfo is not None or time.microsecond:
            raise InvalidDate("a time of day at a whole second, without a zone", "another one")
        return time.replace(fold=0)
    found = _TIME.fullmatch(time) if is_a(time, str) else None
    try:
        if found:
            return dt.time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        pass
    raise InvalidDate("a time of day such as 20:00", "something else")


def last_instant(until: dt.date | dt.datetime | None, zone: str) -> dt.datetime | None:
    """Return the last instant that an end allows: a date counts as a whole day."""
    if until is None or (isinstance(until, dt.datetime) and until.tzinfo is not None):
        return until
    clocks = clock(zone)
    if isinstance(until, dt.datetime):
        local = as_local(until)
    else:
        local = (as_date(until).toordinal() + 1) * DAY
        if local > clocks.last:
            return instant_at(clocks.last - clocks.offset(clocks.last))
    if not clocks.first <= local <= clocks.last:
        raise InvalidRecurrence("an end within the years 1 to 9999", "one beyond them")
    utc = clocks.instant(local)
    assert utc is not None  # noqa: S101 - only Gap.SKIP answers None
    return instant_at(utc if isinstance(until, dt.datetime) else utc - 1)


def day_parts(days: Iterable[str | int]) -> dict[str, Any]:
    """Sort what a builder calls days into weekdays and days of the month; the two do not mix."""
    found = tuple(days)
    texts = tuple(day for day in found if isinstance(day, str))
    numbers = tuple(day for day in found if not isinstance(day, str))
    if texts and numbers:
        raise InvalidRecurrence("either weekdays or days of the month", "both")
    return {"days": texts, "month_days": numbers}


def draft(
    frequency: Frequency,
    *,
    time: str | dt.time,
    zone: str,
    starts: dt.date,
    every: int,
    count: int | None,
    until: dt.date | dt.datetime | None,
    **parts: Any,  # noqa: ANN401 - handed on to Rule, which checks them
) -> tuple[dt.datetime, Rule]:
    """Return the first start and the rule; a rule that never happens is refused."""
    start = dt.datetime.combine(as_date(starts), as_time(time))
    clocks = clock(zone)
    rule = Rule(frequency=frequency, every=every, count=count, until=last_instant(until, zone), **parts)
    low = max(second_of(start), clocks.first)
    first = starts_of(Plan.of(rule, start), low, clocks.last).first(low)
    if first is None:
        raise InvalidRecurrence("a rule with at least one start", "one that never happens")
    return local_at(first), rule
