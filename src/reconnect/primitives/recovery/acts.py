"""What people say around a pause: each of these is one act in the story of a time-out or of what follows it."""

from typing import ClassVar

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.instant import as_instant

__all__ = [
    "BroughtUp",
    "Called",
    "FollowUpAt",
    "Parked",
    "Returned",
    "SmallWin",
    "TalkStopped",
    "TopicReturn",
    "Updated",
]


@register
@frozen(kw_only=True)
class Called:
    """One person calls a time-out, at once and alone; they may name when they will be back, and the topic."""

    kind: ClassVar[str] = "time_out.called"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    back_at: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    topic: str | None = field(default=None, converter=optional(as_id))


@register
@frozen(kw_only=True)
class Updated:
    """The caller names another time to be back."""

    kind: ClassVar[str] = "time_out.updated"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    back_at: pendulum.DateTime = field(converter=as_instant)


@register
@frozen(kw_only=True)
class Returned:
    """The caller is back."""

    kind: ClassVar[str] = "time_out.returned"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class TalkStopped:
    """One person ends the talk that was paused; it needs no return and no reason."""

    kind: ClassVar[str] = "time_out.stopped"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class FollowUpAt:
    """One person's yes to a time for the follow-up."""

    kind: ClassVar[str] = "recovery.follow_up_at"
    heard: ClassVar[Heard] = Heard.SHARED

    start: pendulum.DateTime = field(converter=as_instant)


@register
@frozen(kw_only=True)
class BroughtUp:
    """One person brings a topic up after a return, such as an old wound."""

    kind: ClassVar[str] = "recovery.brought_up"
    heard: ClassVar[Heard] = Heard.SHARED

    topic: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Parked:
    """Whoever brought a topic up leaves it for another day; nobody else can."""

    kind: ClassVar[str] = "recovery.parked"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    topic: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class SmallWin:
    """Something small that went well while coming back; its author's own unless they share it."""

    kind: ClassVar[str] = "recovery.small_win"

    text: str = field(repr=False, converter=as_text)


@register
@frozen(kw_only=True)
class TopicReturn:
    """An offer to talk about a topic again: a value for a proposal, which anyone may decline, mute or counter.

    Attributes:
        topic: the topic's key.
        start: when to talk about it.
    """

    kind: ClassVar[str] = "recovery.topic_return"

    topic: str = field(converter=as_id)
    start: pendulum.DateTime = field(converter=as_instant)
