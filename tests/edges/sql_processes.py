"""Processes that share, kill and fork around a database; run by `test_sql_processes.py`, one mode at a time.

It is a program of its own because only a process without threads may fork safely.
"""

import json
import os
import random
import select
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Final

import pendulum

import reconnect as rc
from reconnect.edges.sql import SqlJournal
from reconnect.errors import NotYours

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
PEOPLE: Final = ("ana", "ben")
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=id_, zone="UTC") for id_ in PEOPLE))
WORD: Final = "unforgettable"
LENGTHS: Final = (3, 300, 5_000)  # within a page, and over several
PER_FILE: Final = 10  # rounds on one file, so that a file is also killed while it is new


def fork(work: Callable[[int], None]) -> tuple[int, int]:
    """Start a child at work with a pipe to write on; return its id and the end to read from."""
    here, there = os.pipe()
    child = os.fork()
    if child:
        os.close(there)
        return child, here
    os.close(here)
    try:
        work(there)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to see it
        os.write(there, f"{error!r}\n".encode())
        os._exit(1)
    os._exit(0)


def entry(author: str, id_: str, text: str) -> rc.Entry:
    """Return a note."""
    return rc.Entry(circle="c1", author=author, id=id_, at=NOW, body=rc.Note(text=text))


def found(journal: SqlJournal) -> None:
    """Found the circle, unless another process was faster."""
    with suppress(NotYours):
        journal.found(US, by="ana", at=NOW)


def writer(path: Path, author: str, seed: int, most: int | None = None) -> Callable[[int], None]:
    """Return the work of a writer: it says what it wrote once that is acknowledged, never before."""

    def work(pipe: int) -> None:
        rng = random.Random(seed)  # noqa: S311 - the same moments each time
        journal = SqlJournal.open(path)
        found(journal)
        for call in count() if most is None else range(most):
            ids = [f"{seed}.{call}.{place}" for place in range(rng.randint(1, 3))]
            text = "x" * rng.choice(LENGTHS)
            outcomes = journal.append(*(entry(author, id_, text) for id_ in ids), acting=author)
            assert outcomes == tuple(map(rc.Stored, ids))
            os.write(pipe, "".join(f"{id_}\n" for id_ in ids).encode())
        journal.close()

    return work


def rest(pipe: int) -> bytes:
    """Read a pipe to its end."""
    parts = list(iter(lambda: os.read(pipe, 65_536), b""))
    os.close(pipe)
    return b"".join(parts)


def check(path: Path, acknowledged: dict[str, set[str]]) -> None:
    """Expect every acknowledged entry, whole calls only, and a sound file."""
    with SqlJournal.open(path) as journal:
        for author, ids in acknowledged.items():
            kept = {each.id for each in journal.export(author, acting=author) if isinstance(each.body, rc.Note)}
            assert ids <= kept, f"lost: {sorted(ids - kept)}"
            calls = {id_.rsplit(".", 1)[0] for id_ in kept - ids}
            assert len({call.split(".")[0] for call in calls}) == len(calls), f"more than one call in flight: {calls}"
            assert not calls & {id_.rsplit(".", 1)[0] for id_ in ids}, f"a torn call: {calls}"
            acknowledged[author] = kept
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def kills(folder: Path, rounds: int, seed: int) -> dict[str, int]:
    """Kill two writers at any moment, again and again."""
    rng = random.Random(seed)  # noqa: S311 - the same moments each time
    path, told, written = folder / "0.db", {author: set[str]() for author in PEOPLE}, 0
    for this in range(rounds):
        if this % PER_FILE == 0:
            path, told = folder / f"{this}.db", {author: set() for author in PEOPLE}
        children = [fork(writer(path, author, this * 2 + place)) for place, author in enumerate(PEOPLE)]
        heard = [b"", b""]
        pipes = [pipe for _, pipe in children]
        for _ in range(rng.choice((0, 1, 2, 3, 12))):
            for pipe in select.select(pipes, [], [])[0]:  # whoever wrote something
                heard[pipes.index(pipe)] += os.read(pipe, 65_536)
        for child, _ in rng.sample(children, 2):
            time.sleep(rng.random() / 200)
            os.kill(child, signal.SIGKILL)
        for place, (child, pipe) in enumerate(children):
            _, status = os.waitpid(child, 0)
            said = (heard[place] + rest(pipe)).decode()
            assert os.WIFSIGNALED(status), said
            told[PEOPLE[place]] |= set(said.split())
            written += len(said.split())
        check(path, told)
    return {"rounds": rounds, "acknowledged": written}


