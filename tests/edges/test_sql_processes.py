"""A database that several processes share, and that may be killed at any moment."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final, cast

PROGRAM: Final = Path(__file__).parent / "sql_processes.py"


def run(mode: str, folder: Path, *numbers: int) -> dict[str, int]:
    """Run one mode of the program and return its answer."""
    command = [sys.executable, str(PROGRAM), mode, str(folder), *map(str, numbers)]
    # Lines are counted elsewhere; here a process that is killed half-way would only leave half a count.
    quick = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=quick)
    assert done.returncode == 0, done.stderr + done.stdout
    return cast("dict[str, int]", json.loads(done.stdout))


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Two writers are killed 110 times: what was acknowledged is there, no call is torn, the file is sound."""
    told = run("kills", tmp_path, 110, 20260105)
    assert told["rounds"] == 110
    assert told["acknowledged"] > 110


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    """Six processes open one new file at once and write; none is refused, nothing is lost."""
    assert run("writers", tmp_path, 6, 25)["acknowledged"] >= 150


def test_an_erasure_that_is_killed_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """After opening anew either everything of hers is there, or no byte of it is in any file."""
    told = run("erasures", tmp_path, 30, 20260106)
    assert 0 < told["erased"] <= told["rounds"]


def test_a_forked_process_uses_connections_of_its_own(tmp_path: Path) -> None:
    """A server that forks after opening the journal loses nothing and breaks nothing."""
    assert run("inherit", tmp_path)["kept"] == 1 + 20 * 4
