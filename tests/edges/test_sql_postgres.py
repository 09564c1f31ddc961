"""What only PostgreSQL does: conflicts, a server that goes away, plans, and what an erasure leaves in its files."""

import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pendulum
import pytest
import sqlalchemy as sa
from attrs import evolve
from tests.edges.places import engine, hold, opened, plainly, said
from tools.postgres import Server

import reconnect as rc
from reconnect.edges import _sql_failure
from reconnect.edges.sql import SqlJournal
from reconnect.errors import NotKept, NotYours, Unconfirmed

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=id_, zone="UTC") for id_ in ("ana", "ben")))
WORD: Final = "unforgettable"
GONE: Final = "irretrievable"  # a word of one test only, because all of them share the files of a server


def note(id_: str, text: str = "tired", *, circle: str = "c1") -> rc.Entry:
    """Return a private note of Ana's."""
    return rc.Entry(circle=circle, author="ana", id=id_, at=NOW, body=rc.Note(text=text))


def notes(journal: SqlJournal) -> list[str]:
    """Return the ids of Ana's notes."""
    return [entry.id for entry in journal.export("ana", acting="ana") if isinstance(entry.body, rc.Note)]


@pytest.fixture
def place(schemas: Callable[[], str]) -> str:
    """Return a new and empty place on PostgreSQL."""
    return schemas()


@pytest.fixture
def journal(place: str) -> Iterator[SqlJournal]:
    """Return a journal of two."""
    with opened(place) as made:
        made.found(US, by="ana", at=NOW)
        yield made


