"""A gesture is something warm that one person gives: it stands for a while, and asks for no answer."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.aside import is_aside
from reconnect.errors import NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.phrase import Phrase
from reconnect.primitives.gesture.acts import STANDS, GestureEnded, GestureGiven, Warmth
from reconnect.record.entry import Entry
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant

__all__ = ["Gesture", "here_for"]

_SAID: Final = {
    Warmth.HERE: "gesture.here",
    Warmth.THINKING_OF_YOU: "gesture.thinking_of_you",
    Warmth.THANK_YOU: "gesture.thank_you",
    Warmth.WELL_DONE: "gesture.well_done",
    Warmth.GOOD_DAY: "gesture.good_day",
}


@frozen(kw_only=True)
class Gesture(Story):
    """Something warm, such as "I'm here, no answer needed".

    It knows no reply and no receipt: nothing in it changes when others see it, answer it, or do not. Whoever would
    rather not see it, or none of somebody's, puts it aside: privately, and its giver cannot tell (`Aside`).

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 21)
    >>> g = Gesture.give(Warmth.HERE, words="no answer needed", id="g1", circle="c1", by="ana", at=now)
    >>> g.stands(at=now), g.stands(at=now.add(hours=24))
    (True, False)
    >>> "no answer needed" in repr(g)
    False
    >>> [name for name in ("accept", "reply", "seen") if hasattr(g, name)]
    []

    Laws:
        Only its giver changes it. Whatever others write, before it ended or after, it says the same.

    Sources:
        It stands for a day unless its giver says otherwise, and for at most 31 days: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (GestureGiven, GestureEnded)
    opening: ClassVar[tuple[type, ...]] = (GestureGiven,)

    @classmethod
    def give(
        cls,
        warmth: Warmth = Warmth.HERE,
        *,
        words: str = "",
        to: Iterable[str] = (),
        stands: dt.timedelta = STANDS,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Give it; there is nothing that anyone has to do then.

        Args:
            warmth: what it says.
            words: a few words of one's own.
            to: the ids of those whom it is for; everyone in the circle if nobody is named.
            stands: for how long (a day).
            id: the id of this gesture.
            circle: the circle, or its id.
            by: who gives it.
            at: now, as the host sees it.

        Raises:
            InvalidCare: one text instead of ids, or it stands for no time, or for more than 31 days.
            NotAMember: the circle is known and `by` is not in it at that time.
        """
        body = GestureGiven(warmth=warmth, to=to, words=words, stands=stands)
        return cls.begin(body, id=id, circle=circle, by=by, at=at)

    @property
    def has_begun(self) -> bool:
        """Whether somebody gave it."""
        return self._given is not None

    @property
    def by(self) -> str:
        """Who gave it."""
        return self._known[0].author

    @property
    def given(self) -> GestureGiven:
        """What was given."""
        return self._known[1]

    def end(self, *, by: str, at: dt.datetime) -> Self:
        """End it before its time, alone and at once, without a reason.

        Raises:
            NotYours: someone else gave it.
        """
        told = self.as_of(at)
        if told.by != by:
            raise NotYours
        return self.say(GestureEnded(), by=by, at=at) if told.stands(at=at) else self

    def until(self) -> pendulum.DateTime:
        """Return when it ends, as far as it is known: by its giver's word, when they leave, or by itself."""
        act, given = self._known
        ended = [each.at for each in self.told() if each.author == act.author and isinstance(each.body, GestureEnded)]
        stays = [stay.until for stay in self.membership.stays if stay.person == act.author and stay.covers(act.at)]
        ends = [end for end in (*stays, self.membership.ended) if end is not None]
        return min([elapsed(act.at, given.stands), *ends, *(max(at, act.at) for at in ended)])

    def stands(self, *, at: dt.datetime) -> bool:
        """Tell whether it stands at an instant."""
        told, moment = self.as_of(at), as_instant(at)
        return told.has_begun and moment < told.until()

    def is_for(self, person: str) -> bool:
        """Tell whether it is for a person: they are named, or nobody is."""
        act, given = self._known
        return person in given.to if given.to else person != act.author

    def phrase(self) -> Phrase:
        """Say it, without a word about an answer that anyone could owe."""
        act, given = self._known
        said = Phrase.of(_SAID[given.warmth], by=act.author)
        return Phrase.of("gesture.with_words", said=said, words=given.words) if given.words else said

    @cached_property
    def _given(self) -> tuple[Entry, GestureGiven] | None:
        """Return the first thing given under this id; another one under the same id says nothing."""
        found = ((act, act.body) for act in self.told() if isinstance(act.body, GestureGiven))
        return next(found, None)

    @property
    def _known(self) -> tuple[Entry, GestureGiven]:
        if self._given is None:
            raise UnknownStory(type(self).__name__)
        return self._given


def here_for(view: View) -> tuple[Gesture, ...]:
    """Return the gestures of others that stand for the reader now, the newest first; nobody learns that they looked.

    What the reader put aside is left out. Someone who is here more often, or less, is nowhere counted.
    """
    standing = [each for each in view.all(Gesture) if each.stands(at=view.at)]
    theirs = [each for each in standing if each.by != view.reader and each.is_for(view.reader)]
    return tuple(each for each in reversed(theirs) if not is_aside(view, each, by=each.by))
