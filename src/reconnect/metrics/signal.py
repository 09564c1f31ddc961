"""A signal says that the silence between people is longer than theirs usually are: to everyone alike, or to nobody."""

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import quantiles
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.mute import is_quiet
from reconnect.consent.mutual import everyones_word
from reconnect.people.circle import Circle
from reconnect.phrase import Phrase
from reconnect.primitives.boundary import all_boundaries
from reconnect.primitives.checkin import scheduled
from reconnect.primitives.recovery import Phase, TimeOut
from reconnect.record.kind import Heard, register
from reconnect.record.membership import is_circle_act
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Signal", "SignalWish", "signal"]

ENOUGH: Final = 10  # silences below which nobody can tell what is usual; ours, no study
MOST: Final = 60  # the latest silences count; ours: what was usual long ago may not be usual now
ONE_EXCHANGE: Final = dt.timedelta(days=1)  # ours: what is said within a day is one exchange
LEAST: Final = dt.timedelta(days=3)  # ours: less than that is a full week, whatever is usual
FENCE: Final = Fraction(3, 2)  # custom, no study: beyond the upper quartile by so many spreads is unusual
BREAK: Final = dt.timedelta(hours=24)  # a time-out is released after a day (rules: at call + 24 h)
TICK: Final = dt.timedelta(microseconds=1)
CAUSES: Final = (Phrase.of("signal.cause_1"), Phrase.of("signal.cause_2"), Phrase.of("signal.cause_3"))
NEEDS: Final = (Phrase.of("signal.need_1"), Phrase.of("signal.need_2"), Phrase.of("signal.need_3"))
STEPS: Final = (Phrase.of("signal.step_1"), Phrase.of("signal.step_2"), Phrase.of("signal.step_3"))


@register
@frozen(kw_only=True)
class SignalWanted:
    """One person's yes to being told of an unusual silence."""

    kind: ClassVar[str] = "signal.wanted"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class SignalUnwanted:
    """One person would rather not be told any more; then nobody is."""

    kind: ClassVar[str] = "signal.unwanted"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@frozen(kw_only=True)
