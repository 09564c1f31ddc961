"""What a gesture consists of: something given, and its giver's word that it has ended; there is nothing else."""

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.errors import InvalidCare
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.instant import is_a

__all__ = ["STANDS", "GestureEnded", "GestureGiven", "Warmth"]

STANDS: Final = dt.timedelta(days=1)  # ours, no study: nobody has to take a day back
LONGEST: Final = dt.timedelta(days=31)  # ours, no study: what holds for longer is better said again
NOTHING: Final = dt.timedelta(0)


class Warmth(Enum):
    """What a gesture says. None of it asks for anything."""

    HERE = "here"
    """I am here."""
    THINKING_OF_YOU = "thinking_of_you"
    """I am thinking of you."""
    THANK_YOU = "thank_you"
    """Thank you."""
    WELL_DONE = "well_done"
    """I am glad for you."""
    GOOD_DAY = "good_day"
    """Have a good day, or a good night."""


def _to(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise InvalidCare("a collection of ids", "one text")
    return tuple(sorted(set(map(as_id, value))))


limit(_to, each=as_id)


def _stands(value: dt.timedelta) -> dt.timedelta:
    if not is_a(value, dt.timedelta) or not NOTHING < value <= LONGEST:
        raise InvalidCare("a time of more than nothing and at most 31 days", "another one")
    return value


@register
@frozen(kw_only=True)
class GestureGiven:
    """One person gives something warm; there is no field for an answer, and none for whether anyone saw it.

    Attributes:
        warmth: what it says.
        to: for whom; for everyone in the circle if nobody is named.
        words: a few words of their own, left out of `repr`.
        stands: for how long it stands.

    Raises:
        InvalidCare: one text instead of ids, or it stands for no time, or for more than 31 days.
    """

    kind: ClassVar[str] = "gesture.given"
    heard: ClassVar[Heard] = Heard.SHARED

    warmth: Warmth
    to: tuple[str, ...] = field(default=(), converter=_to)
    words: str = field(default="", repr=False, converter=as_text)
    stands: dt.timedelta = field(default=STANDS, converter=_stands)


@register
@frozen(kw_only=True)
class GestureEnded:
    """Its giver ends it: alone, at once, without a reason."""

    kind: ClassVar[str] = "gesture.ended"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True
