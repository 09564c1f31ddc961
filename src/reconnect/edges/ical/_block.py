"""The clocks of a block: what a VTIMEZONE says, at any instant, about clocks that no zone database has."""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve

from reconnect.edges.ical._clocks import Clocks
from reconnect.edges.ical._content import Part, Property
from reconnect.edges.ical._moment import ONCE, clearly, moment, moments
from reconnect.edges.ical._repeat import recurrence
from reconnect.errors import InvalidCalendar
from reconnect.temporal.instant import DAY, instant_at, second_of, shifted
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import FIRST, LAST

__all__ = ["BlockClock"]

COUNTED: Final = 50  # ours: a rule that counts is followed from its beginning
_STRETCH: Final = 400 * DAY  # ours: how much time is asked about changes at once, a little more than a year
_AROUND: Final = 26 * 3600  # farther than any clock was ever moved
_UNTIL_UTC: Final = re.compile(r"UNTIL=\d{8}T\d{6}Z", re.ASCII | re.IGNORECASE)
_OFFSET: Final = re.compile(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?", re.ASCII)
Look = Callable[[Part, int], None]  # counts the work, and gives up where there is no end to it


class BlockClock:
    """The clocks that a VTIMEZONE tells of: at each instant the change that came last says what they show.

    Before the first change they show what it says was shown before; after the last one nothing changes any more.
    """

    __slots__ = ("_block", "_first", "_known", "_look", "_offsets", "_parts")

    def __init__(self, block: Part, look: Look) -> None:
        """Read what the parts of a block say, and leave when they begin until it is asked.

        Raises:
            InvalidCalendar: there is none, or one says something that is not carried out.
        """
        parts = [part for part in block.parts if part.kind in {"STANDARD", "DAYLIGHT"}]
        if not parts:
            raise InvalidCalendar(block.line, "a VTIMEZONE with a part for standard time")
        self._look = look
        self._parts = [_Change(part, look) for part in parts]
        self._first = min((each.first, each.before) for each in self._parts)[1]
        self._offsets = sorted({offset for each in self._parts for offset in (each.before, each.after)})
        self._known: dict[int, tuple[list[int], list[int]]] = {}

    def offset(self, utc: int) -> int:
        """Return how many seconds they are ahead of UTC at an instant."""
        stretch = utc // _STRETCH
        if stretch not in self._known:
            self._known[stretch] = self._changes(stretch * _STRETCH, (stretch + 1) * _STRETCH)
        instants, offsets = self._known[stretch]
        return offsets[bisect_right(instants, utc)]

    def local(self, utc: int) -> int:
        """Return what they show at an instant."""
        return utc + self.offset(utc)

    def instant(self, local: int) -> int:
        """Return the first instant at which they show a time."""
        shown = (local - offset for offset in reversed(self._offsets) if self.offset(local - offset) == offset)
        found = next(shown, None)
        return local - self.offset(local - self._offsets[-1]) if found is None else found

    def around(self, utc: int) -> tuple[int, int]:
        """Return what they could show at an instant at least, and at most."""
        near = {self.offset(utc + by) for by in (-_AROUND, 0, _AROUND)}
        return utc + min(near), utc + max(near)

    def _changes(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """Return the changes in a stretch of time, and the offset before the first of them and after each."""
        found = sorted(change for part in self._parts for change in part.around(start, end, self._look))
        earlier = [after for at, after in found if at < start]
        later = [(at, after) for at, after in found if start <= at < end]
        return [at for at, _ in later], [earlier[-1] if earlier else self._first, *(after for _, after in later)]


class _Change:
    """One part of a block: when it begins, and from and to which offset clocks are moved then."""

    __slots__ = ("_onsets", "_part", "after", "before", "first")

    def __init__(self, part: Part, look: Look) -> None:
        self._part = part
        self.before, self.after = _offset(part.needed("TZOFFSETFROM")), _offset(part.needed("TZOFFSETTO"))
        look(part, COUNTED if any("COUNT" in rule.value.upper() for rule in part.all("RRULE")) else 1)
        with clearly(part.line):
            self._onsets = _onsets(part, self.before)
            first = self._onsets.nth(0)
        self.first = LAST if first is None else second_of(first) - self.before

    def around(self, start: int, end: int, look: Look) -> Iterator[tuple[int, int]]:
        """Go through the instants at which it begins from one to another, the last one before them, and its offset."""
        look(self._part, 1)
        low, high = (min(max(at + self.before, FIRST), LAST) for at in (start, end))
        with clearly(self._part.line):
            last = self._onsets.before(instant_at(low))
            if last is not None:
                yield second_of(last) - self.before, self.after
            for at in self._onsets.between(Window(instant_at(low), instant_at(high))) if low < high else ():
                look(self._part, 1)
                yield second_of(at) - self.before, self.after


def _onsets(part: Part, before: int) -> Recurrence:
    """Return when a part begins, in what clocks showed before the change as if that were UTC."""
    begins, rule = part.needed("DTSTART"), part.one("RRULE")
    local = moment(begins, begins.value, _nobodys).local
    added = [local, *(each.local for each in moments(part.all("RDATE"), _nobodys))]
    if rule is None:
        return Recurrence(start=local, zone="UTC", rule=ONCE).adding(*added)
    found = recurrence(local, rule)
    until = found.rule.until
    if until is not None and _UNTIL_UTC.search(rule.value):
        until = shifted(until, dt.timedelta(seconds=before))
    return evolve(found, rule=evolve(found.rule, until=until)).adding(*added)


def _nobodys(_: str, line: int) -> Clocks:
    raise InvalidCalendar(line, "times without TZID in a VTIMEZONE")


def _offset(line: Property) -> int:
    found = _OFFSET.fullmatch(line.value)
    if found is None:
        raise InvalidCalendar(line.line, f"an offset such as +0100 in {line.name}")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
    return -seconds if found[1] == "-" else seconds