def refusing(place: str, times: int, code: str) -> None:
    """Let the server refuse so many entries with a code; a sequence counts them, which no rollback takes back."""
    said(place, "CREATE SEQUENCE refused")
    body = (
        f"BEGIN IF nextval('refused') <= {times} THEN RAISE EXCEPTION USING ERRCODE = '{code}'; END IF; RETURN NEW; END"
    )
    said(place, f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    said(place, "CREATE TRIGGER planted BEFORE INSERT ON reconnect_entries FOR EACH ROW EXECUTE FUNCTION refuse()")


class TestConflicts:
    """What is only in another's way is tried again, a few times, whole."""

    @pytest.mark.parametrize("code", ["40001", "40P01"])
    def test_a_conflict_is_tried_again(self, journal: SqlJournal, place: str, code: str) -> None:
        """Nobody hears of it, and the call is there once."""
        refusing(place, 4, code)
        assert journal.append(note("e1"), note("e2"), acting="ana") == (rc.Stored("e1"), rc.Stored("e2"))
        assert notes(journal) == ["e1", "e2"]
        assert said(place, "SELECT last_value FROM refused") == [(6,)]

    @pytest.mark.parametrize(("code", "name"), [("40001", "SerializationFailure"), ("40P01", "DeadlockDetected")])
    def test_it_ends(self, journal: SqlJournal, place: str, code: str, name: str) -> None:
        """A conflict that does not go away is told, after five attempts; nothing of it is kept."""
        refusing(place, 100, code)
        with pytest.raises(NotKept) as refused:
            journal.append(note("e1", WORD), acting="ana")
        assert refused.value.reason == name
        assert refused.value.__context__ is None
        assert said(place, "SELECT last_value FROM refused") == [(5,)]
        assert notes(journal) == []

    def test_what_is_no_conflict_is_not_tried_again(self, journal: SqlJournal, place: str) -> None:
        """A refusal stands at once, be it the server's or our own."""
        refusing(place, 100, "23514")
        with pytest.raises(NotKept, match="CheckViolation"):
            journal.append(note("e1"), acting="ana")
        assert said(place, "SELECT last_value FROM refused") == [(1,)]
        with pytest.raises(NotYours):
            journal.erase("ana", acting="ben")

    def test_every_verb_that_writes_tries_again(self, journal: SqlJournal, place: str) -> None:
        """Founding, merging and erasing are whole units, too."""
        refusing(place, 4, "40001")
        journal.found(rc.Circle(id="c2", members=US.members), by="ana", at=NOW)
        memory = rc.MemoryJournal()
        memory.found(rc.Circle(id="c3", members=US.members), by="ana", at=NOW)
        for verb in (partial(journal.merge, memory), partial(journal.erase, "ana", acting="ana", at=NOW.add(hours=1))):
            said(place, "SELECT setval('refused', 1, false)")
            verb()
        assert journal.circles("ben", acting="ben") == ("c1", "c2", "c3")
        assert journal.view("ben", circle="c3", at=NOW.add(hours=2)).members == ("ben",)

    def test_a_real_deadlock_is_survived(self, journal: SqlJournal, place: str) -> None:
        """Two that wait for each other: the server ends one of them, and the journal goes on when the other is done."""
        outcomes: list[object] = []
        with plainly(place) as other:
            other.exec_driver_sql("SET deadlock_timeout = '60s'")  # so that it is ours that gives way
            other.exec_driver_sql("BEGIN")
            other.exec_driver_sql("LOCK reconnect_people IN EXCLUSIVE MODE")
            second = rc.Circle(id="c2", members=US.members)
            thread = threading.Thread(target=lambda: outcomes.append(journal.found(second, by="ana", at=NOW)))
            thread.start()
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'reconnect_people'::regclass"
            while said(place, waiting) == [(0,)]:
                time.sleep(0.01)
            other.exec_driver_sql("SELECT value FROM reconnect_meta FOR UPDATE")
            before = said(place, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            other.exec_driver_sql("COMMIT")
            thread.join()
        assert outcomes == [rc.Stored("founding")]
        assert before
        assert journal.circles("ben", acting="ben") == ("c1", "c2")

    def test_an_engine_that_asks_for_more_is_no_obstacle(self, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the host's engine lets writers see an old state, ours still look when it is their turn."""
        monkeypatch.setattr(_sql_failure, "_PAUSES", ())  # and have no second try
        strict = engine(place).execution_options(isolation_level="REPEATABLE READ")
        with opened(place) as quick:
            quick.found(US, by="ana", at=NOW)
            journal, outcomes = SqlJournal(strict), list[object]()
            with plainly(place) as other:
                hold(other)
                thread = threading.Thread(target=lambda: outcomes.extend(journal.append(note("e1"), acting="ana")))
                thread.start()
                while not said(place, "SELECT 1 FROM pg_locks WHERE NOT granted"):
                    time.sleep(0.01)
                row = "'c1', 'ana', 'e1', 0, 'note', NULL, 'private', NULL, '{\"kind\":\"note\",\"text\":\"other\"}'"
                other.exec_driver_sql(f"INSERT INTO reconnect_entries VALUES ({row})")  # noqa: S608 - our own words
                other.exec_driver_sql("COMMIT")
                thread.join()
        assert outcomes == [rc.IdConflict("e1")]
        strict.dispose()


class TestServer:
    """A server may be slow, gone, or gone in the middle of an answer."""

    def test_a_lost_connection_keeps_nothing(self, journal: SqlJournal, place: str) -> None:
        """It is told by name, and the next call finds a new connection."""
        ends = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE %s AND state LIKE %s"

        class Cut(SqlJournal):
            def _is_forgotten(self, mark: str) -> bool:
                with plainly(place) as other:
                    other.exec_driver_sql(ends, ("%%reconnect_entries%%", "idle in transaction"))
                return super()._is_forgotten(mark)

        with opened(place, Cut) as cut:
            with pytest.raises(NotKept) as refused:
                cut.append(note("e1", WORD), acting="ana")
            assert WORD not in "".join(traceback.format_exception(refused.value))
        assert journal.append(note("e1"), acting="ana") == (rc.Stored("e1"),)

    def test_an_answer_that_never_came(self, journal: SqlJournal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody knows whether it is kept; trying again tells, and keeps it once."""
        import psycopg  # noqa: PLC0415 - only here, where a server is

        commit = sa.Connection.commit

        def gone(connection: sa.Connection) -> None:
            commit(connection)
            raise psycopg.OperationalError(WORD)

        with monkeypatch.context() as patched:
            patched.setattr(sa.Connection, "commit", gone)
            with pytest.raises(Unconfirmed) as told:
                journal.append(note("e1", WORD), acting="ana")
        assert told.value.reason == "OperationalError"
        assert WORD not in "".join(traceback.format_exception(told.value))
        assert journal.append(note("e1", WORD), acting="ana") == (rc.AlreadyThere("e1"),)

    def test_a_commit_that_is_refused_keeps_nothing(self, journal: SqlJournal, place: str) -> None:
        """What the server checks last is refused as clearly as what it checks first."""
        said(place, "CREATE TABLE beside (id text PRIMARY KEY)")
        said(
            place,
            "ALTER TABLE reconnect_entries ADD CONSTRAINT late FOREIGN KEY (about) "
            "REFERENCES beside (id) DEFERRABLE INITIALLY DEFERRED",
        )
        with pytest.raises(NotKept, match="ForeignKeyViolation"):
            journal.append(
                rc.Entry(circle="c1", author="ana", id="e1", at=NOW, body=rc.Note(text="x"), about="y"), acting="ana"
            )
        assert notes(journal) == []

    def test_what_is_acknowledged_is_on_the_disk(self, place: str) -> None:
        """A host that has told its connections not to wait for the disk is not obeyed here; one that wants more is."""
        habit = "SELECT current_setting('synchronous_commit'), current_setting('lock_timeout')"
        for wanted, given in (("off", "on"), ("remote_write", "remote_write")):
            host = engine(f"{place}%20-csynchronous_commit%3D{wanted}")
            journal = SqlJournal(host, patience=timedelta(seconds=2))
            with journal._work():  # noqa: SLF001 - to ask a connection that is at work
                found = journal._database.connection.exec_driver_sql(habit).one()  # noqa: SLF001 - as above
            assert tuple(found) == (given, "2s")
            with host.connect() as after:
                assert tuple(after.exec_driver_sql(habit).one()) == (wanted, "0")
            host.dispose()

    def test_many_may_begin_at_once(self, place: str) -> None:
        """Ten open a new place together: the tables are made once, and nobody is refused."""
        failures: list[BaseException] = []

        def begin() -> None:
            try:
                opened(place).close()
            except BaseException as failure:  # noqa: BLE001 - told at the end
                failures.append(failure)

        threads = [threading.Thread(target=begin) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert said(place, "SELECT count(*) FROM reconnect_meta WHERE name = 'schema'") == [(1,)]

    def test_an_address_that_is_none(self) -> None:
        """It is refused without a word of it: addresses hold passwords."""
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
        for wrong in ("sqlite:///us.db", f"postgresql://ana:{WORD}@[", f"postgresql://ana:{WORD}@/x?host=/nowhere"):
            with pytest.raises(NotKept) as refused:
                SqlJournal.connect(wrong)
            assert WORD not in "".join(traceback.format_exception(refused.value))
            assert "us.db" not in str(refused.value)

    def test_without_the_driver_a_clear_word_is_said(self) -> None:
        """It names the extra, and is what a stranger would catch."""
        program = (
            "import sys; sys.modules['psycopg'] = None\n"
            "from reconnect.edges.sql import SqlJournal\n"
            "try: SqlJournal.connect('postgresql://ana@localhost/us')\n"
            "except ImportError as refused: print(type(refused).__name__, refused)"
        )
        told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        assert told.startswith("MissingExtra expected psycopg")
        assert "pip install 'reconnect[postgres]'" in told


def test_a_pause_is_short() -> None:
    """All attempts together wait for less than a second."""
    assert sum(_sql_failure._PAUSES) < 1  # noqa: SLF001 - a number of ours


def explained(place: str, statement: str, values: Any) -> str:  # noqa: ANN401 - the driver's own
    """Carry a statement out, take it back, and return how it was carried out."""
    with plainly(place) as connection:
        connection.exec_driver_sql("BEGIN")
        answer = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {statement}", values)
        return "\n".join(line for (line,) in answer)


def test_a_view_reads_one_circle_only(journal: SqlJournal, place: str) -> None:
    """With many other circles beside it, every question finds its rows by a key, and a view throws none away."""
    said(
        place,
        "INSERT INTO reconnect_entries SELECT 'o' || n / 50, 'p' || mod(n, 100), 'e' || n, n, 'note', NULL, 'shared', "
        "NULL, '{}' FROM generate_series(1, 20000) n",
    )
    said(place, "INSERT INTO reconnect_people SELECT 'p' || n, 'o' || n FROM generate_series(1, 2000) n")
    said(place, "INSERT INTO reconnect_marks SELECT 'm' || n FROM generate_series(1, 2000) n")
    said(place, "INSERT INTO reconnect_ceased (circle, ceased) SELECT 'o' || n, '{}' FROM generate_series(1, 2000) n")
    said(place, "VACUUM ANALYZE")
    asked: list[tuple[str, Any]] = []
    sa.event.listen(journal._database.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))  # noqa: SLF001 - to listen
    journal.view("ana", circle="c1", at=NOW)
    of_a_view = len(asked)
    journal.append(note("e1"), acting="ana")
    journal.export("ana", acting="ana")
    journal.circles("ana", acting="ana")
    plans = [explained(place, text, values) for text, values in asked if "reconnect_meta" not in text]  # a few rows
    assert len(plans) >= 8
    assert [plan for plan in plans if "Seq Scan" in plan] == []
    read = [plan for plan in plans[:of_a_view] if "reconnect" in plan]
    assert len(read) == 2
    assert [plan for plan in read if "Index Cond: ((circle)" not in plan or "Rows Removed" in plan] == []


class TestErasing:
    """An erasure takes the rows; what is left in the files is what the docs say, and goes as they say."""

    def test_bytes_stay_until_the_tables_are_written_anew(
        self, server: Server, places_of_our_own: Callable[[], str]
    ) -> None:
        """`VACUUM FULL` takes them from the tables; the log of the server keeps them until it is recycled."""
        place = places_of_our_own()
        with opened(place) as journal:
            journal.found(US, by="ana", at=NOW)
            for n in range(40):  # in turns, so that no page of a table becomes empty
                journal.append(note(f"e{n}", f"{GONE} {n}"), acting="ana")
                journal.append(evolve(note(f"e{n}"), author="ben"), acting="ben")
            said(place, "ANALYZE")
            said(place, "CHECKPOINT")
            assert traces(server, "base")
            journal.erase("ana", acting="ana", at=NOW.add(hours=1))
            assert GONE not in str(said(place, "SELECT * FROM reconnect_entries"))
            said(place, "CHECKPOINT")
            assert traces(server, "base")
            said(place, "VACUUM")  # frees the room, and overwrites nothing
            said(place, "CHECKPOINT")
            assert traces(server, "base")
            said(place, "VACUUM FULL reconnect_entries, reconnect_ceased")
            said(place, "CHECKPOINT")
            assert traces(server, "base") == []
            assert traces(server, "pg_wal")
            assert journal.append(note("e1"), acting="ana") == (rc.Erased("e1"),)

    def test_no_samples_of_bodies_are_kept(self, journal: SqlJournal, place: str) -> None:
        """What PostgreSQL keeps to plan with holds no word of anybody's."""
        journal.append(*(note(f"e{n}", WORD) for n in range(50)), acting="ana")
        said(place, "ANALYZE")
        kept = "SELECT tablename, attname, most_common_vals, histogram_bounds FROM pg_stats"
        samples = said(place, f"{kept} WHERE starts_with(tablename, 'reconnect_')")
        assert {(table, column) for table, column, *_ in samples} >= {("reconnect_entries", "circle")}
        assert not {("reconnect_entries", "body"), ("reconnect_ceased", "ceased")} & {(t, c) for t, c, *_ in samples}
        assert WORD not in str(samples)


def traces(server: Server, folder: str) -> list[Path]:
    """Return the files below a folder of the server that still hold the word."""
    return [file for file in (server.data / folder).rglob("*") if file.is_file() and GONE.encode() in file.read_bytes()]