class SignalWish(Story):
    """Everyone's wish to be told of an unusual silence; without it nobody is.

    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> one = SignalWish.of(id="x1", circle=us, by="ana", at=now)
    >>> both = one.want(by="ben", at=now)
    >>> one.in_force(at=now), both.in_force(at=now), both.end(by="ana", at=now).in_force(at=now)
    (False, True, False)

    Laws:
        In force if and only if the latest word of everyone in the circle is a yes. When someone joins, it begins
        afresh. At equal instants a no wins.
    """

    bodies: ClassVar[tuple[type, ...]] = (SignalWanted, SignalUnwanted)
    opening: ClassVar[tuple[type, ...]] = (SignalWanted,)

    @classmethod
    def of(
        cls,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Say first that one would like to be told."""
        return cls.begin(SignalWanted(), id=id, circle=circle, by=by, at=at)

    def want(self, *, by: str, at: dt.datetime) -> Self:
        """Say that one would like to be told, too, or again."""
        return self.say(SignalWanted(), by=by, at=at)

    def end(self, *, by: str, at: dt.datetime) -> Self:
        """Take it back, alone, at once and for no reason; from then on nobody is told."""
        return self.say(SignalUnwanted(), by=by, at=at)

    def in_force(self, *, at: dt.datetime) -> bool:
        """Tell whether everyone's yes stands at an instant."""
        return bool(everyones_word(self, SignalWanted, at=as_instant(at)))


@frozen(kw_only=True)
class Signal:
    """What may be said of a silence: about the exchange and about nobody, the same to everyone.

    It holds no number, no date and no name. It is not said why it is silent, because nobody here knows.

    Attributes:
        says: that the silence is longer than theirs usually are.
        causes: innocent causes, which come first.
        needs: what somebody may need; perhaps the reader.
        steps: a patient plan of the reader's own steps, more of it the longer the silence; each can be left.
        step_back: that one may let it be, too.
    """

    says: Phrase
    causes: tuple[Phrase, ...]
    needs: tuple[Phrase, ...]
    steps: tuple[Phrase, ...]
    step_back: Phrase

    def phrases(self) -> tuple[Phrase, ...]:
        """Return all of it in the order in which one would tell it."""
        return (self.says, *self.causes, *self.needs, *self.steps, self.step_back)


def signal(view: View) -> Signal | None:
    """Tell whether the silence between people is longer than theirs usually are, if all of them wished to be told.

    Usual is their own: the silences between their shared acts so far, at least ten of them. What is said within a day
    is one exchange, and time in a break or a planned pause is no silence. It never speaks in a time-out, a planned
    pause or somebody's quiet hours, nor to a reader who is quiet. It rests on shared acts alone.

    Args:
        view: whose view it is, and as of when.

    Laws:
        Everyone who is told anything is told the same. What is kept private changes nothing. Silent until all wish for
        it, and from the instant at which one of them does not.

    Sources:
        Ten silences, three days at least: ours, no study. The fence beyond the upper quartile: custom, no study.
    """
    wished = any(wish.in_force(at=view.at) for wish in view.all(SignalWish))
    if not wished or is_quiet(view) or view.reader not in view.members:
        return None
    acts = _exchanged(view)
    reach = Window(min([view.at, *acts]), elapsed(view.at, TICK))
    pauses = Windows.of(*_pauses(view)) & Windows.of(reach)
    if not acts or view.at in pauses or _is_in_quiet_hours(view):
        return None
    usual = [_apart(one, other, pauses) for one, other in _silences(acts)][-MOST:]
    if len(usual) < ENOUGH:
        return None
    lower, _, upper = quantiles([Fraction(gap // TICK) for gap in usual], n=4, method="inclusive")
    fence = max(upper + FENCE * (upper - lower), Fraction(LEAST // TICK))
    longer = int(Fraction(_apart(acts[-1], view.at, pauses) // TICK) / fence)
    if not longer:
        return None
    return Signal(
        says=Phrase.of("signal.longer"),
        causes=CAUSES,
        needs=NEEDS,
        steps=STEPS[:longer],
        step_back=Phrase.of("signal.step_back"),
    )


def _exchanged(view: View) -> list[pendulum.DateTime]:
    """Return when people who are here now shared anything with each other, since the last of them came, in order."""
    since = max(stay.since for stay in view.membership.stays if stay.covers(view.at))
    return [
        entry.at
        for entry in view.shared_only().visible
        if entry.at >= since
        and entry.author in view.members
        and not is_circle_act(entry)
        and not isinstance(entry.body, SignalWish.bodies)
    ]


def _silences(acts: Sequence[pendulum.DateTime]) -> Iterator[tuple[pendulum.DateTime, pendulum.DateTime]]:
    """Go through the silences so far: from the last act of one exchange to the first of the next."""
    began = acts[0]
    for one, other in pairwise(acts):
        if dt.datetime.__sub__(other, began) >= ONE_EXCHANGE:
            began = other
            yield one, other


def _apart(since: pendulum.DateTime, until: pendulum.DateTime, pauses: Windows) -> dt.timedelta:
    """Return how long it was silent, without the time in breaks and pauses."""
    if since == until:
        return dt.timedelta(0)
    window = Window(since, until)
    return window.length - (pauses & Windows.of(window)).total


def _pauses(view: View) -> Iterator[Window]:
    for time_out in view.all(TimeOut):
        for call in time_out.calls(at=view.at):
            day = Window(call.at, elapsed(call.at, BREAK))
            yield from (
                window for window, phase in time_out.phases(day) if phase in {Phase.RESTING, Phase.READY, Phase.WAITING}
            )
    for schedule in scheduled(view):
        yield from schedule.paused(at=view.at)


def _is_in_quiet_hours(view: View) -> bool:
    now = Window(view.at, elapsed(view.at, TICK))
    return any(each.quiet(of=person, within=now) for each in all_boundaries(view) for person in view.members)
