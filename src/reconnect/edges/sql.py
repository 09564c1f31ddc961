"""A journal in a database: SQLite in one file by default, or any other through SQLAlchemy (extra `sql`)."""

import datetime as dt
import hashlib
import hmac
import os
import secrets
import sqlite3
import sys
import threading
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from reconnect.edges._document import canonical, parse
from reconnect.edges.convert import dumps, loads
from reconnect.errors import InvalidBody, MissingExtra, NewerDatabase, NotKept, ReconnectError, TracesLeft, WrongKey
from reconnect.record.digest import digest
from reconnect.record.entry import Audience, Entry, Private, Sealed, Shared
from reconnect.record.kind import Body, UnknownBody, kind_of
from reconnect.record.ledger import Ledger
from reconnect.record.membership import Ended, Founded, Joined, Left, Welcomed, is_circle_act
from reconnect.record.view import Ceased
from reconnect.temporal.instant import from_microseconds, to_microseconds

try:
    import sqlalchemy as sa
except ImportError:
    raise MissingExtra("sql", "sqlalchemy") from None

__all__ = ["SqlJournal"]

T = TypeVar("T")

SCHEMA: Final = 1
PATIENCE: Final = dt.timedelta(seconds=60)  # ours: writing takes milliseconds, so this is a very long queue
_PAGE: Final = 500  # ours: entries read at once when all of them are wanted
_TRIES: Final = 100  # ours: the second has always been enough
_KEY_BYTES: Final = 32  # as long as the digest it is used with
_LONGEST: Final = 200  # as an id
_DROPPED: Final = ("kind", "reconnect")  # what a body of an unknown kind does not repeat

_CIRCLE_ACTS: Final = tuple(act.kind for act in (Founded, Welcomed, Joined, Ended, Left))

