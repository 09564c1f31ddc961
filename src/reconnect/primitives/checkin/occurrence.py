"""An occurrence is one check-in; its key stays the same when it moves, and when clocks change."""

import datetime as dt
from enum import Enum
from fractions import Fraction

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidRhythm
from reconnect.people.person import as_id
from reconnect.temporal.instant import as_instant
from reconnect.temporal.start import as_start
from reconnect.temporal.window import Window
from reconnect.temporal.zone import as_zone

__all__ = ["Counts", "NewTime", "Occurrence", "OccurrenceKey", "Standing"]


@frozen(kw_only=True, order=True)
class OccurrenceKey:
    """Which check-in it is: the schedule, the local start it had at first, and the zone of that clock.

    It is the RECURRENCE-ID of RFC 5545 in other words: it survives moves, new versions of the schedule that
    keep the time, and changes of the zone database.

    >>> OccurrenceKey(schedule="s1", original_start=dt.datetime(2026, 3, 29, 2, 30), zone="Europe/Paris").original_start
    datetime.datetime(2026, 3, 29, 2, 30)

    Attributes:
        schedule: the schedule's id.
        original_start: the local start it had at first, on the clock of `zone`; clocks may have skipped it.
        zone: an IANA zone.

    Raises:
        InvalidId: the id is empty, too long or unprintable.
        InvalidDate: the local start has a zone, or is no `datetime`.
        InvalidRecurrence: the local start is not at a whole second.
        InvalidZone: there is no such zone.
    """

    schedule: str = field(converter=as_id)
    original_start: dt.datetime = field(converter=as_start)
    zone: str = field(converter=as_zone)


class Standing(Enum):
    """How one check-in stands as of an instant. None of them is a verdict."""

    NOT_DUE = "not_due"
    """It has not opened yet, or a time-out or a boundary keeps it closed for now."""
    OPEN = "open"
    """It can be held now."""
    HELD = "held"
    """It took place."""
    UNANSWERED = "unanswered"
    """Its window has passed. That is all this says."""
    PAUSED = "paused"
    """It lies in a planned pause, which counts for nothing and against nobody."""
    LET_GO = "let_go"
    """Someone let it go, what it rested on ended, a time-out or quiet hours kept it closed, or its new time passed
    before everyone had said yes to it."""


@frozen(kw_only=True)
class Occurrence:
    """One check-in of a schedule, in the slot it has now.

    Attributes:
        key: which check-in it is.
        start: when it starts now.
        window: from when to when it can be held.
        length: how long it takes.
        reminders: when to remind, all inside the window.
        moved: everyone agreed on another slot.
        rainchecked: someone said "not now, then"; until everyone agrees on the new time it opens for nobody.

    Raises:
        InvalidRhythm: the start or a reminder lies outside the window.
    """

    key: OccurrenceKey
    start: pendulum.DateTime = field(converter=as_instant)
    window: Window
    length: dt.timedelta
    reminders: tuple[pendulum.DateTime, ...] = ()
    moved: bool = False
    rainchecked: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a start or a reminder at a time at which nobody could meet."""
        if not all(moment in self.window for moment in (self.start, *self.reminders)):
            raise InvalidRhythm("a start and reminders inside the window", "one outside")

    def snoozed(self, at: dt.datetime, *, for_: dt.timedelta) -> pendulum.DateTime | None:
        """Return when a reminder comes again after a snooze, or `None` if that would be outside the window.

        Args:
            at: now, as the host sees it.
            for_: how long to wait; not for no time at all.
        """
        now = as_instant(at)
        if not dt.timedelta(0) < for_ < dt.datetime.__sub__(self.window.end, now):
            return None
        again = as_instant(now + for_)
        return again if again in self.window else None


@frozen(kw_only=True)
class NewTime:
    """Another time for one check-in that not everyone has said yes to yet.

    Attributes:
        key: which check-in.
        start: when the rhythm has it.
        to: the new time.
        by: who said yes to it, in circle order.
        missing: whose yes it needs still.
    """

    key: OccurrenceKey
    start: pendulum.DateTime = field(converter=as_instant)
    to: pendulum.DateTime = field(converter=as_instant)
    by: tuple[str, ...]
    missing: tuple[str, ...]


@frozen(kw_only=True)
class Counts:
    """How many check-ins stand how: no rate of anyone, and nothing due is `None`, not zero.

    >>> Counts(due=3, held=2).adherence
    Fraction(2, 3)
    >>> Counts(paused=3).adherence is None
    True

    Attributes:
        due: those whose window has passed or that were held, without those paused, let go or kept closed.
        held: those that took place; each of them always counts.
        paused: those in a planned pause.
        let_go: those that were let go.
        kept_closed: those that a time-out or quiet hours kept closed, and that were not held all the same.
    """

    due: int = 0
    held: int = 0
    paused: int = 0
    let_go: int = 0
    kept_closed: int = 0

    @property
    def unanswered(self) -> int:
        """Due and not held."""
        return self.due - self.held

    @property
    def adherence(self) -> Fraction | None:
        """Held of due, exactly; `None` if nothing was due."""
        return Fraction(self.held, self.due) if self.due else None
