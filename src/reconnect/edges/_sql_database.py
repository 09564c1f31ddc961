"""A database as a journal uses it: units of work, each on a connection of its own, kept whole or not at all."""

import datetime as dt
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Final, TypeAlias, TypeVar, cast

from reconnect.edges import _postgres, _sqlite
from reconnect.edges._sql_failure import calmly, confirmed
from reconnect.edges._sqlalchemy import postgresql, sa, sqlite

__all__ = ["Database"]

T = TypeVar("T")

Begin: TypeAlias = Callable[..., None]
Insert: TypeAlias = Callable[[sa.Table], Any]  # each database has one of its own


class _Here(threading.local):
    """The connection on which this thread is at work, and what it has already read in this unit of work."""

    connection: sa.Connection | None = None
    read: dict[str, Any] = {}  # noqa: RUF012 - each unit of work begins with one of its own


class Database:
    """An engine, and what this thread is doing with it."""

    def __init__(self, engine: sa.Engine, patience: dt.timedelta) -> None:
        """Use an engine of the host, and leave its settings as they are."""
        self.engine: Final = engine.execution_options()
        self.engine.hide_parameters = True
        self.patience: Final = patience
        self.is_sqlite: Final = engine.dialect.name == "sqlite"
        self.is_postgres: Final = engine.dialect.name == _postgres.DIALECT
        self._begin: Final = _BEGIN.get(engine.dialect.name, _plainly)
        self._here: Final = _Here()

    @contextmanager
    def work(self, *, writing: bool) -> Generator[sa.Connection]:
        """Let this thread's questions be one unit of work."""
        with self.transaction(writing=writing) as connection:
            self._here.connection, self._here.read = connection, {}
            try:
                yield connection
            finally:
                self._here.connection = None

    @contextmanager
    def transaction(self, *, writing: bool) -> Generator[sa.Connection]:
        """Enclose one unit of work on a connection of its own: all of it is kept at the end, or nothing."""
        connection = calmly(self.engine.connect)
        try:
            calmly(partial(self._begin, connection, writing=writing, patience=self.patience))
            yield connection
            (confirmed if writing and not self.is_sqlite else calmly)(connection.commit)
        finally:
            calmly(connection.close)

    def ask(self, statement: sa.Executable, **parameters: object) -> Sequence[sa.Row[Any]]:
        """Return all rows that were found, within this thread's unit of work."""
        return calmly(lambda: self.connection.execute(statement, parameters).all())

    def do(self, statement: sa.UpdateBase, **parameters: object) -> int:
        """Change something, within this thread's unit of work, and return how many rows it concerned."""
        return calmly(lambda: self.connection.execute(statement, parameters).rowcount)

    def add(self, rows: sa.Table, **values: object) -> None:
        """Add a row, within this thread's unit of work."""
        self.do(sa.insert(rows), **values)

    def once(self, name: str, read: Callable[[], T]) -> T:
        """Read something once within this thread's unit of work, where nobody else writes."""
        if name not in self._here.read:
            self._here.read[name] = read()
        return cast("T", self._here.read[name])

    def changed(self, name: str) -> None:
        """Read something anew when it is asked for again."""
        self._here.read.pop(name, None)

    def put(self, rows: sa.Table, **values: object) -> None:
        """Add a row, or change the one with the same key."""
        names = [column.name for column in rows.primary_key]
        if insert := _INSERT.get(self.engine.dialect.name):
            self.do(_put(insert, rows), **values)
            return
        same = [column == values[column.name] for column in rows.primary_key]
        if not self.do(sa.update(rows).where(*same), **{name: values[name] for name in values if name not in names}):
            self.add(rows, **values)

    def pages(self, statement: sa.Executable, size: int) -> Iterator[Sequence[sa.Row[Any]]]:
        """Return page after page of what is found, as of one moment."""
        with (
            self.transaction(writing=False) as connection,
            calmly(partial(connection.execution_options(yield_per=size).execute, statement)) as found,
        ):
            while page := calmly(partial(found.fetchmany, size)):
                yield page

    def rebuilt(self, patience: dt.timedelta) -> bool:
        """Write the file of SQLite anew, and tell whether nothing is left of what was deleted."""
        connection = calmly(self.engine.connect)
        try:
            return calmly(partial(_sqlite.rebuild, connection, patience=patience))
        finally:
            calmly(connection.close)

    @property
    def connection(self) -> sa.Connection:
        """The connection on which this thread is at work."""
        connection = self._here.connection
        assert connection is not None  # noqa: S101 - every verb of the ledger opens its work first
        return connection


def _plainly(connection: sa.Connection, *, writing: bool, **_: object) -> None:
    """Begin on a database of which we know nothing else."""
    if not writing:
        connection.execution_options(isolation_level="SERIALIZABLE")  # all of it as of one moment
    connection.begin()


@cache
def _put(insert: Insert, rows: sa.Table) -> sa.UpdateBase:
    """Return the statement with which a database adds or changes a row in one go."""
    added = insert(rows)
    others = {column.name: added.excluded[column.name] for column in rows.columns if not column.primary_key}
    statement: sa.UpdateBase = added.on_conflict_do_update(index_elements=rows.primary_key, set_=others)
    return statement


_INSERT: Final[dict[str, Insert]] = {"sqlite": sqlite.insert, _postgres.DIALECT: postgresql.insert}
_BEGIN: Final[dict[str, Begin]] = {"sqlite": _sqlite.begin, _postgres.DIALECT: _postgres.begin}
