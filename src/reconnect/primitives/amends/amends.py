"""The story of amends: drafted alone, offered when it is ready, answered whenever, or never."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

import pendulum
from attrs import frozen

from reconnect.errors import InvalidBody, NotAMember, NotOpen, NotYours, Superseded
from reconnect.people.circle import Circle
from reconnect.phrase import Phrase
from reconnect.primitives.amends.acts import Drafted, Noticed, Owned, Repair, Replied, TakenBack
from reconnect.record.entry import Entry, Private
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant

__all__ = ["Amends"]


@frozen(kw_only=True)
class Amends(Story):
    """One person owns what they did; an answer comes whenever, or never.

    Nothing here waits: there is no deadline, no reminder and no way to ask for forgiveness, which has its own
    clock. Whether the others looked, thought about it or wrote something for themselves shows nowhere.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> mine = Repair(did="I read your letter.", effect="You trust me less.", change="I ask before I open anything.")
    >>> amends = Amends.of(mine, id="a1", circle=us, by="ben", at=now)
    >>> amends.answer(by="ben", at=now)  # nobody forgives themselves in another's name
    Traceback (most recent call last):
    reconnect.errors.refusal.NotYours: expected something of your own: nobody acts in another person's name
    >>> spring = now.add(months=3)
    >>> amends = amends.answer("Thank you. I am not there yet.", by="ana", at=spring)
    >>> [(who, act.body.forgives) for who, act in amends.answers(at=spring).items()]
    [('ana', False)]
    >>> other = Repair(did="I read it.", effect="It hurt.", change="I ask.")
    >>> dict(amends.own(other, by="ben", at=spring).answers(at=spring))  # an answer is to the words it was given to
    {}

    Laws:
        Only the author's acts change the words, only those whom they are for answer and notice, and each answer is
        its author's alone to give and take back. An answer counts for the very words it names. At equal instants
        taking back wins. Private acts, drafts among them, change nothing that is shared.
    """

    bodies: ClassVar[tuple[type, ...]] = (Drafted, Owned, Replied, Noticed, TakenBack)
    opening: ClassVar[tuple[type, ...]] = (Drafted, Owned)

    @classmethod
    def draft(
        cls,
        repair: Repair,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Begin with words that nobody else sees; `own` offers them when they are ready."""
        return cls.begin(Drafted(repair=repair), id=id, circle=circle, by=by, at=at, audience=Private())

    @classmethod
    def of(
        cls,
        repair: Repair,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Own what one did, at once.

        Raises:
            InvalidBody: a part has no words, or it is for oneself.
            NotAMember: it is for someone who is not in the circle.
        """
        begun = cls.begin(Owned(repair=repair), id=id, circle=circle, by=by, at=at)
        begun._require_others(repair, by, at)  # noqa: SLF001 - its own class
        return begun

    def redraft(self, repair: Repair, *, by: str, at: dt.datetime) -> Self:
        """Draft anew; earlier drafts, and what is offered already, stay as they are.

        Raises:
            NotYours: these are another person's amends.
        """
        self._require_author(by, at)
        return self.say(Drafted(repair=repair), by=by, at=at, audience=Private())

    def own(self, repair: Repair | None = None, *, by: str, at: dt.datetime) -> Self:
        """Offer amends, or put other words in the place of those that stand; answers do not carry over.

        What is offered is a new act that everyone sees. That there were drafts, and what they said, stays private.

        Args:
            repair: what to offer; the author's newest draft unless given.
            by: whose act it is about: the author.
            at: now, as the host sees it.

        Raises:
            NotYours: these are another person's amends.
            NotOpen: nothing is given and nothing was drafted.
            InvalidBody: a part has no words, or it is for oneself.
            NotAMember: it is for someone who is not in the circle.
        """
        self._require_author(by, at)
        offered = self.drafted(by=by, at=at) if repair is None else repair
        if offered is None:
            raise NotOpen("a draft")
        body, standing = Owned(repair=offered), self.words(at=at)
        self._require_others(body.repair, by, at)
        return self if standing is not None and standing.body == body else self.say(body, by=by, at=at)

    def answer(
        self, text: str = "", *, by: str, at: dt.datetime, forgives: bool = False, words: str | None = None
    ) -> Self:
        """Answer, or answer anew: the latest answer counts. No answer is due at any time.

        Args:
            text: a few words, or none.
            by: who answers: someone whom the amends are for.
            at: now, as the host sees it.
            forgives: whether they forgive; not having said so says nothing.
            words: the id of the words they read; those that stand unless given.

        Raises:
            NotOpen: no words stand.
            NotYours: the amends are one's own, or not for this person.
            Superseded: other words have come in the place of those.
        """
        standing = self._addressing(by, at)
        if words not in {None, standing.id}:
            raise Superseded(standing.id)
        body = Replied(words=standing.id, text=text, forgives=forgives)
        given = self.answers(at=at).get(by)
        return self if given is not None and given.body == body else self.say(body, by=by, at=at)

    def notice(self, text: str = "", *, by: str, at: dt.datetime) -> Self:
        """Say "I noticed the change": good news of that moment, measured against nothing.

        Raises:
            NotOpen: no words stand.
            NotYours: the amends are one's own, or not for this person.
        """
        self._addressing(by, at)
        return self.say(Noticed(text=text), by=by, at=at)

    def take_back(self, *, by: str, at: dt.datetime) -> Self:
        """Take back the words or the answer one gave: alone, at once, without a reason. The others can see it.

        Where nothing of one's own stands, nothing changes. What somebody noticed once stays noticed.

        Raises:
            NotYours: the amends are neither one's own nor for this person.
        """
        standing = self.words(at=at)
        if standing is None:
            return self
        if by != standing.author:
            self._addressing(by, at)
        mine = by == standing.author or by in self.answers(at=at)
        return self.say(TakenBack(), by=by, at=at) if mine else self

    def author(self, *, at: dt.datetime) -> str | None:
        """Return whose amends they are: who owned something here first, or drafted first while nobody did."""
        told = [act for act in self.told(at) if isinstance(act.body, self.opening)]
        first = min(told, key=lambda act: isinstance(act.body, Drafted), default=None)
        return None if first is None else first.author

    def drafted(self, *, by: str, at: dt.datetime) -> Repair | None:
        """Return the newest draft of a person; drafts are in nobody's view but their author's."""
        own = (act.body for act in reversed(self.told(at)) if act.author == by)
        return next((body.repair for body in own if isinstance(body, Drafted)), None)

    def words(self, *, at: dt.datetime) -> Entry | None:
        """Return the act whose words stand at an instant; `None` before the first and after taking them back."""
        return _standing(self._course(at), as_instant(at))

    def answers(self, *, at: dt.datetime) -> Mapping[str, Entry]:
        """Return the answers to the words that stand, by person in circle order; of others it says nothing."""
        standing = self.words(at=at)
        if standing is None:
            return {}
        given: dict[str, Entry] = {}
        for act in self.told(at):
            if isinstance(act.body, Replied) and act.body.words == standing.id and self._is_for(act.author, standing):
                given[act.author] = act
            elif isinstance(act.body, TakenBack):
                given.pop(act.author, None)
        return {person: given[person] for person in self._in_order(given)}

    def noticed(self, *, at: dt.datetime) -> tuple[Entry, ...]:
        """Return when those whom the amends were for noticed the change, oldest first; there is no "out of"."""
        course = self._course(at)
        noticed: list[Entry] = []
        for act in self.told(at):
            standing = _standing(course, act.at) if isinstance(act.body, Noticed) else None
            if standing is not None and self._is_for(act.author, standing):
                noticed.append(act)
        return tuple(noticed)

    def phrase(self, *, to: str, at: dt.datetime) -> Phrase | None:
        """Say to its author, or to someone they are for, that amends stand; the same before and after any answer.

        `None` where none stand, and for everyone whom they do not concern.
        """
        standing = self.words(at=at)
        if standing is None:
            return None
        if to == standing.author:
            return Phrase.of("amends.yours")
        return Phrase.of("amends.theirs", by=standing.author) if self._is_for(to, standing) else None

    def _course(self, at: dt.datetime) -> list[tuple[pendulum.DateTime, Entry | None]]:
        """Return from when on which words stood, oldest first, up to an instant; at one instant the last counts."""
        author = self.author(at=at)
        own = (act for act in self.told(at) if act.author == author and isinstance(act.body, Owned | TakenBack))
        return [(act.at, act if isinstance(act.body, Owned) else None) for act in own]

    def _is_for(self, person: str, words: Entry) -> bool:
        """Tell whether some words are for a person: never for their author, nor for who was not there then."""
        if person == words.author or not isinstance(words.body, Owned):
            return False
        here = not self.founding or self.membership.has(person, words.at)
        return here and person in (words.body.repair.towards or (person,))

    def _in_order(self, people: Iterable[str]) -> list[str]:
        return sorted(people, key=self.membership.place)

    def _require_author(self, by: str, at: dt.datetime) -> None:
        if by != self.author(at=at):
            raise NotYours

    def _require_others(self, repair: Repair, by: str, at: dt.datetime) -> None:
        if by in repair.towards:
            raise InvalidBody("amends that are for others", "oneself among them")
        if self.founding and not set(repair.towards) <= set(self.membership.at(at)):
            raise NotAMember

    def _addressing(self, by: str, at: dt.datetime) -> Entry:
        """Return the words that stand, which someone they are for is about to speak to."""
        standing = self.words(at=at)
        if standing is None:
            raise NotOpen("amends")
        if not self._is_for(by, standing):
            raise NotYours
        return standing


def _standing(course: list[tuple[pendulum.DateTime, Entry | None]], at: pendulum.DateTime) -> Entry | None:
    """Return the words that stood at an instant, in a course that goes on at least until then."""
    place = bisect_right(course, at, key=lambda step: step[0])
    return course[place - 1][1] if place else None
