"""A journal in a database: opening it, sharing it, and what it says when something goes wrong."""

import logging
import pickle
import sqlite3
import stat
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

import attrs
import pendulum
import pytest
import sqlalchemy as sa
from attrs import frozen
from tests.edges.places import engine as host_engine
from tests.edges.places import hold, is_file, opened, plainly, said

import reconnect as rc
from reconnect.edges import _sql_fork, _sql_table, _sqlite, sql
from reconnect.edges.sql import SqlJournal
from reconnect.errors import (
    InvalidBody,
    MissingExtra,
    NewerDatabase,
    NotKept,
    NotYours,
    TracesLeft,
    Unconfirmed,
    WrongKey,
    WrongSeal,
)
from reconnect.record import membership
from reconnect.record.membership import is_circle_act

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=400)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=id_, zone="UTC") for id_ in ("ana", "ben")))
WORD: Final = "unforgettable"
AT_ONCE: Final = timedelta()


def note(id_: str, text: str = "tired", *, author: str = "ana", circle: str = "c1") -> rc.Entry:
    """Return a private note."""
    return rc.Entry(circle=circle, author=author, id=id_, at=NOW, body=rc.Note(text=text))


def notes(journal: SqlJournal) -> list[str]:
    """Return the ids of Ana's notes."""
    return [entry.id for entry in journal.export("ana", acting="ana") if isinstance(entry.body, rc.Note)]


