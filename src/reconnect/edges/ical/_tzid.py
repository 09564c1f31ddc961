"""The name of a zone in a calendar, and which zone is meant by it: every vendor has names of its own."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from attrs import define, evolve, field
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from reconnect.edges.ical._content import Part, Property
from reconnect.edges.ical._moment import ONCE, clearly, moment, moments, repeating
from reconnect.errors import InvalidCalendar, InvalidZone
from reconnect.temporal._content_line import named_zone
from reconnect.temporal.instant import DAY, instant_at, second_of, shifted
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import FIRST, LAST, clock

__all__ = ["Zones"]

MOST_OF_ITS_OWN: Final = 20  # ours, no study: nobody lives by more clocks
MOST_CHANGES: Final = 2_000  # ours, no study: two a year for a thousand years
COUNTED: Final = 50  # ours: a rule that counts is followed from its beginning
_UNTIL_UTC: Final = re.compile(r"UNTIL=\d{8}T\d{6}Z", re.ASCII | re.IGNORECASE)
_OFFSET: Final = re.compile(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?", re.ASCII)
_WANTED: Final = "a time zone that the zone database has, or the like of one in its VTIMEZONE"
Offsets = list[tuple[int, int]]  # from which instant on, how many seconds ahead of UTC


@define
class Zones:
    """The zones of a calendar by the names that it uses, as far as they matter within a stretch of time.

    Attributes:
        within: the stretch of time.
        blocks: the VTIMEZONE of each name.
    """

    within: Window
    blocks: dict[str, Part] = field(repr=False)
    _known: dict[str, str] = field(factory=dict[str, str], init=False, repr=False)
    _own: int = field(default=0, init=False)
    _left: int = field(default=MOST_CHANGES, init=False)

    @classmethod
    def of(cls, calendars: Iterable[Part], within: Window) -> "Zones":
        """Collect what calendars say about zones."""
        found = (part for calendar in calendars for part in calendar.parts if part.kind == "VTIMEZONE")
        return cls(within, {part.needed("TZID").value: part for part in found})

    def __call__(self, tzid: str, line: int) -> str:
        """Return the IANA zone that a name means.

        The zone database knows its own names better than a block that some program wrote years ago; abbreviations
        such as EST mean one thing here and another there, so there the block says which.

        Raises:
            InvalidCalendar: nobody knows.
        """
        if tzid not in self._known:
            self._known[tzid] = self._found(tzid, line)
        return self._known[tzid]

    def _found(self, tzid: str, line: int) -> str:
        try:
            name = named_zone(tzid)
        except InvalidZone:
            name = WINDOWS_TO_OLSON.get(tzid, "")
        block = self.blocks.get(tzid)
        if name and (block is None or "/" in name):
            return name
        if block is None:
            raise InvalidCalendar(line, _WANTED)
        self._own += 1
        if self._own > MOST_OF_ITS_OWN:
            raise InvalidCalendar(line, f"at most {MOST_OF_ITS_OWN} time zones of its own")
        like = self._like(block)
        if like is None:
            raise InvalidCalendar(line, _WANTED)
        return like

    def _like(self, block: Part) -> str | None:
        """Return a zone whose clocks show the same as those of a block, all of the time that matters."""
        start = max(second_of(self.within.start) - 2 * DAY, FIRST)
        end = min(second_of(self.within.end) + 2 * DAY, LAST)
        offsets = self._offsets(block, start, end)
        names = sorted(zoneinfo.available_timezones(), key=lambda name: ("/" not in name, name))
        return next((name for name in names if _is_like(name, offsets, start, end)), None)

    def _offsets(self, block: Part, start: int, end: int) -> Offsets:
        """Return the offsets of a block from one instant to another, each where it begins."""
        parts = [part for part in block.parts if part.kind in {"STANDARD", "DAYLIGHT"}]
        found = sorted(change for part in parts for change in self._changes(part, start, end))
        if not found:
            raise InvalidCalendar(block.line, "a VTIMEZONE with a part for standard time")
        earlier = [to for at, _, to in found if at <= start]
        offsets = [(start, earlier[-1] if earlier else found[0][1])]
        for at, _, to in found:
            if start < at < end and to != offsets[-1][1]:
                offsets.append((at, to))
        return offsets

    def _changes(self, part: Part, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Go through the changes of a part, and those beside a stretch of time: when, from and to which offset."""
        before, after = _offset(part.needed("TZOFFSETFROM")), _offset(part.needed("TZOFFSETTO"))
        self._look(part, COUNTED if any("COUNT" in rule.value.upper() for rule in part.all("RRULE")) else 1)
        with clearly(part.line):
            onsets = _onsets(part, before)
            low, high = instant_at(max(start + before, FIRST)), instant_at(min(end + before, LAST))
            beside = (onsets.before(low, inclusive=True), onsets.after(high))
            for at in chain(onsets.between(Window(low, high)), (at for at in beside if at is not None)):
                self._look(part, 1)
                yield second_of(at) - before, before, after

    def _look(self, part: Part, times: int) -> None:
        self._left -= times
        if self._left < 0:
            raise InvalidCalendar(part.line, f"at most {MOST_CHANGES:,} changes of clocks")


def _is_like(name: str, offsets: Offsets, start: int, end: int) -> bool:
    try:
        clocks = clock(name)
    except InvalidZone:
        return False
    if (clocks.offset(start), clocks.offset(end - 1)) != (offsets[0][1], offsets[-1][1]):
        return False
    return offsets[1:] == [(at, after) for at, _, after in clocks.changes(start, end - 1)]


def _onsets(part: Part, before: int) -> Recurrence:
    """Return when a part begins, in what clocks showed before the change as if that were UTC."""
    begins, rule = part.needed("DTSTART"), part.one("RRULE")
    local = moment(begins, begins.value, _nobodys).local
    added = [local, *(each.local for each in moments(part.all("RDATE"), _nobodys))]
    if rule is None:
        return Recurrence(start=local, zone="UTC", rule=ONCE).adding(*added)
    found = repeating(local, "UTC", rule)
    until = found.rule.until
    if until is not None and _UNTIL_UTC.search(rule.value):
        until = shifted(until, dt.timedelta(seconds=before))
    return evolve(found, rule=evolve(found.rule, until=until)).adding(*added)


def _nobodys(_: str, line: int) -> str:
    raise InvalidCalendar(line, "times without TZID in a VTIMEZONE")


def _offset(line: Property) -> int:
    found = _OFFSET.fullmatch(line.value)
    if found is None:
        raise InvalidCalendar(line.line, f"an offset such as +0100 in {line.name}")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
    return -seconds if found[1] == "-" else seconds
