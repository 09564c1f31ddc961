"""An erasure on SQLite leaves no byte of what was erased in any file of the database."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reconnect as rc
from reconnect.edges import _sqlite
from reconnect.edges.sql import SqlJournal
from reconnect.errors import NotKept, TracesLeft

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
LATER: Final = NOW.add(days=400)
WORD: Final = "unforgettable"
NAME: Final = "Anastazja Ünver"
US: Final = rc.Circle(
    id="c1",
    members=(rc.Person(id="ana", zone="Asia/Kathmandu", name=NAME), rc.Person(id="ben", zone="UTC", name="Ben")),
)
LENGTHS: Final = (1, 20, 200, 1_000, 4_000, 30_000, 400_000)  # in units of a few bytes: from a cell to many pages


def note(id_: str, text: str, *, author: str = "ana", shared: bool = False) -> rc.Entry:
    """Return a note."""
    audience = rc.Shared() if shared else rc.Private()
    return rc.Entry(circle="c1", author=author, id=id_, at=NOW, body=rc.Note(text=text), audience=audience)


def traces(folder: Path) -> dict[str, set[str]]:
    """Return which files still hold a word or a name of Ana's, in any way it may have been written."""
    found: dict[str, set[str]] = {}
    for file in folder.iterdir():
        content = file.read_bytes()
        for needle in (WORD, WORD[:9], WORD[4:], NAME, "Kathmandu"):
            ways = (
                needle.encode(),
                needle.encode("utf-16-le"),
                needle.encode("utf-16-be"),
                needle.encode("ascii", "backslashreplace"),
            )
            if any(way in content for way in ways):
                found.setdefault(file.name, set()).add(needle)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a journal may be kept."""
    return tmp_path / "us.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqlJournal]:
    """Return a journal in which both have written, on pages of every kind, and that waits for nobody."""
    with SqlJournal.open(path, patience=timedelta()) as made:
        made.found(US, by="ana", at=NOW)
        write(made)
        yield made


def write(journal: SqlJournal) -> None:
    """Write short and long things in turns, and move one."""
    for place, length in enumerate(LENGTHS):
        for turn in range(3):
            journal.append(note(f"a{place}.{turn}", WORD * (length // 13 + 1), shared=turn == 0), acting="ana")
            journal.append(note(f"b{place}.{turn}", "y" * length, author="ben"), acting="ben")
    journal.append(note("a0.0", WORD, shared=True).received(NOW), acting="ana")


def kept(journal: SqlJournal, person: str) -> int:
    """Count a person's notes."""
    return sum(isinstance(entry.body, rc.Note) for entry in journal.export(person, acting=person))


def test_the_scan_would_find_it(journal: SqlJournal, path: Path) -> None:
    """Before an erasure her words and her name are in the files, in the log and after closing."""
    assert traces(path.parent)["us.db-wal"] == {WORD, WORD[:9], WORD[4:], NAME, "Kathmandu"}
    journal.close()
    assert traces(path.parent) == {"us.db": {WORD, WORD[:9], WORD[4:], NAME, "Kathmandu"}}


def test_no_byte_is_left(journal: SqlJournal, path: Path) -> None:
    """At once, while the journal is still open, in every file; what the other wrote is all there."""
    before = journal.export("ben", acting="ben")
    journal.erase("ana", acting="ana", at=NOW.add(hours=1))
    assert traces(path.parent) == {}
    assert sorted(file.name for file in path.parent.iterdir()) == ["us.db", "us.db-shm", "us.db-wal"]
    assert journal.export("ben", acting="ben") == before
    journal.close()
    assert traces(path.parent) == {}
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_marks_tell_nothing(journal: SqlJournal, path: Path) -> None:
    """What stays are keyed digests, by which replays are recognised."""
    journal.erase("ana", acting="ana", at=NOW.add(hours=1))
    assert journal.append(note("a0.0", WORD, shared=True), acting="ana") == (rc.Erased("a0.0"),)
    assert traces(path.parent) == {}
    with closing(sqlite3.connect(path)) as plain:
        marks = [mark for (mark,) in plain.execute("SELECT mark FROM reconnect_marks")]
        text = "\n".join(plain.iterdump())
    assert len(set(marks)) == 3 * len(LENGTHS) + 1
    assert {len(mark) for mark in marks} == {64}
    assert "a0.0" not in text


def test_every_connection_writes_without_traces(journal: SqlJournal, path: Path) -> None:
    """Also where a second journal, a thread or a forked process wrote on connections of its own."""
    with SqlJournal.open(path) as other:
        write_more = threading.Thread(target=lambda: other.append(note("a.other", WORD * 500), acting="ana"))
        write_more.start()
        write_more.join()
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert traces(path.parent) == {}
        assert kept(other, "ana") == 0


