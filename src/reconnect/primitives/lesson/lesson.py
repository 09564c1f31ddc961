"""A lesson is what people learnt, in words that anyone of them may put anew; every version says where it came from."""

import datetime as dt
from functools import cached_property
from typing import ClassVar, Self

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import NotOpen, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.primitives.lesson.acts import LessonTold
from reconnect.record.entry import Entry
from reconnect.record.kind import as_text
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant

__all__ = ["Lesson", "Revision"]


@frozen(kw_only=True)
class Revision:
    """One version of a lesson, with its provenance.

    Attributes:
        revision: what a later version names when it follows this one.
        by: whose words they are.
        at: since when they stand.
        text: the words, left out of `repr`.
        why: why they were put anew, left out of `repr`.
        after: the version that they follow, `None` for the first one.
        source: the id of what it came from, such as an experiment.
    """

    revision: str = field(converter=as_id)
    by: str = field(converter=as_id)
    at: pendulum.DateTime = field(converter=as_instant)
    text: str = field(repr=False, converter=as_text)
    why: str = field(default="", repr=False, converter=as_text)
    after: str | None = field(default=None, converter=optional(as_id))
    source: str | None = field(default=None, converter=optional(as_id))

    def phrase(self) -> Phrase:
        """Say what was learnt; whose words they are is no matter then."""
        return Phrase.of("lesson.learnt", text=self.text)


@frozen(kw_only=True)
class Lesson(Story):
    """Something that people learnt together: from an experiment, or from what did not go well.

    Anyone may put it anew, and nothing is lost by that: each version names the one that it follows. When two phones
    put the same one anew, both versions stand until somebody brings them together.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> told = Lesson.learn("we talk worse when hungry", id="l1", circle="c1", by="ana", at=now)
    >>> told = told.revise("first soup, then money", why="it worked twice", by="ben", at=now.add(days=9))
    >>> told.current(at=now.add(days=9)).by, [each.by for each in told.revisions(at=now.add(days=9))]
    ('ben', ['ana', 'ben'])
    >>> "soup" in repr(told.current(at=now.add(days=9)))
    False

    Laws:
        No version is ever lost or changed. Every version but the first names one that was told before it. The
        current one is a version that nobody has put anew.
    """

    bodies: ClassVar[tuple[type, ...]] = (LessonTold,)
    opening: ClassVar[tuple[type, ...]] = (LessonTold,)

    @classmethod
    def learn(
        cls,
        text: str,
        *,
        source: str | None = None,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Write down what was learnt, for everyone.

        Args:
            text: what was learnt.
            source: the id of what it came from, such as an experiment.
            id: the id of the lesson.
            circle: the circle, or its id.
            by: who writes it down.
            at: now, as the host sees it.
        """
        return cls.begin(LessonTold(text=text, source=source), id=id, circle=circle, by=by, at=at)

    @property
    def has_begun(self) -> bool:
        """Whether a first version was told."""
        return bool(self._revisions)

    def revise(
        self,
        text: str,
        *,
        why: str = "",
        after: str | None = None,
        source: str | None = None,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Put it anew; the version before stays where it is.

        Args:
            text: the new words.
            why: why they are better, if one likes to say so.
            after: the version that they follow; the current one unless said otherwise.
            source: the id of what it came from, such as another experiment.
            by: anyone of them.
            at: now, as the host sees it.

        Raises:
            NotOpen: there is no such version.
            UnknownStory: nothing had been told by then.
        """
        known = self.revisions(at=at)
        follows = self.current(at=at).revision if after is None else after
        if follows not in {each.revision for each in known}:
            raise NotOpen("a version of a lesson")
        return self.say(LessonTold(text=text, why=why, after=follows, source=source), by=by, at=at)

    def revisions(self, *, at: dt.datetime) -> tuple[Revision, ...]:
        """Return every version that had been told by an instant, oldest first."""
        return self.as_of(at)._revisions  # noqa: SLF001 - its own class

    def open_versions(self, *, at: dt.datetime) -> tuple[Revision, ...]:
        """Return the versions that nobody has put anew, oldest first: one, or several after two phones did."""
        known = self.revisions(at=at)
        followed = {each.after for each in known}
        return tuple(each for each in known if each.revision not in followed)

    def current(self, *, at: dt.datetime) -> Revision:
        """Return the newest version that nobody has put anew.

        Raises:
            UnknownStory: nothing had been told by then.
        """
        found = self.open_versions(at=at)
        if not found:
            raise UnknownStory(type(self).__name__)
        return found[-1]

    @cached_property
    def _revisions(self) -> tuple[Revision, ...]:
        """Return the versions, oldest first; one that follows none that was told by then says nothing."""
        told = [_revision(act, act.body) for act in self.told() if isinstance(act.body, LessonTold)]
        following: dict[str | None, list[Revision]] = {}
        for each in told:
            following.setdefault(each.after, []).append(each)
        place = {each.revision: number for number, each in enumerate(told)}
        found: list[tuple[pendulum.DateTime, int, int, Revision]] = []
        step, ready = 0, following.get(None, [])
        while ready:
            found += [(each.at, step, place[each.revision], each) for each in ready]
            later = (each for known in ready for each in following.get(known.revision, ()) if known.at <= each.at)
            step, ready = step + 1, list(later)
        return tuple(each for *_, each in sorted(found, key=lambda one: one[:3]))


def _revision(act: Entry, body: LessonTold) -> Revision:
    return Revision(
        revision=act.content,
        by=act.author,
        at=act.at,
        text=body.text,
        why=body.why,
        after=body.after,
        source=body.source,
    )
