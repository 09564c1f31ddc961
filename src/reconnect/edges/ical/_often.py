"""A rule that comes round every few hours, minutes or seconds: the days of our own engine, and the times of each."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, Self

from attrs import define, evolve, field

from reconnect.errors import InvalidRecurrence
from reconnect.temporal.instant import DAY, instant_at, second_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import weekday
from reconnect.temporal.window import Window
from reconnect.temporal.zone import LAST

__all__ = ["Often"]

_UNITS: Final = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_AT_ONCE: Final = 50  # ours: so many times of a day are as much work as one to look at
_YEAR_DAYS: Final = re.compile(r"BYYEARDAY\s*=", re.IGNORECASE)


@define(kw_only=True)
class Often:
    """The starts of such a rule, in what clocks show.

    RFC 5545 lets parts of a rule that are longer than its frequency choose among the starts, and shorter ones make
    several of each. So all that a rule says about days is asked of the days of a rule that is carried out already.

    Attributes:
        days: the days on which there may be starts, each at its midnight.
        found: what the rule says of hours, minutes, seconds and positions, its interval, its count and its end.
        unit: the seconds of its frequency.
        first: the start from which it repeats.
        whole: whether the start is a day, which has no times.
    """

    days: Recurrence
    found: Recurrence
    unit: int
    first: int
    whole: bool
    _times: dict[int, tuple[int, ...]] = field(factory=dict[int, tuple[int, ...]], init=False, repr=False)

    @staticmethod
    def days_of(text: str, often: re.Match[str]) -> str:
        """Return a rule of whole days that says the same, apart from its frequency."""
        days = "YEARLY" if _YEAR_DAYS.search(text) else "DAILY"
        return f"{text[: often.start(1)]}{days}{text[often.end(1) :]}"

    @classmethod
    def of(cls, found: Recurrence, frequency: str, *, whole: bool) -> Self:
        """Take apart a rule that `days_of` made.

        Raises:
            InvalidRecurrence: RFC 5545 forbids one of its parts.
        """
        rule = found.rule
        if rule.weeks or any(weekday(day)[1] for day in rule.days):
            raise InvalidRecurrence(f"neither BYWEEKNO nor BYDAY with ordinals for {frequency}", "one of them")
        days = evolve(rule, every=1, count=None, until=None, hours=(), minutes=(), seconds=(), positions=())
        asked = evolve(found, start=found.start.replace(hour=0, minute=0, second=0), rule=days)
        return cls(days=asked, found=found, unit=_UNITS[frequency], first=second_of(found.start), whole=whole)

    def starts(self, low: int, high: int, look: Callable[[int], None]) -> Iterator[int]:
        """Go through the starts from one local time to another; one that counts is counted from its beginning."""
        rule = self.found.rule
        last = LAST if rule.until is None else second_of(rule.until)
        left = rule.count
        begin = self.first - self.first % DAY if left is not None else low - low % DAY
        stop = min(high, last + 1)
        for day in self._days(begin, stop):
            look(1)
            times = self._on(day, look)
            past = bisect_left(times, max(self.first - day, 0))
            times = times[past : None if left is None else past + left]
            left = None if left is None else left - len(times)
            yield from (day + time for time in times[bisect_left(times, low - day) :] if day + time < stop)
            if left == 0:
                return

    def _days(self, begin: int, stop: int) -> Iterator[int]:
        begin = max(begin, self.first - self.first % DAY)
        if begin < stop:
            yield from map(second_of, self.days.between(Window(instant_at(begin), instant_at(stop))))

    def _on(self, day: int, look: Callable[[int], None]) -> tuple[int, ...]:
        """Return the times of a day: days on which the interval falls alike have the same."""
        every = self.found.rule.every
        ahead = (self.first // self.unit - day // self.unit) % every
        if ahead not in self._times:
            units = range(ahead * self.unit, DAY, every * self.unit)
            look(len(units) // _AT_ONCE)
            times = tuple(chain.from_iterable(map(self._in_unit, units)))
            self._times[ahead] = times[:1] and (0,) if self.whole else times
        return self._times[ahead]

    def _in_unit(self, at: int) -> tuple[int, ...]:
        """Return the starts of one hour, minute or second."""
        rule = self.found.rule
        hour, minute, second = at // 3600, at // 60 % 60, at % 60
        longer = ((3600, rule.hours, hour), (60, rule.minutes, minute), (1, rule.seconds, second))
        if any(chosen and of_it not in chosen for unit, chosen, of_it in longer if unit >= self.unit):
            return ()
        minutes = (minute,) if self.unit <= _UNITS["MINUTELY"] else rule.minutes or (self.first // 60 % 60,)
        seconds = (second,) if self.unit == 1 else rule.seconds or (self.first % 60,)
        times = tuple(hour * 3600 + each * 60 + one for each in minutes for one in seconds)
        if not rule.positions:
            return times
        places = {place - 1 if place > 0 else len(times) + place for place in rule.positions}
        return tuple(times[place] for place in sorted(places) if 0 <= place < len(times))
