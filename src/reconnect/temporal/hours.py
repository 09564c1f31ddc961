"""Weekly hours are the times of each weekday at which something is welcome, on the clocks of one zone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias, cast

from attrs import field, frozen

from reconnect.errors import InvalidHours
from reconnect.temporal.instant import DAY, ceiling, instant_at, is_a, second_of
from reconnect.temporal.rule import WEEKDAYS
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import as_zone, clock

__all__ = ["WeeklyHours"]

Spans: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

SPAN: Final = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", re.ASCII)
_FULL: Final = 24 * 60  # minutes that a clock shows in a day
_WANTED: Final = 'hours such as {"MO": ["18:00-22:00"]}'


def _canonical(hours: Mapping[str, Iterable[str]] | Iterable[tuple[str, Iterable[str]]]) -> Spans:
    """Return each weekday's spans sorted, merged, and cut at midnight: equal hours are equal values."""
    if is_a(hours, str):
        raise InvalidHours(_WANTED, "one text")
    minutes: list[tuple[int, int]] = []
    pairs = cast("Mapping[str, Iterable[str]]", hours).items() if isinstance(hours, Mapping) else hours
    for day, spans in pairs:
        if day not in WEEKDAYS:
            raise InvalidHours("weekdays such as MO", "something else")
        if is_a(spans, str):
            raise InvalidHours("a collection of spans for each weekday", "one text")
        for span in spans:
            minutes += _minutes(WEEKDAYS.index(day), span)
    found: dict[str, list[str]] = {}
    for start, end in _merged(minutes):
        for low in range(start - start % _FULL, end, _FULL):
            begin, stop = max(start, low) - low, min(end, low + _FULL) - low
            text = f"{begin // 60:02}:{begin % 60:02}-{stop // 60:02}:{stop % 60:02}"
            found.setdefault(WEEKDAYS[low // _FULL], []).append(text)
    return tuple((day, tuple(spans)) for day, spans in found.items())


def _minutes(day: int, span: str) -> Iterator[tuple[int, int]]:
    """Read a span as minutes of the week; one that runs past midnight on Sunday goes on on Monday."""
    found = SPAN.fullmatch(span) if is_a(span, str) else None
    if found is None:
        raise InvalidHours("spans such as 18:00-22:00", "something else")
    start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if start >= _FULL or end > _FULL or start == end:
        raise InvalidHours("a span from a time before 24:00 to another time, 24:00 at the latest", "another span")
    end += _FULL if end < start else 0
    low, week = day * _FULL, 7 * _FULL
    yield low + start, min(low + end, week)
    if low + end > week:
        yield 0, low + end - week


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


@frozen(repr=False)
class WeeklyHours:
    """The hours of each weekday at which something is welcome.

    Hours are what clocks show: across a clock change they stay at the same time of day. A span may run past
    midnight (`"22:00-02:00"`), or up to it (`"18:00-24:00"`).

    >>> evenings = WeeklyHours("Europe/Paris", {"SA": ["22:00-02:00"]})
    >>> evenings
    WeeklyHours('Europe/Paris', {'SA': ('22:00-24:00',), 'SU': ('00:00-02:00',)})
    >>> import pendulum
    >>> spring = Window(pendulum.datetime(2026, 3, 28), pendulum.datetime(2026, 3, 30))
    >>> evenings.windows(spring)
    Windows.of(Window('2026-03-28T21:00:00Z', '2026-03-29T01:00:00Z'))

    Attributes:
        zone: the name of the IANA zone whose clocks show the hours.
        hours: the spans of each weekday, sorted, merged where they touch, cut at midnight.

    Raises:
        InvalidHours: the hours have another shape.
        InvalidZone: there is no such zone.

    Laws:
        An instant lies in `windows` exactly when the clocks of the zone show a time inside the hours at it.
        So hours that a clock change skips are shorter or gone on that day, and hours that clocks show twice
        count twice.
    """

    zone: str = field(converter=as_zone)
    hours: Spans = field(converter=_canonical)

    def windows(self, within: Window) -> Windows:
        """Return when it is welcome, within a window."""
        clocks, weekly = clock(self.zone), self._seconds()
        first, last = second_of(within.start), ceiling(within.end, inclusive=True)
        found: list[tuple[int, int]] = []
        offset = clocks.offset(first)
        for change, _, after in (*clocks.changes(first, last), (last, 0, 0)):
            found += _shown(weekly, first, change, offset)
            first, offset = change, after
        return Windows(
            tuple(
                Window(
                    max(instant_at(start), within.start),
                    within.end if end == last else instant_at(end),
                )
                for start, end in _merged(found)
            )
        )

    def _seconds(self) -> list[tuple[int, int]]:
        """Return the spans as seconds of the week."""
        days = ((WEEKDAYS.index(day), span) for day, spans in self.hours for span in spans)
        minutes = (pair for day, span in days for pair in _minutes(day, span))
        return [(start * 60, end * 60) for start, end in _merged(minutes)]

    def __repr__(self) -> str:
        """Show the hours as the call that makes them."""
        return f"WeeklyHours({self.zone!r}, {dict(self.hours)!r})"


def _shown(weekly: list[tuple[int, int]], start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    """Return when clocks with one offset show a time inside the hours, from an instant to another."""
    day = (start + offset) // DAY
    for monday in range((day - (day - 1) % 7) * DAY, end + offset, 7 * DAY):
        for opens, closes in weekly:
            low, high = max(monday + opens - offset, start), min(monday + closes - offset, end)
            if low < high:
                yield low, high