def writers(folder: Path, processes: int, calls: int) -> dict[str, int]:
    """Let many processes open one new file and write at once."""
    path = folder / "shared.db"
    children = [fork(writer(path, PEOPLE[place % 2], place, calls)) for place in range(processes)]
    told = {author: set[str]() for author in PEOPLE}
    for place, (child, pipe) in enumerate(children):
        said = rest(pipe).decode()
        assert os.waitpid(child, 0)[1] == 0, said
        told[PEOPLE[place % 2]] |= set(said.split())
    check(path, told)
    return {"acknowledged": sum(map(len, told.values()))}


def erasures(folder: Path, rounds: int, seed: int) -> dict[str, int]:
    """Kill an erasure at any moment: all of it is there, or no byte of it once the journal is opened anew."""
    rng = random.Random(seed)  # noqa: S311 - the same moments each time
    erased, longest = 0, 0.0
    for this in range(rounds + 1):  # the first one is let be, to learn how long an erasure takes here and now
        home = folder / f"{this}"
        home.mkdir()
        path = home / "us.db"
        with SqlJournal.open(path) as journal:
            found(journal)
            mine = [entry("ana", f"{n}", WORD * rng.randint(1, 900)) for n in range(8)]
            for each in mine:
                journal.append(each, acting="ana")
                journal.append(entry("ben", each.id, "y" * 300), acting="ben")

        def work(pipe: int, path: Path = path) -> None:
            journal = SqlJournal.open(path)
            os.write(pipe, b"opened\n")
            journal.erase("ana", acting="ana")
            os.write(pipe, b"erased\n")
            signal.pause()

        child, pipe = fork(work)
        said = os.read(pipe, 65_536)
        began = time.monotonic()
        if this:
            time.sleep(rng.random() * longest)
        else:
            said += os.read(pipe, 65_536)
            longest = time.monotonic() - began
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += rest(pipe)
        with SqlJournal.open(path) as journal:
            left = [each for each in journal.export("ana", acting="ana") if isinstance(each.body, rc.Note)]
            assert len([each for each in journal.export("ben", acting="ben") if isinstance(each.body, rc.Note)]) == 8
            assert len(left) in {0, 8}
            assert not (left and b"erased" in said)
            if not left:
                erased += 1
                assert not [file.name for file in home.iterdir() if WORD.encode() in file.read_bytes()]
    return {"rounds": rounds + 1, "erased": erased}


def inherit(folder: Path) -> dict[str, int]:
    """Fork with a journal open, as a web server does that loads its app before it forks."""
    path = folder / "us.db"
    journal = SqlJournal.open(path)
    found(journal)
    journal.append(entry("ana", "parent", "x"), acting="ana")

    def work(pipe: int) -> None:
        for call in range(20):
            journal.append(entry("ben", f"{pipe}.{call}", "x" * 300), acting="ben")
        os.write(pipe, b"done")

    children = [fork(work) for _ in range(3)]
    for call in range(20):
        journal.append(entry("ana", f"{call}", "x" * 300), acting="ana")
    for child, pipe in children:
        said = rest(pipe)
        assert (os.waitpid(child, 0)[1], said) == (0, b"done"), said
    kept = sum(isinstance(each.body, rc.Note) for each in journal.everything())
    journal.close()
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return {"kept": kept}


MODES: Final[dict[str, Callable[..., dict[str, int]]]] = {
    "kills": kills,
    "writers": writers,
    "erasures": erasures,
    "inherit": inherit,
}

if __name__ == "__main__":
    mode, where, *numbers = sys.argv[1:]
    print(json.dumps(MODES[mode](Path(where), *map(int, numbers))))  # noqa: T201 - its answer