def planted(place: str, when: str, code: str = "P0001") -> None:
    """Let the database refuse some entries."""
    event = "BEFORE INSERT ON reconnect_entries"
    if is_file(place):
        said(place, f"CREATE TRIGGER planted {event} WHEN {when} BEGIN SELECT RAISE(ABORT, 'no'); END")
        return
    body = f"BEGIN RAISE EXCEPTION USING MESSAGE = NEW.body, ERRCODE = '{code}'; END"
    said(place, f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    said(place, f"CREATE TRIGGER planted {event} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse()")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a journal may be kept."""
    return tmp_path / "us.db"


@pytest.fixture
def journal(place: str) -> Iterator[SqlJournal]:
    """Return a journal of two that waits for nobody, in each kind of database."""
    with opened(place, patience=AT_ONCE) as made:
        made.found(US, by="ana", at=NOW)
        yield made


@pytest.fixture
def in_a_file(path: Path) -> Iterator[SqlJournal]:
    """Return the same where only SQLite is meant."""
    with SqlJournal.open(path, patience=AT_ONCE) as made:
        made.found(US, by="ana", at=NOW)
        yield made


class TestOpening:
    """A file is opened, kept, and refused in clear words."""

    def test_what_was_kept_is_there_again(self, journal: SqlJournal, place: str) -> None:
        """Closing and opening changes nothing."""
        journal.append(note("e1"), acting="ana")
        journal.close()
        with opened(place) as again:
            assert notes(again) == ["e1"]
            assert again.append(note("e1"), acting="ana") == (rc.AlreadyThere("e1"),)

    def test_a_new_file_is_its_owners(self, in_a_file: SqlJournal, path: Path) -> None:
        """Nobody else on the machine can read it, nor the files beside it; an older file keeps its permissions."""
        in_a_file.append(note("e1"), acting="ana")
        files = sorted(path.parent.iterdir())
        assert [file.name for file in files] == ["us.db", "us.db-shm", "us.db-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        in_a_file.close()
        path.chmod(0o640)
        SqlJournal.open(path).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_a_relative_path_is_read_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A host that changes its folder afterwards still writes to the same file."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "elsewhere").mkdir()
        with SqlJournal.open("us.db") as journal:
            monkeypatch.chdir(tmp_path / "elsewhere")
            _sql_fork._leave_to_the_parent()  # noqa: SLF001 - so that the next connection is a new one
            journal.found(US, by="ana", at=NOW)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_another_file_is_refused(self, path: Path) -> None:
        """What is no database stays as it is."""
        path.write_text(WORD * 100)
        with pytest.raises(NotKept) as refused:
            SqlJournal.open(path)
        assert str(refused.value) == "expected the database to carry this out, got SQLITE_NOTADB"
        assert path.read_text() == WORD * 100

    def test_a_newer_database_is_refused(self, journal: SqlJournal, place: str) -> None:
        """An older version of the library leaves it alone and says why."""
        journal.close()
        said(place, "UPDATE reconnect_meta SET value = '3' WHERE name = 'schema'")
        before = Path(place).read_bytes() if is_file(place) else said(place, "SELECT * FROM reconnect_meta")
        with pytest.raises(NewerDatabase, match="expected a database of version 2 or older, got version 3"):
            opened(place)
        assert before == (Path(place).read_bytes() if is_file(place) else said(place, "SELECT * FROM reconnect_meta"))

    def test_the_tables_carry_their_name(self, journal: SqlJournal, place: str) -> None:
        """A host may keep its own tables beside ours."""
        del journal
        with plainly(place) as connection:
            seen = sa.inspect(connection)
            tables = seen.get_table_names()
            names = tables + [str(index["name"]) for name in tables for index in seen.get_indexes(name)]
        assert len(names) == 8
        assert all("reconnect_" in name for name in names)

    def test_every_connection_has_its_habits(self, in_a_file: SqlJournal) -> None:
        """What is acknowledged is on the disk, what is deleted is overwritten, and readers wait for nobody."""
        told = {}
        with in_a_file._reading():  # noqa: SLF001 - to ask a connection that is at work
            for habit in ("synchronous", "secure_delete", "journal_mode"):
                told[habit] = in_a_file._database.connection.exec_driver_sql(f"PRAGMA {habit}").scalar()  # noqa: SLF001 - as above
        assert told == {"synchronous": 2, "secure_delete": 1, "journal_mode": "wal"}

    def test_closing_twice_is_fine(self, journal: SqlJournal) -> None:
        """So is closing what a `with` block closes."""
        journal.close()
        journal.close()

    def test_without_the_extra_a_clear_word_is_said(self) -> None:
        """It names the extra, and is what a stranger would catch."""
        program = (
            "import sys; sys.modules['sqlalchemy'] = None\n"
            "try: import reconnect.edges.sql\n"
            "except ImportError as refused: print(type(refused).__name__, refused)"
        )
        said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        assert said.startswith("MissingExtra expected sqlalchemy")
        assert "pip install 'reconnect[sql]'" in said

    def test_a_log_is_opened_however_many_open_it(self) -> None:
        """When another opens the same new file, SQLite refuses at once; waiting for the other helps."""

        class Busy:
            said: ClassVar[list[str]] = []

            def execute(self, statement: str) -> None:
                self.said.append(statement)
                if "journal_mode" in statement and len(self.said) < limit:
                    raise sqlite3.OperationalError

        limit = 5
        _sqlite._open_log(Busy())  # noqa: SLF001 - a race of a few microseconds, played slowly
        assert Busy.said == 2 * ["PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE", "ROLLBACK"] + [Busy.said[0]]
        limit = sys.maxsize
        with pytest.raises(sqlite3.OperationalError):
            _sqlite._open_log(Busy())  # noqa: SLF001 - as above


class TestKey:
    """The key recognises what was erased; without it, replays would come back."""

    def test_a_generated_key_stays(self, journal: SqlJournal, place: str) -> None:
        """What was erased is recognised after opening anew."""
        journal.append(note("e1"), acting="ana")
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        journal.close()
        with opened(place) as again:
            assert again.append(note("e1"), acting="ana") == (rc.Erased("e1"),)

    def test_two_databases_have_two_keys(self, places: Callable[[], str]) -> None:
        """A mark tells nothing in another database."""
        marks: set[str] = set()
        for place in (places(), places()):
            with opened(place) as journal:
                journal.found(US, by="ana", at=NOW)
                journal.append(note("e1"), acting="ana")
                journal.erase("ana", acting="ana")
            marks |= {mark for (mark,) in said(place, "SELECT mark FROM reconnect_marks")}
        assert len(marks) == 4

    def test_the_key_of_a_host_is_not_in_the_database(self, place: str) -> None:
        """It is asked for each time, and another one is refused."""
        key = b"kept elsewhere, and long enough"
        with opened(place, key=key) as journal:
            journal.found(US, by="ana", at=NOW)
            journal.append(note("e1"), acting="ana")
            journal.erase("ana", acting="ana")
        for wrong in (None, b"another one", b""):
            with pytest.raises(WrongKey) as refused:
                opened(place, key=wrong)
            assert "another" not in str(refused.value)
        with opened(place, key=key) as journal:
            assert journal.append(note("e1"), acting="ana") == (rc.Erased("e1"),)
            for file in Path(place).parent.iterdir() if is_file(place) else ():
                assert key not in file.read_bytes()
                assert key.hex().encode() not in file.read_bytes()
        assert key.hex() not in str(said(place, "SELECT * FROM reconnect_meta"))


class TestEngine:
    """Any engine will do; it stays the host's."""

    def test_an_engine_of_the_host(self, place: str) -> None:
        """Its connections and its settings stay as they are."""
        engine = host_engine(place)
        with SqlJournal(engine) as journal:
            journal.found(US, by="ana", at=NOW)
            journal.append(note("e1"), acting="ana")
        assert not engine.hide_parameters
        with engine.connect() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM reconnect_entries")).scalar() == 4
        assert notes(journal) == ["e1"]
        engine.dispose()

    def test_an_engine_that_begins_by_itself(self, path: Path) -> None:
        """SQLAlchemy's recipe for real transactions on SQLite is no obstacle."""
        engine = sa.create_engine(f"sqlite:///{path}")

        @sa.event.listens_for(engine, "connect")
        def connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3's own
            connection.isolation_level = None

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql("BEGIN")

        journal = SqlJournal(engine)
        journal.found(US, by="ana", at=NOW)
        journal.append(note("e1"), acting="ana")
        with pytest.raises(NotYours):
            journal.append(note("e2"), note("e3", author="ben"), acting="ana")
        assert notes(journal) == ["e1"]
        journal.erase("ana", acting="ana")
        assert notes(journal) == []
        engine.dispose()

    def test_a_database_in_memory(self) -> None:
        """An engine on one connection works, too; nothing is kept then."""
        engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        journal = SqlJournal(engine)
        journal.found(US, by="ana", at=NOW)
        journal.append(note("e1"), acting="ana")
        assert notes(journal) == ["e1"]
        journal.erase("ana", acting="ana")
        assert notes(journal) == []
        engine.dispose()

    def test_a_database_that_is_not_sqlite(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Elsewhere nothing is asked for that only SQLite knows."""
        engine = sa.create_engine(f"sqlite:///{path}")
        monkeypatch.setattr(engine.dialect, "name", "elsewhere")
        said: list[str] = []
        sa.event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        journal = SqlJournal(engine)
        journal.found(US, by="ana", at=NOW)
        assert journal.append(note("e1"), acting="ana") == (rc.Stored("e1"),)
        with pytest.raises(NotYours):
            journal.append(note("e2"), note("e3", author="ben"), acting="ana")
        assert notes(journal) == ["e1"]
        later = note("e4").received(NOW.add(hours=1))
        for each, outcome in ((later, rc.Stored("e4")), (note("e4"), rc.AlreadyThere("e4"))):
            assert journal.append(each, acting="ana") == (outcome,)
        assert notes(journal) == ["e1", "e4"]
        assert len(journal.view("ana", circle="c1", at=NOW).entries(kind="note")) == 2
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert journal.append(note("e1"), acting="ana") == (rc.Erased("e1"),)
        assert not [text for text in said if "VACUUM" in text or "IMMEDIATE" in text]
        engine.dispose()


class TestSharing:
    """Threads and processes share a database: nothing is lost, and nobody is in another's way for long."""

    def test_threads_share_a_journal(self, place: str) -> None:
        """Everyone writes and reads at once; each call is whole and each is there."""
        failures: list[BaseException] = []
        calls, people = 12, [f"p{place}" for place in range(6)]

        def work(shared: SqlJournal, person: str) -> None:
            try:
                for call in range(calls):
                    entries = [note(f"{call}.{part}", author=person, circle="all") for part in range(2)]
                    shared.append(*entries, acting=person)
                    seen = shared.view(person, circle="all", at=LATER).entries(kind="note")
                    assert len(seen) == 2 * (call + 1)
                    assert {entry.author for entry in seen} == {person}
            except BaseException as failure:  # noqa: BLE001 - a thread's failure is told at the end
                failures.append(failure)

        with opened(place) as shared:
            everyone = tuple(rc.Person(id=person, zone="UTC") for person in people)
            shared.found(rc.Circle(id="all", members=everyone), by="p0", at=NOW)
            threads = [threading.Thread(target=work, args=(shared, person)) for person in people]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert failures == []
            kept = sum(isinstance(entry.body, rc.Note) for entry in shared.everything())
        assert kept == 2 * calls * len(people)

    def test_readers_do_not_wait_for_a_writer(self, journal: SqlJournal, place: str) -> None:
        """While somebody writes, views and exports show what was there before."""
        journal.append(note("e1"), acting="ana")
        with plainly(place) as other:
            hold(other)
            other.exec_driver_sql("DELETE FROM reconnect_entries")
            assert notes(journal) == ["e1"]
            assert journal.circles("ana", acting="ana") == ("c1",)
            assert len(journal.view("ana", circle="c1", at=NOW).entries(kind="note")) == 1
            assert len(list(journal.everything())) == 4

    def test_a_writer_waits_for_another(self, journal: SqlJournal, place: str) -> None:
        """With patience, a write is done once the other is; without, it is refused whole and can be tried again."""
        outcomes: list[object] = []
        with opened(place) as patient, plainly(place) as other:
            hold(other)
            with pytest.raises(NotKept, match=r"SQLITE_BUSY|LockNotAvailable"):
                journal.append(note("e1"), acting="ana")
            thread = threading.Thread(target=lambda: outcomes.append(patient.append(note("e2"), acting="ana")))
            thread.start()
            other.exec_driver_sql("ROLLBACK")
            thread.join()
        assert outcomes == [(rc.Stored("e2"),)]
        assert journal.append(note("e1"), acting="ana") == (rc.Stored("e1"),)

    def test_a_view_is_of_one_moment(self, place: str) -> None:
        """What another does between two questions of one view is not in it."""
        with opened(place) as other:

            class Slow(SqlJournal):
                def _ceased(self, circle: str) -> tuple[rc.Ceased, ...]:
                    other.append(note("e1"), acting="ana")
                    seen = self._written(circle, "ana")
                    assert not any(isinstance(entry.body, rc.Note) for entry in seen)
                    return super()._ceased(circle)

            other.found(US, by="ana", at=NOW)
            with opened(place, Slow) as journal:
                assert journal.view("ana", circle="c1", at=NOW).entries(kind="note") == ()
                assert notes(other) == ["e1"]

    def test_two_that_write_at_once_see_each_other(self, place: str) -> None:
        """Between a writer's questions and its answer nobody else writes: one id never gets two contents."""
        asked, done = threading.Event(), threading.Event()

        class Slow(SqlJournal):
            def _find(self, identity: tuple[str, str, str]) -> rc.Entry | None:
                known = super()._find(identity)
                asked.set()
                done.wait(timeout=0.3)  # the other is not done before this one is
                return known

        outcomes: dict[str, object] = {}

        def write(journal: SqlJournal, text: str) -> None:
            outcomes[text] = journal.append(note("e1", text), acting="ana")

        with opened(place) as quick, opened(place, Slow) as slow:
            quick.found(US, by="ana", at=NOW)
            thread = threading.Thread(target=write, args=(slow, "slow"))
            thread.start()
            asked.wait()
            write(quick, "quick")
            done.set()
            thread.join()
            (kept,) = quick.view("ana", circle="c1", at=NOW).entries(kind="note")
        assert outcomes == {"slow": (rc.Stored("e1"),), "quick": (rc.IdConflict("e1"),)}
        assert kept.body == rc.Note(text="slow")

    def test_a_forked_process_leaves_connections_to_its_parent(self, journal: SqlJournal) -> None:
        """They are neither used nor closed any more; new ones are opened."""
        journal.append(note("e1"), acting="ana")
        left = len(_sql_fork._parents)  # noqa: SLF001 - what a fork runs in the child, without forking
        _sql_fork._leave_to_the_parent()  # noqa: SLF001 - as above
        assert journal.append(note("e2"), acting="ana") == (rc.Stored("e2"),)
        for pool in _sql_fork._parents[left:]:  # noqa: SLF001 - here they are still our own
            pool.dispose()
        del _sql_fork._parents[left:]  # noqa: SLF001 - as above

    def test_the_database_itself_keeps_one_entry_under_one_id(self, journal: SqlJournal, place: str) -> None:
        """Whoever else writes into the file cannot put a second one beside it."""
        journal.append(note("e1"), acting="ana")
        with pytest.raises(sa.exc.IntegrityError):
            said(place, "INSERT INTO reconnect_entries SELECT * FROM reconnect_entries WHERE id = 'e1'")

    def test_a_view_reads_one_circle_only(self, in_a_file: SqlJournal, path: Path) -> None:
        """Every question of a view, and every one of an append, finds its rows by a key."""
        said: list[tuple[str, Any]] = []
        sa.event.listen(in_a_file._database.engine, "before_cursor_execute", lambda *given: said.append(given[2:4]))  # noqa: SLF001 - to listen
        in_a_file.append(note("e1"), acting="ana")
        in_a_file.view("ana", circle="c1", at=NOW)
        in_a_file.export("ana", acting="ana")
        in_a_file.circles("ana", acting="ana")
        with closing(sqlite3.connect(path)) as plain:
            plans = [plain.execute(f"EXPLAIN QUERY PLAN {text}", values).fetchall() for text, values in said]
        steps = [step for plan in plans for *_, step in plan]
        assert len(steps) >= 8
        assert [step for step in steps if step.startswith("SCAN")] == []


class TestPrivacy:
    """Whatever goes wrong, nothing private is in what is said about it."""

    def test_a_failure_says_nothing_of_what_was_written(
        self, journal: SqlJournal, place: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Not in its words, not in what it was raised from, not in a log; and nothing of the call is kept."""
        planted(place, "NEW.id = 'e2'")
        caplog.set_level(logging.INFO)
        before = list(journal.everything())
        with pytest.raises(NotKept) as refused:
            journal.append(note("e1", WORD), note("e2", WORD), acting="ana")
        error = refused.value
        assert error.reason.startswith("SQLITE_CONSTRAINT" if is_file(place) else "RaiseException")
        assert (error.__cause__, error.__context__) == (None, None)
        told = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error)) + caplog.text
        assert WORD not in told
        assert list(journal.everything()) == before
        assert journal.append(note("e1", WORD), acting="ana") == (rc.Stored("e1"),)

    def test_a_driver_may_raise_anything(self, journal: SqlJournal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only the name of what it raised is passed on."""

        def fail(*_: object, **__: object) -> None:
            raise ValueError(WORD)

        monkeypatch.setattr(sa.Connection, "execute", fail)
        with pytest.raises(NotKept) as refused:
            journal.append(note("e1", WORD), acting="ana")
        assert refused.value.reason == "ValueError"
        assert WORD not in "".join(traceback.format_exception(refused.value))
        assert refused.value.__context__ is None

    def test_a_host_that_shows_its_parameters_shows_none_of_ours(
        self, place: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        """An engine that echoes statements echoes ours without what is in them."""
        engine = host_engine(place)
        caplog.set_level(logging.INFO, "sqlalchemy.engine")
        journal = SqlJournal(engine)
        journal.found(US, by="ana", at=NOW)
        journal.append(note("e1", WORD), acting="ana")
        assert "INSERT INTO reconnect_entries" in caplog.text
        assert WORD not in caplog.text
        engine.dispose()

    def test_a_closed_disk_is_told(self, in_a_file: SqlJournal, path: Path) -> None:
        """A database that has gone is refused in one sentence, and nothing else."""
        in_a_file.close()
        for file in path.parent.iterdir():
            file.unlink()
        path.mkdir()
        with pytest.raises(NotKept, match="SQLITE_CANTOPEN"):
            in_a_file.append(note("e1"), acting="ana")

    def test_an_error_survives_the_way_to_another_process(self) -> None:
        """Every error of a database can be pickled."""
        told = (
            NotKept("x"),
            TracesLeft("x"),
            WrongKey(),
            NewerDatabase(2, 1),
            MissingExtra("sql", "x"),
            Unconfirmed("x"),
        )
        for error in (*told, WrongSeal("x")):
            again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
            assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


class TestBodies:
    """What is kept can be read again, or is not kept."""

    def test_what_would_not_read_back_is_refused(self, journal: SqlJournal) -> None:
        """A body that changes when it is written, or is too large, is refused before anything is kept."""

        def tidy(text: str) -> str:
            return text.strip()

        @rc.register
        @frozen
        class Rounded:
            kind: ClassVar[str] = "test.rounded"

            value: str = attrs.field(converter=tidy, repr=False)

        body = Rounded("x")
        object.__setattr__(body, "value", " x ")
        for refused in (body, rc.Note(text="x" * 1_100_000)):
            with pytest.raises(InvalidBody) as told:
                journal.append(
                    note("e1"), rc.Entry(circle="c1", author="ana", id="e2", at=NOW, body=refused), acting="ana"
                )
            assert "Rounded" in str(told.value) or "bytes" in str(told.value)
        assert notes(journal) == []

    def test_a_body_that_cannot_be_read_any_more_is_in_nobodys_way(self, journal: SqlJournal) -> None:
        """A host that changes a class keeps its views, exports and erasures; what was written stands as it stood."""

        def version(fields: dict[str, Any], heard: rc.Heard = rc.Heard.ANY) -> Any:  # noqa: ANN401 - a class
            made = attrs.make_class(
                "Mood", fields, frozen=True, kw_only=True, class_body={"kind": "test.mood", "heard": heard}
            )
            made.__module__ = __name__
            return rc.register(made)

        old = version({"score": attrs.field(type=int)})
        ours = rc.Entry(circle="c1", author="ben", id="e1", at=NOW, body=old(score=3), audience=rc.Shared())
        journal.append(attrs.evolve(ours, id="e2", audience=rc.Private()), ours, acting="ben")
        sealed = version({"score": attrs.field(type=int)}, rc.Heard.SEALED)
        journal.append(attrs.evolve(ours, id="e3", body=sealed(score=3), audience=rc.Sealed("r1")), acting="ben")
        version({"words": attrs.field(type=str)})
        kept = rc.UnknownBody(name="test.mood.unreadable", payload='{"score":3}')
        for reader, ids in (("ana", ["e1"]), ("ben", ["e1", "e2", "e3"])):
            entries = journal.view(reader, circle="c1", at=NOW).entries(kind="test.mood.unreadable")
            assert [entry.id for entry in entries] == ids
            assert {entry.body for entry in entries} == {kept}
        assert entries[-1].audience == rc.Sealed("r1")
        copy = rc.MemoryJournal()
        copy.merge(journal)
        version({"score": attrs.field(type=int)}, rc.Heard.SHARED)
        assert len(journal.view("ana", circle="c1", at=NOW).entries(kind="test.mood")) == 1
        assert len(journal.view("ana", circle="c1", at=NOW).entries(kind="test.mood.unreadable")) == 0
        version({"score": attrs.field(type=int)})
        assert journal.append(ours, acting="ben") == (rc.AlreadyThere("e1"),)
        journal.erase("ben", acting="ben")
        assert journal.append(ours, acting="ben") == (rc.Erased("e1"),)

    def test_the_acts_of_a_circle_are_found_by_their_kind(self) -> None:
        """The database looks for exactly those kinds that a journal takes for acts of the circle."""
        bodies = [vars(membership)[name] for name in membership.__all__]
        acts = {
            body.kind
            for body in bodies
            if hasattr(body, "kind") and issubclass(body, membership._RANKS)  # noqa: SLF001 - the list that decides
        }
        assert set(_sql_table.CIRCLE_ACTS) == acts
        left = rc.Entry(circle="c1", author="ana", id="x", at=NOW, body=rc.Left(), audience=rc.Shared())
        assert is_circle_act(left)

    def test_a_long_journal_is_read_page_by_page(self, journal: SqlJournal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Everything is there once, however many pages it is, full ones at the end included."""
        monkeypatch.setattr(sql, "_PAGE", 10)
        names = [f"{place:04}" for place in range(57)]
        journal.append(*map(note, names), acting="ana")
        assert len(list(journal.everything())) == 60
        assert [entry.id for entry in journal.everything() if isinstance(entry.body, rc.Note)] == names
