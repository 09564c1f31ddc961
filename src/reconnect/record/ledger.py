"""A ledger is the part of a journal that does not depend on where it is kept: who may write what."""

import datetime as dt
import hashlib
import hmac
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

import pendulum

from reconnect.errors import InvalidBody, NotAMember, NotYours
from reconnect.people.circle import Circle
from reconnect.record.digest import digest
from reconnect.record.entry import Entry, Shared
from reconnect.record.journal import AlreadyThere, Erased, IdConflict, Journal, Outcome, Stored
from reconnect.record.kind import is_newer, is_set_apart
from reconnect.record.membership import Founded, Joined, Left, Membership, found, introduce, is_circle_act
from reconnect.record.story import bonds
from reconnect.record.view import Ceased, View, look
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Ledger"]


class Ledger(ABC):
    """The rules of a journal over a few plain acts of storage, which a subclass brings.

    Every public verb does its storage inside one `_work()`: all of it is kept, or none.
    """

    _key: bytes

    @abstractmethod
    def _work(self) -> AbstractContextManager[None]:
        """Enclose one unit of work: everything in it is kept together, and no other writer comes between."""

    def _reading(self) -> AbstractContextManager[None]:
        """Enclose one unit of reading: all that is read in it is as of one moment."""
        return self._work()

    @abstractmethod
    def _find(self, identity: tuple[str, str, str]) -> Entry | None:
        """Return the entry with an identity."""

    @abstractmethod
    def _written(self, circle: str, reader: str) -> Sequence[Entry]:
        """Return a circle's entries on which one reader's view may rest, in any order: see `is_own_affair`.

        What others keep to themselves is left where it is: how long a view takes would tell how much it is, and one
        body that cannot be read any more would stand between everyone else and their own leaving.
        """

    @abstractmethod
    def _circle_acts(self, circle: str) -> Sequence[Entry]:
        """Return the circle's own acts, in any order."""

    @abstractmethod
    def _by(self, person: str) -> Sequence[Entry]:
        """Return every entry of one author, in any order."""

    @abstractmethod
    def _circles(self, person: str) -> Sequence[str]:
        """Return the circles in which a person is named by an act of the circle."""

    @abstractmethod
    def _keep(self, entry: Entry) -> None:
        """Keep an entry, in the place of one with the same identity if there is one."""

    @abstractmethod
    def _forget(self, entries: Sequence[Entry], marks: Sequence[str]) -> None:
        """Remove entries so that nothing of them is left, and keep the marks of what was there."""

    @abstractmethod
    def _is_forgotten(self, mark: str) -> bool:
        """Tell whether a mark was kept by `_forget`."""

    @abstractmethod
    def _ceased(self, circle: str) -> tuple[Ceased, ...]:
        """Return what ceased in a circle through erasures."""

    @abstractmethod
    def _keep_ceased(self, circle: str, ceased: Ceased) -> None:
        """Keep that something ceased."""

    @abstractmethod
    def everything(self) -> Iterator[Entry]:
        """Go through every entry."""

    def found(self, circle: Circle, *, by: str, at: dt.datetime) -> Outcome:
        """See `Journal.found`."""
        founding = found(circle, by=by, at=at)
        with self._work():
            if known := self._circle_acts(circle.id):
                if any(act.identity == founding.identity and act.content == founding.content for act in known):
                    return AlreadyThere(founding.id)
                raise NotYours
            for entry in (founding, *(introduce(person, circle=circle.id, at=at) for person in circle.members)):
                self._keep(entry)
        return Stored(founding.id)

    def append(self, *entries: Entry, acting: str) -> tuple[Outcome, ...]:
        """See `Journal.append`."""
        with self._work():
            return tuple(self._append(entry, acting) for entry in entries)

    def view(self, reader: str, *, circle: str, at: dt.datetime) -> View:
        """See `Journal.view`."""
        with self._reading():
            written, ceased = self._written(circle, reader), self._ceased(circle)
        return look(written, reader=reader, circle=circle, at=at, ceased=ceased)

    def circles(self, person: str, *, acting: str) -> tuple[str, ...]:
        """See `Journal.circles`."""
        if acting != person:
            raise NotYours
        with self._reading():
            return tuple(self._ever_in(person))

    def export(self, person: str, *, acting: str, support: bool = False) -> tuple[Entry, ...]:
        """See `Journal.export`."""
        if acting != person:
            raise NotYours
        with self._reading():
            found = [entry for entry in self._by(person) if support or not is_set_apart(entry.body)]
        return tuple(sorted(found, key=lambda entry: (entry.at, entry.circle, entry.id)))

    def erase(self, person: str, *, acting: str, at: dt.datetime | None = None) -> None:
        """See `Journal.erase`."""
        if acting != person:
            raise NotYours
        with self._work():
            farewells = [self._farewell(circle, person, at) for circle in self._ever_in(person)]
            gone = [entry for entry in self._by(person) if not is_circle_act(entry)]
            self._forget(gone, [self._mark(entry) for entry in gone])
            for farewell in farewells:
                if farewell is not None:
                    self._keep(farewell)

    def merge(self, other: Journal) -> None:
        """See `Journal.merge`."""
        incoming = tuple(other.everything())
        with self._work():
            for entry in incoming:
                known = self._find(entry.identity)
                if not self._is_forgotten(self._mark(entry)) and (known is None or _earlier(entry, known)):
                    self._keep(entry)

    def _append(self, entry: Entry, acting: str) -> Outcome:
        acts = self._circle_acts(entry.circle)
        known = self._find(entry.identity)
        if entry.author != acting:
            return self._repeat(entry, known, acting)
        if self._is_forgotten(self._mark(entry)):
            return Erased(entry.id)
        if known is not None and known.content != entry.content:
            return IdConflict(entry.id)
        if known is None or entry.at < known.at:
            _require_writer(entry, acts)
            if is_newer(entry.body):
                raise InvalidBody("a body that can take effect here", "a newer version of a kind that is known")
            self._keep(entry)
        return Stored(entry.id) if known is None else AlreadyThere(entry.id)

    def _repeat(self, entry: Entry, known: Entry | None, acting: str) -> Outcome:
        """Let another's entry pass if the one who acts saw it all along; refuse all else in the same words.

        Sealed answers never pass: whoever could name a later instant could try out what another answered.
        """
        membership = Membership.of(self._circle_acts(entry.circle))
        if acting not in membership.order:
            raise NotAMember
        if known is None or known.content != entry.content or not _saw(known, acting, membership):
            raise NotYours
        return AlreadyThere(entry.id)

    def _ever_in(self, person: str) -> Sequence[str]:
        """Return the circles a person ever was in, sorted."""
        named = sorted(set(self._circles(person)))
        return [name for name in named if person in Membership.of(self._circle_acts(name)).order]

    def _farewell(self, circle: str, person: str, at: dt.datetime | None) -> Entry | None:
        """Keep when this person's bonds held, without content, and return their leaving if they are there."""
        written = self._written(circle, person)
        latest = max(entry.at for entry in written if isinstance(entry.audience, Shared))
        stay = Membership.of(self._circle_acts(circle)).stay(person, latest)
        moment = max(stay.since, latest if at is None else as_instant(at))
        view = look(written, reader=person, circle=circle, at=max(latest, moment)).shared_only()
        for bond in bonds:
            for story in view.all(bond):
                if held := _before(moment, story.held()):
                    self._keep_ceased(circle, Ceased(about=story.id, held=held))
        if stay.until is not None:
            return None
        id_ = digest("erased", circle, person, moment)
        return Entry(circle=circle, author=person, id=id_, at=moment, body=Left(), audience=Shared())

    def _mark(self, entry: Entry) -> str:
        """Return a keyed digest of an entry's identity: it recognises a replay and tells nothing else."""
        text = "\0".join(entry.identity).encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()


def _require_writer(entry: Entry, acts: Sequence[Entry]) -> None:
    """Refuse whoever is not there at that time; a newcomer whom everyone welcomed may join.

    Only the host founds a circle (`Journal.found`): an older founding would change who everyone is.
    """
    if isinstance(entry.body, Joined):
        acts = (*acts, entry)
    if entry.author not in Membership.of(acts).at(entry.at):
        raise NotAMember
    if isinstance(entry.body, Founded):
        raise NotYours


def _saw(entry: Entry, person: str, membership: Membership) -> bool:
    """Tell whether a person saw another's entry from the moment it was written."""
    stays = [stay for stay in membership.stays if stay.person == person]
    if is_circle_act(entry):
        return any(stay.until is None or entry.at <= stay.until for stay in stays)
    return isinstance(entry.audience, Shared) and any(stay.covers(entry.at) for stay in stays)


def _before(moment: pendulum.DateTime, held: Windows) -> Windows:
    return Windows.of(*(Window(w.start, min(w.end, moment)) for w in held if w.start < moment))


def _earlier(entry: Entry, known: Entry) -> bool:
    """Choose between two entries of one identity in one way everywhere: the earlier, then the smaller content."""
    return (entry.at, entry.content) < (known.at, known.content)
