"""A turn is one stretch of time in which one person convenes; its key stays the same when its holder changes."""

import datetime as dt
from enum import Enum

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidRotation
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.temporal.instant import as_instant
from reconnect.temporal.start import as_start
from reconnect.temporal.window import Window
from reconnect.temporal.zone import as_zone

__all__ = ["Turn", "TurnKey", "TurnReason", "Wish"]


@frozen(kw_only=True)
class TurnKey:
    """Which turn it is: the rotation, and the local time of its handoff, or how many turns were done before it.

    It stays the same when somebody else takes the turn, when the plan changes but keeps the handoff, and when the
    rules of a zone change.

    >>> TurnKey(rotation="r1", ordinal=3).ordinal
    3

    Attributes:
        rotation: the rotation's id.
        original_start: the local time of the handoff with which it begins, on the clock of `zone`.
        zone: an IANA zone.
        ordinal: for turns that end when they are done: how many turns were done before it.

    Raises:
        InvalidRotation: it names neither a handoff with its zone nor an ordinal from 0 on, or both.
        InvalidId: the id is empty, too long or unprintable.
        InvalidDate: the local start has a zone, or is no `datetime`.
        InvalidRecurrence: the local start is not at a whole second.
        InvalidZone: there is no such zone.
    """

    rotation: str = field(converter=as_id)
    original_start: dt.datetime | None = field(default=None, converter=optional(as_start))
    zone: str | None = field(default=None, converter=optional(as_zone))
    ordinal: int | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what names no turn."""
        timed = self.original_start is not None and self.zone is not None and self.ordinal is None
        done = self.original_start is None and self.zone is None and type(self.ordinal) is int and self.ordinal >= 0
        if not (timed or done):
            raise InvalidRotation("a handoff with its zone, or an ordinal from 0 on", "something else")


class TurnReason(Enum):
    """Why somebody holds a turn. None of them is a verdict."""

    PLAN = "plan"
    """The order came to them."""
    SWAP = "swap"
    """Two people exchanged their turns."""
    COVER = "cover"
    """They took it over for somebody."""
    PASSED_ON = "passed_on"
    """Whoever had it passed it on, which needs no reason."""
    AWAY = "away"
    """Whoever would have had it is away."""
    NOBODY = "nobody"
    """Nobody is available, and that is an answer, too."""


@frozen(kw_only=True)
class Turn:
    """One turn: whoever holds it convenes, which is to say opens the check-in and brings the agenda.

    It obliges nobody to apologise, to forgive, or to come close.

    Attributes:
        key: which turn it is.
        holder: who has it now, or `None` if nobody is available.
        planned: who had it by the plan; if it passed somebody by who is away, that person.
        reason: why the holder holds it.
        start: when it begins.
        end: when it ends; `None` while that is open.

    Raises:
        InvalidRotation: it ends before it begins, or nobody holds it for another reason than that nobody can.
    """

    key: TurnKey
    holder: str | None = field(converter=optional(as_id))
    planned: str = field(converter=as_id)
    reason: TurnReason
    start: pendulum.DateTime = field(converter=as_instant)
    end: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))

    def __attrs_post_init__(self) -> None:
        """Refuse a turn that no time belongs to, or that nobody holds without saying so."""
        if self.end is not None and self.end <= self.start:
            raise InvalidRotation("a turn that ends after it begins", "another one")
        if (self.holder is None) is not (self.reason is TurnReason.NOBODY):
            raise InvalidRotation("a holder, or the reason that there is none", "another reason")

    @property
    def window(self) -> Window | None:
        """From when to when it is; `None` while its end is open."""
        return None if self.end is None else Window(self.start, self.end)

    def __contains__(self, moment: dt.datetime) -> bool:
        """Tell whether an instant lies in the turn; its end does not."""
        at = as_instant(moment)
        return self.start <= at and (self.end is None or at < self.end)

    def phrase(self, *, to: str) -> Phrase:
        """Say whose turn it is, to one person."""
        if self.holder is None:
            return Phrase.of("rotation.nobody")
        mine = self.holder == to
        if self.end is None:
            return Phrase.of("rotation.yours_open" if mine else "rotation.theirs_open", person=self.holder)
        return Phrase.of("rotation.yours" if mine else "rotation.theirs", person=self.holder, until=self.end)


@frozen(kw_only=True)
class Wish:
    """What someone would like to give away, and what they would take for it; it waits for a yes, and asks nothing.

    Attributes:
        by: whose wish it is.
        give: the turn that somebody else may take.
        take: the turn they would take for it; `None` if they only ask for somebody to cover.
        other: whose turn that is; the swap is theirs to take.
    """

    by: str = field(converter=as_id)
    give: TurnKey
    take: TurnKey | None = None
    other: str | None = field(default=None, converter=optional(as_id))
