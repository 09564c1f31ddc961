"""A time-out is a pause in a talk that one person calls, and that says when they will be back."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Self

import pendulum
from attrs import frozen

from reconnect.errors import InvalidRecovery, NotOpen, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.phrase import Phrase
from reconnect.primitives.recovery.acts import Called, Returned, TalkStopped, Updated
from reconnect.primitives.recovery.call import CONTRACT, LADDER, Call, Phase
from reconnect.primitives.recovery.history import ACTS, History, history, strongest
from reconnect.primitives.recovery.words import of_pause
from reconnect.record.story import Story
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["TimeOut"]


@frozen(kw_only=True)
class TimeOut(Story):
    """A pause that says when the talk goes on.

    Anyone may call one, at once and alone, whatever else is going on; nobody needs permission. Calling it costs
    nothing, and how fast anyone comes back is not measured. Whoever waits has nothing to do and nobody to chase.

    A time named before the first 20 minutes have passed does not shorten them, and the caller may come back
    whenever they like: even after a day, when nothing is expected of anyone any more.

    >>> import pendulum
    >>> evening = pendulum.datetime(2026, 1, 5, 21)
    >>> pause = TimeOut.call(id="t1", circle="c1", by="ana", at=evening, back_at=evening.add(minutes=5))
    >>> pause.phase(at=evening.add(minutes=10)), pause.phase(at=evening.add(minutes=20))
    (<Phase.RESTING: 'resting'>, <Phase.WAITING: 'waiting'>)
    >>> pause = pause.update(evening.add(hours=2), by="ana", at=evening.add(minutes=25))
    >>> pause.phase(at=evening.add(minutes=30))
    <Phase.READY: 'ready'>
    >>> pause.returned(by="ana", at=evening.add(hours=30)).phase(at=evening.add(hours=30))
    <Phase.RETURNED: 'returned'>

    Two people who call under one id, perhaps at the same moment, each have a pause of their own: nobody's call is
    lost, and the time-out is in the phase of the one that protects most.

    Laws:
        Phases tile time from the call on. The phase at `t` depends only on acts at or before `t`. No call of a
        member is ever in vain. `back_at` never shortens the first 20 minutes.

    Sources:
        20 minutes and 24 hours: gottman.com and pages that quote it; the steps between: terryreal.com. Clinical
        custom, not trials.
    """

    bodies: ClassVar[tuple[type, ...]] = ACTS
    opening: ClassVar[tuple[type, ...]] = (Called,)

    @classmethod
    def call(
        cls,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
        back_at: dt.datetime | None = None,
        topic: str | None = None,
    ) -> Self:
        """Call a time-out, alone and at once. Each one has an id of its own.

        Args:
            id: the id of this time-out.
            circle: the circle, or its id.
            by: who calls it.
            at: now, as the host sees it.
            back_at: when they will be back, within 24 hours; a check-in after 20 minutes unless they say so.
            topic: the key of what the talk was about, so that it can rest.

        Raises:
            InvalidRecovery: the time to be back is more than 24 hours away.
            NotAMember: the circle is known and `by` is not in it at that time.
        """
        body = Called(back_at=back_at, topic=topic)
        _require_within(body.back_at, elapsed(as_instant(at), CONTRACT))
        return cls.begin(body, id=id, circle=circle, by=by, at=at)

    def update(self, back_at: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Name another time to be back, as often as one likes within the 24 hours, sooner or later.

        Raises:
            InvalidRecovery: the time lies more than 24 hours after the call.
            NotOpen: it is over, or the 24 hours have passed.
            NotYours: someone else called it.
        """
        call, body = self._own(by, at), Updated(back_at=back_at)
        _require_within(body.back_at, elapsed(call.at, CONTRACT))
        if not call.can_name(body.back_at, at=as_instant(at)):
            raise NotOpen("a time-out")
        return self if body.back_at == call.named else self.say(body, by=by, at=at)

    def returned(self, *, by: str, at: dt.datetime) -> Self:
        """Say that one is back; it is welcome at any time, once is enough, and nobody counts the minutes.

        Raises:
            NotOpen: someone ended the talk.
            NotYours: someone else called it.
        """
        call = self._own(by, at)
        if call.stopped:
            raise NotOpen("a time-out")
        return self if call.returned is not None else self.say(Returned(), by=by, at=at)

    def stop(self, *, by: str, at: dt.datetime) -> Self:
        """End the talk, alone, at once, and without a reason; never refused to anyone in the circle.

        Raises:
            NotAMember: the circle is known and `by` is not in it at that time.
            UnknownStory: nobody had called it by then.
        """
        ended = all(call.stopped for call in self.calls(at=at))
        return self if ended else self.say(TalkStopped(), by=by, at=at)

    def calls(self, *, at: dt.datetime) -> tuple[Call, ...]:
        """Return each caller's pause as of an instant; almost always one.

        Raises:
            UnknownStory: nobody had called it by then.
        """
        moment = as_instant(at)
        place = bisect_right(self._history, moment, key=lambda told: told[0])
        if not place:
            raise UnknownStory(type(self).__name__)
        return tuple(call.known(moment) for call in self._history[place - 1][1])

    def phase(self, *, at: dt.datetime) -> Phase:
        """Tell the phase as of an instant.

        Raises:
            UnknownStory: nobody had called it by then.
        """
        return strongest(self.calls(at=at), as_instant(at))[0]

    def phases(self, within: Window) -> Iterator[tuple[Window, Phase]]:
        """Go through the phases within a window, as people knew them, without a gap from the call on.

        What lies ahead of the last act is told as it will be if nobody says anything more.
        """
        start, now = within.start, None
        for edge in self._edges(within):
            phase = self.phase(at=edge) if self._begins_by(edge) else None
            if phase is not now:
                if now is not None:
                    yield Window(start, edge), now
                start, now = edge, phase
        if now is not None:
            yield Window(start, within.end), now

    def changes_at(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when the phase changes if nobody says anything, or `None` if it stays.

        Raises:
            UnknownStory: nobody had called it by then.
        """
        phase, calls = self.phase(at=at), self.calls(at=at)
        ahead = sorted({edge for call in calls for edge in call.edges() if edge > as_instant(at)})
        return next((edge for edge in ahead if strongest(calls, edge)[0] is not phase), None)

    def back_at(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when the last caller who is still away checks in, or `None` if nothing is expected any more.

        It may have passed: then a new time can be named, and nobody needs to ask.
        """
        moment = as_instant(at)
        away = [call for call in self.calls(at=at) if not call.is_over and moment < call.until]
        return max((call.back for call in away), default=None)

    def suggestion(self, *, by: str, at: dt.datetime) -> pendulum.DateTime | None:
        """Suggest to a caller the next time to name, later than now and than what they named; `None` at the end.

        The steps are 20 minutes, an hour, two hours, half a day and a day after the call.

        Raises:
            NotYours: someone else called it.
        """
        call = self._own(by, at)
        if call.is_over:
            return None
        least = max(as_instant(at), call.back)
        steps = (elapsed(call.at, step) for step in LADDER)
        return next((step for step in steps if least < step <= call.until), None)

    def phrase(self, *, to: str, at: dt.datetime) -> Phrase:
        """Say how it stands, to one person; nobody is told to go after anybody.

        Raises:
            UnknownStory: nobody had called it by then.
        """
        phase, call = strongest(self.calls(at=at), as_instant(at))
        return of_pause(phase, call, to=to)

    @cached_property
    def _history(self) -> History:
        return history((act for act in self.told() if isinstance(act.body, ACTS)), self.membership)

    def _begins_by(self, at: pendulum.DateTime) -> bool:
        return bool(self._history) and self._history[0][0] <= at

    def _edges(self, within: Window) -> list[pendulum.DateTime]:
        """Return the start of a window, and every instant in it at which the phase may change."""
        edges = {within.start, *(at for at, _ in self._history)}
        edges.update(edge for _, calls in self._history for call in calls for edge in call.edges())
        return sorted(edge for edge in edges if edge in within)

    def _own(self, by: str, at: dt.datetime) -> Call:
        """Return a person's own pause, or refuse."""
        own = next((call for call in self.calls(at=at) if call.by == by), None)
        if own is None:
            raise NotYours
        return own


def _require_within(back_at: pendulum.DateTime | None, until: pendulum.DateTime) -> None:
    if back_at is not None and back_at > until:
        raise InvalidRecovery("a time to be back within 24 hours of the call", "a later one")
