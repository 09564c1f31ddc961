"""PostgreSQL's own habits: its driver, what each transaction asks for, and one at a time who makes the tables."""

import datetime as dt
from functools import partial
from importlib import import_module
from typing import Final

from reconnect.edges._sql_failure import calmly
from reconnect.edges._sql_fork import ours
from reconnect.edges._sqlalchemy import sa
from reconnect.errors import MissingExtra, NotKept

__all__ = ["begin", "engine_for", "take_turn"]

DIALECT: Final = "postgresql"
_DRIVER: Final = "postgresql+psycopg"
_MOMENT: Final = dt.timedelta(milliseconds=1)  # the least that it waits for; 0 would mean forever
_TURN: Final = int.from_bytes(b"reconnec")  # the lock of those who make or change the tables

# For one transaction only: how long it waits for others, and that what is acknowledged is on the disk. Whoever asked
# for more than that, such as replicas that have it too, keeps it.
_HABITS: Final = sa.text(
    "SELECT set_config('lock_timeout', :patience, true), CASE current_setting('synchronous_commit') "
    "WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END"
)
_TAKE: Final = sa.text("SELECT pg_advisory_xact_lock(:turn)")


def engine_for(url: str) -> sa.Engine:
    """Return an engine on a server.

    Raises:
        MissingExtra: the driver is not installed.
        NotKept: that is no address of a PostgreSQL server.
    """
    try:
        import_module("psycopg")
    except ImportError:
        raise MissingExtra("postgres", "psycopg") from None
    address = calmly(partial(sa.make_url, url))
    if address.get_backend_name() != DIALECT:
        raise NotKept("an address that does not begin with postgresql://")
    made = partial(sa.create_engine, address.set(drivername=_DRIVER), hide_parameters=True, pool_pre_ping=True)
    return ours(calmly(made))


def begin(connection: sa.Connection, *, writing: bool, patience: dt.timedelta) -> None:
    """Begin a transaction: a writer sees what the one before it has kept, a reader sees all as of one moment."""
    level = "READ COMMITTED" if writing else "REPEATABLE READ"  # a writer looks once it is its turn, not before
    connection.execution_options(isolation_level=level, postgresql_readonly=not writing).begin()
    connection.execute(_HABITS, {"patience": f"{max(patience, _MOMENT) // _MOMENT}ms"})


def take_turn(connection: sa.Connection) -> None:
    """Wait until nobody else makes or changes the tables of a journal in this database."""
    connection.execute(_TAKE, {"turn": _TURN})
