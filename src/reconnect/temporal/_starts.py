"""The local starts of a rule are one long sorted sequence that nobody writes out: seek in it, and count.

Times are whole seconds (`second_of`). Years are counted by `bit_count`; a year of the same kind has as many
starts, so where only the kind of year matters, the starts before a year are 14 multiplications, however far
away it is.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from attrs import evolve

from reconnect.temporal._plan import Plan
from reconnect.temporal._tiles import Tiles
from reconnect.temporal._year import Year, kind_of, new_year, select
from reconnect.temporal.instant import DAY

_CYCLE: Final = 400  # years after which the calendar repeats, weekdays included
_LAST_YEAR: Final = dt.MAXYEAR
_END: Final = new_year(_LAST_YEAR + 1) * DAY
_PATIENCE: Final = 40  # years without a start after which to ask whether there will ever be one
_KINDS: Final = tuple(dict.fromkeys(kind_of(year) for year in range(_CYCLE)))
_EXAMPLE: Final = {kind_of(year): year for year in range(_CYCLE, 2 * _CYCLE)}


def _running() -> tuple[tuple[int, ...], ...]:
    """Return, for each year of a cycle, how many years of each kind the cycle has before it."""
    counts = dict.fromkeys(_KINDS, 0)
    rows = [tuple(counts.values())]
    for year in range(_CYCLE):
        counts[kind_of(year)] += 1
        rows.append(tuple(counts.values()))
    return tuple(rows)


_BEFORE: Final = _running()


def starts_of(plan: Plan, low: int, high: int) -> "Starts | Tiles":
    """Return the local starts of a plan from `low` to `high`, both included."""
    return Tiles.of(plan, low, high) or Starts(plan, low, high)


class Starts:
    """The local starts of a plan from `low` to `high`, both included."""

    __slots__ = ("_first_year", "_per_kind", "_since", "_skipped", "_totals", "_year", "high", "low")

    def __init__(self, plan: Plan, low: int, high: int) -> None:
        """Take the plan, and the local times between which its starts are."""
        self._year = Year(plan)
        self.low, self.high = low, low - 1 if plan.never else high
        self._first_year = _year_of(low)
        self._totals = [0]  # starts in the years from the first on, before each next one
        self._per_kind: tuple[int, ...] | None = None
        self._since: dict[int, int] = {}  # starts in the years before one, counted from the year 0
        self._skipped = self._inside(low)

    def index(self, local: int) -> int:
        """Count the starts before a local time."""
        if local <= self.low or self.high < self.low:
            return 0
        return self._below(min(local, self.high + 1)) - self._skipped

    def at(self, index: int) -> int | None:
        """Return the start that has `index` starts before it."""
        if self.first(self.low) is None:
            return None
        wanted = index + self._skipped
        if self._year.uniform:
            year = self._year_with(wanted)
        else:
            while self._totals[-1] <= wanted and self._first_year + len(self._totals) <= _LAST_YEAR + 1:
                self._extend()
            year = self._first_year + bisect_right(self._totals, wanted) - 1
        if year > _LAST_YEAR:
            return None
        found = new_year(year) * DAY + self._nth(year, wanted - self._before(year))
        return found if found <= self.high else None

    def has(self, local: int) -> bool:
        """Tell whether a local time is a start."""
        return self.first(local) == local

    def first(self, local: int) -> int | None:
        """Return the first start at or after a local time."""
        local = max(local, self.low)
        if local > self.high:
            return None
        start, last = _year_of(local), _year_of(self.high)
        year = start
        found = self._from(year, local - new_year(year) * DAY)
        while found is None:
            year = self._year.following(year)
            if year > last or (year > start + _PATIENCE and self._never()):
                self.high = local - 1  # so that nobody looks for the same nothing twice
                return None
            found = self._from(year, 0)
        found += new_year(year) * DAY
        return found if found <= self.high else None

    def last(self, local: int) -> int | None:
        """Return the last start at or before a local time."""
        local = min(local, self.high)
        if local < self.low:
            return None
        year = _year_of(local)
        found = self._to(year, local - new_year(year) * DAY)
        while found is None:
            year -= 1
            if year < self._first_year:
                self.low = local + 1
                return None
            found = self._to(year, 366 * DAY)
        found += new_year(year) * DAY
        return found if found >= self.low else None

    def each(self, local: int, end: int) -> Iterator[int]:
        """Go through the starts from a local time to another, both included."""
        local, end = max(local, self.low), min(end, self.high)
        if local > end:
            return
        year, last, times = _year_of(local), _year_of(end), self._year.plan.times
        if last > year + _PATIENCE and self.first(local) is None:
            return
        rest = local - new_year(year) * DAY
        while year <= last:
            base = new_year(year) * DAY
            if self._year.plan.positions:
                picks = self._year.picks(year)
                found: Iterator[int] = iter(picks[bisect_left(picks, rest) :])
            else:
                found = _spell(self._year.days(year), rest, times)
            for second in found:
                if base + second > end:
                    return
                yield base + second
            year, rest = self._year.following(year), 0

    def _never(self) -> bool:
        """Tell whether a whole cycle of the calendar has no start, even if every period counted."""
        every = Starts(evolve(self._year.plan, every=1), self.low, self.high)
        years = _EXAMPLE.values() if every._year.uniform else range(_CYCLE, 2 * _CYCLE)
        return not any(every._count(year) for year in years)

    def _from(self, year: int, rest: int) -> int | None:
        """Return the first start at or after a second of a year, if that year has one."""
        if self._year.plan.positions:
            picks = self._year.picks(year)
            place = bisect_left(picks, rest)
            return picks[place] if place < len(picks) else None
        day, second = divmod(rest, DAY)
        mask, times = self._year.days(year), self._year.plan.times
        if mask >> day & 1 and second <= times[-1]:
            return day * DAY + times[bisect_left(times, second)]
        later = mask >> (day + 1)
        return (day + (later & -later).bit_length()) * DAY + times[0] if later else None

    def _to(self, year: int, rest: int) -> int | None:
        """Return the last start at or before a second of a year, if that year has one."""
        if self._year.plan.positions:
            picks = self._year.picks(year)
            place = bisect_right(picks, rest)
            return picks[place - 1] if place else None
        day, second = divmod(rest, DAY)
        mask, times = self._year.days(year), self._year.plan.times
        if mask >> day & 1 and second >= times[0]:
            return day * DAY + times[bisect_right(times, second) - 1]
        below = mask & ((1 << day) - 1)
        return (below.bit_length() - 1) * DAY + times[-1] if below else None

    def _count(self, year: int) -> int:
        if self._year.plan.positions:
            return len(self._year.picks(year))
        return self._year.days(year).bit_count() * len(self._year.plan.times)

    def _nth(self, year: int, index: int) -> int:
        """Return the second of a year at which its start with `index` starts before it lies."""
        if self._year.plan.positions:
            return self._year.picks(year)[index]
        times = self._year.plan.times
        day, time = divmod(index, len(times))
        return select(self._year.days(year), day) * DAY + times[time]

    def _below(self, local: int) -> int:
        """Count the starts from the beginning of the first year on that lie before a local time."""
        year = _year_of(local)
        return self._before(year) + (self._inside(local) if year <= _LAST_YEAR else 0)

    def _inside(self, local: int) -> int:
        """Count the starts of a year that lie before a local time in it."""
        year = _year_of(local)
        rest = local - new_year(year) * DAY
        if self._year.plan.positions:
            return bisect_left(self._year.picks(year), rest)
        day, second = divmod(rest, DAY)
        mask, times = self._year.days(year), self._year.plan.times
        inside = (mask & ((1 << day) - 1)).bit_count() * len(times)
        return inside + (bisect_left(times, second) if mask >> day & 1 else 0)

    def _before(self, year: int) -> int:
        """Count the starts in the years from the first year on, up to but not including a year."""
        if self._year.uniform:
            return self._since_zero(year) - self._since_zero(self._first_year)
        while self._first_year + len(self._totals) <= year:
            self._extend()
        return self._totals[year - self._first_year]

    def _year_with(self, wanted: int) -> int:
        """Return the year of the start with so many before it: near where it were if all years were alike."""
        year = min(self._first_year + wanted * _CYCLE // self._since_zero(_CYCLE), _LAST_YEAR + 1)
        while self._before(year) > wanted:
            year -= 1
        while year <= _LAST_YEAR and self._before(year + 1) <= wanted:
            year += 1
        return year

    def _since_zero(self, year: int) -> int:
        found = self._since.get(year)
        if found is None:
            if self._per_kind is None:
                self._per_kind = tuple(self._count(_EXAMPLE[kind]) for kind in _KINDS)
            cycles, rest = divmod(year, _CYCLE)
            rows = zip(self._per_kind, _BEFORE[_CYCLE], _BEFORE[rest], strict=True)
            found = self._since[year] = sum(count * (cycles * whole + part) for count, whole, part in rows)
        return found

    def _extend(self) -> None:
        year = self._first_year + len(self._totals) - 1
        self._totals.append(self._totals[-1] + self._count(year))


def _spell(mask: int, rest: int, times: tuple[int, ...]) -> Iterator[int]:
    """Spell out the days of a mask and the times of each, from a second of the year on."""
    day, second = divmod(rest, DAY)
    if mask >> day & 1:
        yield from (day * DAY + time for time in times[bisect_left(times, second) :])
    mask >>= day + 1
    day += 1
    while mask:
        step = (mask & -mask).bit_length()
        mask >>= step
        day += step
        base = (day - 1) * DAY
        for time in times:
            yield base + time


def _year_of(local: int) -> int:
    return dt.date.fromordinal(local // DAY).year if local < _END else _LAST_YEAR + 1
