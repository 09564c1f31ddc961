"""Reading a diary: a table of daily ratings becomes circles and private entries, all of it or nothing."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Final, Self

import pendulum
from attrs import evolve, field, frozen

from reconnect.edges.diary.cells import Cells
from reconnect.edges.diary.columns import Columns, choose_columns
from reconnect.edges.diary.couple import Couple
from reconnect.edges.diary.day import DiaryDay, ordinal
from reconnect.edges.diary.table import Source, Watch, read_table
from reconnect.errors import InvalidTable
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.record.entry import Entry
from reconnect.temporal.instant import as_instant
from reconnect.temporal.zone import as_zone

__all__ = ["Diary", "read_diary"]

# The scale of the 40 couples in numbers.md, "everyday couple moods".
SCALE: Final = (Fraction(0), Fraction(4))


@frozen(kw_only=True)
class Diary:
    """Everything a table says: its couples, what they rated, and from what to what.

    Attributes:
        couples: in the order of their ids, numbers by their size.
        persons: the people's names in the table.
        ratings: the names of what was rated, sorted.
        scale: the lowest and the highest rating there can be.
        aside: names of columns that were not used.
    """

    couples: tuple[Couple, ...]
    persons: tuple[str, ...]
    ratings: tuple[str, ...]
    scale: tuple[Fraction, Fraction]
    aside: tuple[str, ...] = field(default=())

    def only(self, couple: str) -> Self:
        """Return the diary of one couple alone.

        Raises:
            InvalidTable: no couple has that id.
        """
        found = tuple(each for each in self.couples if each.id == couple)
        if not found:
            raise InvalidTable(0, "", "a couple with the id that was asked for")
        return evolve(self, couples=found)


def read_diary(
    source: Source,
    *,
    at: dt.datetime,
    couple_column: str | None = None,
    day_column: str | None = None,
    persons: Mapping[str, Sequence[str]] | None = None,
    scale: tuple[Fraction | int, Fraction | int] = SCALE,
    blanks: Collection[str] = (),
    zone: str = "UTC",
    start: dt.date | None = None,
    watch: Watch = tuple,
) -> Diary:
    r"""Read a table of daily ratings: a row for each couple and day, a column for each person and rating.

    A day without a row is unanswered, a blank cell is `None`, and neither is a zero. A table with one cell
    that cannot be read is refused as a whole, with its row and column, and without what stands in it.

    >>> import io
    >>> table = io.StringIO("couple,day,one_sad,two_sad\n7,1,0.5,\n7,3,,2\n")
    >>> diary = read_diary(table, at=pendulum.datetime(2026, 2, 1))
    >>> diary.couples[0].silences
    (Silence(first=2, last=2),)
    >>> read_diary(io.StringIO("couple,day,one_sad,two_sad\n7,1,0.5,9\n"), at=pendulum.datetime(2026, 2, 1))
    Traceback (most recent call last):
    reconnect.errors.outside.InvalidTable: in row 2, column two_sad: expected a number from 0 to 4, or nothing

    Args:
        source: a path, or an open file.
        at: now, as the host sees it: when these entries are received.
        couple_column: the column that names the couple; guessed if it is called `couple`, `id` or the like. A
            table without one is the diary of a single couple.
        day_column: the column that holds the day, a number or a date such as 2026-01-05; guessed likewise.
        persons: names of two or more people, each with their columns; guessed from columns such as `one_sad`.
        scale: the lowest and the highest possible rating.
        blanks: texts that mean a blank cell, such as `NA`.
        zone: where the people live.
        start: the date of day 0, if the table numbers its days; they become dates then.
        watch: goes through the rows, and may show how far it has come.

    Raises:
        InvalidTable: the table cannot be read as it stands; nothing of it is kept.
        InvalidInstant: `at` has no zone.
        InvalidZone: there is no such zone.
        OSError: the file cannot be opened.
    """
    if isinstance(blanks, str) or not scale[0] < scale[1]:
        raise InvalidTable(0, "", "a list of texts for blanks, and a scale from its lowest to its highest number")
    table = read_table(source)
    columns = choose_columns(table.header, couple_column=couple_column, day_column=day_column, persons=persons)
    cells = Cells(
        table=table,
        columns=columns,
        scale=(Fraction(scale[0]), Fraction(scale[1])),
        blanks=frozenset(blanks) | {""},
        start=start,
    )
    received, lives = as_instant(at), as_zone(zone)
    couples: dict[str, dict[int, tuple[DiaryDay, ...]]] = {}
    kinds: set[type] = set()
    for row in watch(table.rows):
        day = cells.day(row)
        kinds.add(type(day))
        days = couples.setdefault(cells.couple(row), {})
        if len(kinds) > 1 or ordinal(day) in days:
            raise InvalidTable(row[0], table.header[columns.day], _once(columns))
        days[ordinal(day)] = tuple(cells.written(row, day, each) for each in columns.rated)
    people = tuple(each.person for each in columns.rated)
    return Diary(
        couples=tuple(
            _couple(id_, people, couples[id_], zone=lives, at=received) for id_ in sorted(couples, key=_by_number)
        ),
        persons=people,
        ratings=tuple(sorted({rating for each in columns.rated for rating, _ in each.ratings})),
        scale=cells.scale,
        aside=columns.aside,
    )


def _once(columns: Columns) -> str:
    """Say how days have to stand in the table; a missing column for couples may be the reason."""
    if columns.couple is None:
        return (
            "each day once, all as numbers or all as dates; if several couples share this table, say which "
            "column names them with --couple-column (in Python: couple_column=)"
        )
    return "each day of a couple once, all as numbers or all as dates"


def _couple(
    id_: str,
    people: Sequence[str],
    days: Mapping[int, tuple[DiaryDay, ...]],
    *,
    zone: str,
    at: pendulum.DateTime,
) -> Couple:
    members = tuple(Person(id=f"{id_}.{person}", zone=zone, name=person) for person in people)
    return Couple(
        circle=Circle(id=id_, members=members),
        entries=tuple(
            Entry(circle=id_, author=member.id, id=f"{body.kind}:{body.day}", at=at, body=body)
            for _, bodies in sorted(days.items())
            for member, body in zip(members, bodies, strict=True)
        ),
    )


def _by_number(id_: str) -> tuple[list[tuple[int, str]], str]:
    """Sort 9 before 10, as people do."""
    parts = re.split(r"([0-9]{1,30})", id_)
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts], id_
