"""The local starts of a plain rule repeat like tiles: the same times in each stretch of whole days.

"Every day" and "every other Monday" need no calendar, only division. Rules that know months, years or set
positions do: they are in `_starts`, which answers the same questions.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reconnect.temporal._plan import Plan
from reconnect.temporal.instant import DAY
from reconnect.temporal.rule import Frequency

_WEEK = 7


class Tiles:
    """The local starts from `low` to `high`, both included, of a rule that repeats after so many days."""

    __slots__ = ("_anchor", "_marks", "_size", "_skipped", "high", "low")

    def __init__(self, first_day: int, days: int, marks: tuple[int, ...], low: int, high: int) -> None:
        """Take the first day of a tile, its length in days, and the seconds in it at which there are starts."""
        self._anchor, self._size, self._marks = first_day * DAY, days * DAY, marks
        self.low, self.high = low, high
        self._skipped = self._before(low)

    @classmethod
    def of(cls, plan: Plan, low: int, high: int) -> "Tiles | None":
        """Return the tiles of a plan, if it is plain enough to have any."""
        if plan.months or plan.month_days or plan.positions:
            return None
        if plan.frequency is Frequency.DAILY and not plan.days:
            return cls(plan.origin, plan.every, plan.times, low, high)
        if plan.frequency is not Frequency.WEEKLY:
            return None
        first = plan.origin - (plan.origin + _WEEK - 1 - plan.week_start) % _WEEK
        days = ((day - plan.week_start) % _WEEK for day, _ in plan.days)
        marks = tuple(sorted(day * DAY + time for day in days for time in plan.times))
        return cls(first, _WEEK * plan.every, marks, low, high)

    def index(self, local: int) -> int:
        """Count the starts before a local time."""
        if local <= self.low or self.high < self.low:
            return 0
        return self._before(min(local, self.high + 1)) - self._skipped

    def at(self, index: int) -> int | None:
        """Return the start that has `index` starts before it."""
        tile, place = divmod(index + self._skipped, len(self._marks))
        found = self._anchor + tile * self._size + self._marks[place]
        return found if found <= self.high else None

    def has(self, local: int) -> bool:
        """Tell whether a local time is a start."""
        return self.first(local) == local

    def first(self, local: int) -> int | None:
        """Return the first start at or after a local time."""
        local = max(local, self.low)
        rest = (local - self._anchor) % self._size
        place = bisect_left(self._marks, rest)
        step = self._marks[place] if place < len(self._marks) else self._marks[0] + self._size
        found = local - rest + step
        return found if found <= self.high else None

    def last(self, local: int) -> int | None:
        """Return the last start at or before a local time."""
        local = min(local, self.high)
        rest = (local - self._anchor) % self._size
        place = bisect_right(self._marks, rest)
        step = self._marks[place - 1] - (0 if place else self._size)
        found = local - rest + step
        return found if found >= self.low else None

    def each(self, local: int, end: int) -> Iterator[int]:
        """Go through the starts from a local time to another, both included."""
        local, end = max(local, self.low), min(end, self.high)
        rest = (local - self._anchor) % self._size
        marks = self._marks[bisect_left(self._marks, rest) :]
        for tile in range(local - rest, end + 1, self._size):
            for mark in marks:
                if tile + mark > end:
                    return
                yield tile + mark
            marks = self._marks

    def _before(self, local: int) -> int:
        """Count the starts from the anchor to a local time; before the anchor the count is negative."""
        tile, rest = divmod(local - self._anchor, self._size)
        return tile * len(self._marks) + bisect_left(self._marks, rest)
