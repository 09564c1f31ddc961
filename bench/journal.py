"""A journal that has grown, in SQLite and in PostgreSQL: what one more entry, one view and its room cost."""

import os
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, Final

import pendulum
import pyperf  # type: ignore[import-untyped]  # it ships no types
import sqlalchemy as sa
from attrs import frozen
from tools.postgres import NoPostgres, Server

from reconnect import Circle, Entry, Note, Person
from reconnect.edges import _sql_table as table
from reconnect.edges._sql_row import to_row
from reconnect.edges.sql import SqlJournal
from reconnect.record.membership import found, introduce

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
SIZES: Final = (10_000, 100_000)
MILLION: Final = 1_000_000
CIRCLE: Final = 100  # entries in one circle, of two people
BATCH: Final = 100
TITLE: Final = "a journal in a database"
TEXTS: Final = tuple("a long day, and a walk by the river afterwards; " * (1 + place % 4) for place in range(20))
_CHUNK: Final = 20_000

Row = Mapping[str, object]


@frozen(kw_only=True)
class Costs:
    """What was measured in one journal; times in seconds.

    Attributes:
        one: an entry in a call of its own, acknowledged when it is on the disk.
        many: an entry in a call with a hundred.
        view: the view of one circle, of a hundred entries.
        bytes: tables and indexes, without a log.
    """

    one: float
    many: float
    view: float
    bytes: int


_NOTES: Final = [to_row(Entry(circle="c", author="a", id="n", at=NOW, body=Note(text=text))) for text in TEXTS]


def circle(number: int) -> Iterator[Row]:
    """Return the rows of one circle, as appending would have left them."""
    name, ana, ben = f"c{number:06}", f"ana{number}", f"ben{number}"
    us = Circle(id=name, members=tuple(Person(id=id_, zone="Europe/Paris", name="X") for id_ in (ana, ben)))
    acts = [found(us, by=ana, at=NOW), *(introduce(person, circle=name, at=NOW) for person in us.members)]
    yield from map(to_row, acts)
    for place in range(CIRCLE - len(acts)):
        yield {**_NOTES[place % len(TEXTS)], "circle": name, "author": (ana, ben)[place % 2], "id": f"n{place}"}


def fill(engine: sa.Engine, entries: int) -> None:
    """Put many circles into an empty journal, as a restored backup would."""
    rows: list[Row] = []
    people: list[Row] = []
    with engine.begin() as connection:
        for number in range(entries // CIRCLE):
            rows.extend(circle(number))
            name = f"c{number:06}"
            people.extend({"person": f"{who}{number}", "circle": name} for who in ("ana", "ben"))
            if len(rows) >= _CHUNK or number == entries // CIRCLE - 1:
                connection.execute(sa.insert(table.ENTRIES), rows)
                connection.execute(sa.insert(table.PEOPLE), people)
                rows, people = [], []


def measured(journal: SqlJournal, engine: sa.Engine, entries: int, *, times: int) -> Costs:
    """Ask a journal of so many entries; each time in another circle."""
    room = size(engine)
    numbers = (number * 7919 % (entries // CIRCLE) for number in count())  # here and there

    def append(many: int) -> float:
        number = next(numbers)
        ids = [uuid.uuid4().hex for _ in range(many)]
        name, ana, body = f"c{number:06}", f"ana{number}", Note(text=TEXTS[0])
        new = [Entry(circle=name, author=ana, id=id_, at=NOW, body=body) for id_ in ids]
        return _timed(partial(journal.append, *new, acting=ana)) / many

    def view() -> float:
        number = next(numbers)
        return _timed(partial(journal.view, f"ben{number}", circle=f"c{number:06}", at=NOW))

    return Costs(
        bytes=room,
        view=median(view() for _ in range(times)),
        one=median(append(1) for _ in range(times)),
        many=median(append(BATCH) for _ in range(times // 5)),
    )


def _timed(act: Callable[[], Any]) -> float:
    began = pyperf.perf_counter()
    act()
    return float(pyperf.perf_counter() - began)


@contextmanager
def sqlite() -> Iterator[tuple[SqlJournal, sa.Engine]]:
    """Open a journal in a file that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "us.db"
        engine = sa.create_engine(f"sqlite:///{path}")
        try:
            with SqlJournal.open(path) as journal:
                yield journal, engine
        finally:
            engine.dispose()


@contextmanager
def postgres() -> Iterator[tuple[SqlJournal, sa.Engine]]:
    """Open a journal in a schema that is thrown away, on the server of `RECONNECT_POSTGRES_URL` or one of our own.

    Raises:
        NoPostgres: there is neither.
    """
    if url := os.environ.get("RECONNECT_POSTGRES_URL"):
        with _schema(url) as made:
            yield made
        return
    with Server() as server, _schema(server.url) as made:
        yield made


@contextmanager
def _schema(url: str) -> Iterator[tuple[SqlJournal, sa.Engine]]:
    name = f"bench_{uuid.uuid4().hex}"
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    outside = sa.create_engine(address)
    inside = sa.create_engine(address.update_query_dict({"options": f"-csearch_path={name}"}))
    try:
        with outside.begin() as connection:
            connection.execute(sa.schema.CreateSchema(name))
        yield SqlJournal(inside), inside
    finally:
        inside.dispose()
        with outside.begin() as connection:
            connection.execute(sa.schema.DropSchema(name, cascade=True))
        outside.dispose()


def size(engine: sa.Engine) -> int:
    """Tidy up as a database does by itself now and then, and return how many bytes tables and indexes take."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return Path(str(engine.url.database)).stat().st_size
        connection.exec_driver_sql("VACUUM ANALYZE")
        rows = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
        return int(connection.exec_driver_sql(rows + "current_schema()::regnamespace").scalar_one())


def costs(entries: int, *, times: int) -> Iterator[Costs | None]:
    """Fill and ask a journal in SQLite, and then one in PostgreSQL; None where there is no server."""
    for place in (sqlite, postgres):
        try:
            with place() as (journal, engine):
                fill(engine, entries)
                yield measured(journal, engine, entries, times=times)
        except NoPostgres:
            yield None


def lines(sizes: Iterable[int], span: Callable[[float], str], *, times: int) -> Iterator[str]:
    """Write a table in Markdown, a few rows for each size."""
    questions: tuple[tuple[str, Callable[[Costs], str]], ...] = (
        ("append one, in a call of its own", lambda each: span(each.one)),
        (f"append one, in a call with {BATCH}", lambda each: span(each.many)),
        (f"the view of one circle with {CIRCLE}", lambda each: span(each.view)),
        ("room for tables and indexes", lambda each: f"{each.bytes / 1e6:,.0f} MB"),
    )
    yield f"| {TITLE} | SQLite | PostgreSQL |"
    yield "| --- | ---: | ---: |"
    for entries in sizes:
        found = tuple(costs(entries, times=times))
        for question, told in questions:
            cells = " | ".join("not here" if each is None else told(each) for each in found)
            yield f"| {entries:,} entries: {question} | {cells} |"
