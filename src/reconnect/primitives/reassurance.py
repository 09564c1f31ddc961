"""A reassurance is a standing sentence, written in calm and shown in pauses: we are okay, I am coming back."""

import datetime as dt
from typing import ClassVar, Self

import pendulum
from attrs import field, frozen

from reconnect.consent.aside import is_aside
from reconnect.errors import InvalidBody, NotOpen, NotYours
from reconnect.limits import WORDS, limit
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.record.kind import Heard, as_text, register
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant

__all__ = ["Assurance", "Given", "Reassurance", "TookBack", "reassurances"]


def _words(value: str) -> str:
    if not as_text(value).strip():
        raise InvalidBody("a sentence", "a text without words")
    return value


limit(_words, least=1, shape=WORDS)


@register
@frozen(kw_only=True)
class Given:
    """The author's sentence to the others, from now on."""

    kind: ClassVar[str] = "reassurance.given"
    heard: ClassVar[Heard] = Heard.SHARED

    text: str = field(repr=False, converter=_words)


@register
@frozen(kw_only=True)
class TookBack:
    """The author takes their sentence back."""

    kind: ClassVar[str] = "reassurance.took_back"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@frozen(kw_only=True)
class Assurance:
    """A sentence that stands: who says it, since when, and when they last said it again.

    Attributes:
        by: who says it.
        text: their own words; left out of `repr`.
        since: since when it stands in these words.
        renewed: when its author last said so.
    """

    by: str = field(converter=as_id)
    text: str = field(repr=False, converter=_words)
    since: pendulum.DateTime = field(converter=as_instant)
    renewed: pendulum.DateTime = field(converter=as_instant)

    def was_calm(self, *, pause: dt.datetime) -> bool:
        """Tell whether these words were there before a pause began; saying them again in the pause changes nothing."""
        return self.since < as_instant(pause)

    @property
    def phrase(self) -> Phrase:
        """Say it to one of the others, in its author's own words."""
        return Phrase.of("reassurance.stands", by=self.by, text=self.text)


@frozen(kw_only=True)
class Reassurance(Story):
    """One person's standing sentence to the others, such as "We are okay. I am coming back".

    It may be written at any time, and it is shown in a pause only if it was there before the pause began: words
    from the middle of a hard evening are not what this is for. It never lapses by itself, since nobody said that
    it was not true any more. Whoever would rather not read it puts it aside: privately, and its author cannot tell.

    >>> from reconnect.people.person import Person
    >>> calm = pendulum.datetime(2026, 1, 5, 19)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> mine = Reassurance.of("We are okay. I am coming back.", id="w1", circle=us, by="ana", at=calm)
    >>> pause = calm.add(days=20)
    >>> mine.standing(at=pause, pause=pause).text
    'We are okay. I am coming back.'
    >>> changed = mine.change("We are okay if you say sorry.", by="ana", at=pause.add(minutes=2))
    >>> changed.standing(at=pause.add(minutes=5), pause=pause) is None  # neither the new words nor the old ones
    True

    Laws:
        Only its author's acts give, change, renew or take it back; at equal instants taking back wins. In a pause,
        nothing is shown that was written since the pause began. Leaving the circle takes it along.

    Sources:
        That it never lapses: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (Given, TookBack)
    opening: ClassVar[tuple[type, ...]] = (Given,)

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Give the others a sentence that stands from now on.

        Raises:
            InvalidBody: there are no words in it.
        """
        return cls.begin(Given(text=text), id=id, circle=circle, by=by, at=at)

    def change(self, text: str, *, by: str, at: dt.datetime) -> Self:
        """Put other words in its place, or give it anew after taking it back; the same words renew it.

        Raises:
            InvalidBody: there are no words in it.
            NotYours: it is another person's sentence.
        """
        self._require_author(by, at)
        return self.say(Given(text=text), by=by, at=at)

    def renew(self, *, by: str, at: dt.datetime) -> Self:
        """Say the same again: it stands since it was first said, and is fresh.

        Raises:
            NotOpen: none stands.
            NotYours: it is another person's sentence.
        """
        self._require_author(by, at)
        standing = self._standing(at)
        if standing is None:
            raise NotOpen("a reassurance")
        return self.say(Given(text=standing.text), by=by, at=at)

    def take_back(self, *, by: str, at: dt.datetime) -> Self:
        """Take it back: alone, at once, without a reason. In the next pause it is simply not there.

        Raises:
            NotYours: it is another person's sentence.
        """
        self._require_author(by, at)
        return self if self._standing(at) is None else self.say(TookBack(), by=by, at=at)

    def author(self, *, at: dt.datetime) -> str | None:
        """Return whose sentence it is: whoever gave one here first."""
        return next((act.author for act in self.told(at) if isinstance(act.body, Given)), None)

    def standing(self, *, at: dt.datetime, pause: dt.datetime | None = None) -> Assurance | None:
        """Return the sentence that stands at an instant.

        Args:
            at: now, as the host sees it.
            pause: when a pause began, if one is going on: what was written since is not shown.
        """
        found = self._standing(at)
        return None if found is None or (pause is not None and not found.was_calm(pause=pause)) else found

    def _standing(self, at: dt.datetime) -> Assurance | None:
        moment, author = as_instant(at), self.author(at=at)
        if author is None or (self.founding and not self.membership.has(author, moment)):
            return None
        here = self.membership.stay(author, moment).since if self.founding else None
        found: Assurance | None = None
        for act in self.told(moment):
            if act.author != author or (here is not None and act.at < here):
                continue
            if isinstance(act.body, Given):
                same = found is not None and found.text == act.body.text
                since = found.since if found is not None and same else act.at
                found = Assurance(by=author, text=act.body.text, since=since, renewed=act.at)
            else:
                found = None
        return found

    def _require_author(self, by: str, at: dt.datetime) -> None:
        if by != self.author(at=at):
            raise NotYours


def reassurances(view: View, *, pause: dt.datetime | None = None) -> tuple[Assurance, ...]:
    """Return the sentences of the others that stand as of a view, in circle order, oldest first.

    Args:
        view: whose eyes they are for; one's own sentences are left out, and what the reader put aside.
        pause: when a pause began, if one is going on: only what was there before is shown.
    """
    found = ((story, story.standing(at=view.at, pause=pause)) for story in view.all(Reassurance))
    theirs = ((story, each) for story, each in found if each is not None and each.by != view.reader)
    others = [each for story, each in theirs if not is_aside(view, story, by=each.by)]
    return tuple(sorted(others, key=lambda each: (view.membership.place(each.by), each.since)))
