"""A journal keeps what people write, and gives each of them their own view; this is what every journal can do."""

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from attrs import frozen

from reconnect.people.circle import Circle
from reconnect.record.entry import Entry
from reconnect.record.view import View

__all__ = ["AlreadyThere", "Erased", "IdConflict", "Journal", "Outcome", "Stored"]


@frozen
class Stored:
    """The entry is kept."""

    id: str


@frozen
class AlreadyThere:
    """The very same entry was there; a retry costs nothing."""

    id: str


@frozen
class IdConflict:
    """The author has written something else under this id; what was there stays."""

    id: str


@frozen
class Erased:
    """Its author erased this entry; it does not come back."""

    id: str


Outcome = Stored | AlreadyThere | IdConflict | Erased


class Journal(Protocol):
    """Where entries are kept. Every journal keeps the same promises.

    Laws:
        Appending is idempotent, and atomic: a refused call keeps nothing. Nobody writes, edits or shadows
        another's entry. For any two journals that differ only in what one person wrote privately, everything
        that another can obtain is identical, apart from the openings the author chose.
    """

    def found(self, circle: Circle, *, by: str, at: dt.datetime) -> Outcome:
        """Found a circle: who its people are, and how each of them is called and lives by the clock.

        The host vouches for who is who here; from then on everyone writes only for themselves. Founding it again
        with the same people changes nothing.

        Raises:
            NotAMember: the founder is not one of the circle's people.
            NotYours: a circle with that id is there already, founded by another person or for other people.
        """
        ...

    def append(self, *entries: Entry, acting: str) -> tuple[Outcome, ...]:
        """Keep entries, and say for each what became of it.

        Another person's entry passes only as `AlreadyThere`, when the one who acts can see it.

        Raises:
            NotAMember: the one who acts is not in that circle at that time, or there is no such circle.
            NotYours: an entry is another person's and is not there for the one who acts.
            InvalidBody: it says that it needs a newer version of a kind that is known here: it would be kept without
                effect, and might be a no, or a leaving. `merge` carries such entries.
        """
        ...

    def view(self, reader: str, *, circle: str, at: dt.datetime) -> View:
        """Return what one person can see of a circle as of an instant.

        Raises:
            NotAMember: the reader was never in that circle by then, or there is no such circle.
        """
        ...

    def circles(self, person: str, *, acting: str) -> tuple[str, ...]:
        """Return the ids of the circles a person ever was in, sorted.

        Raises:
            NotYours: the one who acts is another person.
        """
        ...

    def erase(self, person: str, *, acting: str, at: dt.datetime | None = None) -> None:
        """Erase everything a person wrote, everywhere, and leave every circle at `at`.

        Bodies and names go; ids, which mean nothing by themselves, may stay where others refer to them. What
        needed this person ceases; only when it held stays, without content, for the others. Without `at` the
        leaving counts from the latest shared entry of each circle.

        Raises:
            NotYours: the one who acts is another person.
        """
        ...

    def export(self, person: str, *, acting: str, support: bool = False) -> tuple[Entry, ...]:
        """Return everything a person wrote, oldest first; what lies in their support room only if they say so.

        An export often ends where others can open it, such as a downloads folder. So the ordinary one is the same
        whether or not there is a support room, and a second, deliberate call includes it.

        Args:
            person: whose entries.
            acting: who asks, which must be the same person.
            support: include what is set apart in their support room.

        Raises:
            NotYours: the one who acts is another person.
        """
        ...

    def merge(self, other: "Journal") -> None:
        """Take in everything another journal holds: the one way in which the past may grow.

        For hosts that keep a journal in two places; it is not for outside data. What was erased here stays so.
        """
        ...

    def everything(self) -> Iterator[Entry]:
        """Go through every entry, for the host's own keeping (merging, backup): nobody's view."""
        ...
