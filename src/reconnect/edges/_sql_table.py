"""The tables of a journal, and what is asked of them."""

from typing import Final

from reconnect.edges._sqlalchemy import sa
from reconnect.record.membership import Ended, Founded, Joined, Left, Welcomed
from reconnect.record.sealed import DECIDING

__all__ = ["CIRCLE_ACTS", "ENTRIES", "SCHEMA", "TABLES"]

SCHEMA: Final = 2  # see `_sql_opening` for the steps from one to the next
LONGEST: Final = 200  # as an id

# PostgreSQL would otherwise sort keys by the rules of a language, and those change with its operating system.
_ID: Final = sa.String(LONGEST).with_variant(sa.String(LONGEST, collation="C"), "postgresql")
_KIND: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

TABLES: Final = sa.MetaData()
ENTRIES: Final = sa.Table(
    "reconnect_entries",
    TABLES,
    sa.Column("circle", _ID, primary_key=True),
    sa.Column("author", _ID, primary_key=True),
    sa.Column("id", _ID, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),  # microseconds from 1970 in UTC
    sa.Column("kind", _KIND, nullable=False),
    sa.Column("about", _ID),
    sa.Column("audience", _ID, nullable=False),
    sa.Column("reveal", _ID),
    sa.Column("body", sa.Text, nullable=False),  # JSON; empty if it is sealed
    sa.Column("sealed", sa.LargeBinary),  # what the host made of the body
    sa.Index("reconnect_entries_by_kind", "circle", "kind"),
    sa.Index("reconnect_entries_by_author", "author"),
    sqlite_with_rowid=False,  # a circle lies together in the file, in the order of the key
)
PEOPLE: Final = sa.Table(  # whom the acts of a circle name: where to look for a person's circles
    "reconnect_people",
    TABLES,
    sa.Column("person", _ID, primary_key=True),
    sa.Column("circle", _ID, primary_key=True),
    sqlite_with_rowid=False,
)
MARKS: Final = sa.Table(  # what is left of erased entries: a keyed digest of each one's identity
    "reconnect_marks",
    TABLES,
    sa.Column("mark", _ID, primary_key=True),
    sqlite_with_rowid=False,
)
CEASED: Final = sa.Table(
    "reconnect_ceased",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("circle", _ID, nullable=False, index=True),
    sa.Column("ceased", sa.Text, nullable=False),  # JSON
)
META: Final = sa.Table(
    "reconnect_meta",
    TABLES,
    sa.Column("name", _ID, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# PostgreSQL keeps samples of what is in each column, to plan with. It is told to keep none of bodies.
UNSAMPLED: Final = (
    "ALTER TABLE reconnect_entries ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN sealed SET STATISTICS 0",
    "ALTER TABLE reconnect_ceased ALTER COLUMN ceased SET STATISTICS 0",
)

CIRCLE_ACTS: Final = tuple(act.kind for act in (Founded, Welcomed, Joined, Ended, Left))
_AFFAIRS_OF_ALL: Final = sa.or_(  # see `is_own_affair`; an audience that is not known here is read as private
    ENTRIES.c.audience.in_(("shared", "sealed")),
    ENTRIES.c.kind.in_(sorted(DECIDING)),
)

# Statements are made once. A parameter is called after its column, with `its_` before it.
_one: Final = sa.and_(
    ENTRIES.c.circle == sa.bindparam("its_circle"),
    ENTRIES.c.author == sa.bindparam("its_author"),
    ENTRIES.c.id == sa.bindparam("its_id"),
)
_all: Final = sa.select(ENTRIES)

EVERYTHING: Final = _all.order_by(*ENTRIES.primary_key)
FIND: Final = _all.where(_one)
_of_circle: Final = _all.where(ENTRIES.c.circle == sa.bindparam("its_circle"))
WRITTEN: Final = _of_circle.where(sa.or_(ENTRIES.c.author == sa.bindparam("its_reader"), _AFFAIRS_OF_ALL))
ACTS: Final = _of_circle.where(ENTRIES.c.kind.in_(CIRCLE_ACTS))
BY: Final = _all.where(ENTRIES.c.author == sa.bindparam("its_author"))
REMOVE: Final = sa.delete(ENTRIES).where(_one)
CIRCLES: Final = sa.select(PEOPLE.c.circle).where(PEOPLE.c.person == sa.bindparam("its_person"))
NAMED: Final = CIRCLES.where(PEOPLE.c.circle == sa.bindparam("its_circle"))
MARKED: Final = sa.select(MARKS).where(MARKS.c.mark == sa.bindparam("its_mark"))
GONE: Final = sa.select(CEASED.c.ceased).where(CEASED.c.circle == sa.bindparam("its_circle")).order_by(CEASED.c.number)
TOLD: Final = sa.select(META)
SAID: Final = sa.select(META.c.value).where(META.c.name == sa.bindparam("its_name"))
QUEUE: Final = SAID.with_for_update()  # SQLite has one writer at a time anyway; elsewhere this is what they queue for
UNSAY: Final = sa.delete(META).where(META.c.name == sa.bindparam("its_name"))
DONE: Final = UNSAY.where(META.c.value == sa.bindparam("its_value"))
