"""A database of the version before is brought forward where it is, whole or not at all, and loses nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pendulum
import pytest
import sqlalchemy as sa
from tests.edges.places import is_file, opened, plainly, said

import reconnect as rc
from reconnect.edges import _sql_opening, _sql_step, _sql_table
from reconnect.edges.sql import SqlJournal
from reconnect.errors import NotKept, WrongKey

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=400)
KEY: Final = b"a key for an old database"
OLD: Final = Path(__file__).parent / "databases"  # as 0.1 has written them: never change these
GONE: Final = rc.Entry(circle="c1", author="cy", id="gone", at=NOW.add(hours=2), body=rc.Note(text="not kept"))
KEPT: Final = rc.Entry(
    circle="c1", author="ana", id="n1", at=NOW.add(hours=2), body=rc.Note(text="ü, 圈, 💜 and 'quotes'")
)
SHARED: Final = rc.Entry(
    circle="c1",
    author="ben",
    id="n1",
    at=NOW.add(hours=2, microseconds=1),
    body=rc.Note(text="shared"),
    audience=rc.Shared(),
    about="p1",
)


def lived(journal: SqlJournal | rc.MemoryJournal) -> None:
    """Let three people do what they did in the old database."""
    people = (("ana", "America/New_York", "Ana"), ("ben", "Europe/Paris", "Ben"), ("cy", "UTC", "Cy"))
    members = tuple(rc.Person(id=id_, zone=zone, name=name) for id_, zone, name in people)
    journal.found(rc.Circle(id="c1", members=members), by="ana", at=NOW)
    offered = rc.Proposal.of(rc.Note(text="no phones at dinner"), id="p1", circle="c1", by="ana", at=NOW)
    journal.append(*offered.acts, acting="ana")
    for who in ("ben", "cy"):
        known = journal.view(who, circle="c1", at=NOW.add(hours=1)).state(rc.Proposal, "p1")
        accepted = known.accept(by=who, offer=known.offer.id, at=NOW.add(hours=1))
        journal.append(*accepted.acts_of(who), acting=who)
    asked = rc.Reveal.of(rc.Note(text="a small joy?"), closes=timedelta(days=1), id="r1", circle="c1", by="ana", at=NOW)
    journal.append(*asked.answer("tea", by="ana", at=NOW).acts, acting="ana")
    journal.append(KEPT, acting="ana")
    journal.append(SHARED, acting="ben")
    journal.append(GONE, acting="cy")
    journal.erase("cy", acting="cy", at=NOW.add(days=1))


def laid(place: str) -> str:
    """Put a database of 0.1 in a place."""
    if is_file(place):
        with closing(sqlite3.connect(place)) as plain:
            plain.executescript((OLD / "0.1-sqlite.sql").read_text("utf-8"))
    else:
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(place) as plain:
            plain.execute((OLD / "0.1-postgresql.sql").read_text("utf-8"))
    return place


@pytest.fixture
def old(place: str) -> str:
    """Return where a database of 0.1 is."""
    return laid(place)


def everything(journal: Any) -> list[rc.Entry]:  # noqa: ANN401 - any journal
    """Return all of a journal in a fixed order."""
    return sorted(journal.everything(), key=lambda entry: entry.identity)


def test_nothing_is_lost(old: str) -> None:
    """Every entry, what ceased, and what was erased are what they were, and anything new can be added."""
    memory = rc.MemoryJournal()
    lived(memory)
    with opened(old, key=KEY) as journal:
        assert everything(journal) == everything(memory)
        for person in ("ana", "ben"):
            one, other = (each.view(person, circle="c1", at=LATER) for each in (journal, memory))
            for part in ("visible", "founding", "people", "ceased", "members"):
                assert getattr(one, part) == getattr(other, part)
        assert journal.append(KEPT, acting="ana") == (rc.AlreadyThere("n1"),)
        assert journal.append(GONE, acting="cy") == (rc.Erased("gone"),)
        new = rc.Entry(circle="c1", author="ana", id="new", at=LATER, body=rc.Note(text="x"))
        assert journal.append(new, acting="ana") == (rc.Stored("new"),)
        journal.erase("ana", acting="ana", at=LATER)
        assert len(journal.view("ben", circle="c1", at=LATER).ceased) == 1
    with opened(old, key=KEY) as again:
        assert again.append(KEPT, acting="ana") == (rc.Erased("n1"),)
    assert said(old, "SELECT value FROM reconnect_meta WHERE name = 'schema'") == [("2",)]


def shape(place: str) -> dict[str, Any]:
    """Return tables, columns and indexes as the database tells them."""
    found: dict[str, Any] = {}
    with plainly(place) as connection:
        seen = sa.inspect(connection)
        for name in seen.get_table_names():
            columns = [
                {part: str(column[part]) for part in ("name", "nullable", "default")}
                | {"type": repr(column["type"]), "collation": getattr(column["type"], "collation", None)}
                for column in seen.get_columns(name)
            ]
            indexes = sorted(str(index) for index in seen.get_indexes(name))
            found[name] = (columns, indexes, str(seen.get_pk_constraint(name)["constrained_columns"]))
        if connection.dialect.name == "postgresql":
            targets = (
                "SELECT attrelid::regclass::text, attname, attstattarget FROM pg_attribute WHERE attstattarget = 0"
            )
            found["unsampled"] = sorted(
                tuple(row) for row in connection.exec_driver_sql(targets) if row[0].startswith("reconnect_")
            )
    return found


def test_an_old_database_becomes_the_same_as_a_new_one(old: str, places: Callable[[], str]) -> None:
    """Column by column, with everything that the database knows of them."""
    opened(old, key=KEY).close()
    new = places()
    opened(new, key=KEY).close()
    assert shape(old) == shape(new)


def test_samples_of_bodies_are_forgotten(schemas: Callable[[], str]) -> None:
    """What PostgreSQL had kept of old bodies to plan with goes with the step, and does not come back."""
    old = laid(schemas())
    said(old, "ANALYZE")
    kept = "SELECT count(*) FROM pg_stats WHERE attname IN ('body', 'ceased') AND schemaname = current_schema()"
    assert said(old, kept) == [(2,)]
    opened(old, key=KEY).close()
    assert said(old, kept) == [(0,)]
    said(old, "ANALYZE")
    assert said(old, kept) == [(0,)]


def test_a_step_that_breaks_changes_nothing(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old database is as it was, and can be opened later."""
    before = shape(old), said(old, "SELECT * FROM reconnect_entries ORDER BY circle, author, id")
    whole = _sql_step.step

    def broken(version: int, dialect: sa.Dialect) -> tuple[str, ...]:
        return (*whole(version, dialect), "ALTER TABLE nowhere ADD COLUMN x INTEGER")

    with monkeypatch.context() as patched:
        patched.setattr(_sql_opening, "step", broken)
        with pytest.raises(NotKept):
            opened(old, key=KEY)
    with pytest.raises(WrongKey):
        opened(old, key=b"another")
    assert before == (shape(old), said(old, "SELECT * FROM reconnect_entries ORDER BY circle, author, id"))
    assert said(old, "SELECT value FROM reconnect_meta WHERE name = 'schema'") == [("1",)]
    opened(old, key=KEY).close()


def test_one_who_writes_is_waited_for(old: str) -> None:
    """An older version that is at work keeps its turn; the step is taken afterwards."""
    with plainly(old) as other:
        other.exec_driver_sql("BEGIN IMMEDIATE" if is_file(old) else "BEGIN")
        other.exec_driver_sql("UPDATE reconnect_entries SET at = at + 1 WHERE id = 'n1' AND author = 'ana'")
        with pytest.raises(NotKept, match=r"SQLITE_BUSY|LockNotAvailable"):
            opened(old, key=KEY, patience=timedelta(milliseconds=50))
        other.exec_driver_sql("COMMIT")
    with opened(old, key=KEY) as journal:
        assert KEPT.received(KEPT.at.add(microseconds=1)) in everything(journal)


def test_every_older_version_has_its_step() -> None:
    """No version is left behind."""
    older = set(range(1, _sql_table.SCHEMA))
    assert set(_sql_step._ANYWHERE) == set(_sql_step._ON_POSTGRES) == older  # noqa: SLF001 - all of them
