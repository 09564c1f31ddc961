"""A journal in a database: SQLite in one file by default, PostgreSQL, or any other through SQLAlchemy (extra `sql`)."""

import datetime as dt
import os
import secrets
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Final, Self

from reconnect.edges import _postgres, _sqlite
from reconnect.edges import _sql_table as table
from reconnect.edges._sql_database import Database
from reconnect.edges._sql_failure import again
from reconnect.edges._sql_opening import SCHEMA, SCRUB, prepared
from reconnect.edges._sql_row import read, to_entry, to_row, write
from reconnect.edges._sql_seal import Hook, Seal
from reconnect.edges._sqlalchemy import sa
from reconnect.errors import NotKept, TracesLeft
from reconnect.people.circle import Circle
from reconnect.record.entry import Entry
from reconnect.record.journal import Journal, Outcome
from reconnect.record.ledger import Ledger
from reconnect.record.membership import Founded, is_circle_act
from reconnect.record.view import Ceased

__all__ = ["SqlJournal"]

PATIENCE: Final = dt.timedelta(seconds=60)  # ours: writing takes milliseconds, so this is a very long queue
_PAGE: Final = 500  # ours: entries read at once when all of them are wanted


class SqlJournal(Ledger):
    """A journal in a database: what it has acknowledged is kept, whatever happens to the process.

    Threads and processes may share the database; one of them writes at a time, and the others wait. Texts must
    compare byte for byte in it, as they do in SQLite and PostgreSQL.

    >>> import tempfile
    >>> import pendulum
    >>> from reconnect.people.circle import Circle
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.entry import Note
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> path = tempfile.mkdtemp() + "/us.db"
    >>> people = (Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris"))
    >>> with SqlJournal.open(path) as journal:
    ...     founded = journal.found(Circle(id="c1", members=people), by="ana", at=now)
    ...     journal.append(Entry(circle="c1", author="ana", id="e1", at=now, body=Note(text="x")), acting="ana")
    (Stored(id='e1'),)
    >>> with SqlJournal.open(path) as journal:
    ...     len(journal.view("ana", circle="c1", at=now).entries(kind=Note))
    1

    Args:
        engine: where the entries are kept; it stays the host's, and is not closed by the journal.
        key: the secret with which erased entries are recognised, the same each time. Without one, a random key
            is made once and kept in the database: it still tells nothing of what was erased, but whoever holds
            a copy of the database can try out whether a certain id was once there. A key that the host keeps
            elsewhere prevents that.
        patience: how long to wait for other writers before giving up.
        seal: turns the bytes of a body into what is kept of it, such as encrypted bytes; nothing else of an entry is
            sealed. Bodies that were kept without it stay readable as they are.
        open: turns them back. It has to open whatever `seal` ever made for this database.

    Raises:
        NewerDatabase: a newer version of this library has written there.
        WrongKey: the database was begun with another key.
        WrongSeal: bodies are sealed there, and `open` does not open them; or only one of the two was given.
        NotKept: the database cannot be reached.
    """

    def __init__(
        self,
        engine: sa.Engine,
        *,
        key: bytes | None = None,
        patience: dt.timedelta = PATIENCE,
        seal: Hook | None = None,
        open: Hook | None = None,  # noqa: A002 - its name beside `seal`
    ) -> None:
        """Begin to use a database, make its tables if they are not there yet, and bring older ones forward."""
        self._seal = Seal.of(seal, open)
        self._database = Database(engine, patience)
        self._close: Callable[[], object] = lambda: None
        self._key = again(partial(prepared, self._database, key=key, seal=self._seal))
        with suppress(TracesLeft):  # whoever erased was told, or is not there any more; here it is tried again
            self._scrub(dt.timedelta())

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        key: bytes | None = None,
        patience: dt.timedelta = PATIENCE,
        seal: Hook | None = None,
        open: Hook | None = None,  # noqa: A002 - its name beside `seal`
    ) -> Self:
        """Open a journal in a SQLite file; a new file can be read by its owner only.

        See `SqlJournal` for the other arguments and for what is raised.
        """
        return cls._on(_sqlite.engine_for(path), key=key, patience=patience, seal=seal, open=open)

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        key: bytes | None = None,
        patience: dt.timedelta = PATIENCE,
        seal: Hook | None = None,
        open: Hook | None = None,  # noqa: A002 - its name beside `seal`
    ) -> Self:
        """Open a journal on a PostgreSQL server, such as `postgresql://user@host/name` (extra `postgres`).

        See `SqlJournal` for the other arguments and for what else is raised.

        Raises:
            MissingExtra: psycopg is not installed.
        """
        return cls._on(_postgres.engine_for(url), key=key, patience=patience, seal=seal, open=open)

    @classmethod
    def _on(
        cls,
        engine: sa.Engine,
        *,
        key: bytes | None,
        patience: dt.timedelta,
        seal: Hook | None,
        open: Hook | None,  # noqa: A002 - as above
    ) -> Self:
        """Use an engine of our own, which is closed with the journal."""
        try:
            journal = cls(engine, key=key, patience=patience, seal=seal, open=open)
        except BaseException:
            engine.dispose()
            raise
        journal._close = weakref.finalize(journal, engine.dispose)
        return journal

    def close(self) -> None:
        """Let go of what `open` or `connect` opened; an engine of the host stays open."""
        self._close()

    def __enter__(self) -> Self:
        """Use the journal in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def found(self, circle: Circle, *, by: str, at: dt.datetime) -> Outcome:
        """See `Journal.found`."""
        return again(partial(super().found, circle, by=by, at=at))

    def append(self, *entries: Entry, acting: str) -> tuple[Outcome, ...]:
        """See `Journal.append`.

        Raises:
            NotKept: the database did not carry it out; nothing of this call is kept.
            Unconfirmed: a server was gone before it had answered. Whether it is kept, the next attempt tells.
        """
        return again(partial(super().append, *entries, acting=acting))

    def merge(self, other: Journal) -> None:
        """See `Journal.merge`."""
        again(partial(super().merge, other))

    def erase(self, person: str, *, acting: str, at: dt.datetime | None = None) -> None:
        """See `Journal.erase`; on SQLite, no byte of it is left in the files of the database afterwards.

        On PostgreSQL the rows are gone for everyone who asks; bytes of them stay in its files until it cleans up.

        Raises:
            NotYours: the one who acts is another person.
            NotKept: the database did not carry it out; nothing is erased.
            Unconfirmed: a server was gone before it had answered. Erasing again is fine.
            TracesLeft: everything is erased from the journal, but bytes of it are still in the files, because
                somebody was reading an older state of the database when patience ran out, or because there was
                no room to rebuild it. They go with the next call of `erase`, or when the journal is opened anew.
        """
        again(partial(super().erase, person, acting=acting, at=at))
        self._scrub(self._database.patience)

    def everything(self) -> Iterator[Entry]:
        """See `Journal.everything`; read page by page, all of it as of one moment."""
        for page in self._database.pages(table.EVERYTHING, _PAGE):
            yield from map(self._entry, page)

    @contextmanager
    def _work(self) -> Generator[None]:
        with self._database.work(writing=True):
            self._database.ask(table.QUEUE, its_name=SCHEMA)
            yield

    @contextmanager
    def _reading(self) -> Generator[None]:
        with self._database.work(writing=False):
            yield

    def _entry(self, row: sa.Row[Any]) -> Entry:
        return to_entry(row, self._seal)

    def _find(self, identity: tuple[str, str, str]) -> Entry | None:
        found = self._database.ask(table.FIND, **_its(identity))
        return self._entry(found[0]) if found else None

    def _written(self, circle: str, reader: str) -> Sequence[Entry]:
        found = self._database.ask(table.WRITTEN, its_circle=circle, its_reader=reader)
        return [self._entry(row) for row in found]

    def _circle_acts(self, circle: str) -> Sequence[Entry]:
        return self._database.once(
            circle, lambda: [self._entry(row) for row in self._database.ask(table.ACTS, its_circle=circle)]
        )

    def _by(self, person: str) -> Sequence[Entry]:
        return [self._entry(row) for row in self._database.ask(table.BY, its_author=person)]

    def _circles(self, person: str) -> Sequence[str]:
        return [str(row.circle) for row in self._database.ask(table.CIRCLES, its_person=person)]

    def _keep(self, entry: Entry) -> None:
        self._database.put(table.ENTRIES, **to_row(entry, self._seal))
        if is_circle_act(entry):
            self._database.changed(entry.circle)
            named = entry.body.members if isinstance(entry.body, Founded) else (entry.author,)
            for person in named:
                if not self._database.ask(table.NAMED, its_person=person, its_circle=entry.circle):
                    self._database.add(table.PEOPLE, person=person, circle=entry.circle)

    def _forget(self, entries: Sequence[Entry], marks: Sequence[str]) -> None:
        for entry in entries:
            self._database.do(table.REMOVE, **_its(entry.identity))
        for mark in marks:
            self._database.add(table.MARKS, mark=mark)
        if entries and self._database.is_sqlite:
            self._database.do(table.UNSAY, its_name=SCRUB)
            self._database.add(table.META, name=SCRUB, value=secrets.token_hex())

    def _is_forgotten(self, mark: str) -> bool:
        return bool(self._database.ask(table.MARKED, its_mark=mark))

    def _ceased(self, circle: str) -> tuple[Ceased, ...]:
        return tuple(read(row.ceased, Ceased) for row in self._database.ask(table.GONE, its_circle=circle))

    def _keep_ceased(self, circle: str, ceased: Ceased) -> None:
        self._database.add(table.CEASED, circle=circle, ceased=write(ceased))

    def _scrub(self, patience: dt.timedelta) -> None:
        """Let no byte of what was erased stay in the files of SQLite; elsewhere they are not ours to rebuild."""
        if not self._database.is_sqlite:
            return
        try:
            with self._reading():
                due = self._database.ask(table.SAID, its_name=SCRUB)
            if due and not self._database.rebuilt(patience):
                raise TracesLeft("somebody still reads an older state")
            if due:
                with self._work():
                    self._database.do(table.DONE, its_name=SCRUB, its_value=due[0].value)
        except NotKept as failed:
            reason = failed.reason
        else:
            return
        raise TracesLeft(reason)


def _its(identity: tuple[str, str, str]) -> dict[str, str]:
    """Return the parameters that name one entry."""
    circle, author, id_ = identity
    return {"its_circle": circle, "its_author": author, "its_id": id_}
