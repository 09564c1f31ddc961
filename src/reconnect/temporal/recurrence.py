"""A recurrence is a rule with a start and a zone: local starts that repeat, and the instants they mean."""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Self

from attrs import evolve, field, frozen

from reconnect.errors import InvalidRecurrence
from reconnect.temporal._answers import Answers
from reconnect.temporal._build import day_parts, draft
from reconnect.temporal._plan import Plan
from reconnect.temporal._rrule_text import read, write
from reconnect.temporal._timeline import Timeline
from reconnect.temporal.day import as_date
from reconnect.temporal.instant import DAY, local_at, second_of
from reconnect.temporal.rule import WEEKDAYS, Frequency, Rule
from reconnect.temporal.start import Start, as_start, as_starts
from reconnect.temporal.zone import Gap, as_zone, clock

__all__ = ["Recurrence", "Start"]


@frozen(kw_only=True)
class Recurrence(Answers):
    """Something that repeats by the calendar, such as every Monday at 20:00 in Paris.

    A recurrence is a list of *local starts*, each of which means one instant: clocks change, the local start
    does not. Build one with `daily`, `weekly`, `monthly` or `yearly`; calendars exchange it by `parse` and
    `format`.

    >>> import pendulum
    >>> from reconnect.temporal.window import Window
    >>> talks = Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 22))
    >>> [str(at) for at in talks.between(Window.of(pendulum.datetime(2026, 3, 20), dt.timedelta(days=14)))]
    ['2026-03-22 19:00:00+00:00', '2026-03-29 18:00:00+00:00']

    A start that its rule does not match (RFC 5545 leaves that undefined) is no occurrence and is not counted.

    Attributes:
        start: DTSTART, the local time from which the rule counts.
        zone: the name of the IANA zone whose clocks show the local starts.
        rule: how the local starts repeat.
        excluded: EXDATE, local starts taken out (COUNT still counts them).
        added: RDATE, local starts put in (COUNT does not count them).
        gap: what a local start means that a clock change skips; the text of `format` does not carry it.

    Raises:
        InvalidRecurrence: a date lies where no instant is, or is not at a whole second.
        InvalidDate: a date is no local time.
        InvalidZone: there is no such zone.

    Laws:
        Pairs of local start and instant are sorted by instant, then by local start. `nth` and `rank` count
        pairs, so `nth(rank(t))` is `after(t, inclusive=True)`; COUNT counts local starts in local order.
        `after`, `before` and `between` speak of distinct instants. Looking far ahead costs no more than
        looking near.

    Sources:
        RFC 5545, section 3.3.10, with its verified erratum 4271.
    """

    start: dt.datetime = field(converter=as_start)
    zone: str = field(converter=as_zone)
    rule: Rule
    excluded: tuple[dt.datetime, ...] = field(default=(), converter=as_starts)
    added: tuple[dt.datetime, ...] = field(default=(), converter=as_starts)
    gap: Gap = Gap.SHIFT

    def __attrs_post_init__(self) -> None:
        """Refuse added dates that have no instant."""
        clocks = clock(self.zone)
        if not all(clocks.first <= second_of(local) <= clocks.last for local in self.added):
            raise InvalidRecurrence("added dates within the years 1 to 9999", "one beyond them")

    @classmethod
    def daily(
        cls,
        *,
        time: str | dt.time,
        zone: str,
        starts: dt.date,
        every: int = 1,
        count: int | None = None,
        until: dt.date | dt.datetime | None = None,
        gap: Gap = Gap.SHIFT,
    ) -> Self:
        """Return what happens every day, or every few days, at a time of day.

        All four builders move `start` to the first occurrence, so that every calendar reads the result alike.

        >>> Recurrence.daily(time="07:30", zone="Asia/Tokyo", starts=dt.date(2026, 1, 5), every=2).start
        datetime.datetime(2026, 1, 5, 7, 30)

        Args:
            time: what clocks show at each start, such as `"20:00"`.
            zone: the name of the IANA zone of those clocks.
            starts: the first day that may have a start.
            every: each how many days (here; weeks, months or years elsewhere).
            count: how many starts there are at most; not together with `until`.
            until: the last day, the last local time or the last instant that may have a start.
            gap: what to do with a time that a clock change skips.

        Raises:
            InvalidRecurrence: the rule never happens, or parts exclude each other.
            InvalidDate: `time`, `starts` or `until` is something else.
            InvalidZone: there is no such zone.
        """
        drafted = draft(Frequency.DAILY, time=time, zone=zone, starts=starts, every=every, count=count, until=until)
        return cls._built(drafted, zone, gap)

    @classmethod
    def weekly(
        cls,
        *days: str,
        time: str | dt.time,
        zone: str,
        starts: dt.date,
        every: int = 1,
        count: int | None = None,
        until: dt.date | dt.datetime | None = None,
        gap: Gap = Gap.SHIFT,
    ) -> Self:
        """Return what happens on weekdays, every week or every few weeks; without any, on that of `starts`.

        Weeks begin on Monday. `daily` explains the arguments.

        >>> Recurrence.weekly("MO", "WE", time="20:00", zone="UTC", starts=dt.date(2026, 1, 6)).start
        datetime.datetime(2026, 1, 7, 20, 0)
        """
        weekdays = days or (WEEKDAYS[as_date(starts).weekday()],)
        drafted = draft(
            Frequency.WEEKLY,
            time=time,
            zone=zone,
            starts=starts,
            every=every,
            count=count,
            until=until,
            days=weekdays,
        )
        return cls._built(drafted, zone, gap)

    @classmethod
    def monthly(
        cls,
        *days: str | int,
        time: str | dt.time,
        zone: str,
        starts: dt.date,
        every: int = 1,
        count: int | None = None,
        until: dt.date | dt.datetime | None = None,
        gap: Gap = Gap.SHIFT,
    ) -> Self:
        """Return what happens on days of the month; without any, on the day of `starts`.

        A day is a number (15, or -1 for the last) or a weekday (`"-1FR"` is the last Friday, `"FR"` every
        one). Months without such a day have no start. `daily` explains the arguments.

        >>> last = Recurrence.monthly(31, time="20:00", zone="UTC", starts=dt.date(2026, 2, 1), count=2)
        >>> [str(last.nth(k)) for k in range(2)]
        ['2026-03-31 20:00:00+00:00', '2026-05-31 20:00:00+00:00']
        """
        parts = day_parts(days or (as_date(starts).day,))
        drafted = draft(
            Frequency.MONTHLY,
            time=time,
            zone=zone,
            starts=starts,
            every=every,
            count=count,
            until=until,
            **parts,
        )
        return cls._built(drafted, zone, gap)

    @classmethod
    def yearly(
        cls,
        *days: str | int,
        month: int | Collection[int] | None = None,
        time: str | dt.time,
        zone: str,
        starts: dt.date,
        every: int = 1,
        count: int | None = None,
        until: dt.date | dt.datetime | None = None,
        gap: Gap = Gap.SHIFT,
    ) -> Self:
        """Return what happens on some days of the year; without any, on the date of `starts`.

        A weekday with an ordinal and no month counts in the year (`"20MO"`). `daily` explains the arguments.

        >>> Recurrence.yearly("2SU", month=5, time="10:00", zone="UTC", starts=dt.date(2026, 1, 1)).start
        datetime.datetime(2026, 5, 10, 10, 0)
        >>> Recurrence.yearly(30, month=2, time="10:00", zone="UTC", starts=dt.date(2026, 1, 1))
        Traceback (most recent call last):
        reconnect.errors.invalid.InvalidRecurrence: expected a rule with at least one start, got one that never
        happens
        """
        first = as_date(starts)
        months = (month,) if isinstance(month, int) else month
        if months is None:
            months = () if any(isinstance(day, str) for day in days) else (first.month,)
        parts = day_parts(days or (first.day,))
        drafted = draft(
            Frequency.YEARLY,
            time=time,
            zone=zone,
            starts=starts,
            every=every,
            count=count,
            until=until,
            months=months,
            **parts,
        )
        return cls._built(drafted, zone, gap)

    @classmethod
    def parse(cls, text: str, zone: str | None = None) -> Self:
        r"""Read the lines that calendars write: DTSTART, RRULE, RDATE, EXDATE; inverse of `format`.

        >>> text = "DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE"
        >>> Recurrence.parse(text).rule.days
        ('MO', 'WE')

        Args:
            text: the lines, in any order, folded or not. Dates without a time mean midnight.
            zone: the zone of a start whose text names none.

        Raises:
            InvalidRecurrence: a part is unknown, malformed or out of scope (the message names it), or no zone
                is given.
            InvalidZone: there is no such zone.
        """
        found = read(text, zone)
        made = cls(start=found.start, zone=found.zone, rule=found.rule)
        return made.adding(*found.added).excluding(*found.excluded)

    def format(self) -> str:
        """Write the recurrence as lines of RFC 5545; inverse of `parse` (which gives `Gap.SHIFT`).

        >>> ten = Recurrence.daily(time="07:30", zone="Asia/Tokyo", starts=dt.date(2026, 1, 5), count=10)
        >>> print(ten.format())
        DTSTART;TZID=Asia/Tokyo:20260105T073000
        RRULE:FREQ=DAILY;COUNT=10
        """
        return write(self.start, self.zone, self.rule, self.added, self.excluded)

    def excluding(self, *starts: dt.date) -> Self:
        """Return the recurrence without some starts, each given as a local time, an instant or a day.

        An instant stands for the local starts that mean it now, a day for those that it has; if there are
        none, it changes nothing.

        >>> daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5))
        >>> daily.excluding(dt.datetime(2026, 1, 5, 20)).nth(0)
        DateTime(2026, 1, 6, 19, 0, 0, tzinfo=Timezone('UTC'))
        """
        return evolve(self, excluded=(*self.excluded, *(local for start in starts for local in self._meant(start))))

    def adding(self, *starts: dt.datetime) -> Self:
        """Return the recurrence with more starts, each given as a local time or as an instant.

        Raises:
            InvalidRecurrence: no local time means that instant, because clocks show it for the second time.
        """
        found = (start if start.tzinfo is None else self._timeline.local_of(start) for start in starts)
        return evolve(self, added=(*self.added, *found))

    def _meant(self, start: dt.date) -> Iterable[dt.datetime]:
        """Return the local starts that a local time, an instant or a day stands for."""
        if isinstance(start, dt.datetime):
            return [start] if start.tzinfo is None else self._timeline.locals_of(start)
        midnight = as_date(start).toordinal() * DAY
        return map(local_at, self._timeline.each(midnight, midnight + DAY - 1))

    @cached_property
    def _timeline(self) -> Timeline:
        plan = Plan.of(self.rule, self.start)
        line = Timeline(plan, clock(self.zone), self.gap, second_of(self.start))
        if self.rule.count is not None:
            line.end_after(self.rule.count)
        elif self.rule.until is not None:
            line.end_at(second_of(self.rule.until))
        line.drop(map(second_of, self.excluded))
        line.add(second_of(local) for local in self.added if local not in self.excluded)
        return line

    @classmethod
    def _built(cls, drafted: tuple[dt.datetime, Rule], zone: str, gap: Gap) -> Self:
        made = cls(start=drafted[0], zone=zone, rule=drafted[1], gap=gap)
        if made.nth(0) is None:
            raise InvalidRecurrence("a rule with at least one start", "one that never happens")
        return made

    def _line(self) -> Timeline:
        return self._timeline
