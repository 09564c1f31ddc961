"""The columns of a diary: which one names the couple, which the day, and which are whose ratings."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from reconnect.errors import InvalidTable
from reconnect.people.circle import FEWEST

__all__ = ["Columns", "Rated", "choose_columns", "find_column", "find_couple"]

# Common headings for the two columns that every diary of several couples has; case and marks do not matter.
COUPLE_NAMES: Final = frozenset({"circle", "circleid", "couple", "coupleid", "dyad", "dyadid", "id", "pair", "pairid"})
DAY_NAMES: Final = frozenset({"date", "day", "daynr", "daynumber", "diarydate", "diaryday", "studyday"})
LONGEST_NAME: Final = 99  # ours: a couple's name, a person's name and a dot between them make one id

_SEPARATORS: Final = r"\-_.: /"  # marks that people put between words in a heading
_FIRST: Final = re.compile(rf"([^{_SEPARATORS}]+)[{_SEPARATORS}]+(.+)")
_LAST: Final = re.compile(rf"(.+?)[{_SEPARATORS}]+([^{_SEPARATORS}]+)")
_HEADER: Final = 1


@frozen
class Rated:
    """The ratings of one person: pairs of a rating's name and the place of its column."""

    person: str
    ratings: tuple[tuple[str, int], ...]


@frozen(kw_only=True)
class Columns:
    """The place of each column in a row.

    Attributes:
        couple: the column that names the couple, `None` where the whole table is one couple's.
        day: the column that holds the day.
        rated: the people, in the order of the table, each with their ratings.
        aside: names of columns that are not used.
    """

    couple: int | None
    day: int
    rated: tuple[Rated, ...]
    aside: tuple[str, ...]


def choose_columns(
    header: Sequence[str],
    *,
    couple_column: str | None = None,
    day_column: str | None = None,
    persons: Mapping[str, Sequence[str]] | None = None,
) -> Columns:
    """Find out which column is which: what is not said is guessed, and what cannot be guessed is asked for.

    People are guessed from what several columns share before a mark, as in `one_sad`, `one_calm`, `two_sad`,
    `two_calm`: two or more people who rate the same things.

    >>> columns = choose_columns(["couple", "day", "one_sad", "two_sad", "weather"])
    >>> columns.rated
    (Rated(person='one', ratings=(('sad', 2),)), Rated(person='two', ratings=(('sad', 3),)))
    >>> columns.aside
    ('weather',)

    Raises:
        InvalidTable: a named column is not there, or a guess is not possible; it says which option helps.
    """
    day = find_column(header, day_column) if day_column is not None else _guess(header, DAY_NAMES, "day")
    if day is None:
        raise InvalidTable(_HEADER, "", _wanted("one column that holds the day", "day"))
    couple = find_couple(header, couple_column)
    free = [place for place, name in enumerate(header) if name and place not in {couple, day}]
    rated = _named(header, free, persons) if persons is not None else _guessed(header, free)
    used = {place for each in rated for _, place in each.ratings}
    return Columns(
        couple=couple, day=day, rated=rated, aside=tuple(header[place] for place in free if place not in used)
    )


def find_couple(header: Sequence[str], named: str | None) -> int | None:
    """Return the place of the column that names the couple: the one that was said, else a guess."""
    return find_column(header, named) if named is not None else _guess(header, COUPLE_NAMES, "couple")


def find_column(header: Sequence[str], name: str) -> int:
    """Return the place of a column by its name."""
    if not name or name not in header:
        raise InvalidTable(_HEADER, name, "a column of that name")
    return header.index(name)


def _guess(header: Sequence[str], names: frozenset[str], what: str) -> int | None:
    found = [place for place, name in enumerate(header) if re.sub(r"[\W_]", "", name.casefold()) in names]
    if len(found) > 1:
        raise InvalidTable(_HEADER, "", _wanted(f"one column that names the {what}, not several", what))
    return found[0] if found else None


def _wanted(what: str, option: str) -> str:
    return f"{what}; say which with --{option}-column (in Python: {option}_column=)"


def _guessed(header: Sequence[str], free: Sequence[int]) -> tuple[Rated, ...]:
    """Group columns by what stands before the first mark, and take the groups that rate the same things."""
    groups: dict[str, dict[str, int]] = {}
    for place in free:
        parts = _FIRST.fullmatch(header[place])
        if parts:
            groups.setdefault(parts[1], {})[parts[2]] = place
    alike: dict[frozenset[str], list[str]] = {}
    for person, ratings in groups.items():
        alike.setdefault(frozenset(ratings), []).append(person)
    shared = [people for people in alike.values() if len(people) >= FEWEST]
    if len(shared) != 1:
        raise InvalidTable(
            _HEADER,
            "",
            "two or more people who rate the same things, in columns such as one_sad and two_sad; "
            "say whose columns are whose with --person NAME=COLUMN,COLUMN for each (in Python: persons=)",
        )
    return _checked(tuple(Rated(person, tuple(groups[person].items())) for person in shared[0]))


def _named(header: Sequence[str], free: Sequence[int], persons: Mapping[str, Sequence[str]]) -> tuple[Rated, ...]:
    """Take the columns as they were said, and name the ratings by what people's columns have in common."""
    if len(persons) < FEWEST or any(isinstance(mine, str) or not mine for mine in persons.values()):
        raise InvalidTable(_HEADER, "", "two or more people, each of them once, each with a list of columns")
    taken: set[int] = set()
    for column in (column for columns in persons.values() for column in columns):
        place = find_column(header, column)
        if place in taken or place not in free:
            raise InvalidTable(_HEADER, column, "one meaning for each column")
        taken.add(place)
    columns = [list(columns) for columns in persons.values()]
    names = _common(columns, _FIRST, 1) or _common(columns, _LAST, 2) or columns
    return _checked(
        tuple(
            Rated(
                person,
                tuple((rating, header.index(column)) for rating, column in zip(said, mine, strict=True)),
            )
            for person, said, mine in zip(persons, names, columns, strict=True)
        )
    )


def _common(people: list[list[str]], shape: re.Pattern[str], own: int) -> list[list[str]] | None:
    """Take off what names the person, if that leaves everyone with the same ratings."""
    named: list[list[str]] = []
    for columns in people:
        parts = [shape.fullmatch(column) for column in columns]
        if len({part and part[own] for part in parts}) != 1:
            return None
        named.append([part[3 - own] for part in parts if part])
    return named if len({frozenset(ratings) for ratings in named}) == 1 and all(named) else None


def _checked(rated: tuple[Rated, ...]) -> tuple[Rated, ...]:
    for each in rated:
        if not (0 < len(each.person) <= LONGEST_NAME and each.person.isprintable()):
            raise InvalidTable(_HEADER, "", f"names of people in 1 to {LONGEST_NAME} printable characters")
    return rated
