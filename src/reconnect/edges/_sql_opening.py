"""A database is opened: its tables are made, or brought forward step by step, and its keys are tried."""

import hashlib
import hmac
import secrets
from functools import partial
from typing import Final

from reconnect.edges import _postgres
from reconnect.edges import _sql_table as table
from reconnect.edges._sql_database import Database
from reconnect.edges._sql_failure import calmly
from reconnect.edges._sql_seal import BOTH, Seal
from reconnect.edges._sql_step import step
from reconnect.edges._sqlalchemy import sa
from reconnect.errors import NewerDatabase, WrongKey, WrongSeal

__all__ = ["SCHEMA", "SCRUB", "prepared"]

SCHEMA: Final = "schema"  # the names in the table of what the journal knows of itself
SCRUB: Final = "scrub"
_KEY: Final = "key"
_KEY_CHECK: Final = "key_check"
_SEAL_CHECK: Final = "seal_check"
_KEY_BYTES: Final = 32  # as long as the digest it is used with
_KNOWN: Final = "reconnect"  # what is sealed to learn later whether a hook opens it


def prepared(database: Database, *, key: bytes | None, seal: Seal | None) -> bytes:
    """Make the tables or bring them forward, and return the key with which erased entries are marked.

    Raises:
        NewerDatabase: a newer version of this library has written there.
        WrongKey: the database was begun with another key.
        WrongSeal: bodies are sealed there, and these hooks do not open them.
    """
    with database.work(writing=True) as connection:
        if database.is_postgres:
            calmly(partial(_postgres.take_turn, connection))
        calmly(partial(table.TABLES.create_all, connection))
        told = {row.name: row.value for row in database.ask(table.TOLD)}
        found = int(told.get(SCHEMA, table.SCHEMA))
        if found > table.SCHEMA:
            raise NewerDatabase(found, table.SCHEMA)
        if not told:
            told = _begun(database, key)
        for version in range(found, table.SCHEMA):
            _bring_forward(database, version)
        _try_seal(database, told.get(_SEAL_CHECK), seal)
        if key is None:
            key = bytes.fromhex(told.get(_KEY, ""))
        if not hmac.compare_digest(_check_of(key), told[_KEY_CHECK]):
            raise WrongKey
        return key


def _begun(database: Database, key: bytes | None) -> dict[str, str]:
    """Say in a new database which version it is, and how its key is recognised."""
    told = {SCHEMA: str(table.SCHEMA)}
    if key is None:
        key = secrets.token_bytes(_KEY_BYTES)
        told[_KEY] = key.hex()
    told[_KEY_CHECK] = _check_of(key)
    if database.is_postgres:
        _say(database, *table.UNSAMPLED)
    for name, value in told.items():
        database.add(table.META, name=name, value=value)
    return told


def _bring_forward(database: Database, version: int) -> None:
    """Bring a database from one version to the next, within the same unit of work."""
    database.ask(table.QUEUE, its_name=SCHEMA)
    _say(database, *step(version, database.engine.dialect))
    database.do(table.UNSAY, its_name=SCHEMA)
    database.add(table.META, name=SCHEMA, value=str(version + 1))


def _say(database: Database, *texts: str) -> None:
    """Change tables, within the same unit of work."""
    for text in texts:
        calmly(partial(database.connection.execute, sa.text(text)))


def _try_seal(database: Database, check: str | None, seal: Seal | None) -> None:
    """Open what was sealed to try hooks with; leave such a thing where there is none yet."""
    if seal is None and check is not None:
        raise WrongSeal(BOTH)
    if seal is None:
        return
    if check is None:
        check = seal.sealed(_KNOWN).hex()
        database.add(table.META, name=_SEAL_CHECK, value=check)
    seal.opened(bytes.fromhex(check))


def _check_of(key: bytes) -> str:
    """Return a digest by which a key is recognised; it tells nothing else of it."""
    return hmac.new(key, b"reconnect", hashlib.sha256).hexdigest()
