"""What was measured twice: a second table with two numbers for each person, beside norms that somebody cites."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Final

from reconnect.edges.diary.cells import couple_in, number_in
from reconnect.edges.diary.columns import find_column, find_couple
from reconnect.edges.diary.reading import Diary
from reconnect.edges.diary.table import Row, Source, Table, read_table
from reconnect.errors import InvalidTable
from reconnect.metrics import Change, Norms

__all__ = ["AFTER", "BEFORE", "read_changes"]

BEFORE: Final = "*_before"
AFTER: Final = "*_after"
_HEADER: Final = 1


def read_changes(
    source: Source,
    *,
    diary: Diary,
    norms: Norms,
    before: str = BEFORE,
    after: str = AFTER,
    couple_column: str | None = None,
    blanks: Collection[str] = (),
) -> Mapping[str, Change]:
    r"""Read what people of a diary answered twice on an instrument, such as one about satisfaction.

    The library ships no instrument and no norms: what a change has to exceed stands in a publication, which the
    caller names. Who did not answer twice is not there, and that means nothing.

    >>> import io
    >>> import pendulum
    >>> from reconnect.edges.diary.reading import read_diary
    >>> diary = read_diary(io.StringIO("couple,day,one_sad,two_sad\n7,1,0.5,\n"), at=pendulum.datetime(2026, 2, 1))
    >>> norms = Norms(scale="ours", deviation=8, reliability=Fraction(3, 4), citation="Somebody 2020, table 2")
    >>> table = io.StringIO("couple,one_before,one_after,two_before,two_after\n7,20,40,30,\n")
    >>> {person: change.is_reliable for person, change in read_changes(table, diary=diary, norms=norms).items()}
    {'7.one': True}

    Args:
        source: a path, or an open file: a row for each couple, and two columns for each person.
        diary: whose people they are; other couples in the table are left out.
        norms: what was published about the instrument.
        before: the name of the first column, with a star in the place of a person's name.
        after: the name of the second one, likewise.
        couple_column: the column that names the couple; guessed as in `read_diary`.
        blanks: texts that mean a blank cell.

    Returns:
        By the ids of people, the change between their two numbers.

    Raises:
        InvalidTable: a column is not there, a cell holds no number, or a couple stands there twice.
        OSError: the file cannot be opened.
    """
    table = read_table(source)
    couple = find_couple(table.header, couple_column)
    columns = {person: _two(table.header, person, before, after) for person in diary.persons}
    people = {each.id: dict(zip(diary.persons, each.circle.ids, strict=True)) for each in diary.couples}
    empty, seen, found = frozenset(blanks) | {""}, set[str](), dict[str, Change]()
    for row in table.rows:
        id_ = couple_in(row, couple, table.header)
        if id_ in seen:
            raise InvalidTable(row[0], "", "each couple once")
        seen.add(id_)
        for person, member in people.get(id_, {}).items():
            first, second = (_number(table, row, place, empty) for place in columns[person])
            if first is not None and second is not None:
                found[member] = Change.of(first, second, norms=norms)
    return found


def _two(header: Sequence[str], person: str, before: str, after: str) -> tuple[int, int]:
    if "*" not in before or "*" not in after or before == after:
        raise InvalidTable(_HEADER, "", "two names of columns, with * in the place of a person's name")
    return find_column(header, before.replace("*", person)), find_column(header, after.replace("*", person))


def _number(table: Table, row: Row, place: int, blanks: frozenset[str]) -> Fraction | None:
    number, cells = row
    if cells[place] in blanks:
        return None
    found = number_in(cells[place], decimal_comma=table.decimal_comma)
    if found is None:
        raise InvalidTable(number, table.header[place], "a number, or nothing")
    return found
