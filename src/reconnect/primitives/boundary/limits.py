"""Rules that set a measure: closeness by consent, no reply expected, how deep, and how often."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from typing import ClassVar, Final

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidBoundary
from reconnect.limits import limit
from reconnect.people.person import as_id
from reconnect.primitives.boundary.action import (
    DEEPEST,
    Action,
    AskQuestion,
    ComeClose,
    ExpectReply,
    MakeContact,
    Nudge,
    as_depth,
)
from reconnect.primitives.boundary.rule import Told, as_length
from reconnect.primitives.boundary.ruling import PERMIT, Ruling
from reconnect.record.kind import register
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import is_a

__all__ = ["ByConsent", "DepthLimit", "FrequencyLimit", "NoReplyExpected"]

SHORTEST: Final = dt.timedelta(minutes=1)  # ours, no study
LONGEST: Final = dt.timedelta(days=31)  # ours, no study: what is rarer than monthly is a talk, not a limit
MOST: Final = 1000  # ours, no study: more is no limit


def _gestures(value: Iterable[str]) -> tuple[str, ...]:
    if is_a(value, str):
        raise InvalidBoundary("a collection of gestures", "one text")
    return tuple(sorted(set(map(as_id, value))))


limit(_gestures, each=as_id)


@register
@frozen(kw_only=True)
class ByConsent:
    """Gestures and closeness are asked for each time; a yes of yesterday is no yes of today.

    Attributes:
        gestures: which ones, sorted; none named means every one.
    """

    kind: ClassVar[str] = "boundary.by_consent"

    gestures: tuple[str, ...] = field(default=(), converter=_gestures)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:  # noqa: ARG002 - at any time
        """Ask the person it protects first."""
        asks = isinstance(action, ComeClose) and (not self.gestures or action.gesture in self.gestures)
        return Ruling(ask_first=frozenset({action.toward})) if asks else PERMIT


@register
@frozen(kw_only=True)
class NoReplyExpected:
    """Messages are welcome, and nobody waits for an answer to them."""

    kind: ClassVar[str] = "boundary.no_reply_expected"

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:  # noqa: ARG002 - at any time
        """Say no to expecting a reply, and to nothing else."""
        return Ruling(deny=True) if isinstance(action, ExpectReply) else PERMIT


def _deepest(value: int) -> int:
    return as_depth(value, least=0)


limit(_deepest, least=0, most=DEEPEST)


@register
@frozen(kw_only=True)
class DepthLimit:
    """Opening questions stay this light until whoever it protects would like more.

    >>> DepthLimit(deepest=1).ruling(AskQuestion(by="ben", toward="ana", depth=2), at=None, told=Told()).deny
    True

    Attributes:
        deepest: the deepest question that is welcome, from 0 (none for now) to 3.

    Raises:
        InvalidBoundary: it is no whole number from 0 to 3.

    Sources:
        Three depths: Aron et al. 1997, whose 36 questions come in three sets.
    """

    kind: ClassVar[str] = "boundary.depth_limit"

    deepest: int = field(converter=_deepest)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:  # noqa: ARG002 - at any time
        """Say no to a question that goes deeper."""
        deeper = isinstance(action, AskQuestion) and action.depth > self.deepest
        return Ruling(deny=True) if deeper else PERMIT


def _most(value: int) -> int:
    if type(value) is not int or not 1 <= value <= MOST:
        raise InvalidBoundary(f"a whole number from 1 to {MOST}", f"another {type(value).__name__}")
    return value


limit(_most, least=1, most=MOST)


def _within(value: dt.timedelta) -> dt.timedelta:
    return as_length(value, least=SHORTEST, most=LONGEST)


@register
@frozen(kw_only=True)
class FrequencyLimit:
    """So many contacts within a time, and then a little room.

    Only contacts that were shared as such are counted, and each person's own: nobody uses up what is another's.

    >>> noon = pendulum.datetime(2026, 1, 5, 12)
    >>> twice = FrequencyLimit(most=2, within=dt.timedelta(hours=1))
    >>> told = Told(contacts=(noon, noon.add(minutes=30)))
    >>> twice.ruling(MakeContact(by="ben", toward="ana"), at=noon.add(minutes=40), told=told).not_before
    DateTime(2026, 1, 5, 13, 0, 0, tzinfo=Timezone('UTC'))

    Attributes:
        most: how many contacts (messages, calls, nudges) are welcome.
        within: the time in which they are counted; real time, whatever clocks do.

    Raises:
        InvalidBoundary: `most` is no whole number from 1 to 1,000, or the time is none from a minute to 31 days.

    Sources:
        The bounds: ours, no study.
    """

    kind: ClassVar[str] = "boundary.frequency_limit"

    most: int = field(converter=_most)
    within: dt.timedelta = field(converter=_within)

    def ruling(self, action: Action, *, at: pendulum.DateTime, told: Told) -> Ruling:
        """Ask to wait until there is room for one more."""
        so_far = bisect_right(told.contacts, at)
        if not isinstance(action, MakeContact | Nudge) or so_far < self.most:
            return PERMIT
        room = elapsed(told.contacts[so_far - self.most], self.within)
        return Ruling(not_before=room) if at < room else PERMIT
