"""A telling is what one person remembers: privately, for everyone, or first the one and then the other."""

import datetime as dt
from collections.abc import Iterable, Mapping

from attrs import define, field, frozen
from attrs.converters import optional

from reconnect.people.person import as_id
from reconnect.phrase import Phrase
from reconnect.primitives.memory.acts import MemoryKept, MemoryTakenBack
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import as_text
from reconnect.temporal.day import as_date

__all__ = ["Remembered", "Telling", "remembered_by"]


@frozen(kw_only=True)
class Telling:
    """What one person remembers, in their own words.

    Attributes:
        by: whose words they are.
        text: the words, left out of `repr`.
        day: the day that it is about, if they know it.
        shared: whether everyone may read them.

    Raises:
        InvalidDate: the day is no date.
    """

    by: str = field(converter=as_id)
    text: str = field(repr=False, converter=as_text)
    day: dt.date | None = field(default=None, converter=optional(as_date))
    shared: bool = False

    def phrase(self) -> Phrase:
        """Say it, with its day if there is one."""
        if self.day is None:
            return Phrase.of("memory.told", by=self.by, text=self.text)
        return Phrase.of("memory.told_of_day", by=self.by, text=self.text, day=self.day)


@define(kw_only=True)
class Remembered:
    """What one person told of a memory and did not take back; `remembered_by` writes it down once.

    Attributes:
        newest: their newest words, as far as the reader can see.
        shared: their newest words that everyone may read.
    """

    newest: Telling | None = None
    shared: Telling | None = None

    def hear(self, act: Entry) -> None:
        """Take in what that person tells or takes back; what they take back privately, they had told privately."""
        for_all = isinstance(act.audience, Shared)
        if isinstance(act.body, MemoryKept):
            self.newest = Telling(by=act.author, text=act.body.text, day=act.body.day, shared=for_all)
            self.shared = self.newest if for_all else self.shared
        else:
            self.shared = None if for_all else self.shared
            self.newest = self.shared


def remembered_by(acts: Iterable[Entry]) -> Mapping[str, Remembered]:
    """Return what each person told, in the order in which they first spoke.

    At one instant, words for everyone follow those for oneself, which they may repeat, and taking back comes last.
    """
    found: dict[str, Remembered] = {}
    words = (act for act in acts if isinstance(act.body, MemoryKept | MemoryTakenBack))
    for act in sorted(words, key=_rank):
        found.setdefault(act.author, Remembered()).hear(act)
    return found


def _rank(act: Entry) -> tuple[dt.datetime, bool, bool]:
    return (act.at, isinstance(act.body, MemoryTakenBack), isinstance(act.audience, Shared))
