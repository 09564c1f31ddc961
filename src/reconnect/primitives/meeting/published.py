"""What a person publishes says when they can be asked, and how well it suits them; nobody learns more."""

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import ClassVar, Final, TypeAlias

from attrs import field, frozen

from reconnect.errors import InvalidHours, InvalidMeeting
from reconnect.record.kind import Heard, register
from reconnect.record.view import View
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import ceiling, instant_at, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import as_zone

__all__ = ["Detail", "Hours", "Level", "Published", "all_published", "publish"]

Hours: TypeAlias = WeeklyHours | Windows

GRID: Final = dt.timedelta(minutes=15)  # ours, no study: a plan by the minute tells more than a plan needs
_GRID: Final = int(GRID.total_seconds())
NOTHING: Final = Windows()


class Level(Enum):
    """How well a time suits a person."""

    PREFERS = "prefers"
    """They like it best."""
    FINE = "fine"
    """It suits them."""
    ONLY_IF_NEEDED = "only_if_needed"
    """They would do it, if nothing better is there for everyone."""


class Detail(Enum):
    """How much the reasons of a suggestion may tell others about how well it suits a person."""

    NOTHING = "nothing"
    """The reasons do not mention them."""
    FITS = "fits"
    """The reasons say that it fits, not how well."""
    LEVEL = "level"
    """The reasons say how well it suits them."""


def _hours(value: Hours) -> Hours:
    if isinstance(value, WeeklyHours):
        return value
    if not isinstance(value, Windows):
        raise InvalidHours("weekly hours or windows", f"a {type(value).__name__}")
    return Windows.of(*(part for window in value for part in _on_the_grid(window)))


