"""Processes that share, kill and fork around a database; run by `test_sql_processes.py`, one mode at a time.

Each mode is given places for journals; what is killed here are its own processes, and elsewhere the server.

It is a program of its own because only a process without threads may fork safely.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pendulum
from tests.edges.places import is_file, opened, said

import reconnect as rc
from reconnect.edges.sql import SqlJournal
from reconnect.errors import NotKept, NotYours, Unconfirmed

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
PEOPLE: Final = ("ana", "ben")
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=id_, zone="UTC") for id_ in PEOPLE))
WORD: Final = "unforgettable"
LENGTHS: Final = (3, 300, 5_000)  # within a page, and over several
PATIENCE: Final = 60.0  # seconds until a writer gives up on a server that does not come back


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


def writer(place: str, author: str, seed: int, most: int | None = None) -> Callable[[int], None]:
    """Return the work of a writer: it says what it wrote once that is acknowledged, never before."""

    def work(pipe: int) -> None:
        rng = random.Random(seed)  # noqa: S311 - the same moments each time
        journal = opened(place)
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


def check(place: str, acknowledged: dict[str, set[str]]) -> None:
    """Expect every acknowledged entry, whole calls only, and a sound file."""
    with opened(place) as journal:
        for author, ids in acknowledged.items():
            kept = {each.id for each in journal.export(author, acting=author) if isinstance(each.body, rc.Note)}
            assert ids <= kept, f"lost: {sorted(ids - kept)}"
            calls = {id_.rsplit(".", 1)[0] for id_ in kept - ids}
            assert len({call.split(".")[0] for call in calls}) == len(calls), f"more than one call in flight: {calls}"
            assert not calls & {id_.rsplit(".", 1)[0] for id_ in ids}, f"a torn call: {calls}"
            acknowledged[author] = kept
    if is_file(place):
        assert said(place, "PRAGMA integrity_check") == [("ok",)]


def kills(places: list[str], rounds: int, seed: int) -> dict[str, int]:
    """Kill two writers at any moment, again and again, in each place from the moment when it is new."""
    rng = random.Random(seed)  # noqa: S311 - the same moments each time
    written = 0
    for number, place in enumerate(places):
        told = {author: set[str]() for author in PEOPLE}
        for this in range(number * rounds, (number + 1) * rounds):
            children = [fork(writer(place, author, this * 2 + of)) for of, author in enumerate(PEOPLE)]
            heard = [b"", b""]
            pipes = [pipe for _, pipe in children]
            for _ in range(rng.choice((0, 1, 2, 3, 12))):
                for pipe in select.select(pipes, [], [])[0]:  # whoever wrote something
                    heard[pipes.index(pipe)] += os.read(pipe, 65_536)
            for child, _ in rng.sample(children, 2):
                time.sleep(rng.random() / 200)
                os.kill(child, signal.SIGKILL)
            for of, (child, pipe) in enumerate(children):
                _, status = os.waitpid(child, 0)
                words = (heard[of] + rest(pipe)).decode()
                assert os.WIFSIGNALED(status), words
                told[PEOPLE[of]] |= set(words.split())
                written += len(words.split())
            check(place, told)
    return {"rounds": len(places) * rounds, "acknowledged": written}


def writers(places: list[str], processes: int, calls: int) -> dict[str, int]:
    """Let many processes open one new place at once and write."""
    (place,) = places
    children = [fork(writer(place, PEOPLE[of % 2], of, calls)) for of in range(processes)]
    told = {author: set[str]() for author in PEOPLE}
    for of, (child, pipe) in enumerate(children):
        words = rest(pipe).decode()
        assert os.waitpid(child, 0)[1] == 0, words
        told[PEOPLE[of % 2]] |= set(words.split())
    check(place, told)
    return {"acknowledged": sum(map(len, told.values()))}


def erasures(places: list[str], seed: int) -> dict[str, int]:
    """Kill an erasure at any moment: all of it is there, or none; of a file no byte once it is opened anew."""
    rng = random.Random(seed)  # noqa: S311 - the same moments each time
    erased, longest = 0, 0.0
    for this, place in enumerate(places):  # the first one is let be, to learn how long an erasure takes here and now
        with opened(place) as journal:
            found(journal)
            mine = [entry("ana", f"{n}", WORD * rng.randint(1, 900)) for n in range(8)]
            for each in mine:
                journal.append(each, acting="ana")
                journal.append(entry("ben", each.id, "y" * 300), acting="ben")

        def work(pipe: int, place: str = place) -> None:
            journal = opened(place)
            os.write(pipe, b"opened\n")
            journal.erase("ana", acting="ana")
            os.write(pipe, b"erased\n")
            signal.pause()

        child, pipe = fork(work)
        words = os.read(pipe, 65_536)
        began = time.monotonic()
        if this:
            time.sleep(rng.random() * longest)
        else:
            words += os.read(pipe, 65_536)
            longest = time.monotonic() - began
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        words += rest(pipe)
        with opened(place) as journal:
            left = [each for each in journal.export("ana", acting="ana") if isinstance(each.body, rc.Note)]
            assert len([each for each in journal.export("ben", acting="ben") if isinstance(each.body, rc.Note)]) == 8
            assert len(left) in {0, 8}
            assert not (left and b"erased" in words)
            if not left:
                erased += 1
                files = Path(place).parent.glob(f"{Path(place).name}*") if is_file(place) else ()
                assert not [file.name for file in files if WORD.encode() in file.read_bytes()]
    return {"rounds": len(places), "erased": erased}


def inherit(places: list[str]) -> dict[str, int]:
    """Fork with a journal open, as a web server does that loads its app before it forks."""
    (place,) = places
    journal = opened(place)
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
        words = rest(pipe)
        assert (os.waitpid(child, 0)[1], words) == (0, b"done"), words
    kept = sum(isinstance(each.body, rc.Note) for each in journal.everything())
    journal.close()
    if is_file(place):
        assert said(place, "PRAGMA integrity_check") == [("ok",)]
    return {"kept": kept}


def crashes(places: list[str], processes: int) -> dict[str, int]:
    """Write until the word comes to stop, while somebody else kills and restarts the server.

    A writer tries each call again until it is acknowledged, and goes on to the next one only then.
    """
    (place,) = places

    def work(of: int, pipe: int) -> None:
        journal: SqlJournal | None = None
        refused, unconfirmed, kept, told = 0, 0, 0, list[str]()
        until = time.monotonic() + PATIENCE

        def persist(call: int) -> None:
            nonlocal journal, refused, unconfirmed, kept
            ids = [f"{of}.{call}.{part}" for part in range(2)]
            while time.monotonic() < until:
                try:
                    journal = journal or opened(place)
                    found(journal)
                    outcomes = journal.append(*(entry(author, id_, "x" * 300) for id_ in ids), acting=author)
                except NotKept:
                    refused += 1
                except Unconfirmed:
                    unconfirmed += 1
                else:
                    assert len({type(outcome) for outcome in outcomes}) == 1, "a torn call"
                    kept += outcomes == tuple(map(rc.AlreadyThere, ids))
                    told.extend(ids)
                    return
                time.sleep(0.01)

        author = PEOPLE[of % 2]
        for call in count():
            persist(call)
            if time.monotonic() > until or select.select([sys.stdin], [], [], 0)[0]:
                break
        os.write(pipe, json.dumps([told, refused, unconfirmed, kept]).encode())

    children = [fork(partial(work, of)) for of in range(processes)]
    sums, told = [0, 0, 0], {author: set[str]() for author in PEOPLE}
    for of, (child, pipe) in enumerate(children):
        words = rest(pipe)
        assert os.waitpid(child, 0)[1] == 0, words
        ids, *numbers = json.loads(words)
        told[PEOPLE[of % 2]] |= set(ids)
        sums = [one + other for one, other in zip(sums, numbers, strict=True)]
    check(place, told)
    names = ("refused", "unconfirmed", "kept")
    return {"acknowledged": sum(map(len, told.values())), **dict(zip(names, sums, strict=True))}


MODES: Final[dict[str, Callable[..., dict[str, int]]]] = {
    "kills": kills,
    "writers": writers,
    "erasures": erasures,
    "inherit": inherit,
    "crashes": crashes,
}

if __name__ == "__main__":
    mode, where, *numbers = sys.argv[1:]
    print(json.dumps(MODES[mode](json.loads(where), *map(int, numbers))))  # noqa: T201 - its answer
