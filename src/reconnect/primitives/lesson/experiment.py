"""An experiment is an idea that everyone said yes to: they try it for a while, and then look at it together."""

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.in_force import InForce
from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import proposals_of
from reconnect.errors import NotInForce, NotOpen, NotYours, UnknownStory
from reconnect.primitives.lesson.acts import ExperimentBegun, Idea, LookedBack, Onward
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Experiment", "Trying"]

_OWN: Final = (ExperimentBegun, LookedBack)


class Trying(Enum):
    """Where an experiment is as of an instant."""

    TRYING = "trying"
    """People try it."""
    LOOKING = "looking"
    """The time to try it has passed: it is time to look at it together, whenever that suits."""
    SETTLED = "settled"
    """Everyone said the same about how to go on."""
    RESTING = "resting"
    """Someone took back their yes, or it lapsed, before everyone said the same. Nothing more is meant by it."""


@frozen(kw_only=True)
class _Trial:
    """The agreement that an experiment rests on: whose, what, from when on, and until when it holds."""

    proposal: str
    people: tuple[str, ...]
    idea: Idea
    since: pendulum.DateTime
    held: Window

    @property
    def ends(self) -> pendulum.DateTime:
        """When it is time to look at it."""
        return elapsed(self.held.start, self.idea.length)


