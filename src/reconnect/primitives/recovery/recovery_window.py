"""A recovery window is the time after someone came back: the present first, the topic at rest, small wins."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.offer import Countered, Offered
from reconnect.consent.proposal import Proposal
from reconnect.errors import InvalidRecovery, NotOpen, NotYours
from reconnect.phrase import Phrase
from reconnect.primitives.recovery.acts import BroughtUp, Called, FollowUpAt, Parked, SmallWin
from reconnect.primitives.recovery.aftermath import Aftermath, aftermath
from reconnect.primitives.recovery.opening import Opening, Recovery
from reconnect.primitives.recovery.placement import NOTHING, Hours, Placement, placed
from reconnect.primitives.recovery.spoken import Spoken, spoken
from reconnect.primitives.recovery.terms import RecoveryTerms
from reconnect.primitives.recovery.time_out import TimeOut
from reconnect.primitives.recovery.words import intention, of_opening
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.elapsed import LAST
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["RecoveryWindow"]

_OWN: Final = (FollowUpAt, BroughtUp, Parked, SmallWin)


@frozen(kw_only=True)
class RecoveryWindow(Story):
    """What follows a return: a short follow-up about the present, while the topic of the quarrel rests.

    It has the id of the time-out that it follows. It opens by itself if everyone had agreed on recovery terms
    before; otherwise it is offered, and begins once everyone agrees. A topic rests in any case, whoever called
    the time-out, for at most 48 hours from the first call; safety, children, health and boundaries never rest.

    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> evening = pendulum.datetime(2026, 1, 5, 21)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> p = Proposal.of(RecoveryTerms(), id="p1", circle=us, by="ben", at=evening.subtract(days=3))
    >>> p = p.accept(by="ana", offer=p.offer.id, at=evening.subtract(days=2))
    >>> pause = TimeOut.call(id="t1", circle=us, by="ana", at=evening, topic="money")
    >>> w = RecoveryWindow.after(pause.returned(by="ana", at=evening.add(hours=1)), terms=[p])
    >>> w.standing(at=evening.add(hours=2))
    <Recovery.OPEN: 'open'>
    >>> soon = evening.add(hours=3)
    >>> w.may_raise("money", at=soon), w.may_raise("safety", at=soon), w.may_raise("money", at=evening.add(hours=25))
    (False, True, True)

    Laws:
        No topic rests beyond 48 hours from the first call, in whatever order people call and return. Exempt topics
        can always be raised. What stands at `t` depends only on acts at or before `t`.

    Sources:
        24 hours without the topic: terryreal.com; back within 48 hours: pages derived from PREP. Clinical custom,
        not trials.
    """

    bodies: ClassVar[tuple[type, ...]] = (*_OWN, *TimeOut.bodies, *Proposal.bodies)
    opening: ClassVar[tuple[type, ...]] = (Called,)

    @classmethod
    def after(cls, time_out: TimeOut, *, others: Iterable[TimeOut] = (), terms: Iterable[Proposal] = ()) -> Self:
        """Put together what follows a time-out; a journal's view does the same by the id of the time-out.

        Args:
            time_out: the time-out from which someone comes back.
            others: other time-outs of the circle, on the same topic perhaps.
            terms: the proposals on recovery terms.

        Raises:
            InvalidCircle: something of another circle is among them.
        """
        stories: list[Story] = [time_out, *others, *terms]
        acts = tuple(act for each in stories for act in each.acts)
        founding = tuple(act for each in stories for act in each.founding)
        return cls(id=time_out.id, circle=time_out.circle, acts=acts, founding=founding)

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect its acts, every time-out of the circle, and the proposals on recovery terms."""
        TimeOut.gather(view, id)  # refuses an id that nobody called a time-out under
        terms = {act.about for act in view.entries(kind=(Offered, Countered)) if _offers_terms(act)}
        acts = (
            act
            for act in view.entries(kind=cls.bodies)
            if isinstance(act.body, TimeOut.bodies)
            or (isinstance(act.body, _OWN) and act.about == id)
            or (isinstance(act.body, Proposal.bodies) and act.about in terms)
        )
        return cls(id=id, circle=view.circle, acts=tuple(acts), founding=view.founding)

    @property
    def has_begun(self) -> bool:
        """Whether someone came back."""
        return bool(self._aftermath.returns)

    @property
    def topic_rest(self) -> Windows:
        """When the topic of the time-out rests, as far as is known; never, if it named none or one that is exempt."""
        return self._aftermath.topic_rest

    def standing(self, *, at: dt.datetime) -> Recovery:
        """Tell how it stands as of an instant."""
        opening = self._opening(at)
        return Recovery.AHEAD if opening is None else opening.standing

    def window(self, *, at: dt.datetime) -> Window | None:
        """Return from when to when it goes, as known at an instant; `None` while nobody is back."""
        opening = self._opening(at)
        return None if opening is None else opening.window

    def may_raise(self, topic: str, *, at: dt.datetime) -> bool:
        """Tell whether a topic can be raised at an instant: it does not rest, or it never has to."""
        return self._aftermath.may_raise(topic, as_instant(at))

    def agenda(self) -> tuple[Phrase, ...]:
        """Return what a follow-up is about: what everyone has in mind, then feelings, goals and next steps.

        It is about the present; the topic that rests is no part of it.
        """
        opening = self._opening(self._latest)
        return (
            intention((RecoveryTerms() if opening is None else opening.terms).intention),
            Phrase.of("recovery.feelings"),
            Phrase.of("recovery.goals"),
            Phrase.of("recovery.next_steps"),
        )

    def follow_up(
        self, hours: Mapping[str, Hours], *, quiet: Hours = NOTHING, at: dt.datetime | None = None
    ) -> Placement:
        """Find the first time after the return at which everyone has room for a short follow-up.

        It lies strictly inside the window. If there is no such time, the placement says so and gives the nearest.

        Args:
            hours: each person's published hours, by id: windows, weekly hours, or all that they published.
            quiet: the quiet hours, as known now; `Placement.stands` tells later whether its time still suits.
            at: now, if what has passed since the return is of no use any more.

        Raises:
            NotOpen: nobody is back yet.
        """
        opening = self._opening(self._latest if at is None else at)
        if opening is None:
            raise NotOpen("a recovery window")
        return placed(
            hours,
            self._people(hours, at),
            length=opening.terms.follow_up,
            after=_later(opening.window.start, at),
            before=opening.window.end,
            quiet=quiet,
        )

    def topic_return(
        self, hours: Mapping[str, Hours], *, quiet: Hours = NOTHING, at: dt.datetime | None = None
    ) -> Placement:
        """Find the first time at which everyone has room to talk about the topic again, once it does not rest.

        It is for an offer of its own, such as `view.offer(TopicReturn(...))`: anyone may say no, or propose
        another time, and nothing follows from silence.

        Args:
            hours: each person's published hours, by id.
            quiet: the quiet hours, as known now.
            at: now, if what has passed is of no use any more.

        Raises:
            NotOpen: the time-out named no topic.
        """
        opening, after = self._opening(self._latest if at is None else at), self._aftermath.topic_free
        if after is None:
            raise NotOpen("a topic")
        terms = RecoveryTerms() if opening is None else opening.terms
        return placed(hours, self._people(hours, at), length=terms.follow_up, after=_later(after, at), quiet=quiet)

    def meet(self, start: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Say yes to a time for the follow-up; it stands once everyone has said yes to the same one.

        Raises:
            InvalidRecovery: there is no room for the follow-up strictly inside the window, or it has passed.
            NotOpen: nobody is back, or it is over.
            NotYours: it does not concern this person.
        """
        self._require(by, at, live=True)
        body = FollowUpAt(start=start)
        if self._said(at).wishes.get(by) == body.start:
            return self
        if not self._aftermath.allows(body, by=by, at=as_instant(at)):
            raise InvalidRecovery("a time that lies ahead and strictly inside the window", "another time")
        return self.say(body, by=by, at=at)

    def meeting(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return the time of the follow-up that everyone said yes to last, or `None`."""
        return self._said(at).meeting

    def bring_up(self, topic: str, *, by: str, at: dt.datetime) -> Self:
        """Bring up a topic that does not rest, such as an old wound.

        Raises:
            NotOpen: the topic rests, nobody is back, or it is over.
            NotYours: it does not concern this person.
        """
        self._require(by, at, live=True)
        body = BroughtUp(topic=topic)
        if not self._aftermath.allows(body, by=by, at=as_instant(at)):
            raise NotOpen("a topic")
        return self if self._said(at).has_raised(by, body.topic) else self.say(body, by=by, at=at)

    def park(self, topic: str, *, by: str, at: dt.datetime) -> Self:
        """Leave a topic for another day, which only those can do who brought it up.

        Raises:
            NotYours: someone else brought it up, or nobody did.
        """
        if not self._said(at).has_raised(by, topic):
            raise NotYours
        return self.say(Parked(topic=topic), by=by, at=at)

    def topics(self, *, at: dt.datetime) -> tuple[str, ...]:
        """Return the topics that someone brought up and nobody has parked for them, in that order."""
        return tuple(self._said(at).raised)

    def parked(self, *, at: dt.datetime) -> tuple[str, ...]:
        """Return the topics that were left for another day, in that order."""
        return tuple(self._said(at).parked)

    def celebrate(self, text: str, *, by: str, at: dt.datetime, audience: Audience | None = None) -> Self:
        """Write down a small win of coming back, for oneself unless one chooses to share it.

        Raises:
            NotOpen: nobody is back yet.
            NotYours: it does not concern this person.
        """
        self._require(by, at)
        return self.say(SmallWin(text=text), by=by, at=at, audience=Private() if audience is None else audience)

    def wins(self, *, at: dt.datetime) -> tuple[Entry, ...]:
        """Return the small wins, oldest first: one's own, and those that others shared."""
        return tuple(self._said(at).wins)

    def phrase(self, *, at: dt.datetime) -> Phrase:
        """Say how it stands, to any of them."""
        return of_opening(self._opening(at))

    @property
    def _latest(self) -> pendulum.DateTime:
        """The latest instant of which everyone knows something: what one keeps to oneself moves nothing."""
        return max((act.at for act in self.acts if isinstance(act.audience, Shared)), default=LAST)

    @cached_property
    def _aftermath(self) -> Aftermath:
        return aftermath(self.id, (act for act in self.acts if not isinstance(act.body, _OWN)), self)

    @cached_property
    def _spoken(self) -> Spoken:
        own = (act for act in self.told() if act.about == self.id and isinstance(act.body, _OWN))
        return spoken(own, self._aftermath)

    def _said(self, at: dt.datetime) -> Spoken:
        return self.as_of(at)._spoken  # noqa: SLF001 - its own class

    def _opening(self, at: dt.datetime) -> Opening | None:
        return self._aftermath.opening(as_instant(at))

    def _people(self, hours: Mapping[str, Hours], at: dt.datetime | None) -> tuple[str, ...]:
        """Return everyone who is there; while the circle is not known, whoever has hours."""
        here = self.membership.at(self._latest if at is None else at)
        return here if self.founding else tuple(sorted(hours))

    def _require(self, by: str, at: dt.datetime, *, live: bool = False) -> None:
        """Refuse while nobody is back, what does not concern a person, and perhaps what is over."""
        opening = self._opening(at)
        if opening is None or (live and not opening.is_live):
            raise NotOpen("a recovery window")
        if not self._aftermath.concerns(by, as_instant(at)):
            raise NotYours


def _offers_terms(act: Entry) -> bool:
    return isinstance(act.body, Offered | Countered) and isinstance(act.body.value, RecoveryTerms)


def _later(moment: pendulum.DateTime, at: dt.datetime | None) -> pendulum.DateTime:
    return moment if at is None else max(moment, as_instant(at))
