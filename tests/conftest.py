"""How thoroughly the laws are tried, and where a journal is kept meanwhile: in a file, and on a real PostgreSQL."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from tools.postgres import NoPostgres, Server

# Machines are noisy, so no example has a deadline, and slow generation alone is no failure.
_PATIENT: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)

settings.register_profile("few", parent=_PATIENT, max_examples=10)
settings.register_profile("dev", parent=_PATIENT, max_examples=50)
settings.register_profile("ci", parent=_PATIENT, max_examples=100, derandomize=True)
settings.register_profile("all", parent=_PATIENT, max_examples=1000)
settings.register_profile("fuzz", parent=_PATIENT, max_examples=20_000)


def profile() -> str:
    """Choose by the environment: a call by name wins, then a long run, then CI."""
    asked = os.environ.get("HYPOTHESIS_PROFILE")
    if asked:
        return asked
    for variable, name in (("RECONNECT_FUZZ", "fuzz"), ("RECONNECT_TEST_ALL", "all"), ("CI", "ci")):
        if os.environ.get(variable):
            return name
    return "dev"


settings.load_profile(profile())


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a PostgreSQL server of our own, which may be killed; as only processes die, nothing waits for disks."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed: nothing is tested on PostgreSQL")
    try:
        with Server("fsync=off", "deadlock_timeout=100ms") as started:
            yield started
    except NoPostgres as missing:
        pytest.skip(f"nothing is tested on PostgreSQL: {missing}")


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> str:
    """Return the address of a PostgreSQL: the one in `RECONNECT_POSTGRES_URL`, or one of our own."""
    if url := os.environ.get("RECONNECT_POSTGRES_URL"):
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed: nothing is tested on PostgreSQL")
        return url
    ours: Server = request.getfixturevalue("server")
    return ours.url


@contextmanager
def _schemas(url: str) -> Iterator[Callable[[], str]]:
    """Make addresses of new and empty places on a server, and take all of them away at the end."""
    psycopg = pytest.importorskip("psycopg")
    made: list[str] = []

    def say(what: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(what)

    def make() -> str:
        made.append(f"test_{uuid.uuid4().hex}")
        say(f"CREATE SCHEMA {made[-1]}")
        return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{made[-1]}"

    yield make
    for name in made:
        say(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def schemas(postgres: str) -> Iterator[Callable[[], str]]:
    """Return what makes new and empty places on PostgreSQL."""
    with _schemas(postgres) as make:
        yield make


@pytest.fixture
def places_of_our_own(server: Server) -> Iterator[Callable[[], str]]:
    """Return what makes new places on a server that may be killed, and whose files may be read."""
    with _schemas(server.url) as make:
        yield make


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], str]:
    """Return what makes paths of new files for SQLite."""
    taken = iter(range(10**6))
    return lambda: str(tmp_path / f"{next(taken)}.db")


@pytest.fixture(params=["files", "schemas"], ids=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return what makes new and empty places for journals, all in one kind of database."""
    make: Callable[[], str] = request.getfixturevalue(request.param)
    return make


@pytest.fixture
def place(places: Callable[[], str]) -> str:
    """Return a new and empty place for a journal."""
    return places()
