"""A zone turns what a clock on the wall shows into an instant, and back: gap and fold are settled here only.

Zones come from the `zoneinfo` module of the standard library, the same data that pendulum reads (its
`Timezone` is a `ZoneInfo`): the system's database where there is one, else the `tzdata` package that pendulum
depends on.
"""

import datetime as dt
import enum
import re
import zoneinfo
from functools import lru_cache
from typing import Final

import pendulum

from reconnect.errors import InvalidDate, InvalidInstant, InvalidZone
from reconnect.limits import limit
from reconnect.temporal.instant import DAY, as_instant, instant_at, is_a, local_at, second_of

__all__ = ["Gap", "as_zone", "instant_of", "local_time"]

FIRST: Final = DAY  # the count of the first midnight, 0001-01-01, in UTC
LAST: Final = (dt.date.max.toordinal() + 1) * DAY - 1  # the count of the last second, 9999-12-31, in UTC
_SHAPE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*", re.ASCII)
_NOT_PLACES: Final = frozenset({"localtime", "posixrules", "Factory", "posix", "right"})
_AROUND: Final = 26 * 3600  # farther than any clock was ever moved: whole days, at the date line
_STRETCH: Final = 19  # 2**19 seconds, about six days: how much time is asked about clock changes at once
_REMEMBERED: Final = 4096  # stretches per zone, some 68 years: a bound on memory, not a rule
_WANTED: Final = "the name of an IANA time zone, such as Europe/Paris"


class Gap(enum.Enum):
    """What to do with a local time that a clock change skips.

    When clocks jump from 02:00 to 03:00, there is no 02:30 on that day. A time that clocks show twice is no
    gap: it always means its first instant, once.

    >>> night = dt.datetime(2026, 3, 29, 2, 30)
    >>> [str(instant_of(night, "Europe/Paris", gap)) for gap in Gap]
    ['2026-03-29 01:30:00+00:00', '2026-03-29 01:00:00+00:00', 'None']

    Attributes:
        SHIFT: read it with the offset before the change, so 02:30 becomes 03:30 (what RFC 5545 says).
        FIRST_VALID: take the first instant after the change, so 02:30 becomes 03:00.
        SKIP: there is no such time, so nothing happens.

    Sources:
        RFC 5545, section 3.3.5, and its verified erratum 4271.
    """

    SHIFT = "shift"
    FIRST_VALID = "first_valid"
    SKIP = "skip"


