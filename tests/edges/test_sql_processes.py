"""A database that several processes share, and that may be killed at any moment, as may the server it is on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

import pytest
import sqlalchemy as sa
from tests.edges.places import is_file, said
from tools.postgres import Server

ROOT: Final = Path(__file__).resolve().parents[2]
KILLS: Final = 5
PATIENCE: Final = 60.0  # seconds


def start(mode: str, places: list[str], *numbers: int) -> subprocess.Popen[str]:
    """Start one mode of the program."""
    command = [sys.executable, "-m", "tests.edges.sql_processes", mode, json.dumps(places), *map(str, numbers)]
    # Lines are counted elsewhere; here a process that is killed half-way would only leave half a count.
    quick = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(command, text=True, env=quick, cwd=ROOT, **pipes)


def answer(started: subprocess.Popen[str], word: str | None = None) -> dict[str, int]:
    """Return the answer of the program, after it has heard a word."""
    out, errors = started.communicate(word)
    assert started.returncode == 0, errors + out
    return cast("dict[str, int]", json.loads(out))


def test_killed_at_any_moment_nothing_acknowledged_is_lost(places: Callable[[], str]) -> None:
    """Two writers are killed again and again: what was acknowledged is there, no call is torn, a file is sound."""
    first = places()
    often = 11 if is_file(first) else 2
    told = answer(start("kills", [first, *(places() for _ in range(often - 1))], 10, 20260105))
    assert told["rounds"] == 10 * often
    assert told["acknowledged"] > 10 * often


def test_many_writers_lose_nothing(place: str) -> None:
    """Six processes open one new place at once and write; none is refused, nothing is lost."""
    assert answer(start("writers", [place], 6, 25))["acknowledged"] >= 150


def test_an_erasure_that_is_killed_is_whole_or_not_at_all(places: Callable[[], str]) -> None:
    """After opening anew either everything of hers is there, or nothing; of a file, no byte."""
    first = places()
    told = answer(start("erasures", [first, *(places() for _ in range(30 if is_file(first) else 10))], 20260106))
    assert 0 < told["erased"] <= told["rounds"]


def test_a_forked_process_uses_connections_of_its_own(place: str) -> None:
    """A server that forks after opening the journal loses nothing and breaks nothing."""
    assert answer(start("inherit", [place]))["kept"] == 1 + 20 * 4


def kept_beyond(place: str, many: int) -> int:
    """Wait until so many notes are kept, and return how many there are."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(sa.exc.DBAPIError):  # at first there is no table yet
            ((found,),) = said(place, "SELECT count(*) FROM reconnect_entries WHERE kind = 'note'")
            if found > many:
                return int(found)
        time.sleep(0.02)
    raise AssertionError(f"no more than {many} notes were kept")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGQUIT], ids=["killed", "stopped at once"])
def test_a_server_that_dies_loses_nothing_acknowledged(
    server: Server, places_of_our_own: Callable[[], str], how: signal.Signals
) -> None:
    """Four writers try each call again until it is acknowledged; all of it is there, each call whole and once."""
    place, grown = places_of_our_own(), 0
    started = start("crashes", [place], 4)
    for _ in range(KILLS):
        grown = kept_beyond(place, grown + 10)  # so that it is killed while they write
        server.kill(how)
        server.start()
    kept_beyond(place, grown + 10)
    told = answer(started, "stop")
    assert told["refused"] + told["unconfirmed"] > 0
    assert told["acknowledged"] >= grown
