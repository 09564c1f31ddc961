"""People who founded a circle, with a journal and a clock: what a test of an app needs to begin."""

import datetime as dt
from collections.abc import Hashable
from typing import Final, Self, TypeVar

from attrs import frozen

from reconnect.edges.testing.clock import FixedClock
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Audience, Entry, Private, Sealed, Shared
from reconnect.record.journal import Journal
from reconnect.record.kind import Body, Heard, heard_of
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import Story
from reconnect.record.view import View

__all__ = ["ANA", "BEN", "CLEO", "Together"]

S = TypeVar("S", bound=Story)

ANA: Final = Person(id="ana", zone="America/New_York", name="Ana")
BEN: Final = Person(id="ben", zone="Europe/Paris", name="Ben")
CLEO: Final = Person(id="cleo", zone="Asia/Tokyo", name="Cleo")


@frozen(kw_only=True, eq=False)
class Together:
    """People who founded a circle, their journal and the clock that they live by.

    >>> from reconnect.record.entry import Note
    >>> us = Together.of(ANA, BEN, clock=FixedClock())
    >>> us.write("ana", Note(text="tired")).id
    'ana-1'
    >>> us.view("ben").entries(kind="note")
    ()

    Attributes:
        circle: the circle; `circle.id` is what an app is asked for.
        journal: where it is kept.
        clock: now, for everyone.
    """

    circle: Circle
    journal: Journal
    clock: FixedClock

    @classmethod
    def of(cls, *people: Person, clock: FixedClock, journal: Journal | None = None, **named: Hashable) -> Self:
        """Found a circle of some people; without a journal of your own in one that lives in memory."""
        kept = MemoryJournal() if journal is None else journal
        circle = Circle(id="c1", members=people)
        kept.found(circle, by=people[0].id, at=clock())
        return cls(circle=circle, journal=kept, clock=clock, **named)

    def view(self, person: str, *, at: dt.datetime | None = None) -> View:
        """Return what one person can see, now unless said otherwise."""
        return self.journal.view(person, circle=self.circle.id, at=self.clock() if at is None else at)

    def keep(self, story: S) -> S:
        """Append what a story says, each act in its author's name, and return the story."""
        for author in dict.fromkeys(act.author for act in story.acts):
            self.journal.append(*story.acts_of(author), acting=author)
        return story

    def entry(
        self,
        by: str,
        body: Body,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        about: str | None = None,
        shared: bool = False,
    ) -> Entry:
        """Make an entry as of now, without keeping it; a kind that only some may hear goes to those."""
        heard: dict[Heard, Audience] = {Heard.SHARED: Shared(), Heard.SEALED: Sealed(about or "a reveal")}
        audience = heard.get(heard_of(body), Shared() if shared else Private())
        return Entry(
            circle=self.circle.id, author=by, id=id, at=self.clock(), body=body, audience=audience, about=about
        )

    def write(
        self,
        by: str,
        body: Body,
        *,
        id: str | None = None,  # noqa: A002 - the field's own name, fixed by the design
        about: str | None = None,
        shared: bool = False,
    ) -> Entry:
        """Write an entry in one person's name and return it; private unless it is shared.

        Without an id it gets the next free one of its author, such as `ana-1`.

        Args:
            by: who writes.
            body: what they write.
            id: the entry's id.
            about: the story or thing it concerns.
            shared: whether everyone may see it, where its author can choose.
        """
        own = self.journal.export(by, acting=by, support=True)
        name = f"{by}-{sum(entry.id.startswith(f'{by}-') for entry in own) + 1}" if id is None else id
        written = self.entry(by, body, id=name, about=about, shared=shared)
        self.journal.append(written, acting=by)
        return written
