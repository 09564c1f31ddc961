"""From each version of the tables to the next; a step says only what is new in them, and loses nothing."""

from typing import Final

from reconnect.edges import _postgres
from reconnect.edges._sql_table import UNSAMPLED
from reconnect.edges._sqlalchemy import sa

__all__ = ["step"]

_ID: Final = 'TYPE varchar(200) COLLATE "C"'
_KIND: Final = 'TYPE text COLLATE "C"'
_TEXT: Final = "TYPE text"  # the same as before; but samples of what is in it are forgotten

_COLUMNS: Final = {  # of version 2 on PostgreSQL
    "reconnect_entries": {
        **dict.fromkeys(("circle", "author", "id", "about", "audience", "reveal"), _ID),
        "kind": _KIND,
        "body": _TEXT,
    },
    "reconnect_people": {"person": _ID, "circle": _ID},
    "reconnect_marks": {"mark": _ID},
    "reconnect_ceased": {"circle": _ID, "ceased": _TEXT},
    "reconnect_meta": {"name": _ID},
}
_ANYWHERE: Final = {1: "ALTER TABLE reconnect_entries ADD COLUMN sealed {bytes}"}
_ON_POSTGRES: Final = {
    1: (
        *(
            f"ALTER TABLE {table} " + ", ".join(f"ALTER COLUMN {name} {how}" for name, how in columns.items())
            for table, columns in _COLUMNS.items()
        ),
        *UNSAMPLED,
    )
}


def step(version: int, dialect: sa.Dialect) -> tuple[str, ...]:
    """Return what has to be said to a database of one version to make it the next."""
    anywhere = _ANYWHERE[version].format(bytes=sa.LargeBinary().compile(dialect))
    return (anywhere, *(_ON_POSTGRES[version] if dialect.name == _postgres.DIALECT else ()))
