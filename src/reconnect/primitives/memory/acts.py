"""What people say about a memory; that somebody looked at one is theirs alone."""

import datetime as dt
from typing import ClassVar

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.day import as_date
from reconnect.temporal.instant import as_instant

__all__ = ["MemoryBack", "MemoryKept", "MemoryRecalled", "MemoryResting", "MemoryTakenBack", "Revisit"]


@register
@frozen(kw_only=True)
class MemoryKept:
    """One person tells what they remember, for themselves or for everyone.

    Attributes:
        text: what they remember, left out of `repr`.
        day: the day that it is about, if they know it.
    """

    kind: ClassVar[str] = "memory.kept"

    text: str = field(repr=False, converter=as_text)
    day: dt.date | None = field(default=None, converter=optional(as_date))


@register
@frozen(kw_only=True)
class MemoryTakenBack:
    """One person takes back what they told; it does not come back to anyone any more."""

    kind: ClassVar[str] = "memory.taken_back"
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class MemoryRecalled:
    """It came back to one person. Nobody else ever learns that."""

    kind: ClassVar[str] = "memory.recalled"
    heard: ClassVar[Heard] = Heard.PRIVATE


@register
@frozen(kw_only=True)
class MemoryResting:
    """One person would rather not be reminded of it for now. Nobody else ever learns that."""

    kind: ClassVar[str] = "memory.resting"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class MemoryBack:
    """One person is glad to be reminded of it again."""

    kind: ClassVar[str] = "memory.back"
    heard: ClassVar[Heard] = Heard.PRIVATE


@register
@frozen(kw_only=True)
class Revisit:
    """The wish to do again what a shared memory tells of: a value for a proposal, which anyone may decline or mute.

    Attributes:
        memory: the id of the memory.
        words: how one would like to do it this time; left out of `repr`.
        start: when, if one has a time in mind.
    """

    kind: ClassVar[str] = "memory.revisit"

    memory: str = field(converter=as_id)
    words: str = field(default="", repr=False, converter=as_text)
    start: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
