"""The timeline of a recurrence: its local starts, some taken out and some added, and their instants."""

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush, merge

from reconnect.errors import InvalidRecurrence
from reconnect.temporal._plan import Plan
from reconnect.temporal._starts import starts_of
from reconnect.temporal.instant import DAY, as_instant, local_at, second_of
from reconnect.temporal.zone import LAST, Clock, Gap

_AHEAD = 366 * DAY  # how far skipped local times are looked for at once


class Timeline:
    """Pairs of local start and instant, in whole seconds (`second_of`)."""

    __slots__ = ("_dropped", "_extra", "_fixed", "_known", "_places", "_ranks", "_starts", "clock", "gap")

    def __init__(self, plan: Plan, clock: Clock, gap: Gap, low: int) -> None:
        """Take the plan and the zone's clocks; nothing ends yet."""
        self.clock, self.gap = clock, gap
        self._starts = starts_of(plan, max(low, clock.first), clock.last)
        self._fixed: set[int] = set()  # local starts taken out for good
        self._dropped: list[int] = []  # those, and the ones that a gap skips, as far as known
        self._places: list[int] = []  # for each of them, how many kept starts lie before it
        self._extra: list[int] = []
        self._ranks: list[int] | None = None
        self._known = low - 1 if gap is Gap.SKIP else LAST

    def end_after(self, count: int) -> None:
        """Keep only so many local starts; what a gap skips is not counted."""
        last = self.at(count - 1)
        if last is not None:
            self._starts.high = last
            self._dropped = [local for local in self._dropped if local <= last]
            self._place()

    def end_at(self, until: int) -> None:
        """Keep only the local starts whose instant is not after an instant."""
        near, far = self.clock.around(until)
        self._starts.high = min(far, self._starts.high)
        late = ((local, self.clock.instant(local, self.gap)) for local in self._starts.each(near, far))
        self.drop(local for local, utc in late if utc is not None and utc > until)

    def drop(self, locals_: Iterable[int]) -> None:
        """Take local starts out."""
        for local in locals_:
            if local not in self._fixed and self._starts.has(local):
                self._fixed.add(local)
                self._take_out(local)
        self._place()

    def add(self, locals_: Iterable[int]) -> None:
        """Put in local starts that are not there yet."""
        self._extra = sorted(
            {local for local in locals_ if not self._ruled(local) and self.clock.instant(local, self.gap) is not None}
        )

    def has(self, local: int) -> bool:
        """Tell whether a local time is a local start."""
        return self.instant(local) is not None

    def instant(self, local: int) -> int | None:
        """Return the instant of a local start, or `None` if it is none, or one that a gap skips."""
        return self.clock.instant(local, self.gap) if self._ruled(local) or local in self._extra else None

    def index(self, local: int) -> int:
        """Count the local starts before a local time."""
        self._know(local)
        return self._starts.index(local) - bisect_left(self._dropped, local) + bisect_left(self._extra, local)

    def at(self, index: int) -> int | None:
        """Return the local start that has `index` local starts before it."""
        if self._ranks is None and self._extra:
            self._ranks = [self.index(local) for local in self._extra]
        ranks = self._ranks or []
        place = bisect_left(ranks, index)
        if place < len(ranks) and ranks[place] == index:
            return self._extra[place]
        wanted = index - place
        while True:
            found = self._starts.at(wanted + bisect_right(self._places, wanted))
            if found is None or not self._know(found):
                return found

    def first(self, local: int) -> int | None:
        """Return the first local start at or after a local time (it may be one that a gap skips)."""
        found = self._starts.first(local)
        while found is not None and found in self._fixed:
            found = self._starts.first(found + 1)
        place = bisect_left(self._extra, local)
        if place == len(self._extra):
            return found
        extra = self._extra[place]
        return extra if found is None else min(found, extra)

    def last(self, local: int) -> int | None:
        """Return the last local start at or before a local time (it may be one that a gap skips)."""
        found = self._starts.last(local)
        while found is not None and found in self._fixed:
            found = self._starts.last(found - 1)
        place = bisect_right(self._extra, local)
        if not place:
            return found
        extra = self._extra[place - 1]
        return extra if found is None else max(found, extra)

    def each(self, local: int, end: int) -> Iterator[int]:
        """Go through the local starts from a local time to another (also those that a gap skips)."""
        ruled: Iterator[int] = self._starts.each(local, end)
        if self._fixed:
            ruled = (start for start in ruled if start not in self._fixed)
        extra = self._extra[bisect_left(self._extra, local) : bisect_right(self._extra, end)]
        return merge(ruled, extra) if extra else ruled

    def pairs(self, local: int, end: int = LAST) -> Iterator[tuple[int, int]]:
        """Go through instants and their local starts, sorted by instant, then by local start.

        Only a start in a gap can be overtaken by a later one, so only those wait.
        """
        waiting: list[tuple[int, int]] = []
        steady = self.clock.steady
        for start in self.each(local, end):
            offset = steady(start)
            if offset is not None and not waiting:
                yield start - offset, start
                continue
            utc, skipped = self.clock.resolve(start, self.gap)
            if utc is None:
                continue
            heappush(waiting, (utc, start))
            if not skipped:
                while waiting and waiting[0] <= (utc, start):
                    yield heappop(waiting)
        while waiting:
            yield heappop(waiting)

    def nth(self, index: int) -> int | None:
        """Return the instant that has `index` pairs before it."""
        local = self.at(index)
        if local is None:
            return None
        utc = self.clock.instant(local)  # for Gap.SKIP: `at` knows no start in a gap
        spread = self.clock.spread(utc) if utc is not None else 0
        if not spread:
            return utc
        first = local - 3 * spread
        near = sorted(utc for utc, _ in self._within(first, local + 3 * spread))
        return near[index - self.index(first)]

    def rank(self, utc: int) -> int:
        """Count the pairs whose instant is before an instant."""
        low, high = self.clock.around(utc)
        if low == high:
            return self.index(low)
        return self.index(low) + sum(found < utc for found, _ in self._within(low, high))

    def earliest(self, utc: int) -> int | None:
        """Return the first instant at or after an instant."""
        steady = self.clock.steady
        offset = steady(utc)
        local = self.first(self.clock.around(utc)[0] if offset is None else utc + offset)
        if local is None:
            return None
        if offset is not None:
            offset = steady(local)
        if offset is not None:
            return local - offset
        return next((found for found, _ in self.pairs(local) if found >= utc), None)

    def latest(self, utc: int) -> int | None:
        """Return the last instant at or before an instant."""
        local = self.last(self.clock.around(utc)[1])
        while local is not None:
            found = self.clock.instant(local, self.gap)
            if found is not None and found <= utc:
                spread = self.clock.spread(found)
                if not spread:
                    return found
                return max(near for near, _ in self._within(local - spread, local) if near <= utc)
            local = self.last(local - 1)
        return None

    def at_instant(self, utc: int) -> list[int]:
        """Return the local starts whose instant is this one."""
        low, high = self.clock.around(utc)
        if low == high:
            return [low] if self.has(low) else []
        return [local for found, local in self._within(low, high) if found == utc]

    def locals_of(self, start: dt.datetime) -> list[dt.datetime]:
        """Return the local starts that an instant means."""
        at = as_instant(start)
        return [] if at.microsecond else [local_at(local) for local in self.at_instant(second_of(at))]

    def local_of(self, start: dt.datetime) -> dt.datetime:
        """Return the local time that means an instant."""
        at = as_instant(start)
        local = self.clock.local(second_of(at))
        if at.microsecond or self.clock.instant(local) != second_of(at):
            raise InvalidRecurrence("an instant at a whole second that clocks show for the first time", "another one")
        return local_at(local)

    def _within(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        for local in self.each(low, high):
            utc = self.clock.instant(local, self.gap)
            if utc is not None:
                yield utc, local

    def _ruled(self, local: int) -> bool:
        return local not in self._fixed and self._starts.has(local)

    def _know(self, local: int) -> bool:
        """Look for local starts that a gap skips, as far as a local time; tell whether any is new."""
        end = min(local, self._starts.high)
        if end <= self._known:
            return False
        end, before = end + _AHEAD, len(self._dropped)
        for start in self._suspects(self._known, end):
            if self.clock.instant(start, self.gap) is None:
                self._take_out(start)
        self._known = end
        self._place()
        return len(self._dropped) != before

    def _suspects(self, after: int, end: int) -> Iterator[int]:
        """Go through the starts that a gap may skip: all of them if they are few, else those near clock changes."""
        few = self._starts.index(end + 1) - self._starts.index(after) <= (end - after) // DAY
        spans = (
            [(after, end)]
            if few
            else [(at + old, at + new) for at, old, new in self.clock.changes(after - DAY, end + DAY)]
        )
        for low, high in spans:
            yield from self._starts.each(low, high)

    def _take_out(self, local: int) -> None:
        if local not in self._dropped:
            insort(self._dropped, local)

    def _place(self) -> None:
        self._places = [self._starts.index(local) - place for place, local in enumerate(self._dropped)]
