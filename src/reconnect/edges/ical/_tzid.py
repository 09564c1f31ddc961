"""The name of a zone in a calendar, and which clocks are meant by it: every vendor has names of its own."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable
from functools import cache
from typing import Final

from attrs import define, field
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from reconnect.edges.ical._block import BlockClock
from reconnect.edges.ical._clocks import UTC, Clocks, FixedClock
from reconnect.edges.ical._content import Part
from reconnect.errors import InvalidCalendar, InvalidZone
from reconnect.temporal._content_line import named_zone
from reconnect.temporal.instant import second_of
from reconnect.temporal.zone import clock

__all__ = ["Zones"]

MOST_OF_ITS_OWN: Final = 20  # ours, no study: nobody lives by more clocks
MOST_CHANGES: Final = 20_000  # ours, no study: twenty zones of its own, over a few centuries
WINDOWS: Final = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_UTC_OF_MICROSOFT: Final = frozenset({"tzone://microsoft/utc", "(utc) coordinated universal time"})
_AHEAD: Final = re.compile(r"(?:GMT|UTC) ?([+-])(\d\d?)(?::?([0-5]\d))?", re.ASCII | re.IGNORECASE)
_SHOWN: Final = re.compile(r"\((?:GMT|UTC)(?:([+-])(\d\d):?(\d\d))?\) (.+)", re.ASCII | re.IGNORECASE)
_COUNTRIES: Final = re.compile(r"(.+) Time \((?:US & Canada|Canada)\)", re.ASCII | re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\([\\;,])")
_MOST_HOURS: Final = 15  # ours: farther from UTC no clocks are
_SEASONS: Final = tuple(second_of(dt.datetime(2026, month, 15)) for month in (1, 7))  # noqa: DTZ001 - summer is in one of them
_WANTED: Final = "a time zone that the zone database has, or Windows by that name, or its VTIMEZONE"


@define
class Zones:
    """The clocks of a calendar by the names that it uses.

    Attributes:
        blocks: the VTIMEZONE of each name.
    """

    blocks: dict[str, Part] = field(repr=False)
    _known: dict[str, Clocks] = field(factory=dict[str, Clocks], init=False, repr=False)
    _own: int = field(default=0, init=False)
    _left: int = field(default=MOST_CHANGES, init=False)

    @classmethod
    def of(cls, calendars: Iterable[Part]) -> "Zones":
        """Collect what calendars say about zones."""
        found = (part for calendar in calendars for part in calendar.parts if part.kind == "VTIMEZONE")
        return cls({_plain(part.needed("TZID").value): part for part in found})

    def __call__(self, tzid: str, line: int) -> Clocks:
        """Return the clocks that a name means.

        The zone database knows its own names better than a block that some program wrote years ago. For any other name,
        abbreviations such as EST among them, the block says what is meant; without one, Windows and some vendors have
        names that are known.

        Raises:
            InvalidCalendar: nobody knows.
        """
        name = _plain(tzid)
        if name not in self._known:
            self._known[name] = self._found(name, line)
        return self._known[name]

    def _found(self, name: str, line: int) -> Clocks:
        iana, block = _iana(name), self.blocks.get(name)
        if iana is not None and (block is None or "/" in iana):
            return clock(iana)
        if block is None:
            found = _elsewhere(name)
            if found is None:
                raise InvalidCalendar(line, _WANTED)
            return found
        self._own += 1
        if self._own > MOST_OF_ITS_OWN:
            raise InvalidCalendar(line, f"at most {MOST_OF_ITS_OWN} time zones of its own")
        return BlockClock(block, self._look)

    def _look(self, part: Part, times: int) -> None:
        self._left -= times
        if self._left < 0:
            raise InvalidCalendar(part.line, f"at most {MOST_CHANGES:,} changes of clocks")


def _plain(tzid: str) -> str:
    """Return a name as it is meant: a parameter may be quoted, a property is escaped, and case does not matter."""
    return _ESCAPED.sub(r"\1", tzid.strip().strip('"').strip()).casefold()


def _iana(name: str) -> str | None:
    try:
        return named_zone(name)
    except InvalidZone:
        return None


def _elsewhere(name: str) -> Clocks | None:
    """Return the clocks of a name that is none of the zone database, and that no block explains."""
    if name in WINDOWS:
        return clock(WINDOWS[name])
    if name in _UTC_OF_MICROSOFT:
        return UTC
    ahead, shown = _AHEAD.fullmatch(name), _SHOWN.fullmatch(name)
    if ahead is not None and int(ahead[2]) < _MOST_HOURS:
        return FixedClock(_seconds(ahead[1], ahead[2], ahead[3] or "0"))
    return None if shown is None else _shown(shown)


def _seconds(sign: str, hours: str, minutes: str) -> int:
    seconds = int(hours) * 3600 + int(minutes) * 60
    return -seconds if sign == "-" else seconds


def _shown(found: re.Match[str]) -> Clocks | None:
    """Return the clocks that Windows shows to people by an offset and places, such as "(UTC+01:00) Rome, Vienna".

    The zone database knows places and Windows knows "Pacific Standard Time"; either counts only with that offset.
    """
    offset = _seconds(found[1] or "+", found[2] or "0", found[3] or "0")
    countries = _COUNTRIES.fullmatch(found[4])
    if countries is not None:
        names = {WINDOWS.get(f"{countries[1]} standard time")}
    else:
        names = {_places().get(place.strip()) for place in found[4].split(",")}
    zones = [clock(name) for name in sorted(filter(None, names))]
    seasons = {tuple(each.offset(at) for at in _SEASONS) for each in zones}
    return zones[0] if len(seasons) == 1 and min(*seasons.pop()) == offset else None


@cache
def _places() -> dict[str, str]:
    """Return the zones by their places, as people write these; a place that is in two zones is in none of them."""
    found: dict[str, str] = {}
    for name in sorted(filter(lambda name: "/" in name, zoneinfo.available_timezones())):
        place = name.rpartition("/")[2].replace("_", " ").casefold()
        found[place] = "" if place in found else name
    return found
