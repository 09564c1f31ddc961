"""Recall lets a memory that is fresh again come back to one person, by a chance that comes in by the door."""

from collections.abc import Iterator
from random import Random

import pendulum

from reconnect.primitives.memory.memory import Memory
from reconnect.record.view import View

__all__ = ["next_recall", "recall"]


def recall(view: View, *, rng: Random) -> Memory | None:
    """Return a memory that may come back to the reader now, or `None` if none is fresh.

    To look changes nothing. The app notes `memory.recalled(by=, at=)` once it was shown, privately, and from then
    on it rests for a longer while. What others keep to themselves has no part in it, nor has what they look at.

    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.memory import MemoryJournal
    >>> now = pendulum.datetime(2026, 1, 5, 21)
    >>> journal = MemoryJournal()
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> _ = journal.found(us, by="ana", at=now)
    >>> kept = Memory.keep("the lake", id="m1", circle="c1", by="ana", at=now)
    >>> _ = journal.append(*kept.acts, acting="ana")
    >>> recall(journal.view("ana", circle="c1", at=now.add(days=6)), rng=Random(1)) is None
    True
    >>> recall(journal.view("ana", circle="c1", at=now.add(days=7)), rng=Random(1)).id
    'm1'
    >>> recall(journal.view("ben", circle="c1", at=now.add(days=7)), rng=Random(1)) is None
    True

    Args:
        view: the reader's own view.
        rng: a source of chance, such as `random.Random(seed)`; the same one gives the same memory everywhere.

    Laws:
        Deterministic given `rng`. Only what the reader can see comes back. If each is noted as recalled, every
        fresh one comes once before any comes twice.
    """
    fresh = [memory for memory, at in _ahead(view) if at <= view.at]
    return fresh[rng.randrange(len(fresh))] if fresh else None


def next_recall(view: View) -> pendulum.DateTime | None:
    """Return when the next memory is fresh for the reader, now at the earliest; `None` if none will be."""
    return min((max(at, view.at) for _, at in _ahead(view)), default=None)


def _ahead(view: View) -> Iterator[tuple[Memory, pendulum.DateTime]]:
    """Go through the memories that may come back, with the instant from which on they are fresh."""
    for memory in view.all(Memory):
        at = memory.fresh_from(by=view.reader, at=view.at)
        if at is not None:
            yield memory, at