_tables: Final = sa.MetaData()
_entries: Final = sa.Table(
    "reconnect_entries",
    _tables,
    sa.Column("circle", sa.String(_LONGEST), primary_key=True),
    sa.Column("author", sa.String(_LONGEST), primary_key=True),
    sa.Column("id", sa.String(_LONGEST), primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("about", sa.String(_LONGEST)),
    sa.Column("audience", sa.String(_LONGEST), nullable=False),
    sa.Column("reveal", sa.String(_LONGEST)),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("reconnect_entries_by_kind", "circle", "kind"),
    sa.Index("reconnect_entries_by_author", "author"),
    sqlite_with_rowid=False,  # a circle lies together in the file, in the order of the key
)
_people: Final = sa.Table(  # whom the acts of a circle name: where to look for a person's circles
    "reconnect_people",
    _tables,
    sa.Column("person", sa.String(_LONGEST), primary_key=True),
    sa.Column("circle", sa.String(_LONGEST), primary_key=True),
    sqlite_with_rowid=False,
)
_marks: Final = sa.Table(
    "reconnect_marks",
    _tables,
    sa.Column("mark", sa.String(_LONGEST), primary_key=True),
    sqlite_with_rowid=False,
)
_gone: Final = sa.Table(
    "reconnect_ceased",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("circle", sa.String(_LONGEST), nullable=False, index=True),
    sa.Column("ceased", sa.Text, nullable=False),
)
_meta: Final = sa.Table(
    "reconnect_meta",
    _tables,
    sa.Column("name", sa.String(_LONGEST), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
_KEY: Final = "key"  # the rows of `reconnect_meta`
_KEY_CHECK: Final = "key_check"
_SCHEMA: Final = "schema"
_SCRUB: Final = "scrub"

_HABITS: Final = (  # of every connection to SQLite
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten with zeros
    "PRAGMA temp_store = MEMORY",  # no private text in temporary files
    "PRAGMA synchronous = FULL",  # what is acknowledged survives a power cut
)
_LOG: Final = "PRAGMA journal_mode = WAL"  # readers never wait for the writer

_SET_UP: Final = "reconnect"

_ours: Final = weakref.WeakSet[sa.Engine]()
_parents: Final[list[object]] = []


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
    >>> path = Path(tempfile.mkdtemp()) / "us.db"
    >>> people = (Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris"))
    >>> with SqlJournal.open(path) as journal:
    ...     journal.found(Circle(id="c1", members=people), by="ana", at=now)
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
        file = Path(path).absolute()
        file.touch(mode=0o600)
        url = sa.URL.create("sqlite", database=str(file))
        engine = sa.create_engine(url, hide_parameters=True, max_overflow=-1)
        _ours.add(engine)
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
        with self._transaction(writing=False) as connection:
            chosen = sa.select(_entries).order_by(*_entries.primary_key)
            found = _calmly(partial(connection.execution_options(yield_per=_PAGE).execute, chosen))
            while page := _calmly(partial(found.fetchmany, _PAGE)):
                yield from map(_entry, page)

    @contextmanager
    def _work(self) -> Generator[None]:
        with self._transaction(writing=True) as connection, self._at_work(connection):
            # On SQLite nobody else writes by now; elsewhere this row is what writers queue for.
            self._ask(sa.select(_meta.c.value).where(_meta.c.name == _SCHEMA).with_for_update())
            yield

    @contextmanager
    def _reading(self) -> Generator[None]:
        with self._transaction(writing=False) as connection, self._at_work(connection):
            yield

    def _find(self, identity: tuple[str, str, str]) -> Entry | None:
        found = self._ask(sa.select(_entries).where(_is(identity)))
        return _entry(found[0]) if found else None

    def _written(self, circle: str) -> Sequence[Entry]:
        return [_entry(row) for row in self._ask(sa.select(_entries).where(_entries.c.circle == circle))]

    def _circle_acts(self, circle: str) -> Sequence[Entry]:
        chosen = sa.select(_entries).where(_entries.c.circle == circle, _entries.c.kind.in_(_CIRCLE_ACTS))
        return [_entry(row) for row in self._ask(chosen)]

    def _by(self, person: str) -> Sequence[Entry]:
        return [_entry(row) for row in self._ask(sa.select(_entries).where(_entries.c.author == person))]

    def _circles(self, person: str) -> Sequence[str]:
        return [str(row.circle) for row in self._ask(sa.select(_people.c.circle).where(_people.c.person == person))]

    def _keep(self, entry: Entry) -> None:
        values = _row(entry)
        if not self._do(sa.update(_entries).where(_is(entry.identity)).values(values)):
            self._do(sa.insert(_entries).values(values))
        if is_circle_act(entry):
            named = entry.body.members if isinstance(entry.body, Founded) else (entry.author,)
            for person in named:
                self._index(person, entry.circle)

    def _index(self, person: str, circle: str) -> None:
        """Remember that an act of the circle names a person."""
        values = {"person": person, "circle": circle}
        there = sa.select(_people).where(_people.c.person == person, _people.c.circle == circle)
        if not self._ask(there):
            self._do(sa.insert(_people).values(values))

    def _forget(self, entries: Sequence[Entry], marks: Sequence[str]) -> None:
        for entry in entries:
            self._do(sa.delete(_entries).where(_is(entry.identity)))
        for mark in marks:
            self._do(sa.insert(_marks).values(mark=mark))
        if entries:
            self._do(sa.delete(_meta).where(_meta.c.name == _SCRUB))
            self._do(sa.insert(_meta).values(name=_SCRUB, value=secrets.token_hex()))

    def _is_forgotten(self, mark: str) -> bool:
        return bool(self._ask(sa.select(_marks).where(_marks.c.mark == mark)))

    def _ceased(self, circle: str) -> tuple[Ceased, ...]:
        chosen = sa.select(_gone.c.ceased).where(_gone.c.circle == circle).order_by(_gone.c.number)
        return tuple(_loads(row.ceased, Ceased) for row in self._ask(chosen))

    def _keep_ceased(self, circle: str, ceased: Ceased) -> None:
        self._do(sa.insert(_gone).values(circle=circle, ceased=_dumps(ceased)))

    @contextmanager
    def _at_work(self, connection: sa.Connection) -> Generator[None]:
        """Let this thread's questions go to a connection."""
        self._here.connection = connection
        try:
            yield
        finally:
            self._here.connection = None

    def _ask(self, statement: sa.Executable) -> Sequence[sa.Row[Any]]:
        """Return all that was found, within this thread's unit of work."""
        connection = self._here.connection
        assert connection is not None  # noqa: S101 - every verb of the ledger opens its work first
        return _calmly(lambda: connection.execute(statement).all())

    def _do(self, statement: sa.Executable) -> int:
        """Change something, within this thread's unit of work, and return how many rows it concerned."""
        connection = self._here.connection
        assert connection is not None  # noqa: S101 - every verb of the ledger opens its work first
        return _calmly(lambda: connection.execute(statement).rowcount)

    @contextmanager
    def _transaction(self, *, writing: bool) -> Generator[sa.Connection]:
        """Enclose one unit of work on a connection of its own: all of it is kept at the end, or nothing."""
        connection = _calmly(self._engine.connect)
        try:
            _calmly(partial(self._begin, connection, writing=writing))
            yield connection
            _calmly(connection.commit)
        finally:
            _calmly(connection.close)

    def _begin(self, connection: sa.Connection, *, writing: bool) -> None:
        if self._is_sqlite:
            raw = self._with_habits(connection, self._patience)
            connection.begin()
            if raw.in_transaction:  # the host lets SQLAlchemy begin by itself, without the lock
                raw.execute("ROLLBACK")
            raw.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        else:
            if not writing:
                connection.execution_options(isolation_level="SERIALIZABLE")  # all of it as of one moment
            connection.begin()

    def _with_habits(self, connection: sa.Connection, patience: dt.timedelta) -> Any:  # noqa: ANN401 - sqlite3's own
        """Return the driver's own connection, set up as every connection to SQLite is here."""
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA busy_timeout = {patience // dt.timedelta(milliseconds=1):d}")
        if _SET_UP not in connection.info:
            for habit in _HABITS:
                raw.execute(habit)
            _open_log(raw)
            connection.info[_SET_UP] = True
        return raw

    def _prepared(self, key: bytes | None) -> bytes:
        """Make the tables if they are not there yet, and return the key with which erased entries are marked."""
        with self._transaction(writing=True) as connection, self._at_work(connection):
            _calmly(partial(_tables.create_all, connection))
            told = {row.name: row.value for row in self._ask(sa.select(_meta))}
            if not told:
                told = {_SCHEMA: str(SCHEMA)}
                if key is None:
                    key = secrets.token_bytes(_KEY_BYTES)
                    told[_KEY] = key.hex()
                told[_KEY_CHECK] = _check_of(key)
                for name, value in told.items():
                    self._do(sa.insert(_meta).values(name=name, value=value))
            if int(told[_SCHEMA]) > SCHEMA:  # older ones will be brought forward here, step by step
                raise NewerDatabase(int(told[_SCHEMA]), SCHEMA)
            if key is None:
                key = bytes.fromhex(told.get(_KEY, ""))
            if not hmac.compare_digest(_check_of(key), told[_KEY_CHECK]):
                raise WrongKey
            return key

    def _scrub(self, patience: dt.timedelta) -> None:
        """Let no byte of what was erased stay in the files of SQLite.

        Deleted texts are overwritten with zeros, but the pages of the file keep copies of what was once moved
        about, and the write-ahead log keeps older pages: so the file is rebuilt, and the log emptied into it.
        """
        try:
            with self._reading():
                due = self._ask(sa.select(_meta.c.value).where(_meta.c.name == _SCRUB))
            if due and self._is_sqlite and not self._rebuilt(patience):
                raise TracesLeft("somebody still reads an older state")
            if due:
                with self._work():
                    self._do(sa.delete(_meta).where(_meta.c.name == _SCRUB, _meta.c.value == due[0].value))
        except NotKept as failed:
            reason = failed.reason
        else:
            return
        raise TracesLeft(reason)

    def _rebuilt(self, patience: dt.timedelta) -> bool:
        """Rebuild the file, and tell whether the log could be emptied into it."""
        connection = _calmly(self._engine.connect)
        try:
            raw = _calmly(partial(self._with_habits, connection, patience))
            _calmly(partial(raw.execute, "VACUUM"))
            busy, *_ = _calmly(lambda: raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
            return not busy
        finally:
            _calmly(connection.close)


def _open_log(raw: Any) -> None:  # noqa: ANN401 - sqlite3's own
    """Let a new file keep a write-ahead log; if another opens it at the same moment, SQLite refuses both at once."""
    for _ in range(_TRIES):
        with suppress(sqlite3.OperationalError):
            raw.execute(_LOG)
            return
        raw.execute("BEGIN IMMEDIATE")  # waits for the other
        raw.execute("ROLLBACK")
    raw.execute(_LOG)


def _leave_to_the_parent() -> None:
    """Use none of the parent's connections in a forked process, and do not even close them (SQLite's own rule)."""
    for engine in tuple(_ours):
        _parents.append(engine.pool)
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):  # pragma: no branch - only some systems fork
    os.register_at_fork(after_in_child=_leave_to_the_parent)


def _calmly(act: Callable[[], T]) -> T:
    """Do something with the database; what it raises may hold what was written, so only its name is passed on."""
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - a driver may raise anything, with private words in it
        reason = _name_of(error)
    raise NotKept(reason)


def _name_of(error: Exception) -> str:
    cause: object = getattr(error, "orig", None) or error
    return str(getattr(cause, "sqlite_errorname", type(cause).__name__))


def _check_of(key: bytes) -> str:
    """Return a digest by which a key is recognised; it tells nothing else of it."""
    return hmac.new(key, b"reconnect", hashlib.sha256).hexdigest()


def _is(identity: tuple[str, str, str]) -> sa.ColumnElement[bool]:
    circle, author, id_ = identity
    return sa.and_(_entries.c.circle == circle, _entries.c.author == author, _entries.c.id == id_)


def _row(entry: Entry) -> dict[str, object]:
    """Write an entry as a row.

    Raises:
        InvalidBody: it would not be read back as the same entry.
    """
    text = dumps(entry.body).decode()
    if digest(_body(text)) != digest(entry.body):
        raise InvalidBody("a body that reads back as it was written", f"a {type(entry.body).__name__}")
    return {
        "circle": entry.circle,
        "author": entry.author,
        "id": entry.id,
        "at": to_microseconds(entry.at),
        "kind": kind_of(entry.body),
        "about": entry.about,
        "audience": type(entry.audience).__name__.lower(),
        "reveal": entry.audience.reveal if isinstance(entry.audience, Sealed) else None,
        "body": text,
    }


def _entry(row: sa.Row[Any]) -> Entry:
    """Read a row as an entry.

    A body that cannot be read any more, because the host has changed its class, is kept and shown as it stands,
    so that nobody's view, export or erasure fails on it.
    """
    made = partial(
        Entry, circle=row.circle, author=row.author, id=row.id, at=from_microseconds(row.at), about=row.about
    )
    with suppress(ReconnectError):
        return made(body=_body(row.body), audience=_audience(row))
    content = {
        name: value
        for name, value in parse(row.body, most_bytes=sys.maxsize, most_items=sys.maxsize).items()
        if name not in _DROPPED
    }
    body = UnknownBody(name=f"unreadable.{row.kind}", payload=canonical(content))
    return made(body=body, audience=Shared() if row.audience == "shared" else Private())


def _audience(row: sa.Row[Any]) -> Audience:
    if row.audience == "sealed":
        return Sealed(row.reveal)
    return Shared() if row.audience == "shared" else Private()


def _body(text: str) -> Body:
    return _loads(text, Body)  # type: ignore[type-abstract]  # any body


def _loads(text: str, wanted: type[T]) -> T:
    """Read what this journal wrote: caps are for what comes from outside."""
    return loads(text, wanted, most_bytes=sys.maxsize, most_items=sys.maxsize)


def _dumps(value: object) -> str:
    """Write what this journal has worked out itself: no cap may stand in the way of an erasure."""
    return dumps(value, most_bytes=sys.maxsize, most_items=sys.maxsize).decode()
