"""Keeping a diary in a journal that lasts: in one piece, again and again, and never over what is there."""

from collections.abc import Sequence

import pendulum

from reconnect.edges.diary.couple import Couple
from reconnect.edges.diary.reading import Diary
from reconnect.errors import InvalidTable
from reconnect.record.entry import Entry
from reconnect.record.journal import Journal
from reconnect.record.memory import MemoryJournal

__all__ = ["keep"]


def keep(diary: Diary, journal: Journal) -> None:
    """Keep every couple in a journal, in one piece; what is there already stays as it is.

    This is an act of the host, like merging two journals: who holds the table vouches for who is who. Keeping
    a longer table later on adds the new days.

    Raises:
        InvalidTable: a day is kept there with other ratings, or a circle of that id has other people or has
            lost one of them; nothing is kept then.
    """
    circles: dict[str, list[Entry]] = {couple.id: [] for couple in diary.couples}
    for entry in journal.everything():
        if entry.circle in circles:
            circles[entry.circle].append(entry)
    staged = MemoryJournal()
    for couple in diary.couples:
        couple.write(staged, at=_founded(couple, journal, circles[couple.id]))
    journal.merge(staged)


def _founded(couple: Couple, journal: Journal, there: Sequence[Entry]) -> pendulum.DateTime:
    """Return when the circle was founded, or will be, after checking that nothing there says otherwise."""
    if not there:
        return couple.at
    founder = couple.circle.ids[0]
    founded = min(entry.at for entry in there)
    now = max(couple.at, founded)
    known = {entry.identity: entry.content for entry in there}
    if couple.id not in journal.circles(founder, acting=founder) or set(
        journal.view(founder, circle=couple.id, at=now).members
    ) != set(couple.circle.ids):
        raise InvalidTable(0, "", "couples of the same people as in the journal, all of whom are there now")
    if any(known.get(entry.identity, entry.content) != entry.content for entry in couple.entries):
        raise InvalidTable(0, "", "days that the journal does not yet have, or has with the same ratings")
    return founded
