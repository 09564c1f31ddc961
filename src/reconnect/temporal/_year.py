"""The days of a rule in one year are the bits of one integer; bit 0 is 1 January.

Each part of a rule is a mask, and a rule is its masks combined by `&`. There are only 14 kinds of year (the
weekday of 1 January, leap or not), so most masks are made once and then looked up.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, pairwise
from typing import Final

from reconnect.temporal._plan import Plan
from reconnect.temporal.instant import DAY
from reconnect.temporal.rule import Frequency

_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS: Final = {  # leap or not -> the first day of each month, and of the next year
    leap: tuple(accumulate((*_LENGTHS[:1], 28 + leap, *_LENGTHS[2:]), initial=0)) for leap in (False, True)
}
_ALL: Final = (1 << 366) - 1
_WEEK: Final = 0b1111111
_EVERY_SEVENTH: Final = sum(1 << day for day in range(0, 372, 7))
_KEPT: Final = 1024  # years remembered per rule: a bound on memory


@cache
def new_year(year: int) -> int:
    """Return the ordinal of 1 January (arithmetic, so that it also holds for the years 0 and 10000)."""
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + 1


@cache
def is_leap(year: int) -> bool:
    """Tell whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@cache
def kind_of(year: int) -> tuple[int, bool]:
    """Return the weekday of 1 January (Monday is 0) and whether there is a 29 February."""
    return (new_year(year) + 6) % 7, is_leap(year)


def ones(low: int, high: int) -> int:
    """Return a mask with the bits from `low` up to, but not including, `high`."""
    return (1 << high) - (1 << low)


def union(masks: Iterable[int]) -> int:
    """Return the days of any of the masks."""
    days = 0
    for mask in masks:
        days |= mask
    return days


def select(mask: int, index: int) -> int:
    """Return the place of the set bit that has `index` set bits below it."""
    low, high = 0, mask.bit_length()
    while high - low > 1:
        middle = (low + high) // 2
        if (mask & ((1 << middle) - 1)).bit_count() > index:
            high = middle
        else:
            low = middle
    return low


@cache
def _weekdays(day: int, january: int) -> int:
    return (_EVERY_SEVENTH << ((day - january) % 7)) & _ALL


@cache
def _month_day(day: int, leap: bool) -> int:  # noqa: FBT001 - a kind of year, not a switch
    mask = 0
    for first, after in pairwise(_MONTHS[leap]):
        place = first + day - 1 if day > 0 else after + day
        if first <= place < after:
            mask |= 1 << place
    return mask


def _nth_weekday(mask: int, ordinal: int, low: int, high: int) -> int:
    inside = mask & ones(low, high)
    index = ordinal - 1 if ordinal > 0 else inside.bit_count() + ordinal
    return 1 << select(inside, index) if 0 <= index < inside.bit_count() else 0