def _on_the_grid(window: Window) -> tuple[Window, ...]:
    """Return a window's whole quarter hours: to the minute it would tell of what lies beside it."""
    start = -(-ceiling(window.start, inclusive=True) // _GRID) * _GRID
    end = second_of(window.end) // _GRID * _GRID
    return (Window(instant_at(start), instant_at(end)),) if start < end else ()


@register
@frozen(kw_only=True)
class Published:
    """The hours that one person published, by how well they suit; all that the others ever learn of a calendar.

    Levels may overlap: where they do, the better one counts.

    >>> import pendulum
    >>> week = WeeklyHours("Europe/Paris", {"MO": ["18:00-22:00"]})
    >>> early = WeeklyHours("Europe/Paris", {"MO": ["19:00-20:00"]})
    >>> mine = publish(week, prefers=early)
    >>> seven = pendulum.datetime(2026, 1, 5, 18)
    >>> half = dt.timedelta(minutes=30)
    >>> mine.level(Window.of(seven, half)), mine.level(Window.of(seven.add(minutes=45), half))
    (<Level.PREFERS: 'prefers'>, <Level.FINE: 'fine'>)

    Attributes:
        zone: the zone whose clocks the person lives by while these hours hold.
        prefers: the times they like best.
        fine: the times that suit them.
        only_if_needed: the times for when nothing else works.
        detail: how much the reasons of suggestions may tell about them.

    Raises:
        InvalidHours: a level is neither weekly hours on the clocks of that zone, nor windows.
        InvalidMeeting: the detail is something else.
        InvalidZone: there is no such zone.

    Laws:
        A longer stretch never suits better. Publishing more never makes any stretch suit less.
    """

    kind: ClassVar[str] = "meeting.published"
    heard: ClassVar[Heard] = Heard.SHARED

    zone: str = field(converter=as_zone)
    prefers: WeeklyHours | Windows = field(default=NOTHING, converter=_hours)
    fine: WeeklyHours | Windows = field(default=NOTHING, converter=_hours)
    only_if_needed: WeeklyHours | Windows = field(default=NOTHING, converter=_hours)
    detail: Detail = field(default=Detail.FITS)

    def __attrs_post_init__(self) -> None:
        """Refuse hours on the clocks of another zone."""
        if any(isinstance(hours, WeeklyHours) and hours.zone != self.zone for hours in self._levels):
            raise InvalidHours("weekly hours on the clocks of one zone", "hours of several zones")
        if not isinstance(self.detail, Detail):
            raise InvalidMeeting("how much reasons may tell", f"a {type(self.detail).__name__}")

    @property
    def _levels(self) -> tuple[Hours, Hours, Hours]:
        return self.prefers, self.fine, self.only_if_needed

    def reaches(self, within: Window) -> tuple[Windows, Windows, Windows]:
        """Return, within a window, what is preferred, what is at least fine, and all that is published."""
        first, second, third = (_within(hours, within) for hours in self._levels)
        return first, first | second, first | second | third

    def windows(self, within: Window) -> Windows:
        """Return all that is published within a window."""
        return self.reaches(within)[2]

    def level(self, stretch: Window) -> Level | None:
        """Tell how well a stretch of time suits; `None` if not all of it is published.

        A stretch over several levels suits as well as the least of them.
        """
        whole = Windows((stretch,))
        reaches = zip(Level, self.reaches(stretch), strict=True)
        return next((level for level, reach in reaches if reach == whole), None)


def publish(
    hours: Hours | None = None,
    *,
    prefers: Hours | None = None,
    only_if_needed: Hours | None = None,
    busy: Windows = NOTHING,
    within: Window | None = None,
    zone: str | None = None,
    detail: Detail = Detail.FITS,
) -> Published:
    """Return what to publish: write it in an entry of one's own, and everyone in the circle sees it.

    A later one replaces an earlier one from then on. Busy times are taken out here, before anything is
    published, and are kept nowhere: what comes out are windows in whole quarter hours, and nobody can tell
    whether a hole in them is an appointment, a nap, or nothing at all.

    >>> import pendulum
    >>> evening = Window(pendulum.datetime(2026, 1, 5, 18), pendulum.datetime(2026, 1, 5, 22))
    >>> dentist = Window(pendulum.datetime(2026, 1, 5, 18, 10), pendulum.datetime(2026, 1, 5, 19, 5))
    >>> publish(Windows.of(evening), busy=Windows.of(dentist), within=evening, zone="UTC").fine
    Windows.of(Window('2026-01-05T19:15:00Z', '2026-01-05T22:00:00Z'))

    Args:
        hours: when it suits.
        prefers: when it suits best.
        only_if_needed: when it would do, if nothing better is there for everyone.
        busy: what is taken out of all three; needs `within`.
        within: publish windows of this time only, instead of hours that come round every week.
        zone: the zone one lives by; that of the weekly hours unless said otherwise.
        detail: how much the reasons of suggestions may tell others about how well a time suits.

    Raises:
        InvalidHours: the hours are of several zones, no zone is known, or busy times come without `within`.
    """
    given = [NOTHING if level is None else level for level in (prefers, hours, only_if_needed)]
    zones = [level.zone for level in given if isinstance(level, WeeklyHours)]
    if zone is None and not zones:
        raise InvalidHours("a zone beside windows", "none")
    if within is not None:
        given = [_within(_hours(level), within) - busy for level in given]
    elif len(busy):
        raise InvalidHours("a window within which busy times are taken out", "none")
    best, suits, needed = given
    return Published(
        zone=zones[0] if zone is None else zone, prefers=best, fine=suits, only_if_needed=needed, detail=detail
    )


def all_published(view: View) -> Mapping[str, Published]:
    """Return what each member published last, in circle order; nothing at all for those who have not yet.

    Silence is not yes: whoever published nothing can be asked at no time.
    """
    latest = {person: Published(zone=_zone(view, person)) for person in view.members}
    for entry in view.entries(kind=Published):
        if isinstance(entry.body, Published) and entry.author in latest:
            latest[entry.author] = entry.body
    return latest


def _zone(view: View, person: str) -> str:
    known = view.people.get(person)
    return "UTC" if known is None else known.zone_at(view.at)


def _within(hours: Hours, within: Window) -> Windows:
    return hours.windows(within) if isinstance(hours, WeeklyHours) else hours & Windows((within,))
