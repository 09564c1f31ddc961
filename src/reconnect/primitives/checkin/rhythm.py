"""A rhythm says when check-ins come round, how long they take, and how much room there is around them."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final, Self

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidRhythm
from reconnect.limits import limit
from reconnect.record.kind import register
from reconnect.temporal.instant import shifted
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["Rhythm"]

LENGTH: Final = dt.timedelta(minutes=15)  # ours, no study: as the follow-up in the rules
EARLY: Final = dt.timedelta(minutes=15)  # ours, no study: a little before is fine
LATE: Final = dt.timedelta(hours=2)  # ours, no study: an evening runs late and that is fine too
LONGEST: Final = dt.timedelta(days=31)  # ours, no study: what stays open for longer than a month is no check-in
NOTHING: Final = dt.timedelta(0)


def _recurrences(value: Iterable[Recurrence]) -> tuple[Recurrence, ...]:
    found = tuple(value)
    if not found or len(set(found)) < len(found) or not all(isinstance(each, Recurrence) for each in found):
        raise InvalidRhythm("one or more recurrences, each of them once", "something else")
    return found


limit(_recurrences, least=1, once=True)


def _length(value: dt.timedelta) -> dt.timedelta:
    if not isinstance(value, dt.timedelta):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidRhythm("a length of time", f"a {type(value).__name__}")
    return value


def _lengths(value: Iterable[dt.timedelta]) -> tuple[dt.timedelta, ...]:
    return tuple(sorted(set(map(_length, value))))


@register
@frozen(kw_only=True)
class Rhythm:
    """When check-ins come round: one or more recurrences, so that an inconvenient hour can alternate.

    >>> import datetime
    >>> first = datetime.date(2026, 1, 5)
    >>> r = Rhythm.of(Recurrence.weekly("MO", "TH", time="20:00", zone="Europe/Paris", starts=first))
    >>> r.window(pendulum.datetime(2026, 1, 5, 19)).length
    datetime.timedelta(seconds=8100)

    Attributes:
        recurrences: the rules, each with its own zone.
        length: how long a check-in takes (15 minutes unless said otherwise).
        early: how long before its start it opens (15 minutes).
        late: how long after its start it closes (2 hours).
        reminders: when to remind, relative to the start, in order; each lies inside the window.

    Raises:
        InvalidRhythm: there is no recurrence, the window is shorter than the check-in or longer than a month, or a
            reminder lies outside.

    Sources:
        15 minutes, 15 minutes, 2 hours and a month: ours, no study.
    """

    kind: ClassVar[str] = "checkin.rhythm"

    recurrences: tuple[Recurrence, ...] = field(converter=_recurrences)
    length: dt.timedelta = field(default=LENGTH, converter=_length)
    early: dt.timedelta = field(default=EARLY, converter=_length)
    late: dt.timedelta = field(default=LATE, converter=_length)
    reminders: tuple[dt.timedelta, ...] = field(default=(), converter=_lengths)

    def __attrs_post_init__(self) -> None:
        """Refuse a rhythm that could not be kept."""
        if self.early < NOTHING or not NOTHING < self.length <= self.late:
            raise InvalidRhythm("a window that opens by the start and has room for the check-in", "another window")
        if max(self.early, self.late) > LONGEST:
            raise InvalidRhythm("a window that opens and closes within a month of the start", "a longer one")
        if not all(-self.early <= reminder < self.late for reminder in self.reminders):
            raise InvalidRhythm("reminders inside the window", "one outside")

    @classmethod
    def of(
        cls,
        *recurrences: Recurrence,
        length: dt.timedelta = LENGTH,
        early: dt.timedelta = EARLY,
        late: dt.timedelta = LATE,
        reminders: Iterable[dt.timedelta] = (),
    ) -> Self:
        """Make a rhythm from its recurrences."""
        return cls(recurrences=recurrences, length=length, early=early, late=late, reminders=tuple(reminders))

    def window(self, start: pendulum.DateTime) -> Window:
        """Return the window of a check-in that starts at an instant."""
        return Window(self.opening(start), shifted(start, self.late))

    def opening(self, start: pendulum.DateTime) -> pendulum.DateTime:
        """Return the instant at which the window of a check-in opens that starts at an instant."""
        return shifted(start, -self.early)