class Clock:
    """The clocks of one zone, in whole seconds (`second_of`): for inner loops."""

    __slots__ = ("_info", "_steady", "first", "last")

    def __init__(self, info: zoneinfo.ZoneInfo) -> None:
        """Remember the zone, and which local times have an instant at all."""
        self._info = info
        self._steady: dict[int, int | None] = {}
        self.first: int = max(FIRST, FIRST + self.offset(FIRST))
        self.last: int = min(LAST, LAST + self.offset(LAST))

    def steady(self, second: int) -> int | None:
        """Return the offset if clocks are not moved for a day before and after a time, else None.

        The time may be an instant or what clocks show: more than the largest offset lies on either side. Most
        questions end here, since a stretch of days is looked at once a day and then remembered.
        """
        stretch = second >> _STRETCH
        try:
            return self._steady[stretch]
        except KeyError:
            if len(self._steady) >= _REMEMBERED:
                self._steady.clear()
            start, end = stretch << _STRETCH, (stretch + 1) << _STRETCH
            offsets = {self._look_up(at) for at in range(start - _AROUND, end + _AROUND + DAY, DAY)}
            found = self._steady[stretch] = offsets.pop() if len(offsets) == 1 else None
            return found

    def offset(self, utc: int) -> int:
        """Return how many seconds local clocks are ahead of UTC at an instant."""
        steady = self.steady(utc)
        return self._look_up(utc) if steady is None else steady

    def local(self, utc: int) -> int:
        """Return what local clocks show at an instant."""
        return utc + self.offset(utc)

    def instant(self, local: int, gap: Gap = Gap.SHIFT) -> int | None:
        """Return the instant of a local time."""
        return self.resolve(local, gap)[0]

    def resolve(self, local: int, gap: Gap) -> tuple[int | None, bool]:
        """Return the instant of a local time, and whether clocks never show it.

        PEP 495 makes this short: with `fold=0` a time in a gap reads with the offset before the change, and a
        time in a fold reads as its first instant; with `fold=1` both read the other way.
        """
        steady = self.steady(local)
        if steady is not None:
            return local - steady, False
        plain = local_at(local)
        before = _seconds(self._info.utcoffset(plain))
        after = _seconds(self._info.utcoffset(plain.replace(fold=1)))
        if before >= after:
            return local - before, False
        if gap is Gap.SHIFT:
            return local - before, True
        if gap is Gap.SKIP:
            return None, True
        return self.change(local - after, local - before), True

    def change(self, before: int, after: int) -> int:
        """Return the first instant at which the offset is no longer the one before (halving the search)."""
        old = self.offset(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self.offset(middle) == old:
                before = middle
            else:
                after = middle
        return after

    def spread(self, utc: int) -> int:
        """Return by how many seconds clocks are moved around an instant; almost always 0.

        Where it is 0, local times and instants run in the same order; elsewhere they can differ by that much.
        """
        if self.steady(utc) is not None:
            return 0
        offsets = [self._look_up(utc + shift) for shift in (-_AROUND, 0, _AROUND)]
        return max(offsets) - min(offsets)

    def around(self, utc: int) -> tuple[int, int]:
        """Return two local times: whatever is before the first is earlier, after the second later."""
        local, spread = self.local(utc), self.spread(utc)
        return local - spread, local + spread

    def _look_up(self, utc: int) -> int:
        """Ask the zone itself."""
        plain = local_at(min(max(utc, FIRST), LAST)).replace(tzinfo=self._info)
        try:
            return _seconds(self._info.fromutc(plain).utcoffset())
        except OverflowError:  # local clocks already show another era; no zone changes there
            return _seconds(self._info.utcoffset(plain))

    def changes(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the clock changes after `start` and up to `end`: instant, offset before, offset after."""
        found: list[tuple[int, int, int]] = []
        for year in range(_year_of(start), _year_of(end) + 1):
            found += [change for change in _changes_in(self, year) if start < change[0] <= end]
        return found


def as_zone(name: str) -> str:
    """Return the name of a zone after checking that the zone database has it.

    >>> as_zone("America/New_York")
    'America/New_York'
    >>> as_zone("Mars/Olympus")
    Traceback (most recent call last):
    reconnect.errors.invalid.InvalidZone: expected the name of an IANA time zone, such as Europe/Paris, got another
    name

    Raises:
        InvalidZone: there is no such zone, or the name would read the machine's own settings (`localtime`).
    """
    clock(name)
    return name


limit(as_zone, least=1, such_as=("Europe/Paris", "America/New_York"))


def clock(name: str) -> Clock:
    """Return the clocks of a zone."""
    if not is_a(name, str):
        raise InvalidZone(_WANTED, f"a {type(name).__name__}")
    return _clock(name)


def instant_of(local: dt.datetime, zone: str, gap: Gap = Gap.SHIFT) -> pendulum.DateTime | None:
    """Return the instant at which clocks in a zone show a local time.

    A time that clocks show twice means its first instant. A time that they skip follows `gap`; only
    `Gap.SKIP` answers None.

    >>> instant_of(dt.datetime(2026, 10, 25, 2, 30), "Europe/Paris")
    DateTime(2026, 10, 25, 0, 30, 0, tzinfo=Timezone('UTC'))
    >>> instant_of(dt.datetime(2011, 12, 30, 20), "Pacific/Apia")  # a day that Samoa never had
    DateTime(2011, 12, 31, 6, 0, 0, tzinfo=Timezone('UTC'))

    Raises:
        InvalidDate: the local time has a zone of its own, or is no `datetime`.
        InvalidZone: there is no such zone.
        InvalidInstant: the instant would lie outside the years 1 to 9999.
    """
    second = as_local(local)
    clocks = clock(zone)
    utc = clocks.instant(second, gap)
    if utc is None:
        return None
    if not FIRST <= utc <= LAST:
        raise InvalidInstant("a moment within the years 1 to 9999 in UTC", "one beyond them")
    found = instant_at(utc)
    return found.replace(microsecond=local.microsecond) if local.microsecond else found


def local_time(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return what clocks in a zone show at an instant, as a local time without a zone.

    >>> local_time(pendulum.datetime(2026, 1, 5, 19), "Europe/Paris")
    datetime.datetime(2026, 1, 5, 20, 0)

    Raises:
        InvalidInstant: the value is no moment, or clocks there show a year outside 1 to 9999.
        InvalidZone: there is no such zone.
    """
    at = as_instant(moment)
    local = clock(zone).local(second_of(at))
    if not FIRST <= local <= LAST:
        raise InvalidInstant("a moment that clocks there show within the years 1 to 9999", "one beyond them")
    return local_at(local).replace(microsecond=at.microsecond)


def as_local(local: dt.datetime) -> int:
    """Return the count of a local time, after checking that it is one."""
    if not is_a(local, dt.datetime):
        raise InvalidDate("a local time", f"a {type(local).__name__}")
    if local.tzinfo is not None:
        raise InvalidDate("a local time without a zone", "a moment with one")
    return second_of(local)


@lru_cache(maxsize=1024)
def _clock(name: str) -> Clock:
    if not _SHAPE.fullmatch(name) or name.split("/", 1)[0] in _NOT_PLACES:
        raise InvalidZone(_WANTED, "another name")
    try:
        return Clock(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidZone(_WANTED, "another name") from None


@lru_cache(maxsize=2048)
def _changes_in(clocks: Clock, year: int) -> tuple[tuple[int, int, int], ...]:
    """Find the clock changes of a year by looking once a day, then halving the days that differ."""
    start = dt.date(year, 1, 1).toordinal() * DAY
    days = 366 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 365
    found: list[tuple[int, int, int]] = []
    old = clocks.offset(start - 1)
    for at in range(start - 1, start + days * DAY - 1, DAY):
        new = clocks.offset(at + DAY)
        if new != old:
            found.append((clocks.change(at, at + DAY), old, new))
            old = new
    return tuple(found)


def _year_of(second: int) -> int:
    return dt.date.fromordinal(min(max(second, FIRST), LAST) // DAY).year


def _seconds(offset: dt.timedelta | None) -> int:
    return offset.days * DAY + offset.seconds if offset is not None else 0