class Year:
    """The days and starts of a plan, year by year."""

    __slots__ = ("_by_kind", "_by_year", "_first_week", "_phase", "_picked", "plan", "uniform")

    def __init__(self, plan: Plan) -> None:
        """Find the period in which the plan starts, from which each `every`-th one counts."""
        self.plan = plan
        self._by_kind: dict[tuple[int, bool], int] = {}
        self._by_year: dict[int, int] = {}
        self._picked: dict[int, tuple[int, ...]] = {}
        crosses = plan.weeks or (plan.positions and plan.frequency is Frequency.WEEKLY)
        self.uniform = not crosses and plan.every == 1
        start = dt.date.fromordinal(plan.origin)
        self._first_week = plan.origin - (plan.origin + 6 - plan.week_start) % 7
        if plan.weeks:
            self._phase = self._week_year(plan.origin)
            if not self.days(start.year) >> (plan.origin - new_year(start.year)) & 1:
                self._phase = start.year  # a start that does not match: undefined in RFC 5545, as libical has it
                self._by_year.clear()
        else:
            self._phase = start.year * 12 + start.month - 1 if plan.frequency is Frequency.MONTHLY else start.year

    def following(self, year: int) -> int:
        """Return the next year that may have a start."""
        if self.plan.frequency is Frequency.YEARLY and not self.plan.weeks:
            return year + 1 + (self._phase - year - 1) % self.plan.every
        return year + 1

    def days(self, year: int) -> int:
        """Return the mask of the days that a year has, set positions aside."""
        found = self._by_year.get(year)
        if found is None:
            if len(self._by_year) > _KEPT:
                self._by_year.clear()
            found = self._by_year[year] = self._days(year)
        return found

    def picks(self, year: int) -> tuple[int, ...]:
        """Return the seconds from the beginning of a year that the set positions pick."""
        found = self._picked.get(year)
        if found is None:
            if len(self._picked) > _KEPT:
                self._picked.clear()
            low, high = new_year(year), new_year(year + 1)
            chosen = {
                second - low * DAY
                for first, after in self._periods(year, low, high)
                for second in self._pick(first, after)
                if low * DAY <= second < high * DAY
            }
            found = self._picked[year] = tuple(sorted(chosen))
        return found

    def _days(self, year: int) -> int:
        if self.uniform:
            return self._of_kind(year)
        period = self._in_weeks(year) if self.plan.weeks else self._in_periods(year)
        return period and period & self._of_kind(year)

    def _of_kind(self, year: int) -> int:
        kind = kind_of(year)
        found = self._by_kind.get(kind)
        if found is None:
            found = self._by_kind[kind] = self._parts(*kind)
        return found

    def _parts(self, january: int, leap: bool) -> int:  # noqa: FBT001 - a kind of year, not a switch
        plan, starts = self.plan, _MONTHS[leap]
        length = starts[12]
        mask = ones(0, length)
        if plan.months:
            mask &= sum(ones(starts[month - 1], starts[month]) for month in plan.months)
        if plan.year_days:
            places = {day - 1 if day > 0 else length + day for day in plan.year_days}
            mask &= sum(1 << place for place in places if 0 <= place < length)
        if plan.month_days:
            mask &= union(_month_day(day, leap) for day in plan.month_days)
        if plan.days:
            monthly = plan.frequency is Frequency.MONTHLY or plan.months
            spans = tuple(pairwise(starts)) if monthly else ((0, length),)
            mask &= union(
                union(_nth_weekday(_weekdays(day, january), ordinal, *span) for span in spans)
                if ordinal
                else _weekdays(day, january)
                for day, ordinal in plan.days
            )
        return mask

    def _in_periods(self, year: int) -> int:
        """Return the mask of the days whose period counts, when only each `every`-th does."""
        plan, every, first = self.plan, self.plan.every, new_year(year)
        match plan.frequency:
            case Frequency.DAILY:
                return sum(1 << day for day in range((plan.origin - first) % every, 366, every))
            case Frequency.WEEKLY:
                begin = (self._first_week - first) % (7 * every)
                weeks = sum(_WEEK << day for day in range(begin, 366, 7 * every))
                return weeks | _WEEK >> (7 * every - begin) if begin > 7 * every - 7 else weeks
            case Frequency.MONTHLY:
                starts = _MONTHS[is_leap(year)]
                wanted = range((self._phase - year * 12) % every, 12, every)
                return sum(ones(starts[month], starts[month + 1]) for month in wanted)
            case _:
                return 0 if (year - self._phase) % every else _ALL

    def _in_weeks(self, year: int) -> int:
        """Return the mask of the days whose week number counts; their years are years of whole weeks."""
        mask, low = 0, new_year(year)
        for first, after in self._week_years(year):
            total = (after - first) // 7
            for week in self.plan.weeks:
                number = week - 1 if week > 0 else total + week
                if 0 <= number < total:
                    place = first + 7 * number - low
                    mask |= _WEEK << place if place >= 0 else _WEEK >> -place
        return mask & _ALL

    def _week_years(self, year: int) -> list[tuple[int, int]]:
        """Return the years of whole weeks that count and share days with a calendar year."""
        near = (other for other in (year - 1, year, year + 1) if (other - self._phase) % self.plan.every == 0)
        return [(self._week_one(other), self._week_one(other + 1)) for other in near]

    def _week_one(self, year: int) -> int:
        """Return the first day of the first week with at least four days in a year."""
        fourth = new_year(year) + 3
        return fourth - (fourth + 6 - self.plan.week_start) % 7

    def _week_year(self, day: int) -> int:
        year = dt.date.fromordinal(day).year
        return year + (day >= self._week_one(year + 1)) - (day < self._week_one(year))

    def _periods(self, year: int, low: int, high: int) -> list[tuple[int, int]]:
        """Return the periods that share days with a year (if cheap to tell, only those that count)."""
        if self.plan.weeks:
            return self._week_years(year)
        match self.plan.frequency:
            case Frequency.DAILY:
                mask = self.days(year)
                return [(low + day, low + day + 1) for day in range(high - low) if mask >> day & 1]
            case Frequency.WEEKLY:
                first = low - (low + 6 - self.plan.week_start) % 7
                weeks = ((day, day + 7) for day in range(first, high, 7))
                return [week for week in weeks if (week[0] - self._first_week) // 7 % self.plan.every == 0]
            case Frequency.MONTHLY:
                return [(low + first, low + after) for first, after in pairwise(_MONTHS[is_leap(year)])]
            case _:
                return [(low, high)]

    def _pick(self, first: int, after: int) -> set[int]:
        """Return the seconds that the set positions pick from the days of one period."""
        begin, mask = max(first, 1), 0
        if begin > dt.date.max.toordinal():
            return set()
        year = dt.date.fromordinal(begin).year
        while begin < after:
            end = min(new_year(year + 1), after)
            inside = (self.days(year) >> (begin - new_year(year))) & ones(0, end - begin)
            mask |= inside << (begin - first)
            begin, year = end, year + 1
        times, chosen = self.plan.times, set[int]()
        total = mask.bit_count() * len(times)
        for position in self.plan.positions:
            index = position - 1 if position > 0 else total + position
            if 0 <= index < total:
                day, time = divmod(index, len(times))
                chosen.add((first + select(mask, day)) * DAY + times[time])
        return chosen
