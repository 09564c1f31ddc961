"""A memory is a warm moment that people keep: each tells it in their own words, for themselves or for everyone."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Self

import pendulum
from attrs import frozen

from reconnect.errors import InvalidCare, NotOpen, UnknownStory
from reconnect.people.circle import Circle
from reconnect.primitives.memory.acts import (
    MemoryBack,
    MemoryKept,
    MemoryRecalled,
    MemoryResting,
    MemoryTakenBack,
    Revisit,
)
from reconnect.primitives.memory.spacing import fresh_after
from reconnect.primitives.memory.telling import Remembered, Telling, remembered_by
from reconnect.record.entry import Audience, Entry, Private, Shared
from reconnect.record.kind import Body
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant

__all__ = ["Memory"]


@frozen(kw_only=True)
class Memory(Story):
    """A warm moment, kept by one person or by several, each in their own words.

    It is private unless whoever tells it shares it. When it comes back to someone, and whether they would rather it
    did not, is theirs alone: there is no way to learn that another looked at it.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 21)
    >>> m = Memory.keep("the storm, and the soup", id="m1", circle="c1", by="ana", at=now)
    >>> m.acts[0].audience
    Private()
    >>> m = m.share(by="ana", at=now).tell("you sang", by="ben", at=now.add(days=1), audience=Shared())
    >>> [(told.by, told.shared) for told in m.tellings(at=now.add(days=1))]
    [('ana', True), ('ben', True)]
    >>> m.fresh_from(by="ben", at=now.add(days=1)).isoformat()  # a week after it was told
    '2026-01-12T21:00:00+00:00'

    Laws:
        Everyone's words are their own: what others say changes none of them. It comes back after pauses that never
        become shorter, and what one person looks at, or would rather not, changes nothing for another.

    Sources:
        A week, doubling up to a year: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (MemoryKept, MemoryTakenBack, MemoryRecalled, MemoryResting, MemoryBack)
    opening: ClassVar[tuple[type, ...]] = (MemoryKept,)

    @classmethod
    def keep(
        cls,
        text: str,
        *,
        day: dt.date | None = None,
        audience: Audience | None = None,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Keep a memory, for oneself unless one shares it.

        Args:
            text: what one remembers.
            day: the day that it is about, if one knows it.
            audience: `Shared()` for everyone; `Private()` unless said otherwise.
            id: the id of this memory.
            circle: the circle, or its id.
            by: who tells it.
            at: now, as the host sees it.

        Raises:
            InvalidDate: the day is no date.
        """
        body, heard = MemoryKept(text=text, day=day), Private() if audience is None else audience
        return cls.begin(body, id=id, circle=circle, by=by, at=at, audience=heard)

    def tell(
        self,
        text: str,
        *,
        day: dt.date | None = None,
        audience: Audience | None = None,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Tell it in one's own words, for the first time or anew; what others told stays theirs."""
        heard = Private() if audience is None else audience
        return self.say(MemoryKept(text=text, day=day), by=by, at=at, audience=heard)

    def share(self, *, by: str, at: dt.datetime) -> Self:
        """Share what one told, in the same words; what one wrote privately before stays private.

        Raises:
            NotOpen: one has told nothing, or took it back.
        """
        told = self._own(by, at)
        newest = told.newest
        if newest is None or newest == told.shared:
            return self
        return self.say(MemoryKept(text=newest.text, day=newest.day), by=by, at=at, audience=Shared())

    def take_back(self, *, by: str, at: dt.datetime) -> Self:
        """Take back what one told, so that it comes back to nobody; erasing it is a matter for the journal.

        Raises:
            NotOpen: one has told nothing, or took it back already.
        """
        heard = Private() if self._own(by, at).shared is None else Shared()
        return self.say(MemoryTakenBack(), by=by, at=at, audience=heard)

    def recalled(self, *, by: str, at: dt.datetime) -> Self:
        """Note for oneself that it came back, so that it rests for a while."""
        return self._quietly(MemoryRecalled(), by=by, at=at)

    def rest(self, *, by: str, at: dt.datetime) -> Self:
        """Let it rest for oneself: it does not come back until one likes. Nobody else can tell."""
        return self if self.is_resting(by=by, at=at) else self._quietly(MemoryResting(), by=by, at=at)

    def welcome_back(self, *, by: str, at: dt.datetime) -> Self:
        """Be glad to be reminded of it again."""
        return self._quietly(MemoryBack(), by=by, at=at) if self.is_resting(by=by, at=at) else self

    def revisit(self, *, at: dt.datetime, words: str = "", start: dt.datetime | None = None) -> Revisit:
        """Return the wish to do it again, as a value to offer with `view.offer`; nothing is offered by that alone.

        >>> import pendulum
        >>> now = pendulum.datetime(2026, 1, 5, 21)
        >>> m = Memory.keep("the lake", audience=Shared(), id="m1", circle="c1", by="ana", at=now)
        >>> m.revisit(at=now).memory
        'm1'

        Raises:
            InvalidCare: nobody has shared it, so the others could not know what is meant; or the time has passed.
        """
        if not self.is_shared(at=at):
            raise InvalidCare("a memory that is shared", "one that is not")
        wish = Revisit(memory=self.id, words=words, start=start)
        if wish.start is not None and wish.start < as_instant(at):
            raise InvalidCare("a time that lies ahead", "another one")
        return wish

    def tellings(self, *, at: dt.datetime) -> tuple[Telling, ...]:
        """Return what everyone told and did not take back, as of an instant: each person's newest words."""
        return tuple(told.newest for told in self.as_of(at)._remembered.values() if told.newest is not None)  # noqa: SLF001 - its own class

    def is_shared(self, *, at: dt.datetime) -> bool:
        """Tell whether anyone's words are there for everyone, as of an instant."""
        return any(told.shared is not None for told in self.as_of(at)._remembered.values())  # noqa: SLF001 - its own class

    def is_resting(self, *, by: str, at: dt.datetime) -> bool:
        """Tell a person whether they let it rest for themselves."""
        said = [act.body for act in self.told(at) if act.author == by]
        turns = [body for body in said if isinstance(body, MemoryResting | MemoryBack)]
        return bool(turns) and isinstance(turns[-1], MemoryResting)

    def fresh_from(self, *, by: str, at: dt.datetime) -> pendulum.DateTime | None:
        """Return from when on it may come back to a person, as of an instant; `None` if it rests or was taken back.

        Raises:
            UnknownStory: nobody had told it by then.
        """
        acts = self.told(at)
        told = [act.at for act in acts if isinstance(act.body, MemoryKept)]
        if not told:
            raise UnknownStory(type(self).__name__)
        if self.is_resting(by=by, at=at) or not self.tellings(at=at):
            return None
        return fresh_after(told[0], (act.at for act in acts if act.author == by and _is_recalled(act)))

    def _own(self, by: str, at: dt.datetime) -> Remembered:
        found = self.as_of(at)._remembered.get(by)  # noqa: SLF001 - its own class
        if found is None or found.newest is None:
            raise NotOpen("a memory of one's own")
        return found

    def _quietly(self, body: Body, *, by: str, at: dt.datetime) -> Self:
        return self.say(body, by=by, at=at, audience=Private())

    @cached_property
    def _remembered(self) -> Mapping[str, Remembered]:
        return remembered_by(self.told())


def _is_recalled(act: Entry) -> bool:
    return isinstance(act.body, MemoryRecalled)
