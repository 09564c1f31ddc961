"""A call is one person's pause within a time-out, with the phases that it goes through."""

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Final

import pendulum
from attrs import evolve, frozen

from reconnect.temporal.elapsed import elapsed

__all__ = ["CONTRACT", "FLOOR", "LADDER", "Call", "Phase"]

FLOOR: Final = dt.timedelta(minutes=20)  # gottman.com: at least 20 minutes to calm down; clinical custom, not a trial
CONTRACT: Final = dt.timedelta(hours=24)  # gottman.com: not over 24 hours; clinical custom, not a trial
LADDER: Final = (  # terryreal.com: 20 minutes, 1-2 hours, half a day, a day; clinical custom, not a trial
    FLOOR,
    dt.timedelta(hours=1),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
    CONTRACT,
)


class Phase(Enum):
    """Where a time-out is as of an instant. None of them asks anything of those who wait."""

    RESTING = "resting"
    """The first 20 minutes: nobody is expected to answer."""
    READY = "ready"
    """Until the time at which the caller said they would be back."""
    WAITING = "waiting"
    """That time has passed. A new one can be named, and nobody needs to go after anybody."""
    RELEASED = "released"
    """A day has passed, or the caller left: nothing is expected of anyone."""
    RETURNED = "returned"
    """The caller came back."""
    STOPPED = "stopped"
    """Someone ended the talk, without a reason."""


@frozen(kw_only=True)
class Call:
    """One person's pause, as far as it has been told.

    Attributes:
        by: who called it.
        at: when.
        topic: what the talk was about, if they said so.
        until: when nothing is expected any more.
        named: when they said they would be back.
        renewed: whether they named a new time, ahead of them.
        returned: when they came back.
        stopped: whether someone ended the talk.
    """

    by: str
    at: pendulum.DateTime
    topic: str | None
    until: pendulum.DateTime
    named: pendulum.DateTime | None = None
    renewed: bool = False
    returned: pendulum.DateTime | None = None
    stopped: bool = False

    @cached_property
    def rested(self) -> pendulum.DateTime:
        """When the first 20 minutes have passed."""
        return elapsed(self.at, FLOOR)

    @cached_property
    def back(self) -> pendulum.DateTime:
        """When the caller checks in: at the time that they named, never before the first 20 minutes have passed."""
        return self.rested if self.named is None else max(self.rested, self.named)

    @property
    def is_over(self) -> bool:
        """Whether someone said that it is over: by coming back, or by ending the talk."""
        return self.stopped or self.returned is not None

    def known(self, at: pendulum.DateTime) -> "Call":
        """Return it as everyone knew it at an instant: that its caller would leave, nobody knew before they left."""
        return self if self.until <= at else evolve(self, until=elapsed(self.at, CONTRACT))

    def can_name(self, back_at: pendulum.DateTime, *, at: pendulum.DateTime) -> bool:
        """Tell whether the caller can name a time to be back: within the day, while nobody said that it is over."""
        return not self.is_over and at < self.until and back_at <= elapsed(self.at, CONTRACT)

    def phase(self, at: pendulum.DateTime) -> Phase:
        """Tell the phase at an instant up to which everything has been told."""
        spoken = Phase.STOPPED if self.stopped else Phase.RETURNED
        passing = ((self.is_over, spoken), (at >= self.until, Phase.RELEASED), (at < self.rested, Phase.RESTING))
        later = Phase.READY if at < self.back else Phase.WAITING
        return next((phase for holds, phase in passing if holds), later)

    def edges(self) -> Iterator[pendulum.DateTime]:
        """Go through the instants at which it may change although nobody says anything."""
        if not self.is_over:
            yield from (self.rested, self.back, self.until)
