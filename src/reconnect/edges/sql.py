"""A journal in a database: SQLite in one file by default, or any other through SQLAlchemy (extra `sql`)."""

import datetime as dt
import hashlib
import hmac
import os
import secrets
import threading
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Final, Self

from reconnect.edges import _sql_table as table
from reconnect.edges import _sqlite
from reconnect.edges._sql_failure import calmly
from reconnect.edges._sql_row import read, to_entry, to_row, write
from reconnect.edges._sqlalchemy import sa
from reconnect.errors import NewerDatabase, NotKept, TracesLeft, WrongKey
from reconnect.record.entry import Entry
from reconnect.record.ledger import Ledger
from reconnect.record.membership import Founded, is_circle_act
from reconnect.record.view import Ceased

__all__ = ["SqlJournal"]

PATIENCE: Final = dt.timedelta(seconds=60)  # ours: writing takes milliseconds, so this is a very long queue
_PAGE: Final = 500  # ours: entries read at once when all of them are wanted
_KEY_BYTES: Final = 32  # as long as the digest it is used with
_KEY: Final = "key"  # the names in the table of what the journal knows of itself
_KEY_CHECK: Final = "key_check"
_SCHEMA: Final = "schema"
_SCRUB: Final = "scrub"


class _Here(threading.local):
    """The connection on which this thread is at work."""

    connection: sa.Connection | None = None


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

    Raises:
        NewerDatabase: a newer version of this library has written there.
        WrongKey: the database was begun with another key.
        NotKept: the database cannot be reached.
    """

    def __init__(self, engine: sa.Engine, *, key: bytes | None = None, patience: dt.timedelta = PATIENCE) -> None:
        """Begin to use a database, and make its tables if they are not there yet."""
        self._engine = engine.execution_options()
        self._engine.hide_parameters = True
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._patience = patience
        self._here = _Here()
        self._close: Callable[[], object] = lambda: None
        self._key = self._prepared(key)
        with suppress(TracesLeft):  # whoever erased was told, or is not there any more; here it is tried again
            self._scrub(dt.timedelta())

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, key: bytes | None = None, patience: dt.timedelta = PATIENCE) -> Self:
        """Open a journal in a SQLite file; a new file can be read by its owner only.

        See `SqlJournal` for the other arguments and for what is raised.
        """
        engine = _sqlite.engine_for(path)
        try:
            journal = cls(engine, key=key, patience=patience)
        except BaseException:
            engine.dispose()
            raise
        journal._close = weakref.finalize(journal, engine.dispose)
        return journal

    def close(self) -> None:
        """Let go of the file that `open` opened; an engine of the host stays open."""
        self._close()

    def __enter__(self) -> Self:
        """Use the journal in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def erase(self, person: str, *, acting: str, at: dt.datetime | None = None) -> None:
        """See `Journal.erase`; on SQLite, no byte of it is left in the files of the database afterwards.

        Raises:
            NotYours: the one who acts is another person.
            NotKept: the database did not carry it out; nothing is erased.
            TracesLeft: everything is erased from the journal, but bytes of it are still in the files, because
                somebody was reading an older state of the database when patience ran out, or because there was
                no room to rebuild it. They go with the next call of `erase`, or when the journal is opened anew.
        """
        super().erase(person, acting=acting, at=at)
        self._scrub(self._patience)

    def everything(self) -> Iterator[Entry]:
        """See `Journal.everything`; read page by page, all of it as of one moment."""
        with (
            self._transaction(writing=False) as connection,
            calmly(partial(connection.execution_options(yield_per=_PAGE).execute, table.EVERYTHING)) as found,
        ):
            while page := calmly(partial(found.fetchmany, _PAGE)):
                yield from map(to_entry, page)

    @contextmanager
    def _work(self) -> Generator[None]:
        with self._transaction(writing=True) as connection, self._at_work(connection):
            self._ask(table.QUEUE, its_name=_SCHEMA)
            yield

    @contextmanager
    def _reading(self) -> Generator[None]:
        with self._transaction(writing=False) as connection, self._at_work(connection):
            yield

    def _find(self, identity: tuple[str, str, str]) -> Entry | None:
        found = self._ask(table.FIND, **_its(identity))
        return to_entry(found[0]) if found else None

    def _written(self, circle: str) -> Sequence[Entry]:
        return [to_entry(row) for row in self._ask(table.WRITTEN, its_circle=circle)]

    def _circle_acts(self, circle: str) -> Sequence[Entry]:
        return [to_entry(row) for row in self._ask(table.ACTS, its_circle=circle)]

    def _by(self, person: str) -> Sequence[Entry]:
        return [to_entry(row) for row in self._ask(table.BY, its_author=person)]

    def _circles(self, person: str) -> Sequence[str]:
        return [str(row.circle) for row in self._ask(table.CIRCLES, its_person=person)]

    def _keep(self, entry: Entry) -> None:
        row = to_row(entry)
        if not self._do(table.REPLACE, **_its(entry.identity), **row):
            self._add(table.ENTRIES, **row)
        if is_circle_act(entry):
            named = entry.body.members if isinstance(entry.body, Founded) else (entry.author,)
            for person in named:
                if not self._ask(table.NAMED, its_person=person, its_circle=entry.circle):
                    self._add(table.PEOPLE, person=person, circle=entry.circle)

    def _forget(self, entries: Sequence[Entry], marks: Sequence[str]) -> None:
        for entry in entries:
            self._do(table.REMOVE, **_its(entry.identity))
        for mark in marks:
            self._add(table.MARKS, mark=mark)
        if entries:
            self._do(table.UNSAY, its_name=_SCRUB)
            self._add(table.META, name=_SCRUB, value=secrets.token_hex())

    def _is_forgotten(self, mark: str) -> bool:
        return bool(self._ask(table.MARKED, its_mark=mark))

    def _ceased(self, circle: str) -> tuple[Ceased, ...]:
        return tuple(read(row.ceased, Ceased) for row in self._ask(table.GONE, its_circle=circle))

    def _keep_ceased(self, circle: str, ceased: Ceased) -> None:
        self._add(table.CEASED, circle=circle, ceased=write(ceased))

    @contextmanager
    def _at_work(self, connection: sa.Connection) -> Generator[None]:
        """Let this thread's questions go to a connection."""
        self._here.connection = connection
        try:
            yield
        finally:
            self._here.connection = None

    def _ask(self, statement: sa.Executable, **parameters: object) -> Sequence[sa.Row[Any]]:
        """Return all rows that were found, within this thread's unit of work."""
        return calmly(lambda: self._connection.execute(statement, parameters).all())

    def _do(self, statement: sa.UpdateBase, **parameters: object) -> int:
        """Change something, within this thread's unit of work, and return how many rows it concerned."""
        return calmly(lambda: self._connection.execute(statement, parameters).rowcount)

    def _add(self, rows: sa.Table, **values: object) -> None:
        self._do(sa.insert(rows), **values)

    @property
    def _connection(self) -> sa.Connection:
        connection = self._here.connection
        assert connection is not None  # noqa: S101 - every verb of the ledger opens its work first
        return connection

    @contextmanager
    def _transaction(self, *, writing: bool) -> Generator[sa.Connection]:
        """Enclose one unit of work on a connection of its own: all of it is kept at the end, or nothing."""
        connection = calmly(self._engine.connect)
        try:
            calmly(partial(self._begin, connection, writing=writing))
            yield connection
            calmly(connection.commit)
        finally:
            calmly(connection.close)

    def _begin(self, connection: sa.Connection, *, writing: bool) -> None:
        if self._is_sqlite:
            _sqlite.begin(connection, writing=writing, patience=self._patience)
        elif writing:
            connection.begin()
        else:
            connection.execution_options(isolation_level="SERIALIZABLE").begin()  # all of it as of one moment

    def _prepared(self, key: bytes | None) -> bytes:
        """Make the tables if they are not there yet, and return the key with which erased entries are marked."""
        with self._transaction(writing=True) as connection, self._at_work(connection):
            calmly(partial(table.TABLES.create_all, connection))
            told = {row.name: row.value for row in self._ask(table.TOLD)}
            if not told:
                told = {_SCHEMA: str(table.SCHEMA)}
                if key is None:
                    key = secrets.token_bytes(_KEY_BYTES)
                    told[_KEY] = key.hex()
                told[_KEY_CHECK] = _check_of(key)
                for name, value in told.items():
                    self._add(table.META, name=name, value=value)
            if int(told[_SCHEMA]) > table.SCHEMA:  # older ones will be brought forward here, step by step
                raise NewerDatabase(int(told[_SCHEMA]), table.SCHEMA)
            if key is None:
                key = bytes.fromhex(told.get(_KEY, ""))
            if not hmac.compare_digest(_check_of(key), told[_KEY_CHECK]):
                raise WrongKey
            return key

    def _scrub(self, patience: dt.timedelta) -> None:
        """Let no byte of what was erased stay in the files of SQLite."""
        try:
            with self._reading():
                due = self._ask(table.SAID, its_name=_SCRUB)
            if due and self._is_sqlite and not self._rebuilt(patience):
                raise TracesLeft("somebody still reads an older state")
            if due:
                with self._work():
                    self._do(table.DONE, its_name=_SCRUB, its_value=due[0].value)
        except NotKept as failed:
            reason = failed.reason
        else:
            return
        raise TracesLeft(reason)

    def _rebuilt(self, patience: dt.timedelta) -> bool:
        connection = calmly(self._engine.connect)
        try:
            return calmly(partial(_sqlite.rebuild, connection, patience=patience))
        finally:
            calmly(connection.close)


def _check_of(key: bytes) -> str:
    """Return a digest by which a key is recognised; it tells nothing else of it."""
    return hmac.new(key, b"reconnect", hashlib.sha256).hexdigest()


def _its(identity: tuple[str, str, str]) -> dict[str, str]:
    """Return the parameters that name one entry."""
    circle, author, id_ = identity
    return {"its_circle": circle, "its_author": author, "its_id": id_}
