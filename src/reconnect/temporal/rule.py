"""A rule says how local starts repeat: the RRULE of RFC 5545 as a plain value."""

import datetime as dt
import enum
import re
from collections.abc import Iterable
from typing import Final

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidRecurrence
from reconnect.temporal.instant import as_instant, is_a

__all__ = ["WEEKDAYS", "Frequency", "Rule"]

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_MOST_WEEKS: Final = 53
_LEAP_SECOND: Final = 60


class Frequency(enum.Enum):
    """How long one period of a rule is; finer ones than a day are refused."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


def weekday(text: str) -> tuple[int, int]:
    """Return the weekday (Monday is 0) and the ordinal (0 is every one) that a BYDAY text names."""
    found = _BYDAY.fullmatch(text.upper()) if is_a(text, str) else None
    if found is None or (found[1] and not 1 <= abs(int(found[1])) <= _MOST_WEEKS):
        raise InvalidRecurrence("weekdays such as MO or -1FR in BYDAY", "another text")
    return WEEKDAYS.index(found[2]), int(found[1] or 0)


def _days(texts: Iterable[str]) -> tuple[str, ...]:
    if is_a(texts, str):
        raise InvalidRecurrence("a collection of weekdays in BYDAY", "one text")
    pairs = sorted({weekday(text) for text in texts})
    return tuple(f"{ordinal or ''}{WEEKDAYS[day]}" for day, ordinal in pairs)


def _numbers(values: Iterable[int]) -> tuple[int, ...]:
    found = tuple(values)
    if not all(type(value) is int for value in found):
        raise InvalidRecurrence("whole numbers in the parts of a rule", "something else")
    return tuple(sorted(set(found)))


def _until(moment: dt.datetime | None) -> pendulum.DateTime | None:
    return None if moment is None else as_instant(moment).replace(microsecond=0)


def _seconds(values: Iterable[int]) -> tuple[int, ...]:
    """Count a leap second as the second before it, as RFC 5545 says in section 3.3.12."""
    return _numbers(59 if value == _LEAP_SECOND else value for value in values)


@frozen(kw_only=True)
class Rule:
    """How local starts repeat, part by part as RFC 5545 names them.

    A rule alone says neither where it starts nor in which zone: a `Recurrence` adds both. Numbers are sorted
    and each stands once, so rules that say the same in another order are equal.

    >>> Rule(frequency=Frequency.MONTHLY, days=["-1FR"]).days
    ('-1FR',)
    >>> Rule(frequency=Frequency.WEEKLY, days=["-1FR"])
    Traceback (most recent call last):
    reconnect.errors.invalid.InvalidRecurrence: expected BYDAY without ordinals for WEEKLY, got -1FR

    Attributes:
        frequency: FREQ, the length of a period.
        every: INTERVAL, each how many periods.
        count: COUNT, how many local starts at most; never together with `until`.
        until: UNTIL, the last instant at which a start may lie (whole seconds).
        week_start: WKST, the weekday on which weeks begin.
        months: BYMONTH, 1 to 12.
        weeks: BYWEEKNO, 1 to 53 or as many from the end; only for YEARLY.
        year_days: BYYEARDAY, 1 to 366 or as many from the end; only for YEARLY.
        month_days: BYMONTHDAY, 1 to 31 or as many from the end; not for WEEKLY.
        days: BYDAY, such as `MO`; for MONTHLY and YEARLY also with an ordinal, such as `-1FR`.
        hours: BYHOUR, 0 to 23.
        minutes: BYMINUTE, 0 to 59.
        seconds: BYSECOND, 0 to 59 (60 counts as 59).
        positions: BYSETPOS, which starts of each period, 1 to 366 or as many from the end.

    Raises:
        InvalidRecurrence: a part has another value than these, or RFC 5545 forbids parts to stand together.

    Sources:
        RFC 5545, section 3.3.10.
    """

    frequency: Frequency
    every: int = 1
    count: int | None = None
    until: pendulum.DateTime | None = field(default=None, converter=_until)
    week_start: str = "MO"
    months: tuple[int, ...] = field(default=(), converter=_numbers)
    weeks: tuple[int, ...] = field(default=(), converter=_numbers)
    year_days: tuple[int, ...] = field(default=(), converter=_numbers)
    month_days: tuple[int, ...] = field(default=(), converter=_numbers)
    days: tuple[str, ...] = field(default=(), converter=_days)
    hours: tuple[int, ...] = field(default=(), converter=_numbers)
    minutes: tuple[int, ...] = field(default=(), converter=_numbers)
    seconds: tuple[int, ...] = field(default=(), converter=_seconds)
    positions: tuple[int, ...] = field(default=(), converter=_numbers)

    def __attrs_post_init__(self) -> None:
        """Refuse what RFC 5545 forbids."""
        if not is_a(self.frequency, Frequency):
            raise InvalidRecurrence("FREQ of DAILY, WEEKLY, MONTHLY or YEARLY", "another one")
        for part, value in (("INTERVAL", self.every), ("COUNT", self.count)):
            if value is not None and (type(value) is not int or value < 1):
                raise InvalidRecurrence(f"a whole number from 1 on in {part}", "something else")
        if self.count is not None and self.until is not None:
            raise InvalidRecurrence("either COUNT or UNTIL", "both")
        if self.week_start not in WEEKDAYS:
            raise InvalidRecurrence("a weekday such as MO in WKST", "something else")
        self._check_numbers()
        self._check_combinations()

    def _check_numbers(self) -> None:
        for part, values, low, high in (
            ("BYMONTH", self.months, 1, 12),
            ("BYHOUR", self.hours, 0, 23),
            ("BYMINUTE", self.minutes, 0, 59),
            ("BYSECOND", self.seconds, 0, 59),
        ):
            if any(not low <= value <= high for value in values):
                raise InvalidRecurrence(f"numbers from {low} to {high} in {part}", "another one")
        for part, values, high in (
            ("BYWEEKNO", self.weeks, 53),
            ("BYYEARDAY", self.year_days, 366),
            ("BYMONTHDAY", self.month_days, 31),
            ("BYSETPOS", self.positions, 366),
        ):
            if any(not 1 <= abs(value) <= high for value in values):
                raise InvalidRecurrence(f"numbers from 1 to {high}, or as many from the end, in {part}", "another one")

    def _check_combinations(self) -> None:
        name = self.frequency.value
        yearly = self.frequency is Frequency.YEARLY
        if self.weeks and not yearly:
            raise InvalidRecurrence("BYWEEKNO only for YEARLY", name)
        if self.year_days and not yearly:
            raise InvalidRecurrence("BYYEARDAY only for YEARLY", name)
        if self.month_days and self.frequency is Frequency.WEEKLY:
            raise InvalidRecurrence("BYMONTHDAY only for DAILY, MONTHLY or YEARLY", name)
        ordinals = [day for day in self.days if weekday(day)[1]]
        if ordinals and self.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
            raise InvalidRecurrence(f"BYDAY without ordinals for {name}", ordinals[0])
        if ordinals and self.weeks:
            raise InvalidRecurrence("BYDAY without ordinals beside BYWEEKNO", ordinals[0])
        others = (self.months, self.weeks, self.year_days, self.month_days, self.days)
        if self.positions and not any((*others, self.hours, self.minutes, self.seconds)):
            raise InvalidRecurrence("another BY part beside BYSETPOS", "none")
