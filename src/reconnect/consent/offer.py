"""An offer is a value that one person puts before everyone, and these are the acts that answer it."""

import datetime as dt
from enum import Enum
from typing import ClassVar, Final

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidOffer
from reconnect.people.person import as_id
from reconnect.record.kind import Body, Heard, as_shared, as_text, register
from reconnect.temporal.instant import as_instant

__all__ = [
    "Accepted",
    "Agreed",
    "Countered",
    "Declined",
    "Muted",
    "Offer",
    "Offered",
    "Terms",
    "Withdrawn",
]

OFFER_STANDS: Final = dt.timedelta(days=30)  # ours, no study: long enough to think, then it rests by itself
REVIEW_AFTER: Final = dt.timedelta(days=90)  # ours, no study (rules: values in force carry a review date)
LONGEST_REVIEW: Final = dt.timedelta(days=3653)  # ours, no study: ten years unread is no consent
NOTHING: Final = dt.timedelta(0)


def _review(value: dt.timedelta) -> dt.timedelta:
    if not isinstance(value, dt.timedelta) or not dt.timedelta(0) < value <= LONGEST_REVIEW:  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidOffer("a time to the next review, from more than nothing to ten years", "another")
    return value


def _standing(value: dt.timedelta) -> dt.timedelta:
    if not isinstance(value, dt.timedelta) or not NOTHING < value <= LONGEST_REVIEW:  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidOffer("an offer that can be answered for some time, up to ten years", "another")
    return value


@frozen(kw_only=True)
class Terms:
    """What an offer says: the value, until when it can be answered, and how long it holds once it is agreed.

    A time to answer is counted from the receipt of the offer, which is no part of what it says. So an offer that
    is sent again a moment later says the very same, and is the same offer.

    Attributes:
        value: what is offered.
        stands: for how long it can be answered, unless `expires` says until when.
        expires: the instant until which it can be answered, if it was offered so.
        lasts: how long it holds after the last yes, until it is looked at again.
        why: what it is for, in the words of whoever offers it, if they like to say so; left out of `repr`.
    """

    value: Body = field(converter=as_shared)
    stands: dt.timedelta = field(default=OFFER_STANDS, converter=_standing)
    expires: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    lasts: dt.timedelta = field(default=REVIEW_AFTER, converter=_review)
    why: str = field(default="", repr=False, converter=as_text)

    def until(self, received: pendulum.DateTime) -> pendulum.DateTime:
        """Return until when an offer that was received at an instant can be answered."""
        return as_instant(received + self.stands) if self.expires is None else self.expires


@register
@frozen(kw_only=True)
class Offered(Terms):
    """The act that begins a proposal, and its author's yes."""

    kind: ClassVar[str] = "proposal.offered"
    heard: ClassVar[Heard] = Heard.SHARED

    about: str | None = field(default=None, converter=optional(as_id))


@register
@frozen(kw_only=True)
class Countered(Terms):
    """Another offer in reply to someone else's: it voids the yeses so far and is its author's yes."""

    kind: ClassVar[str] = "proposal.countered"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Accepted:
    """One person's yes to one very offer."""

    kind: ClassVar[str] = "proposal.accepted"
    heard: ClassVar[Heard] = Heard.SHARED

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Declined:
    """One person's no, said aloud because they chose to say it."""

    kind: ClassVar[str] = "proposal.declined"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Withdrawn:
    """One person ends it for their part: at once, alone, without a reason, and for good for that offer."""

    kind: ClassVar[str] = "proposal.withdrawn"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Muted:
    """Not wanting to see an offer: it leaves its author's outlook, and nobody else can tell."""

    kind: ClassVar[str] = "proposal.muted"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


class Agreed(Enum):
    """How a proposal stands."""

    OPEN = "open"
    """Somebody's yes is missing and may still come."""
    IN_FORCE = "in_force"
    """Everyone's yes stands."""
    RESTING = "resting"
    """It held once; it lapsed or was withdrawn, which look alike."""
    SET_ASIDE = "set_aside"
    """It never held: it expired unanswered, was withdrawn before, or someone said no aloud."""


@frozen(kw_only=True)
class Offer:
    """One offer within a proposal. Its id is a digest of who offered what, so a yes can mean nothing else.

    Attributes:
        id: what an answer names.
        value: what is offered.
        by: whose offer it is; offering is saying yes.
        at: since when.
        expires: until when it can be answered.
        lasts: how long it holds after the last yes, until it is looked at again.
        people: whom it concerns: those who were in the circle when it was made.
        why: what it is for, in the words of whoever offered it; they are part of what a yes says yes to.
    """

    id: str
    value: Body
    by: str
    at: pendulum.DateTime
    expires: pendulum.DateTime
    lasts: dt.timedelta
    people: tuple[str, ...]
    why: str = field(default="", repr=False)
