"""What people say about check-ins: each of these is one act in the story of a schedule."""

from typing import ClassVar, Final

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidBody
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.primitives.checkin.occurrence import OccurrenceKey
from reconnect.record.kind import Heard, register
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Felt", "Held", "LetGo", "Moved", "Paused", "Rainchecked", "Resumed", "Scheduled", "Stopped"]

LEAST: Final = 1
MOST: Final = 5  # ours: five steps, as on the neutral mood scale


@register
@frozen(kw_only=True)
class Scheduled:
    """The act that begins a schedule: it names the proposal whose rhythm it follows."""

    kind: ClassVar[str] = "checkin.scheduled"
    heard: ClassVar[Heard] = Heard.SHARED

    proposal: str = field(converter=as_id)


def _rating(value: int) -> int:
    if type(value) is not int or not LEAST <= value <= MOST:
        raise InvalidBody(f"a whole number from {LEAST} to {MOST}", f"another {type(value).__name__}")
    return value


limit(_rating, least=LEAST, most=MOST)


@register
@frozen(kw_only=True)
class Felt:
    """How constructive one check-in felt to its author, from 1 (not really) to 5 (very); private unless shared."""

    kind: ClassVar[str] = "checkin.felt"

    key: OccurrenceKey
    constructive: int = field(repr=False, converter=_rating)


@register
@frozen(kw_only=True)
class Held:
    """A check-in took place; said by one, it holds for all."""

    kind: ClassVar[str] = "checkin.held"
    heard: ClassVar[Heard] = Heard.SHARED

    key: OccurrenceKey
    when: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))


@register
@frozen(kw_only=True)
class LetGo:
    """One person lets a check-in go."""

    kind: ClassVar[str] = "checkin.let_go"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    key: OccurrenceKey


@register
@frozen(kw_only=True)
class Moved:
    """One person's yes to another slot for a check-in."""

    kind: ClassVar[str] = "checkin.moved"
    heard: ClassVar[Heard] = Heard.SHARED

    key: OccurrenceKey
    to: pendulum.DateTime = field(converter=as_instant)


@register
@frozen(kw_only=True)
class Rainchecked:
    """One person's "not now, then": the old slot is free, and this is their yes to the new one."""

    kind: ClassVar[str] = "checkin.rainchecked"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    key: OccurrenceKey
    to: pendulum.DateTime = field(converter=as_instant)


@register
@frozen(kw_only=True)
class Paused:
    """One person pauses the check-ins that start in a window."""

    kind: ClassVar[str] = "checkin.paused"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    window: Window


@register
@frozen(kw_only=True)
class Resumed:
    """One person ends their own planned pauses."""

    kind: ClassVar[str] = "checkin.resumed"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class Stopped:
    """One person ends the check-ins."""

    kind: ClassVar[str] = "checkin.stopped"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True