def test_without_its_habits_sqlite_keeps_traces(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The danger is real: without rebuilding the file and emptying the log, her words stay."""
    monkeypatch.setattr(_sqlite, "rebuild", lambda *_, **__: True)
    with SqlJournal.open(path) as journal:
        journal.found(US, by="ana", at=NOW)
        write(journal)
        journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert kept(journal, "ana") == 0
        assert "us.db-wal" in traces(path.parent)


class TestReaders:
    """Somebody who reads an older state keeps it in the files; nothing of that is left silently."""

    def test_one_who_goes_on_reading_is_told_of(self, journal: SqlJournal, path: Path) -> None:
        """It is erased for everyone, the caller knows that traces are left, and the next erasure takes them."""
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM reconnect_entries").fetchall()
            with pytest.raises(TracesLeft, match="somebody still reads an older state") as told:
                journal.erase("ana", acting="ana", at=NOW.add(hours=1))
            assert WORD not in repr(told.value)
            assert kept(journal, "ana") == 0
            assert journal.view("ben", circle="c1", at=LATER).members == ("ben",)
            assert traces(path.parent) != {}
            with pytest.raises(TracesLeft):
                journal.erase("ana", acting="ana")
            assert reader.execute("SELECT count(*) FROM reconnect_entries").fetchone() == (6 * len(LENGTHS) + 3,)
        journal.erase("ana", acting="ana")
        assert traces(path.parent) == {}

    def test_an_erasure_waits_for_readers(self, journal: SqlJournal, path: Path) -> None:
        """With patience it is done once the reader is gone."""
        with SqlJournal.open(path) as patient, closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM reconnect_entries").fetchall()
            erasing = threading.Thread(target=patient.erase, args=("ana",), kwargs={"acting": "ana"})
            erasing.start()
            reader.execute("ROLLBACK")
            erasing.join()
        assert kept(journal, "ana") == 0
        assert traces(path.parent) == {}

    def test_opening_anew_takes_what_was_left(self, journal: SqlJournal, path: Path) -> None:
        """Also when nobody erases again; while the reader is there, opening is not held up."""
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM reconnect_entries").fetchall()
            with pytest.raises(TracesLeft):
                journal.erase("ana", acting="ana", at=NOW.add(hours=1))
            SqlJournal.open(path).close()
            assert traces(path.parent) != {}
        SqlJournal.open(path).close()
        assert traces(path.parent) == {}

    def test_going_through_everything_is_reading(self, journal: SqlJournal, path: Path) -> None:
        """Who erases while going through everything is told, rather than waited for forever."""
        going = journal.everything()
        next(going)
        with pytest.raises(TracesLeft):
            journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert sum(entry.author == "ana" for entry in going) > 0
        journal.erase("ana", acting="ana")
        assert traces(path.parent) == {}

    def test_a_writer_in_the_way_leaves_everything_as_it_was(self, journal: SqlJournal, path: Path) -> None:
        """Then nothing is erased, and that is said."""
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotKept, match="SQLITE_BUSY"):
                journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert kept(journal, "ana") == 3 * len(LENGTHS)

    def test_no_room_to_rebuild_is_told(self, journal: SqlJournal, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk that is full leaves traces for now, and the caller knows."""

        def full(*_: object, **__: object) -> bool:
            raise sqlite3.OperationalError(WORD)

        with monkeypatch.context() as patched:
            patched.setattr(_sqlite, "rebuild", full)
            with pytest.raises(TracesLeft, match="OperationalError") as told:
                journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert (told.value.__cause__, told.value.__context__) == (None, None)
        assert kept(journal, "ana") == 0
        journal.erase("ana", acting="ana")
        assert traces(path.parent) == {}

    def test_a_process_that_dies_before_the_traces_are_gone(
        self, journal: SqlJournal, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever opens the journal next takes them."""

        def dies(*_: object, **__: object) -> bool:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(_sqlite, "rebuild", dies)
            with pytest.raises(KeyboardInterrupt):
                journal.erase("ana", acting="ana", at=NOW.add(hours=1))
        assert traces(path.parent) != {}
        SqlJournal.open(path).close()
        assert traces(path.parent) == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(
    writings=st.lists(
        st.tuples(st.sampled_from(("ana", "ben")), st.integers(1, 600), st.booleans()), min_size=1, max_size=40
    ),
    reopened=st.integers(0, 3),
)
def test_whatever_was_written_in_whatever_order(
    writings: list[tuple[str, int, bool]], reopened: int, tmp_path: Path
) -> None:
    """Pages that were split, moved and joined keep nothing either."""
    for file in tmp_path.iterdir():
        file.unlink()
    path = tmp_path / "us.db"
    for part in range(reopened + 1):
        with SqlJournal.open(path) as journal:
            if part == 0:
                journal.found(US, by="ana", at=NOW)
            for place, (author, words, shared) in enumerate(writings[part :: reopened + 1]):
                text = (WORD if author == "ana" else "y" * len(WORD)) * words
                journal.append(note(f"{part}.{place}", text, author=author, shared=shared), acting=author)
            if part == reopened:
                journal.erase("ana", acting="ana", at=NOW.add(hours=1))
                assert traces(tmp_path) == {}
                assert kept(journal, "ben") == sum(author == "ben" for author, *_ in writings)
    assert traces(tmp_path) == {}
