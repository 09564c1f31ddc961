"""A nudge cap is a recipient's own measure of reminders; what is above it is held, and no sender can tell."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final

from attrs import field, frozen

from reconnect.errors import InvalidBoundary
from reconnect.limits import limit
from reconnect.primitives.boundary.rule import as_length
from reconnect.record.kind import Heard, register
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = ["NudgeCap", "nudges_to_deliver", "own_cap"]

DAY: Final = dt.timedelta(days=1)  # ours, no study: a day is what people have a feeling for
SHORTEST: Final = dt.timedelta(minutes=1)  # ours, no study
LONGEST: Final = dt.timedelta(days=31)  # ours, no study: as for a limit on how often
MOST: Final = 1000  # ours, no study: more is no cap


def _most(value: int) -> int:
    if type(value) is not int or not 0 <= value <= MOST:
        raise InvalidBoundary(f"a whole number from 0 to {MOST}", f"another {type(value).__name__}")
    return value


limit(_most, least=0, most=MOST)


def _within(value: dt.timedelta) -> dt.timedelta:
    return as_length(value, least=SHORTEST, most=LONGEST)


@register
@frozen(kw_only=True)
class NudgeCap:
    """How many nudges a person would like to get within a time: private, theirs alone, and changed whenever.

    It is no part of a ruling: a sender who could see it could find out where it lies. The app asks
    `nudges_to_deliver` on the way to the recipient instead, and tells every sender the same.

    Attributes:
        most: so many at most; 0 is none.
        within: in so much time (a day).

    Raises:
        InvalidBoundary: `most` is no whole number from 0 to 1,000, or the time is none from a minute to 31 days.

    Sources:
        A day, and the bounds: ours, no study.
    """

    kind: ClassVar[str] = "boundary.nudge_cap"
    heard: ClassVar[Heard] = Heard.PRIVATE

    most: int = field(converter=_most)
    within: dt.timedelta = field(default=DAY, converter=_within)


def nudges_to_deliver(view: View, *, waiting: int, delivered: Iterable[dt.datetime] = ()) -> int:
    """Tell the host how many of the nudges that wait for the reader can be delivered now; the rest are held.

    The reader's newest `NudgeCap` counts, and the smallest of several that came at one instant.

    Args:
        view: the recipient's own view.
        waiting: how many nudges wait for them.
        delivered: when earlier ones were delivered to them.

    Laws:
        Never more than wait, never fewer than none; within any stretch as long as the cap says, what was delivered
        stays at or below it, if only what this allows is delivered. What others see depends on none of it.
    """
    cap = own_cap(view)
    if cap is None:
        return waiting
    moments = map(as_instant, delivered)
    lately = sum(moment <= view.at < elapsed(moment, cap.within) for moment in moments)
    return max(0, min(waiting, cap.most - lately))


def own_cap(view: View) -> NudgeCap | None:
    """Return the reader's own cap, `None` if they never named one: the newest, and the smallest of one instant."""
    caps = [
        (entry.at, -body.most, body)
        for entry in view.entries(kind=NudgeCap)
        if isinstance(body := entry.body, NudgeCap)
    ]
    return max(caps, key=lambda each: each[:2])[2] if caps else None
