"""A rhythm says when check-ins come round, how long they take, and how much room there is around them."""

import datetime as dt
from typing import ClassVar, Final, Self

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidRhythm
from reconnect.record.kind import register
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["Rhythm"]

LENGTH: Final = dt.timedelta(minutes=15)  # ours, no study: as the follow-up in the rules
EARLY: Final = dt.timedelta(minutes=15)  # ours, no study: a little before is fine
LATE: Final = dt.timedelta(hours=2)  # ours, no study: an evening runs late and that is fine too
NOTHING: Final = dt.timedelta(0)


@register
@frozen(kw_only=True)
class Rhythm:
    """When check-ins come round: one or more recurrences, so that an inconvenient hour can alternate.

    >>> import datetime
    >>> r = Rhythm.of(Recurrence.weekly("MO", "TH", time="20:00", zone="Europe/Paris", starts=datetime.date(2026, 1, 5)))
    >>> r.window(pendulum.datetime(2026, 1, 5, 19)).length
    datetime.timedelta(seconds=8100)

    Attributes:
        recurrences: the rules, each with its own zone.
        length: how long a check-in takes (15 minutes unless said otherwise).
        early: how long before its start it opens (15 minutes).
        late: how long after its start it closes (2 hours).
        reminders: when to remind, relative to the start; each lies inside the window.

    Raises:
        InvalidRhythm: there is no recurrence, the window is shorter than the check-in, or a reminder lies outside.

    Sources:
        15 minutes, 15 minutes and 2 hours: ours, no study.
    """

    kind: ClassVar[str] = "checkin.rhythm"

    recurrences: tuple[Recurrence, ...] = field()
    length: dt.timedelta = field(default=LENGTH)
    early: dt.timedelta = field(default=EARLY)
    late: dt.timedelta = field(default=LATE)
    reminders: tuple[dt.timedelta, ...] = field(default=())

    def __attrs_post_init__(self) -> None:
        """Refuse a rhythm that could not be kept."""
        if not self.recurrences or len(set(self.recurrences)) < len(self.recurrences):
            raise InvalidRhythm(
                "one or more recurrences, each of them once", f"{len(self.recurrences)} of them"
            )
        if self.early < NOTHING or not NOTHING < self.length <= self.late:
            raise InvalidRhythm(
                "a window that opens by the start and has room for the check-in", "another window"
            )
        if not all(-self.early <= reminder < self.late for reminder in self.reminders):
            raise InvalidRhythm("reminders inside the window", "one outside")

    @classmethod
    def of(
        cls,
        *recurrences: Recurrence,
        length: dt.timedelta = LENGTH,
        early: dt.timedelta = EARLY,
        late: dt.timedelta = LATE,
        reminders: tuple[dt.timedelta, ...] = (),
    ) -> Self:
        """Make a rhythm from its recurrences."""
        return cls(recurrences=recurrences, length=length, early=early, late=late, reminders=reminders)

    def window(self, start: pendulum.DateTime) -> Window:
        """Return the window of a check-in that starts at an instant."""
        return Window(start - self.early, start + self.late)
