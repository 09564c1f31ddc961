"""A place is where a journal is kept: the path of a file, or the address of a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa

from reconnect.edges.sql import SqlJournal

ON_A_SERVER: Final = "postgresql:"


def is_file(place: str) -> bool:
    """Tell whether a place is a file."""
    return not place.startswith(ON_A_SERVER)


def opened(place: str, as_a: type[SqlJournal] = SqlJournal, **options: Any) -> SqlJournal:  # noqa: ANN401 - as they come
    """Open a journal in its place."""
    return as_a.open(place, **options) if is_file(place) else as_a.connect(place, **options)


def engine(place: str) -> sa.Engine:
    """Return an engine as a host would make it."""
    return sa.create_engine(f"sqlite:///{place}" if is_file(place) else place.replace(":", "+psycopg:", 1))


@contextmanager
def plainly(place: str) -> Iterator[sa.Connection]:
    """Connect without a journal; every statement counts at once."""
    beside = engine(place)
    try:
        with beside.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection
    finally:
        beside.dispose()


def said(place: str, statement: str) -> list[tuple[Any, ...]]:
    """Say something plainly, and return what is answered."""
    with plainly(place) as connection:
        answer = connection.exec_driver_sql(statement)
        return [tuple(row) for row in answer] if answer.returns_rows else []


def hold(connection: sa.Connection) -> None:
    """Be at work as a writer until `ROLLBACK`."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT value FROM reconnect_meta FOR UPDATE")
