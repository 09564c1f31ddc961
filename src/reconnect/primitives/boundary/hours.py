"""Rules that keep a time for things: quiet hours, and topics that wait for a check-in."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidBoundary
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.people.topic import NEVER_WAITS
from reconnect.primitives.boundary.action import Action, RaiseTopic
from reconnect.primitives.boundary.rule import Told
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.record.kind import register
from reconnect.temporal.elapsed import LAST, elapsed
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant, is_a
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["QuietHours", "TopicsForCheckIns"]

AHEAD: Final = dt.timedelta(days=9)  # longer than any stretch of weekly hours that ends, on any clocks
TICK: Final = dt.timedelta(microseconds=1)


def _ahead(at: pendulum.DateTime) -> Window:
    """Return a stretch from an instant on in which every quiet hour of a week begins and ends."""
    return Window(min(at, as_instant(LAST - TICK)), elapsed(at, AHEAD))


def _next_edge(windows: Windows, within: Window) -> pendulum.DateTime | None:
    """Return the first start or end of some windows strictly inside a stretch of time."""
    edges = (edge for window in windows for edge in (window.start, window.end))
    return next((edge for edge in edges if within.start < edge < within.end), None)


def _hours(value: WeeklyHours) -> WeeklyHours:
    if not is_a(value, WeeklyHours):
        raise InvalidBoundary("weekly hours", f"a {type(value).__name__}")
    return value


@register
@frozen(kw_only=True)
class QuietHours:
    """Hours in which the person it protects is left in peace, on the clocks of the zone they name.

    Across a clock change they end when those clocks say so: such a night is an hour shorter or longer.

    >>> night = QuietHours(hours=WeeklyHours("Europe/Paris", {"SA": ["22:00-24:00"], "SU": ["00:00-07:00"]}))
    >>> from reconnect.primitives.boundary.action import MakeContact
    >>> hello = MakeContact(by="ben", toward="ana")
    >>> late = pendulum.datetime(2026, 3, 28, 23, tz="Europe/Paris")
    >>> night.ruling(hello, at=late, told=Told()).not_before.in_timezone("Europe/Paris").isoformat()
    '2026-03-29T07:00:00+02:00'

    Attributes:
        hours: the quiet hours of each weekday; quiet all week long is a no without an end.
    """

    kind: ClassVar[str] = "boundary.quiet_hours"

    hours: WeeklyHours = field(converter=_hours)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:  # noqa: ARG002 - any action
        """Ask to wait until the quiet hours are over."""
        ahead = _ahead(at)
        quiet = next(iter(self.hours.windows(ahead)), None)
        if quiet is None or at not in quiet:
            return PERMIT
        return Ruling(deny=True) if quiet.end == ahead.end else Ruling(not_before=quiet.end)

    def changes_at(
        self,
        action: Action,  # noqa: ARG002 - any action
        *,
        at: pendulum.DateTime,
        told: Told,  # noqa: ARG002 - whatever was said
    ) -> pendulum.DateTime | None:
        """Return when the next quiet hours begin, or when those that go on end."""
        ahead = _ahead(at)
        return _next_edge(self.hours.windows(ahead), ahead)


def _topics(value: Iterable[str]) -> tuple[str, ...]:
    if is_a(value, str):
        raise InvalidBoundary("a collection of topics", "one text")
    topics = tuple(sorted(set(map(as_id, value))))
    if not topics or NEVER_WAITS.intersection(topics):
        raise InvalidBoundary("one or more topics that can wait", "none, or one that never has to")
    return topics


limit(_topics, least=1, each=as_id)


@register
@frozen(kw_only=True)
class TopicsForCheckIns:
    """Topics that are kept for check-ins, so that the rest of the day is free of them.

    The app hands in when check-ins take place; without that, the answer is a no without a time. Safety, children,
    health and boundaries never have to wait.

    Attributes:
        topics: the keys of the topics, sorted.

    Raises:
        InvalidBoundary: there is none, or one of them never has to wait.
    """

    kind: ClassVar[str] = "boundary.topics_for_check_ins"

    topics: tuple[str, ...] = field(converter=_topics)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:
        """Ask to wait for the next check-in, if the topic is kept for one."""
        if not isinstance(action, RaiseTopic) or action.topic not in self.topics or at in told.check_ins:
            return PERMIT
        ahead = next((window.start for window in told.check_ins if at < window.start), None)
        return Ruling(deny=True) if ahead is None else Ruling(not_before=ahead)

    def changes_at(self, action: Action, *, at: pendulum.DateTime, told: Told) -> pendulum.DateTime | None:
        """Return when the next check-in begins, or when the one that takes place ends."""
        if not isinstance(action, RaiseTopic) or action.topic not in self.topics:
            return None
        edges = (edge for window in told.check_ins for edge in (window.start, window.end))
        return next((edge for edge in edges if at < edge), None)
