"""A reveal opens everyone's answers together at an agreed time, or nobody's at all."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar, Self

import pendulum
from attrs import evolve, frozen

from reconnect.errors import InvalidOffer, NotOpen, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.record.entry import Entry, Private, Sealed
from reconnect.record.kind import Body
from reconnect.record.sealed import OPEN_AT_MOST, Answered, Asked, Retracted, answers, opening, standing_answers
from reconnect.record.story import Story
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = ["Reveal"]


@frozen(kw_only=True)
class Reveal(Story):
    """A question whose answers open together: at its closing time, and only if everyone's answer then stands.

    Nothing opens early, so an empty answer unlocks nothing; taking an answer back before equals never answering.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.entry import Note
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> asked = Reveal.of(Note(text="What went well?"), closes=now.add(days=1), id="r1", circle=us, by="ana", at=now)
    >>> both = asked.answer("the walk", by="ana", at=now).answer("the soup", by="ben", at=now.add(hours=1))
    >>> both.opened(at=now.add(hours=2)) is None
    True
    >>> [entry.body.text for entry in both.opened(at=now.add(days=1)).values()]
    ['the walk', 'the soup']

    Laws:
        Open at `t` if and only if its closing time has come, everyone who was asked is still there then, and each of
        them has an answer to this very question that was given before it and not taken back. Whoever erases
        themselves later takes their answer along, and it closes again: it opened as an exchange of everyone's.

    Sources:
        It stays open for 366 days at most: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (Asked, Answered, Retracted)
    opening: ClassVar[tuple[type, ...]] = (Asked,)

    @classmethod
    def of(
        cls,
        prompt: Body,
        *,
        closes: dt.datetime | dt.timedelta,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Ask everyone.

        Raises:
            InvalidOffer: it would close before anyone could answer, or stay open for more than 366 days.
        """
        moment = as_instant(at)
        end = as_instant(closes) if isinstance(closes, dt.datetime) else elapsed(moment, closes)
        if end <= moment:
            raise InvalidOffer("a question that can be answered for some time", "one that closes at once")
        if end > elapsed(moment, OPEN_AT_MOST):
            raise InvalidOffer(f"a question that closes within {OPEN_AT_MOST.days} days", "one that stays open longer")
        return cls.begin(Asked(prompt=prompt, closes=end), id=id, circle=circle, by=by, at=at)

    @property
    def asked(self) -> Entry:
        """The act that asked: by whom, and when.

        Raises:
            UnknownStory: nobody asked anything that could be answered for some time.
        """
        return self._asked()[0]

    @property
    def prompt(self) -> Body:
        """What was asked."""
        return self._asked()[1].prompt

    @property
    def closes(self) -> pendulum.DateTime:
        """When the answers open, if everyone's stands."""
        return self._asked()[1].closes

    def answer(self, text: str, *, by: str, at: dt.datetime) -> Self:
        """Answer, or answer anew: the latest answer counts. It answers this very question, and no other of this id.

        Raises:
            NotOpen: the closing time has come.
            NotYours: this person was not asked.
        """
        return self._seal(Answered(text=text), by=by, at=at)

    def retract(self, *, by: str, at: dt.datetime) -> Self:
        """Take one's answer back before it opens; nobody can tell it from never answering.

        Raises:
            NotOpen: the closing time has come.
            NotYours: this person was not asked.
        """
        self._require_open(by, at)
        return self.say(Retracted(), by=by, at=at, audience=Private())

    def opened(self, *, at: dt.datetime) -> Mapping[str, Entry] | None:
        """Return everyone's answer by person, in circle order, or `None` while it is not open."""
        return standing_answers(self.acts, self.membership, reveal=self.id, at=at)

    def has_answer(self, *, of: str, at: dt.datetime) -> bool:
        """Tell a person whether an answer of theirs stands; of anyone else's, only an open reveal tells."""
        asked, _ = self._asked()
        return of in answers(self.told(at), asked, reveal=self.id)

    @property
    def has_begun(self) -> bool:
        """Whether there is a question that could be answered for some time."""
        return opening(self.acts, self.membership) is not None

    def _asked(self) -> tuple[Entry, Asked]:
        act = opening(self.acts, self.membership)
        if act is None or not isinstance(act.body, Asked):
            raise UnknownStory(type(self).__name__)
        return act, act.body

    def _seal(self, answer: Answered, *, by: str, at: dt.datetime) -> Self:
        """Say an answer, of whichever kind, so that it is to this very question and opens with everyone's."""
        question = self._require_open(by, at)
        body = evolve(answer, question=question.content)
        return self.say(body, by=by, at=at, audience=Sealed(self.id))

    def _require_open(self, by: str, at: dt.datetime) -> Entry:
        """Return the act that asked, or refuse."""
        act, asked = self._asked()
        if self.founding and not self.membership.has(by, act.at):
            raise NotYours
        if not act.at <= as_instant(at) < asked.closes:
            raise NotOpen("a question")
        return act
