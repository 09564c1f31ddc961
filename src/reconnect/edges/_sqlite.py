"""SQLite's own habits: real transactions, a log beside the file, and files without traces of what was erased."""

import datetime as dt
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from reconnect.edges._sql_fork import ours
from reconnect.edges._sqlalchemy import sa

__all__ = ["begin", "engine_for", "rebuild"]

_TRIES: Final = 100  # ours: the second has always been enough
_HABITS: Final = (  # of every connection
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten with zeros
    "PRAGMA synchronous = FULL",  # what is acknowledged survives a power cut
)
_LOG: Final = "PRAGMA journal_mode = WAL"  # readers never wait for the writer
_SET_UP: Final = "reconnect"


def engine_for(path: str | os.PathLike[str]) -> sa.Engine:
    """Return an engine on a file; a new file can be read by its owner only.

    Raises:
        OSError: the file cannot be made or reached, for instance because its folder is not there.
    """
    file = Path(path).absolute()
    file.touch(mode=0o600)
    url = sa.URL.create("sqlite", database=str(file))
    return ours(sa.create_engine(url, hide_parameters=True, max_overflow=-1))


def begin(connection: sa.Connection, *, writing: bool, patience: dt.timedelta) -> None:
    """Begin a transaction: a writer takes the lock at once, a reader sees the database as of one moment."""
    raw = _set_up(connection, patience)
    connection.begin()
    if raw.in_transaction:  # the host lets SQLAlchemy begin by itself, without the lock
        raw.execute("ROLLBACK")
    raw.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def rebuild(connection: sa.Connection, *, patience: dt.timedelta) -> bool:
    """Write the file anew without what was deleted, and tell whether the log could be emptied into it.

    Deleted texts are overwritten with zeros, but the pages of the file keep copies of what was once moved
    about, and the log keeps older pages as long as somebody reads them.
    """
    raw = _set_up(connection, patience)
    raw.execute("VACUUM")
    busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _set_up(connection: sa.Connection, patience: dt.timedelta) -> Any:  # noqa: ANN401 - sqlite3's own connection
    """Return the driver's own connection, set up as every one is here."""
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA busy_timeout = {patience // dt.timedelta(milliseconds=1):d}")
    if _SET_UP not in connection.info:
        for habit in _HABITS:
            raw.execute(habit)
        _open_log(raw)
        connection.info[_SET_UP] = True
    return raw


def _open_log(raw: Any) -> None:  # noqa: ANN401 - sqlite3's own connection
    """Let a new file keep a log; if another opens it at the same moment, SQLite refuses both at once."""
    for _ in range(_TRIES):
        with suppress(sqlite3.OperationalError):
            raw.execute(_LOG)
            return
        raw.execute("BEGIN IMMEDIATE")  # waits for the other
        raw.execute("ROLLBACK")
    raw.execute(_LOG)
