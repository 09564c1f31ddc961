"""A journal in memory: for tests, notebooks, and hosts that keep entries in their own way."""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from reconnect.record.entry import Entry
from reconnect.record.ledger import Ledger
from reconnect.record.membership import Membership, is_circle_act
from reconnect.record.sealed import is_own_affair
from reconnect.record.view import Ceased

__all__ = ["MemoryJournal"]

Identity: TypeAlias = tuple[str, str, str]
Shelf: TypeAlias = dict[Identity, Entry]


class MemoryJournal(Ledger):
    """A journal that lives as long as the process; threads may share it.

    >>> import pendulum
    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.entry import Note
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> journal = MemoryJournal()
    >>> people = (Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris"))
    >>> journal.found(Circle(id="c1", members=people), by="ana", at=now)
    Stored(id='founding')
    >>> journal.append(Entry(circle="c1", author="ana", id="e1", at=now, body=Note(text="tired")), acting="ana")
    (Stored(id='e1'),)
    >>> len(journal.view("ben", circle="c1", at=now).entries(kind=Note))
    0

    Args:
        key: the secret with which erased entries are recognised; any will do for a journal that is not kept.
    """

    def __init__(self, *, key: bytes = b"") -> None:
        """Begin with nothing written."""
        self._key = key
        self._lock = threading.RLock()
        self._circle_entries: dict[str, Shelf] = {}
        self._acts: dict[str, Shelf] = {}
        self._told: dict[str, Shelf] = {}  # by circle: all but what is its author's own affair
        self._own: dict[str, Shelf] = {}  # by author
        self._marks: set[str] = set()
        self._gone: dict[str, tuple[Ceased, ...]] = {}
        self._undo: list[Callable[[], None]] = []

    @contextmanager
    def _work(self) -> Generator[None, None, None]:
        with self._lock:
            try:
                yield
            except BaseException:
                while self._undo:
                    self._undo.pop()()
                raise
            finally:
                self._undo.clear()

    def _find(self, identity: Identity) -> Entry | None:
        circle, *_ = identity
        return self._circle_entries.get(circle, {}).get(identity)

    def _written(self, circle: str, reader: str) -> Sequence[Entry]:
        told = self._told.get(circle, {}).values()
        return (*told, *(entry for entry in self._by(reader) if entry.circle == circle and is_own_affair(entry)))

    def _circle_acts(self, circle: str) -> Sequence[Entry]:
        return tuple(self._acts.get(circle, {}).values())

    def _by(self, person: str) -> Sequence[Entry]:
        return tuple(self._own.get(person, {}).values())

    def _circles(self, person: str) -> Sequence[str]:
        return [circle for circle in self._acts if person in Membership.of(self._circle_acts(circle)).order]

    def _keep(self, entry: Entry) -> None:
        self._put(entry.identity, entry)

    def _forget(self, entries: Sequence[Entry], marks: Sequence[str]) -> None:
        for entry in entries:
            self._put(entry.identity, None)
        before = frozenset(self._marks)
        self._undo.append(lambda: self._marks.intersection_update(before))
        self._marks.update(marks)

    def _put(self, identity: Identity, entry: Entry | None) -> None:
        """Let an entry stand under an identity, or nothing, and remember how it was before."""
        before = self._find(identity)
        self._undo.append(lambda: self._place(identity, before))
        self._place(identity, entry)

    def _place(self, identity: Identity, entry: Entry | None) -> None:
        circle, author, _ = identity
        everything, own = self._circle_entries.setdefault(circle, {}), self._own.setdefault(author, {})
        acts, told = self._acts.setdefault(circle, {}), self._told.setdefault(circle, {})
        for shelf in (everything, own, acts, told):
            shelf.pop(identity, None)
        if entry is not None:
            everything[identity] = own[identity] = entry
            if is_circle_act(entry):
                acts[identity] = entry
            if not is_own_affair(entry):
                told[identity] = entry

    def _is_forgotten(self, mark: str) -> bool:
        return mark in self._marks

    def _ceased(self, circle: str) -> tuple[Ceased, ...]:
        return self._gone.get(circle, ())

    def _keep_ceased(self, circle: str, ceased: Ceased) -> None:
        before = self._ceased(circle)
        self._undo.append(lambda: self._gone.update({circle: before}))
        self._gone[circle] = (*before, ceased)

    def everything(self) -> Iterator[Entry]:
        """See `Journal.everything`."""
        with self._lock:
            entries = [entry for place in self._circle_entries.values() for entry in place.values()]
        yield from entries
