"""A couple of a diary: two or more people, what each of them wrote, and where there is silence between."""

from functools import cached_property
from itertools import pairwise
from typing import Final

import pendulum
from attrs import field, frozen

from reconnect.edges.diary.day import Day, DiaryDay, later, ordinal
from reconnect.errors import InvalidBody
from reconnect.limits import limit
from reconnect.people.circle import Circle
from reconnect.record.entry import Entry
from reconnect.record.memory import MemoryJournal

__all__ = ["Couple", "Silence"]

_WRITTEN: Final = {
    "type": "entry",
    "circle": "a1",
    "author": "b2",
    "id": "c3",
    "at": "2026-01-05T19:00:00Z",
    "body": {"kind": "diary.day", "day": 1, "ratings": [["mood", "3/1"]]},
}


@frozen(kw_only=True)
class Silence:
    """A run of days on which nobody wrote a rating, as long as it goes."""

    first: Day
    last: Day

    @property
    def length(self) -> int:
        """How many days it lasted."""
        return ordinal(self.last) - ordinal(self.first) + 1


def _entries(value: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if not value or not all(isinstance(entry.body, DiaryDay) for entry in value):
        raise InvalidBody("at least one day of a diary, and nothing but such days", "something else")
    return tuple(value)


limit(_entries, least=1, such_as=([_WRITTEN],))


@frozen(kw_only=True)
class Couple:
    """Two or more people who keep a diary of the same days.

    What is told here is for whoever holds the table. Which of them wrote on a day is nobody's business but
    their own: a day is answered as soon as it holds one rating by anyone.

    >>> from fractions import Fraction
    >>> from reconnect.people.person import Person
    >>> at = pendulum.datetime(2026, 2, 1)
    >>> people = (Person(id="7.one", zone="UTC"), Person(id="7.two", zone="UTC"))
    >>> couple = Couple(circle=Circle(id="7", members=people), entries=tuple(
    ...     Entry(circle="7", author="7.one", id=f"d{body.day}", at=at, body=body) for body in (
    ...         DiaryDay(day=1, ratings=(("sad", Fraction(1)),)),
    ...         DiaryDay(day=4, ratings=(("sad", None),)),
    ...         DiaryDay(day=5, ratings=(("sad", Fraction(0)),)),
    ... )))
    >>> couple.answered, couple.silences, couple.days_silent
    ((1, 5), (Silence(first=2, last=4),), 3)

    Attributes:
        circle: who they are.
        entries: what they wrote, each entry private to its author.

    Laws:
        Days answered and days silent add up to the days from the first to the last.
    """

    circle: Circle
    entries: tuple[Entry, ...] = field(converter=_entries, repr=False)

    @property
    def id(self) -> str:
        """The couple's name in the table."""
        return self.circle.id

    @property
    def at(self) -> pendulum.DateTime:
        """When the first of their entries was received."""
        return min(entry.at for entry in self.entries)

    @cached_property
    def _days(self) -> tuple[DiaryDay, ...]:
        return tuple(entry.body for entry in self.entries if isinstance(entry.body, DiaryDay))

    @cached_property
    def first(self) -> Day:
        """The first day that stands in the table."""
        return min((body.day for body in self._days), key=ordinal)

    @cached_property
    def last(self) -> Day:
        """The last day that stands in the table."""
        return max((body.day for body in self._days), key=ordinal)

    @property
    def next(self) -> Day:
        """The day after the last."""
        return later(self.last, 1)

    @cached_property
    def answered(self) -> tuple[Day, ...]:
        """The days with at least one rating, in order."""
        return tuple(sorted({body.day for body in self._days if body.answered}, key=ordinal))

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """Every silence between the first and the last day, in order."""
        edges = (later(self.first, -1), *self.answered, later(self.last, 1))
        pairs = pairwise(edges)
        return tuple(
            Silence(first=later(before, 1), last=later(after, -1))
            for before, after in pairs
            if ordinal(after) - ordinal(before) > 1
        )

    @property
    def days_silent(self) -> int:
        """How many days from the first to the last have no rating."""
        return sum(silence.length for silence in self.silences)

    @property
    def longest_silence(self) -> Silence | None:
        """The longest silence, the earliest of several alike, or `None`."""
        return max(self.silences, key=lambda silence: silence.length, default=None)

    def journal(self) -> MemoryJournal:
        """Return a new journal with this circle and its entries, where each person has their own view."""
        journal = MemoryJournal()
        self.write(journal, at=self.at)
        return journal

    def write(self, journal: MemoryJournal, *, at: pendulum.DateTime) -> None:
        """Found the circle in a journal at an instant, and let everyone write their own entries there."""
        journal.found(self.circle, by=self.circle.ids[0], at=at)
        for person in self.circle.ids:
            journal.append(*(entry for entry in self.entries if entry.author == person), acting=person)
