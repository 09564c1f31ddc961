"""Rules that pause: after a declared heated exchange, after "that stung", and on an agreed sign."""

import datetime as dt
from typing import ClassVar, Final

import pendulum
from attrs import field, frozen

from reconnect.people.person import as_id
from reconnect.primitives.boundary.action import Action, OfferRepair
from reconnect.primitives.boundary.rule import Told, as_length
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.record.kind import register
from reconnect.temporal.elapsed import elapsed

__all__ = ["Cooldown", "PauseCue", "PauseOnHurt"]

FLOOR: Final = dt.timedelta(minutes=20)  # found: gottman.com and pages quoting it; clinical custom, not a trial
LONGEST: Final = dt.timedelta(hours=24)  # found: the same pages: not over 24 h
SHORTEST: Final = dt.timedelta(minutes=1)  # ours, no study: less is no pause
STUNG: Final = dt.timedelta(minutes=20)  # ours, no study: as long as the break above


def _cooling(value: dt.timedelta) -> dt.timedelta:
    return as_length(value, least=FLOOR, most=LONGEST)


def _pausing(value: dt.timedelta) -> dt.timedelta:
    return as_length(value, least=SHORTEST, most=LONGEST)


def _after(moment: pendulum.DateTime | None, length: dt.timedelta, at: pendulum.DateTime) -> Ruling:
    """Ask to wait until so much time has really passed since something was said."""
    if moment is None or elapsed(moment, length) <= at:
        return PERMIT
    return Ruling(not_before=elapsed(moment, length))


@register
@frozen(kw_only=True)
class Cooldown:
    """After an exchange that someone declared heated, there is a time in which nobody is reached.

    Time is what really passes, whatever clocks do. The first 20 minutes cannot be shortened, and a cooldown lowers
    nothing that is counted anywhere.

    >>> night = pendulum.datetime(2026, 3, 29, 0, 50)  # ten minutes before clocks jump in Paris
    >>> from reconnect.primitives.boundary.action import MakeContact
    >>> Cooldown().ruling(MakeContact(by="ben", toward="ana"), at=night, told=Told(heated=night)).not_before
    DateTime(2026, 3, 29, 1, 10, 0, tzinfo=Timezone('UTC'))

    Attributes:
        length: how long it takes (20 minutes, and at most 24 hours).

    Raises:
        InvalidBoundary: it is shorter than 20 minutes or longer than 24 hours.

    Sources:
        20 minutes, 24 hours: gottman.com and pages that quote it; clinical custom, not a trial.
    """

    kind: ClassVar[str] = "boundary.cooldown"

    length: dt.timedelta = field(default=FLOOR, converter=_cooling)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:  # noqa: ARG002 - any action
        """Ask to wait until the cooldown is over."""
        return _after(told.heated, self.length, at)


@register
@frozen(kw_only=True)
class PauseOnHurt:
    """After anyone said "that stung", there is a pause in which only making good is welcome.

    It rests on what someone declared, never on what anybody wrote or how it sounded. Whoever says it is asked
    nothing, and owes no reason.

    Attributes:
        length: how long it takes (20 minutes, and at most 24 hours).

    Raises:
        InvalidBoundary: it is shorter than a minute or longer than 24 hours.

    Sources:
        20 minutes: ours, no study.
    """

    kind: ClassVar[str] = "boundary.pause_on_hurt"

    length: dt.timedelta = field(default=STUNG, converter=_pausing)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:
        """Ask to wait with everything but a step to make good."""
        return PERMIT if isinstance(action, OfferRepair) else _after(told.stung, self.length, at)


@register
@frozen(kw_only=True)
class PauseCue:
    """A word or a sign that people agreed on: whoever gives it begins a pause.

    Attributes:
        cue: the word or the sign, as everyone knows it.
        length: how long the pause takes (20 minutes, and at most 24 hours).

    Raises:
        InvalidId: the cue is empty, too long or unprintable.
        InvalidBoundary: it is shorter than a minute or longer than 24 hours.

    Sources:
        20 minutes: ours, no study.
    """

    kind: ClassVar[str] = "boundary.pause_cue"

    cue: str = field(converter=as_id)
    length: dt.timedelta = field(default=STUNG, converter=_pausing)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:  # noqa: ARG002 - any action
        """Ask to wait until the pause is over."""
        return _after(dict(told.cues).get(self.cue), self.length, at)