@frozen(kw_only=True)
class Experiment(Story):
    """Something that people try for two weeks or so, because everyone said yes to it; then they look at it together.

    Either brings ideas. Nobody is asked whether they stuck to it; whoever takes back their yes ends it, at once.

    >>> import pendulum
    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> p = Proposal.of(Idea(what="no phones at table"), id="p1", circle=us, by="ben", at=now)
    >>> e = Experiment.of(p.accept(by="ana", offer=p.offer.id, at=now), id="x1", by="ana", at=now)
    >>> e.standing(at=now), e.standing(at=now.add(days=14))
    (<Trying.TRYING: 'trying'>, <Trying.LOOKING: 'looking'>)
    >>> later = now.add(days=15)
    >>> e = e.look(Onward.KEEP, by="ana", at=later).look(Onward.KEEP, "it was quiet", by="ben", at=later)
    >>> e.standing(at=later), e.outcome(at=later)
    (<Trying.SETTLED: 'settled'>, <Onward.KEEP: 'keep'>)

    Laws:
        It is tried only while everyone's yes stands. How to go on is settled only by everyone saying the same, after
        the time to try it has passed. One person's later word replaces their earlier one until then.

    Sources:
        Two weeks: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (*_OWN, *Proposal.bodies)
    opening: ClassVar[tuple[type, ...]] = (ExperimentBegun,)

    @classmethod
    def of(cls, agreed: Proposal, *, id: str, by: str, at: dt.datetime) -> Self:  # noqa: A002 - the field's own name
        """Begin an experiment on an idea that is in force.

        Args:
            agreed: the proposal whose value is the idea.
            id: the id of the experiment.
            by: one of those who agreed.
            at: now, as the host sees it.

        Raises:
            NotInForce: not everyone's yes to an idea stands at `at`, or it is about another experiment.
            NotYours: `by` is none of those who agreed.
        """
        if agreed.about not in {None, id} or not isinstance(agreed.in_force(at=at), Idea):
            raise NotInForce
        if by not in agreed.offer.people:
            raise NotYours
        begun = cls(id=id, circle=agreed.circle, acts=agreed.acts, founding=agreed.founding)
        return begun.say(ExperimentBegun(proposal=agreed.id), by=by, at=at)

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect the experiment's acts, and those of the proposal that it rests on.

        Raises:
            UnknownStory: the reader can see no act that begins it.
        """
        own = tuple(entry for entry in view.about(id) if isinstance(entry.body, _OWN))
        names = dict.fromkeys(entry.body.proposal for entry in own if isinstance(entry.body, ExperimentBegun))
        if not names:
            raise UnknownStory(cls.__name__)
        rests = [entry for name in names for entry in view.about(name) if isinstance(entry.body, Proposal.bodies)]
        return cls(id=id, circle=view.circle, acts=(*own, *rests), founding=view.founding)

    @property
    def has_begun(self) -> bool:
        """Whether it ever rested on an idea that everyone had agreed to."""
        return self._trial is not None

    @property
    def idea(self) -> Idea:
        """What people try.

        Raises:
            UnknownStory: nobody has begun it on an idea that everyone had agreed to.
        """
        return self._known.idea

    @property
    def since(self) -> pendulum.DateTime:
        """When somebody began it.

        Raises:
            UnknownStory: nobody has begun it on an idea that everyone had agreed to.
        """
        return self._known.since

    @property
    def ends(self) -> pendulum.DateTime:
        """When it is time to look at it together.

        Raises:
            UnknownStory: nobody has begun it on an idea that everyone had agreed to.
        """
        return self._known.ends

    @property
    def rests_on(self) -> InForce:
        """The proposal that it rests on, and from when to when that holds.

        Raises:
            UnknownStory: nobody has begun it on an idea that everyone had agreed to.
        """
        return InForce(proposal=self._known.proposal, window=self._known.held)

    def look(self, onward: Onward, words: str = "", *, by: str, at: dt.datetime) -> Self:
        """Say how one would like to go on, after trying; a later word replaces it, until everyone has said the same.

        Args:
            onward: how.
            words: what one noticed; none are needed.
            by: one of those who tried it.
            at: now, as the host sees it.

        Raises:
            NotYours: they are none of those who agreed.
            NotOpen: the time to try it has not passed, everyone has said the same, or it rests.
            UnknownStory: it had not begun by then.
        """
        then = self.as_of(at)
        if by not in then._known.people:  # noqa: SLF001 - its own class
            raise NotYours
        if then.standing(at=at) is not Trying.LOOKING:
            raise NotOpen("an experiment to look at")
        body = LookedBack(onward=onward, words=words)
        return self if then._words(as_instant(at)).get(by) == body else self.say(body, by=by, at=at)  # noqa: SLF001 - its own class

    def standing(self, *, at: dt.datetime) -> Trying:
        """Tell where it is as of an instant.

        Raises:
            UnknownStory: it had not begun by then.
        """
        moment = as_instant(at)
        then = self.as_of(moment)
        trial = then._known  # noqa: SLF001 - its own class
        if then.outcome(at=moment) is not None:
            return Trying.SETTLED
        if moment >= trial.held.end:
            return Trying.RESTING
        return Trying.TRYING if moment < trial.ends else Trying.LOOKING

    def outcome(self, *, at: dt.datetime) -> Onward | None:
        """Return how everyone would like to go on, or `None` while they have not all said the same."""
        moment = as_instant(at)
        then = self.as_of(moment)
        trial = then._trial  # noqa: SLF001 - its own class
        said = {} if trial is None else {by: body.onward for by, body in then._words(moment).items()}  # noqa: SLF001 - its own class
        return then._same(said)  # noqa: SLF001 - its own class

    def words(self, *, at: dt.datetime) -> Mapping[str, LookedBack]:
        """Return what each person said last while it was time to look at it."""
        moment = as_instant(at)
        return self.as_of(moment)._words(moment)  # noqa: SLF001 - its own class

    def _same(self, said: Mapping[str, Onward]) -> Onward | None:
        trial = self._trial
        everyone = trial is not None and all(person in said for person in trial.people)
        return next(iter(said.values())) if everyone and len(set(said.values())) == 1 else None

    def _words(self, at: pendulum.DateTime) -> Mapping[str, LookedBack]:
        """Take in what was said while it was time to look at it, until everyone had said the same."""
        trial, said = self._known, dict[str, LookedBack]()
        for act in self.told(at):
            timely = trial.ends <= act.at < trial.held.end and act.about == self.id and act.author in trial.people
            if timely and isinstance(act.body, LookedBack):
                said[act.author] = act.body
                if self._same({by: body.onward for by, body in said.items()}) is not None:
                    break
        return said

    @property
    def _known(self) -> _Trial:
        if self._trial is None:
            raise UnknownStory(type(self).__name__)
        return self._trial

    @cached_property
    def _trial(self) -> _Trial | None:
        """Return the agreement that it rests on: that of the first act which named one in force."""
        proposals = {proposal.id: proposal for proposal in proposals_of(self)}
        begun = ((act, act.body) for act in self.told() if isinstance(act.body, ExperimentBegun))
        named = ((act, body.proposal) for act, body in begun if act.about == self.id and body.proposal in proposals)
        trials = (_agreed(proposals[name], self.id, act.author, act.at) for act, name in named)
        return next((trial for trial in trials if trial is not None), None)


def _agreed(proposal: Proposal, experiment: str, by: str, at: pendulum.DateTime) -> _Trial | None:
    """Return what everyone had agreed to at an instant, if that was an idea and concerned a person."""
    then = proposal.as_of(at)
    idea = then.in_force(at=at)
    meant = then.about in {None, experiment}
    if not meant or not isinstance(idea, Idea) or by not in then.offer.people:
        return None
    held = next(window for window in proposal.held() if at in window)
    return _Trial(proposal=proposal.id, people=then.offer.people, idea=idea, since=as_instant(at), held=held)
