"""The tables of a journal, and what is asked of them."""

from typing import Final

from reconnect.edges._sqlalchemy import sa
from reconnect.record.membership import Ended, Founded, Joined, Left, Welcomed

__all__ = ["CIRCLE_ACTS", "ENTRIES", "SCHEMA", "TABLES"]

SCHEMA: Final = 1
LONGEST: Final = 200  # as an id

TABLES: Final = sa.MetaData()
ENTRIES: Final = sa.Table(
    "reconnect_entries",
    TABLES,
    sa.Column("circle", sa.String(LONGEST), primary_key=True),
    sa.Column("author", sa.String(LONGEST), primary_key=True),
    sa.Column("id", sa.String(LONGEST), primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),  # microseconds from 1970 in UTC
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("about", sa.String(LONGEST)),
    sa.Column("audience", sa.String(LONGEST), nullable=False),
    sa.Column("reveal", sa.String(LONGEST)),
    sa.Column("body", sa.Text, nullable=False),  # JSON
    sa.Index("reconnect_entries_by_kind", "circle", "kind"),
    sa.Index("reconnect_entries_by_author", "author"),
    sqlite_with_rowid=False,  # a circle lies together in the file, in the order of the key
)
PEOPLE: Final = sa.Table(  # whom the acts of a circle name: where to look for a person's circles
    "reconnect_people",
    TABLES,
    sa.Column("person", sa.String(LONGEST), primary_key=True),
    sa.Column("circle", sa.String(LONGEST), primary_key=True),
    sqlite_with_rowid=False,
)
MARKS: Final = sa.Table(  # what is left of erased entries: a keyed digest of each one's identity
    "reconnect_marks",
    TABLES,
    sa.Column("mark", sa.String(LONGEST), primary_key=True),
    sqlite_with_rowid=False,
)
CEASED: Final = sa.Table(
    "reconnect_ceased",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("circle", sa.String(LONGEST), nullable=False, index=True),
    sa.Column("ceased", sa.Text, nullable=False),  # JSON
)
META: Final = sa.Table(
    "reconnect_meta",
    TABLES,
    sa.Column("name", sa.String(LONGEST), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

CIRCLE_ACTS: Final = tuple(act.kind for act in (Founded, Welcomed, Joined, Ended, Left))

# Statements are made once. A parameter is called after its column, with `its_` before it.
_one: Final = sa.and_(
    ENTRIES.c.circle == sa.bindparam("its_circle"),
    ENTRIES.c.author == sa.bindparam("its_author"),
    ENTRIES.c.id == sa.bindparam("its_id"),
)
_all: Final = sa.select(ENTRIES)

EVERYTHING: Final = _all.order_by(*ENTRIES.primary_key)
FIND: Final = _all.where(_one)
WRITTEN: Final = _all.where(ENTRIES.c.circle == sa.bindparam("its_circle"))
ACTS: Final = WRITTEN.where(ENTRIES.c.kind.in_(CIRCLE_ACTS))
BY: Final = _all.where(ENTRIES.c.author == sa.bindparam("its_author"))
REPLACE: Final = sa.update(ENTRIES).where(_one)
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
